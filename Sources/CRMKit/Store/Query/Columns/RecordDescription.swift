import Localization

/// The description of a record in messages, by which the user recognizes it.
public struct RecordDescription: Sendable {
    /// A value that distinguishes the record from others with the same name.
    public struct Detail: Sendable {
        /// The key of the column, as in lists.
        public let key: String
        /// The value in words, such as the label of a choice.
        public let text: Text
        /// The machine form of the value, such as the key of a choice.
        public let value: String

        init(key: String, text: Text, value: String? = nil) {
            self.key = key
            self.text = text
            self.value = value ?? text.en
        }
    }

    /// The record's module.
    public let module: Module
    /// The record's id.
    public let id: Int64
    /// The record's display name; `nil` when it is empty.
    public let name: String?
    /// The non-empty values that distinguish the record from others with the same name.
    public let details: [Detail]

    /// Returns the description for use in a sentence: `contact 5 "Ana Ruiz" (ana@example.org, Acme)`.
    ///
    /// - Parameters:
    ///   - value: a value that the sentence contains already.
    ///   - isNew: whether to leave the id out, for a record that may never be created.
    public func words(besides value: String? = nil, isNew: Bool = false) -> Text {
        let called = isNew ? module.anotherNew : module.called(id)
        let texts = details.map(\.text).filter { $0.en != value }
        return Text(
            en: called.en + (name.map { " \"\($0)\"" } ?? "") + Self.inBrackets(texts.map(\.en)),
            es: called.es + (name.map { " «\($0)»" } ?? "") + Self.inBrackets(texts.map(\.es))
        )
    }

    private static func inBrackets(_ texts: [String]) -> String {
        texts.isEmpty ? "" : " (\(texts.joined(separator: ", ")))"
    }

    /// The description as a line of a list: `5  Ana Ruiz  ana@example.org  Acme`.
    var line: Text {
        Text(
            en: (["\(id)", name ?? ""] + details.map(\.text.en)).joined(separator: "  "),
            es: (["\(id)", name ?? ""] + details.map(\.text.es)).joined(separator: "  ")
        )
    }
}

extension Store {
    /// Returns the values that distinguish a record from others with the same name.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func details(of id: Int64, in module: Module) throws(CRMError) -> [RecordDescription.Detail] {
        try translating { try description(of: id, in: module).details }
    }

    /// Returns the description of a record for messages.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func described(_ id: Int64, in module: Module) throws(CRMError) -> RecordDescription {
        try translating { try description(of: id, in: module) }
    }

    func description(of id: Int64, in module: Module) throws -> RecordDescription {
        var (name, details): (String?, [RecordDescription.Detail]) = (nil, [])
        let columns = [module.displayKey] + module.knownBy
        _ = try read(id, of: module, columns: columns, withNames: true) { rows in
            name = rows.words(of: rows.columns[0])?.en
            details = rows.columns.dropFirst().compactMap { column in
                rows.words(of: column).map { words in
                    RecordDescription.Detail(key: column.key, text: words, value: rows.choice(in: column))
                }
            }
        }
        return RecordDescription(module: module, id: id, name: name, details: details)
    }
}

extension Rows {
    /// Returns the key of the choice in a column; `nil` for a column of another type.
    fileprivate func choice(in column: OutputColumn) -> String? {
        if case .choice = column.kind { text(column.position) } else { nil }
    }

    /// Returns the value of a column in a few words; `nil` for null, and for a value that a few words cannot express.
    fileprivate func words(of column: OutputColumn) -> Text? {
        guard !isNull(column.position) else { return nil }
        switch column.kind {
        case .text: return Text(text(column.position))
        case .integer: return Text("\(integer(column.position))")
        case .choice(let choices):
            let key = text(column.position)
            return choices.first { $0.key == key }?.label ?? Text(key)
        case .reference(_, let name?): return isNull(name) ? nil : Text(text(name))
        case .several:
            let texts = elements(of: column).compactMap { $0.name ?? $0.value.text }
            return texts.isEmpty ? nil : Text(texts.joined(separator: "; "))
        case .scaled, .money, .boolean, .reference, .anyReference, .duration, .list, .linked, .rows: return nil
        }
    }
}
