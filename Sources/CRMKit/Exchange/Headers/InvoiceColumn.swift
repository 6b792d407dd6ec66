/// The columns of an invoice's rows, named in messages by the elements and attributes of the CFDI. Their meaning is in
/// ``HeaderTable/cfdi``.
enum InvoiceColumn: String, CaseIterable {
    case uuid = "TimbreFiscalDigital/UUID"
    case subject = "Comprobante"
    case taxID = "Emisor/Rfc"
    case issuer = "Emisor/Nombre"
    case number = "Comprobante/Folio"
    case day = "Comprobante/Fecha"
    case currency = "Comprobante/Moneda"
    case adjustment = "Comprobante/Total"
    case code = "Concepto/NoIdentificacion"
    case text = "Concepto/Descripcion"
    case quantity = "Concepto/Cantidad"
    case unit = "Concepto/Unidad"
    case price = "Concepto/ValorUnitario"
    case discount = "Concepto/Descuento"
    case taxes = "Concepto/Impuestos"

    /// The names of all columns.
    static let names = allCases.map(\.rawValue)
    /// The positions of the columns that hold lists.
    static let lists = Set(allCases.indices.filter { allCases[$0] == .taxes })

    /// Whether the column is about the document as a whole.
    var isOfDocument: Bool {
        switch self {
        case .uuid, .subject, .taxID, .issuer, .number, .day, .currency, .adjustment: true
        case .code, .text, .quantity, .unit, .price, .discount, .taxes: false
        }
    }
}

/// The SAT's unit codes that have a term in this program.
enum InvoiceUnit {
    private static let terms: [String: String] = [
        "H87": "pieces", "C62": "each", "EA": "each", "E48": "service", "E51": "service", "ACT": "service",
        "HUR": "hours", "DAY": "days", "MTR": "m", "MTK": "sq_m", "FTK": "sq_ft", "KGM": "kg", "LBR": "lb", "LTR": "l",
        "XBX": "box", "XCT": "carton", "XPK": "pack", "PK": "pack", "XBG": "bag", "XBO": "bottle", "XRO": "roll",
        "DZN": "dozen", "DPC": "dozen", "PR": "pair", "SET": "set", "KT": "set", "ST": "sheet", "RM": "reams",
        "ZP": "pages",
    ]

    /// Returns the name of a unit: the term for its code, otherwise the issuer's word, otherwise the code.
    static func term(_ code: String, _ unit: String?) -> String {
        if let term = terms[code] { return term }
        return unit.flatMap { $0.isEmpty ? nil : $0 } ?? code
    }
}
