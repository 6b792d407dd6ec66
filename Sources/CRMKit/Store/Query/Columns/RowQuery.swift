import Localization
import SQLite

/// A query for rows in an order, with the parts that ``ListQuery`` and ``LinksQuery`` have in common.
struct RowQuery {
    /// The tables, without those joined for columns and order.
    let source: SQLFragment
    /// The scope in which columns and sort keys are resolved.
    let scope: Scope
    /// The number that identifies rows and is the last key of every order.
    let id: SQLFragment
    /// The columns, and the joins of columns and order.
    var selection: Selection
    /// The conditions, which must all hold.
    var conditions: [SQLFragment] = []
    /// The maximum number of rows; `nil` for all.
    var limit: Int?
    /// The order of several rows with the same id.
    var within: SQLFragment?
    private var order: [Term] = []

    /// A sort key. Nulls come last in either direction.
    private struct Term {
        let expression: SQLFragment
        let isDescending: Bool
    }

    init(source: SQLFragment, scope: Scope, id: SQLFragment, selection: Selection) {
        self.source = source
        self.scope = scope
        self.id = id
        self.selection = selection
    }

    /// Adds keys to the order: paths, with `-` before descending ones.
    ///
    /// - Throws: ``CRMError`` of code `usage` for an unknown field.
    mutating func sort(by keys: [String]) throws(CRMError) {
        for key in keys {
            let isDescending = key.utf8.first == UInt8(ascii: "-")
            let path = isDescending ? String(key.dropFirst()) : key
            let expression = try selection.order(by: path, in: scope)
            // A key that is repeated has no effect.
            guard !order.contains(where: { $0.expression == expression }) else { continue }
            order.append(Term(expression: expression, isDescending: isDescending))
        }
    }

    /// Adds expressions to the order, each descending by default.
    mutating func sort(by expressions: [SQLFragment], isDescending: Bool = true) {
        order += expressions.map { Term(expression: $0, isDescending: isDescending) }
    }

    /// The order with the id as its last key; keys after an id have no effect.
    private var terms: [Term] {
        if let place = order.firstIndex(where: { $0.expression == id }) { return Array(order[...place]) }
        return order + [Term(expression: id, isDescending: false)]
    }

    /// Leaves out the rows up to and including one, in the order of the query.
    ///
    /// - Parameter row: the id of the row; it need not pass the filter, and if the order is by id alone it need not
    ///   exist.
    /// - Throws: ``CRMError`` of code `notFound` for a row that does not exist.
    mutating func skip(after row: Int64, in database: Database) throws {
        let terms = terms
        var values: [Value] = [.integer(row)]
        if terms.count > 1 {
            let list = terms.map(\.expression).joined(", ")
            let place: SQLFragment =
                "SELECT \(list) FROM \(tables) WHERE \(id) = \(bind: .integer(row))"
            let statement = try database.prepare(fragment: place)
            guard try statement.step() else {
                let number = String(row)
                throw CRMError(
                    .notFound,
                    Text(
                        en: "there is no row \(number) to go on after",
                        es: "no existe la fila \(number) tras la cual seguir"
                    ),
                    module: scope.module.name,
                    reference: number
                )
            }
            values = terms.indices.map { statement.value(at: $0) }
        }
        conditions.append(Self.follows(terms, values))
    }

    /// Returns the condition for rows after a place: by the first key, or with an equal first key by the next one, and
    /// so on.
    private static func follows(_ terms: [Term], _ values: [Value]) -> SQLFragment {
        var alternatives: [SQLFragment] = []
        var same: [SQLFragment] = []
        for (term, value) in zip(terms, values) {
            let bound = SQLFragment.bind(value)
            if value != .null {
                let beyond: SQLFragment =
                    term.isDescending ? "\(term.expression) < \(bound)" : "\(term.expression) > \(bound)"
                let isLast = alternatives.count + 1 == terms.count
                let after: SQLFragment = isLast ? beyond : "(\(beyond) OR \(term.expression) IS NULL)"
                alternatives.append((same + [after]).conjunction)
            }
            same.append(SQLFunctions.isSame(term.expression, bound))
        }
        return alternatives.disjunction
    }

    /// Returns the rows.
    ///
    /// - Parameter path: the path of the file, for error messages.
    func rows(in database: Database, path: String) throws -> Rows {
        let statement = try database.prepare(fragment: statement)
        return Rows(statement, columns: selection.columns, limit: limit, path: path) { positions in
            try emptyPositions(among: positions, in: database)
        }
    }

    /// Returns those of some positions of the selection that have no value in any row of the result.
    private func emptyPositions(among positions: [Int], in database: Database) throws -> Set<Int> {
        let names = positions.map { "e\($0)" }
        let values = zip(positions, names).map { "\(selection.expressions[$0]) AS \(name: $1)" as SQLFragment }
        var rows: SQLFragment = "SELECT \(values.joined(", ")) FROM \(tables)\(filter)"
        // The order of the rows matters only with a limit.
        if let limit { rows.append(" ORDER BY \(order(terms).joined(", ")) LIMIT \(bind: .integer(Int64(limit)))") }
        let filled = names.map { "\(name: $0) IS NOT NULL" as SQLFragment }
        let statement = try database.prepare(
            fragment: "SELECT \(filled.joined(", ")) FROM (\(rows)) WHERE \(filled.disjunction)"
        )
        var empty = Set(positions)
        while !empty.isEmpty, try statement.step() {
            for (place, position) in positions.enumerated() where statement.integer(at: place) != 0 {
                empty.remove(position)
            }
        }
        return empty
    }

    /// Returns the total number of rows, regardless of the limit.
    func count(in database: Database) throws -> Int64 {
        let statement = try database.prepare(fragment: "SELECT count(*) FROM \(tables)\(filter)")
        return try statement.step() ? statement.integer(at: 0) : 0
    }

    /// The statement that returns the ids of the rows in no order, for a write to all of them.
    var ids: SQLFragment { "SELECT \(id) FROM \(tables)\(filter)" }

    private var statement: SQLFragment {
        selection.statement(from: source, where: conditions, order: order(terms), limit: limit)
    }

    private var tables: SQLFragment { "\(source)\(selection.joined)" }

    private var filter: SQLFragment {
        conditions.isEmpty ? SQLFragment() : " WHERE \(conditions.conjunction)"
    }

    private func order(_ terms: [Term]) -> [SQLFragment] { terms.map(Self.sorted) + (within.map { [$0] } ?? []) }

    private static func sorted(_ term: Term) -> SQLFragment {
        sorted(term.expression, isDescending: term.isDescending)
    }

    /// Returns a key of an order. Null comes last in either direction.
    static func sorted(_ expression: SQLFragment, isDescending: Bool) -> SQLFragment {
        isDescending ? "\(expression) DESC NULLS LAST" : "\(expression) ASC NULLS LAST"
    }
}
