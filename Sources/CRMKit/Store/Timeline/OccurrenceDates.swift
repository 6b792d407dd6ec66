import Formats

/// The occurrences of recurring records, as rows of an SQL statement that lists them together with other records.
struct OccurrenceDates {
    private let rows: SQLFragment

    private static let alias = "occurrence"

    /// The moment at which a row begins.
    static var start: SQLFragment { "json_extract(\(column: "value", of: alias), '$[1]')" }

    /// Creates rows from occurrences.
    ///
    /// - Returns: `nil` when none of them belongs to a recurring record.
    init?(_ occurrences: [EventOccurrence]) {
        let series = occurrences.filter { $0.name != nil }
        guard !series.isEmpty else { return nil }
        let rows = series.map { item in
            JSONValue.array([.number(JSONNumber(item.id)), .string(item.start.description)])
        }
        self.rows = .bind(.text(JSONValue.array(rows).text))
    }

    /// Returns the SQL that joins the occurrences to the rows of a scope.
    func join(to scope: Scope) -> SQLFragment {
        """
         JOIN json_each(\(rows)) AS \(name: Self.alias) \
        ON json_extract(\(column: "value", of: Self.alias), '$[0]') = \(scope.id)
        """
    }

    /// Returns the condition for the records of a scope that recur; `nil` when none do.
    static func condition(in scope: Scope) -> SQLFragment? {
        let fields = scope.module.fields.filter { $0.isRecurrence || $0.key == "further_dates" }
        guard fields.contains(where: \.isRecurrence) else { return nil }
        return fields.map { "\(column: $0.key, of: scope.alias) IS NOT NULL" as SQLFragment }.joined(" OR ")
    }
}
