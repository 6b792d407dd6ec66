import Localization

/// The columns of an input that are unknown and were skipped, for a notice to the user.
public struct PassedOverColumns {
    /// What the columns are called, in the order in which they first appeared.
    private(set) var names: [Text] = []
    /// Whether each of them holds something in some row.
    private var areFilled: [Bool] = []
    /// Whether any row was read: otherwise it is not known what the columns hold.
    private var isRead = false

    /// Adds a column, unless it is there.
    ///
    /// - Returns: its place.
    mutating func add(_ name: Text) -> Int {
        if let place = names.firstIndex(of: name) { return place }
        names.append(name)
        areFilled.append(false)
        return names.count - 1
    }

    /// Notes which of some columns hold something in a row.
    ///
    /// - Parameter places: the places of the columns, by their cells.
    mutating func note(_ row: InputRow, _ places: [(cell: Int, place: Int)]) {
        isRead = true
        for (cell, place) in places where !areFilled[place] {
            areFilled[place] = row.texts[cell].map { !$0.trimmed.isEmpty } ?? false
        }
    }

    /// The notice with the names in order, the empty ones last; `nil` if there are none.
    public var notice: Text? {
        guard isRead else { return Self.notice(names) }
        let filled = zip(names, areFilled).filter(\.1).map(\.0)
        let empty = zip(names, areFilled).filter { !$0.1 }.map(\.0)
        guard let rest = Self.list(empty) else { return Self.notice(filled) }
        let last =
            empty.count == 1
            ? Text(en: "\(rest.en), which is empty", es: "\(rest.es), que está vacía")
            : Text(en: "\(rest.en), which are empty", es: "\(rest.es), que están vacías")
        guard let first = Self.notice(filled) else { return Self.passed(last, isOne: empty.count == 1) }
        return Text(en: "\(first.en); and \(last.en)", es: "\(first.es); y \(last.es)")
    }

    /// Returns the notice with names in order; `nil` if there are none.
    public static func notice(_ names: [Text]) -> Text? { list(names).map { passed($0, isOne: names.count == 1) } }

    private static func passed(_ list: Text, isOne: Bool) -> Text {
        isOne
            ? Text(en: "passed over the column \(list.en)", es: "se omitió la columna \(list.es)")
            : Text(en: "passed over the columns \(list.en)", es: "se omitieron las columnas \(list.es)")
    }

    private static func list(_ names: [Text]) -> Text? {
        names.isEmpty
            ? nil
            : Text(en: names.map(\.en).joined(separator: ", "), es: names.map(\.es).joined(separator: ", "))
    }
}
