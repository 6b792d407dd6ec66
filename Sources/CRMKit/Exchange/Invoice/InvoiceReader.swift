import Formats
import Localization

/// Reads one invoice from XML.
struct InvoiceReader {
    private var xml: XMLReader
    private var path: [String] = []
    private var root: XMLElement?
    private var issuer: XMLElement?
    private var recipient: XMLElement?
    private var stamp: XMLElement?
    private var lines: [Invoice.Line] = []
    private var localTaxes: [Invoice.LocalTax] = []
    private var relations: [Invoice.Relation] = []
    /// The relation, `TipoRelacion`, of the related invoices being read.
    private var relationKind = ""

    /// The number of bytes in the texts of all lines so far.
    private var textLength = 0
    private var taxCount = 0

    /// The limits for one invoice, so that memory is bounded. The text of a line has at most a thousand characters
    /// (Annex 20, `Descripcion`).
    private static let mostLines = 20_000
    private static let mostText = 20_000_000
    private static let mostTaxes = 100_000
    private static let mostLocalTaxes = 100
    private static let mostRelations = 100
    /// The namespaces of the supported versions; their elements and attributes are the same.
    private static let namespaces = ["http://www.sat.gob.mx/cfd/4", "http://www.sat.gob.mx/cfd/3"]
    private static let versions = ["4.0", "3.3"]
    /// The namespaces of elements in an invoice's complement, with the prefixes used in paths.
    private static let complements = [
        "http://www.sat.gob.mx/TimbreFiscalDigital": "tfd", "http://www.sat.gob.mx/implocal": "implocal",
    ]

    init(_ source: ByteSource) { xml = XMLReader(source) }

    /// Reads the document to its addenda or its end.
    ///
    /// - Throws: ``XMLError``, and ``InvoiceFault`` for a document that is not an invoice of a purchase.
    mutating func read() throws -> Invoice {
        while let event = try next() {
            switch event {
            case .start(let element):
                path.append(Self.step(element.name))
                // The addenda is last and not part of what is stamped. Many are not valid XML.
                if path.count == 2, element.name.local == "Addenda", stamp != nil { return try invoice() }
                try take(element)
            case .end: path.removeLast()
            case .text: continue
            }
        }
        return try invoice()
    }

    private mutating func next() throws(XMLError) -> XMLEvent? { try xml.next() }

    /// Returns the name of an element in a path. Elements of other standards get names that no element of an invoice
    /// has.
    private static func step(_ name: XMLName) -> String {
        if namespaces.contains(name.namespace) { return name.local }
        return complements[name.namespace].map { "\($0):\(name.local)" } ?? "*"
    }

    private mutating func take(_ element: XMLElement) throws {
        switch path {
        case _ where path.count == 1:
            try check(element)
            root = element
        case ["Comprobante", "Emisor"]: issuer = element
        case ["Comprobante", "Receptor"]: recipient = element
        case ["Comprobante", "CfdiRelacionados"]: relationKind = element["TipoRelacion"]?.trimmed ?? ""
        case ["Comprobante", "CfdiRelacionados", "CfdiRelacionado"]:
            if relations.count < Self.mostRelations {
                relations.append(Invoice.Relation(kind: relationKind, uuid: try text("UUID", of: element).uppercased()))
            }
        case ["Comprobante", "Complemento", "tfd:TimbreFiscalDigital"]: stamp = element
        case ["Comprobante", "Conceptos", "Concepto"]:
            guard lines.count < Self.mostLines else {
                throw Self.excess(element, en: "\(Self.mostLines) lines", es: "\(Self.mostLines) conceptos")
            }
            let line = try line(element)
            textLength += line.text.utf8.count + (line.code?.utf8.count ?? 0) + (line.unit?.utf8.count ?? 0)
            guard textLength <= Self.mostText else {
                throw Self.excess(
                    element,
                    en: "\(Self.mostText) bytes of texts",
                    es: "\(Self.mostText) bytes de textos"
                )
            }
            lines.append(line)
        case ["Comprobante", "Conceptos", "Concepto", "Impuestos", "Traslados", "Traslado"],
            ["Comprobante", "Conceptos", "Concepto", "Impuestos", "Retenciones", "Retencion"]:
            taxCount += 1
            guard taxCount <= Self.mostTaxes else {
                throw Self.excess(element, en: "\(Self.mostTaxes) taxes", es: "\(Self.mostTaxes) impuestos")
            }
            lines[lines.count - 1].taxes.append(try tax(element, isWithheld: path.last == "Retencion"))
        case ["Comprobante", "Complemento", "implocal:ImpuestosLocales", "implocal:TrasladosLocales"]:
            try takeLocalTax(element, name: "ImpLocTrasladado", rate: "TasadeTraslado", isWithheld: false)
        case ["Comprobante", "Complemento", "implocal:ImpuestosLocales", "implocal:RetencionesLocales"]:
            try takeLocalTax(element, name: "ImpLocRetenido", rate: "TasadeRetencion", isWithheld: true)
        default: break
        }
    }

