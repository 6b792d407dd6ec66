import Localization

/// Recognizes the header of another table on the same sheet: a row after an empty line with names of fields.
struct OtherTable {
    private let registry: Registry
    /// The names of fields and columns. There are thousands, and few tables have empty lines, so they are collected on
    /// first use.
    private lazy var names = Self.names(in: registry)
    private var last: Int?

    init(_ registry: Registry) { self.registry = registry }

    private static func names(in registry: Registry) -> Set<String> {
        let fields = registry.modules.flatMap(\.fields).flatMap { [$0.key, $0.label.en, $0.label.es] }
        return Set(fields + HeaderTable.standard.flatMap(\.columns).flatMap { $0.names })
    }

    /// Whether a row begins another table. It must be called for each row in order.
    mutating func isBegun(by row: InputRow) -> Bool {
        defer { last = row.line }
        guard let last, row.line > last + 1, !row.columns.isEmpty else { return false }
        let filled = row.texts.compactMap { $0?.trimmed }.filter { !$0.isEmpty }
        return filled.count > 1 && filled.allSatisfy(names.contains)
    }

    /// Returns the problem of such a row.
    static func problem(_ row: InputRow) -> RowProblem {
        let shown = row.texts.compactMap { $0?.trimmed }.filter { !$0.isEmpty }.joined(separator: ", ")
        return RowProblem(
            row: row.number,
            line: row.line,
            reason: Text(
                en: "another table begins here, of \(shown): import it from a file of its own",
                es: "aquí empieza otra tabla, de \(shown): importarla desde un archivo propio"
            )
        )
    }
}
