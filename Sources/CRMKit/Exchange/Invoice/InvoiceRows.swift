import Formats
import Localization

/// The rows of an import from the invoices in one or several files: a row for each line. The first row of each invoice
/// has the columns of the document.
final class InvoiceRows: RowSource {
    private var files: ArraySlice<NamedSource>
    private var pending: ArraySlice<InputRow> = []
    /// The number of rows so far.
    private var count = 0
    private(set) var stoppedEarly = false
    /// Empty: a row is a part of a document.
    var raw: [UInt8] { [] }
    /// The comparable form of the buyer's tax id.
    private var ownKey: String?
    private var findings = InvoiceFindings()

    init(_ files: [NamedSource]) { self.files = files[...] }

    /// Returns the next row; `nil` after the last.
    func next() throws -> InputRow? {
        while pending.isEmpty {
            guard let file = files.popFirst() else { return nil }
            // A file that cannot be read does not prevent reading the following ones.
            stoppedEarly = files.isEmpty
            pending = try rows(of: file)[...]
            stoppedEarly = false
        }
        return pending.popFirst()
    }

    /// Sets the buyer's tax id. Invoices issued by the buyer are skipped.
    func setBuyer(taxID: String) { ownKey = TaxIDType.matchKey(for: taxID) }

    private func rows(of file: NamedSource) throws -> [InputRow] {
        var reader = InvoiceReader(try file.open())
        do {
            let invoice = try reader.read()
            if let ownKey, TaxIDType.matchKey(for: invoice.issuer.taxID) == ownKey {
                findings.note(.issuedByOwner, of: invoice)
                return []
            }
            let rows = try rows(of: invoice, file: file.name)
            count += rows.count
            return rows
        } catch let error as XMLError {
            count += 1
            if case .unreadable(let error) = error { throw error.asInputError(row: count) }
            throw RowProblem(error, row: count).inFile(file.name)
        } catch let fault as InvoiceFault {
            if fault.isOfOtherKind, let name = file.name {
                // A folder has whatever the tax authority lets download.
                findings.note(.otherKind, [name, fault.value].compactMap(\.self).joined(separator: ": "))
                return []
            }
            count += 1
            throw fault.problem(row: count, file: file.name)
        }
    }

    private func rows(of invoice: Invoice, file: String?) throws -> [InputRow] {
        guard let currency = Currency(invoice.currency) else {
            throw InvoiceFault(
                position: invoice.position,
                attribute: "Comprobante/Moneda",
                value: invoice.currency,
                reason: Text(en: "not a currency of money", es: "no es una moneda")
            )
        }
        let amounts: InvoiceAmounts
        do {
            amounts = try InvoiceAmounts(invoice, exponent: currency.exponent)
        } catch {
            throw InvoiceFault(position: invoice.position, attribute: "Comprobante/Total", reason: error.reason)
        }
        note(amounts, of: invoice, currency)
        noteRelations(of: invoice)
        let sheet = InvoiceSheet(invoice: invoice, amounts: amounts, currency: currency.code)
        return amounts.lines.indices.map { index in
            var row = InputRow(
                number: count + index + 1,
                line: sheet.line(at: index),
                names: InvoiceColumn.names,
                texts: InvoiceColumn.allCases.map { sheet.text(of: $0, at: index) },
                columns: [],
                // A line without taxes gets an empty list, not the taxes of its product.
                lists: InvoiceColumn.lists
            )
            row.file = file
            row.makings = Self.makings(of: invoice.issuer, amounts.lines[index])
            return row
        }
    }

    /// Returns the values for creating a missing supplier and, where that is requested, a missing product.
    private static func makings(
        of issuer: (taxID: String, name: String),
        _ line: InvoiceAmounts.Line
    ) -> [Int: RecordMaking] {
        var makings: [Int: RecordMaking] = [:]
        for (index, column) in InvoiceColumn.allCases.enumerated() {
            switch column {
            case .taxID: makings[index] = RecordMaking(name: issuer.name.isEmpty ? issuer.taxID : issuer.name)
            case .code: makings[index] = RecordMaking(name: line.text, isSure: false)
            default: continue
            }
        }
        return makings
    }

    private func note(_ amounts: InvoiceAmounts, of invoice: Invoice, _ currency: Currency) {
        if let ownKey, let recipient = invoice.recipient, TaxIDType.matchKey(for: recipient) != ownKey {
            findings.note(.addressedToAnother, of: invoice, recipient)
        }
        if amounts.adjustment != 0 {
            let amount = Money.text(minorUnits: amounts.adjustment, currency: currency.code)
            findings.note(.adjusted, of: invoice, "\(amount) \(currency.code)")
        }
        for (text, amount) in amounts.unexplained {
            let difference = Money.text(minorUnits: amount, currency: currency.code)
            findings.note(.discounted, of: invoice, "\(text): \(difference) \(currency.code)")
        }
        if let rate = invoice.exchangeRate {
            findings.note(.rated, of: invoice, "\(currency.code) \(rate) --on \(invoice.day)")
        }
    }

    private func noteRelations(of invoice: Invoice) {
        let kinds: [(InvoiceFindings.Kind, String)] = [
            (.replacing, Invoice.Relation.replacement), (.afterAdvance, Invoice.Relation.advance),
        ]
        for (finding, kind) in kinds {
            let others = invoice.relations.filter { $0.kind == kind }.map(\.uuid)
            if !others.isEmpty { findings.note(finding, of: invoice, others.joined(separator: ", ")) }
        }
    }

    /// Notices about the invoices for the user.
    var notices: [Text] { findings.notices }
}