    private mutating func takeLocalTax(
        _ element: XMLElement,
        name: String,
        rate: String,
        isWithheld: Bool
    ) throws(InvoiceFault) {
        guard localTaxes.count < Self.mostLocalTaxes else {
            let most = Self.mostLocalTaxes
            throw Self.excess(element, en: "\(most) local taxes", es: "\(most) impuestos locales")
        }
        let amount = try number("Importe", of: element)
        localTaxes.append(
            Invoice.LocalTax(
                position: element.position,
                name: try text(name, of: element),
                rate: try number(rate, of: element),
                amount: isWithheld ? ScaledDecimal(units: -amount.units, scale: Invoice.scale) : amount
            )
        )
    }

    /// Returns the fault that an invoice exceeds a limit.
    private static func excess(_ element: XMLElement, en: String, es: String) -> InvoiceFault {
        InvoiceFault(
            position: element.position,
            reason: Text(
                en: "an invoice of more than \(en) is not read",
                es: "una factura de más de \(es) no se lee"
            )
        )
    }

    /// Checks that a document is an invoice of a supported version and type.
    private func check(_ element: XMLElement) throws(InvoiceFault) {
        guard path == ["Comprobante"] else {
            throw InvoiceFault(
                position: element.position,
                reason: Text(
                    en: "this is no CFDI: its element is \(element.name.local)",
                    es: "esto no es un CFDI: su elemento es \(element.name.local)"
                ),
                isOfOtherKind: Self.otherDocuments.contains(element.name.local)
                    && (element.name.namespace.isEmpty || element.name.namespace.contains(".sat.gob.mx"))
            )
        }
        // Older versions have attributes in lower case.
        let version = element["Version"] ?? element["version"] ?? ""
        guard Self.versions.contains(version) else {
            throw InvoiceFault(
                position: element.position,
                attribute: "Comprobante/Version",
                value: version,
                reason: Text(
                    en: "this version of the CFDI is not read: only 4.0 and 3.3 are",
                    es: "esta versión del CFDI no se lee: solo 4.0 y 3.3"
                )
            )
        }
        let kind = element["TipoDeComprobante"] ?? ""
        guard kind == "I" else {
            throw InvoiceFault(
                position: element.position,
                attribute: "Comprobante/TipoDeComprobante",
                value: kind,
                reason: Self.refusal(of: kind),
                isOfOtherKind: Self.otherKinds.contains(kind)
            )
        }
    }

    /// The elements of documents of the tax authority that are kept beside invoices: certificates of what was withheld,
    /// and receipts of cancellations.
    private static let otherDocuments = ["Retenciones", "Acuse"]
    /// The kinds of documents besides invoices.
    private static let otherKinds = ["E", "P", "T", "N"]

    private static func refusal(of kind: String) -> Text {
        switch kind {
        case "E": Text(en: "a credit note is no purchase", es: "una nota de crédito (egreso) no es una compra")
        case "P": Text(en: "a receipt of a payment is no purchase", es: "un recibo de pago no es una compra")
        case "T": Text(en: "a waybill is no purchase", es: "un comprobante de traslado no es una compra")
        case "N": Text(en: "a payslip is no purchase", es: "un recibo de nómina no es una compra")
        default:
            Text(
                en: "only an invoice of an income (I) is a purchase",
                es: "solo una factura de ingreso (I) es una compra"
            )
        }
    }

    private func line(_ element: XMLElement) throws(InvoiceFault) -> Invoice.Line {
        Invoice.Line(
            position: element.position,
            code: element["NoIdentificacion"]?.trimmed,
            text: try text("Descripcion", of: element),
            quantity: try amount("Cantidad", of: element),
            unitCode: try text("ClaveUnidad", of: element),
            unit: element["Unidad"]?.trimmed,
            price: try amount("ValorUnitario", of: element),
            amount: try amount("Importe", of: element),
            discount: try amount("Descuento", of: element, otherwise: .zero)
        )
    }

