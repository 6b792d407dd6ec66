import Localization

/// The reading of a column that names the records on one side of links.
///
/// A class, like ``KeyLookup``: it is used for every row, and a copy of the module's definition would cost more than
/// the reading of a cell.
final class LinkSide {
    private let module: Module
    private let prefix: String?
    /// The search for a natural key; `nil` where the header names none.
    private let lookup: KeyLookup?
    private let store: Store
    /// Whether an id may belong to a record that was merged into another.
    private let hasMerged: Bool
    /// Whether the cells stand in a column, whose header can name another key.
    private let hasHeader: Bool

    /// - Parameters:
    ///   - prefix: the key that the header names; `nil` if the cells are whole references.
    ///   - hasHeader: whether there is a header, unlike in a list of references.
    init(_ module: Module, prefix: String?, in store: Store, hasHeader: Bool) throws {
        self.module = module
        self.prefix = prefix
        self.store = store
        self.hasHeader = hasHeader
        hasMerged = try store.hasMerged(module)
        lookup = try prefix.flatMap { KeyPlaces($0, in: module) }
            .map { try KeyLookup($0, of: module, in: store) }
    }

    /// The id of the record that a cell names. A plain id is not looked up: the foreign key of the link refuses one
    /// that does not exist.
    ///
    /// - Throws: ``ValueError`` for an empty cell; ``CRMError`` `usage`, `notFound` or `ambiguous`.
    func id(of text: String) throws -> Int64 {
        // A name may begin with an apostrophe, which before a key is the mark of spreadsheets for text.
        let text = prefix == "name" ? text : SpreadsheetWords.withoutTextMark(text)
        if lookup == nil, let id = try plainID(text) {
            return hasMerged ? try store.present(id, in: module) ?? id : id
        }
        if text.isEmpty {
            throw ValueError(
                en: "no \(module.one.en) is named",
                es: "no se nombra \(module.spanish.no)"
            )
        }
        if let lookup { return try lookup.id(of: text, as: reference(text)) }
        do {
            return try store.resolve(reference(text), in: module)
        } catch let error as CRMError where error.code == .usage && prefix == nil {
            if let id = Reference.misspelledID(text) {
                let error = try store.explaining(error, for: text, insteadOf: id, in: module)
                throw CRMError(error.code, error.advised, module: module.name)
            }
            guard hasHeader else { throw error }
            let column = "\(module.name.rawValue).name"
            throw CRMError(
                error.code,
                Text(
                    en: "\(error.message.en); if it is a name, call the column \(column)",
                    es: "\(error.message.es); si es un nombre, llamar a la columna \(column)"
                ),
                hint: error.hint,
                module: module.name
            )
        }
    }

    /// The id that stands alone in a cell. In a column of whole references a number with decimals may be a code.
    private func plainID(_ text: String) throws -> Int64? {
        if let id = Reference.id(text) { return id }
        if prefix != nil { return Reference.id(ofNumber: text) }
        return Reference.id(try store.withoutDecimals(text, in: module))
    }

    private func reference(_ text: String) -> String {
        prefix.map { "\($0):\(text)" } ?? text
    }
}
