import Localization

/// Counts pairs of rows for which it is uncertain whether both are about one record, and keeps the first pair.
struct RowPairs {
    /// A row, the row before it, and the column in which they differ; its name is empty where they are the same.
    private var first: (row: Int, before: Int, column: String)?
    private var count = 0

    mutating func note(_ row: Int, _ before: Int, _ column: String) {
        count += 1
        first = first ?? (row, before, column)
    }

    /// Returns a notice about rows that were joined to a record though they may belong to another one; `nil` if there are
    /// none.
    func noticeOfJoined(in module: Module) -> Text? {
        guard let first else { return nil }
        let name = Self.name(in: module)
        let what =
            first.column.isEmpty
            ? Text(en: "is the same", es: "es igual")
            : Text(en: "has another \(first.column)", es: "tiene otro valor en \(first.column)")
        let more = count > 1 ? Text(en: ", as \(count - 1) more do", es: ", y \(count - 1) más") : Text("")
        return Text(
            en: """
                row \(first.row) has the \(name.en.lowercased()) of row \(first.before) and \(what.en): it is taken as one more \
                line of the same \(module.one.en)\(more.en); give each \(module.one.en) a number where they are several
                """,
            es: """
                la fila \(first.row) tiene el mismo \(name.es.lowercased()) que la fila \(first.before) y \(what.es): se toma \
                como una línea más del mismo registro\(more.es); dar un número a cada registro si son varios
                """
        )
    }

    /// Returns a notice about rows that begin a new record though they have the name of the one before; `nil` if there are
    /// none.
    func noticeOfParted(in module: Module) -> Text? {
        guard let first else { return nil }
        let name = Self.name(in: module)
        let more =
            count > 1 ? Text(en: ", and so do \(count - 1) more", es: ", y también \(count - 1) más") : Text("")
        return Text(
            en: """
                row \(first.row) has the \(name.en.lowercased()) of row \(first.before) and another \(first.column): it begins \
                another \(module.one.en)\(more.en)
                """,
            es: """
                la fila \(first.row) tiene el mismo \(name.es.lowercased()) que la fila \(first.before) y otro valor en \
                \(first.column): empieza otro registro\(more.es)
                """
        )
    }

    private static func name(in module: Module) -> Text {
        module.field(module.displayKey)?.label ?? Text(module.displayKey)
    }
}