    private func tax(_ element: XMLElement, isWithheld: Bool) throws(InvoiceFault) -> Invoice.LineTax {
        let name = try text("TipoFactor", of: element)
        guard let factor = Invoice.LineTax.Factor(rawValue: name) else {
            throw fault(
                "TipoFactor",
                of: element,
                Text(en: "must be Tasa, Cuota or Exento", es: "debe ser Tasa, Cuota o Exento")
            )
        }
        let isExempt = factor == .exempt
        return Invoice.LineTax(
            code: try text("Impuesto", of: element),
            isWithheld: isWithheld,
            factor: factor,
            rate: try amount("TasaOCuota", of: element, otherwise: isExempt ? .zero : nil),
            base: try amount("Base", of: element),
            amount: try amount("Importe", of: element, otherwise: isExempt ? .zero : nil)
        )
    }

    /// Returns the invoice that was read.
    private func invoice() throws(InvoiceFault) -> Invoice {
        guard let root else { throw InvoiceFault(position: xml.position, reason: Text(en: "empty", es: "vacío")) }
        guard let issuer else { throw missing("Emisor", in: root) }
        guard !lines.isEmpty else { throw missing("Conceptos/Concepto", in: root) }
        guard let stamp else {
            throw InvoiceFault(
                position: root.position,
                attribute: "Complemento/TimbreFiscalDigital",
                reason: Text(
                    en: "is missing: without a stamp this is no invoice yet",
                    es: "falta: sin timbre esto todavía no es una factura"
                )
            )
        }
        let moment = try text("Fecha", of: root)
        return Invoice(
            position: root.position,
            uuid: try text("UUID", of: stamp).uppercased(),
            series: root["Serie"]?.trimmed,
            folio: root["Folio"]?.trimmed,
            day: String(moment.prefix { $0 != "T" }),
            currency: try text("Moneda", of: root),
            exchangeRate: root["Moneda"]?.trimmed == "MXN" ? nil : root["TipoCambio"]?.trimmed.nonEmpty,
            total: try amount("Total", of: root),
            issuer: (try text("Rfc", of: issuer), issuer["Nombre"]?.trimmed ?? ""),
            recipient: recipient?["Rfc"]?.trimmed.nonEmpty,
            lines: lines,
            localTaxes: localTaxes,
            relations: relations
        )
    }

    // MARK: - Attributes

    private func text(_ name: String, of element: XMLElement) throws(InvoiceFault) -> String {
        guard let text = element[name]?.trimmed, !text.isEmpty else { throw missing(name, in: element) }
        return text
    }

    /// Returns a number that no invoice has below zero (Annex 20).
    private func amount(
        _ name: String,
        of element: XMLElement,
        otherwise missing: ScaledDecimal? = nil
    ) throws(InvoiceFault) -> ScaledDecimal {
        let number = try number(name, of: element, otherwise: missing)
        guard number.units >= 0 else {
            throw fault(
                name,
                of: element,
                Text(en: "is below zero, which no invoice has", es: "es menor que cero, lo que ninguna factura lleva")
            )
        }
        return number
    }

    private func number(
        _ name: String,
        of element: XMLElement,
        otherwise missing: ScaledDecimal? = nil
    ) throws(InvoiceFault) -> ScaledDecimal {
        if let missing, element[name] == nil { return missing }
        let text = try text(name, of: element)
        do {
            return try ScaledDecimal(parsing: text, scale: Invoice.scale)
        } catch {
            throw fault(name, of: element, error.reason)
        }
    }

    private func missing(_ name: String, in element: XMLElement) -> InvoiceFault {
        fault(name, of: element, Text(en: "is missing", es: "falta"))
    }

    private func fault(_ name: String, of element: XMLElement, _ reason: Text) -> InvoiceFault {
        InvoiceFault(
            position: element.position,
            attribute: "\(element.name.local)/\(name)",
            value: element[name],
            reason: reason
        )
    }
}

extension ScaledDecimal {
    /// Zero, for values that an invoice leaves out.
    fileprivate static let zero = ScaledDecimal(units: 0, scale: Invoice.scale)
}
