import Formats
import SQLite

extension OccurrenceRow {
    /// The keys of the fields with the time of an occurrence, and whether it takes place.
    private static let keys = ["original", "starts_at", "ends_at", "status", "following"]

    /// Returns the SQL for the occurrence rows of an event as a JSON text, which ``list(_:)`` reads.
    ///
    /// - Parameters:
    ///   - event: the event's id.
    ///   - module: the module of events.
    static func text(of event: SQLFragment, in module: Module) -> SQLFragment {
        let (columns, table) = (
            keys.map { SQLFragment.column($0, of: "o") }.joined(", "), Table(.occurrence, of: module)
        )
        return """
            (SELECT json_group_array(json_array(\(columns))) FROM \(name: table.name) AS "o" \
            WHERE \(column: table.ownerColumn, of: "o") = \(event))
            """
    }

    /// Reads rows from a JSON text. They have only the fields with the times and whether each takes place.
    static func list(_ text: String) -> [OccurrenceRow] {
        guard let rows = JSONValue.elements(ofArray: text) else { return [] }
        return rows.compactMap { row in
            guard case .array(let elements) = row else { return nil }
            var values = Part.occurrence.fields.map { _ in Value.null }
            for (key, element) in zip(keys, elements) {
                let place = Part.occurrence.position(required: key)
                switch element {
                case .string(let text): values[place] = .text(text)
                case .number(let number): values[place] = number.integer.map { .integer($0) } ?? .null
                default: break
                }
            }
            return OccurrenceRow(values)
        }
    }
}
