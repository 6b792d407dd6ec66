import SQLite

/// A piece of SQL and the values of its parameters, in the order of their question marks.
///
/// It is written as a string literal that takes only names, values and other fragments: text of any other kind does not
/// compile, so that nothing from outside ever becomes SQL.
///
///     let condition: SQLFragment = "\(column: "city_match", of: "t") = \(bind: .text("puebla"))"
struct SQLFragment: Sendable {
    /// The SQL, with a question mark for each value.
    private(set) var sql: String
    /// The values of the parameters.
    private(set) var bindings: [Value]
    /// The functions of the program's own that the SQL calls, which the connection must define.
    var functions: [ConnectionFunction] = []

    /// Creates an empty fragment.
    init() {
        sql = ""
        bindings = []
    }

    /// Creates a fragment from SQL of the program's own, never from outside.
    init(definition: String) {
        sql = definition
        bindings = []
    }

    /// Appends another fragment.
    mutating func append(_ other: SQLFragment) {
        sql += other.sql
        bindings += other.bindings
        functions += other.functions
    }

    /// Returns a quoted name.
    static func name(_ name: String) -> SQLFragment {
        SQLFragment(definition: name.quotedIdentifier)
    }

    /// Returns a column of the table or subquery with an alias.
    static func column(_ column: String, of alias: String) -> SQLFragment {
        SQLFragment(definition: "\(alias.quotedIdentifier).\(column.quotedIdentifier)")
    }

    /// Returns a parameter with its value.
    static func bind(_ value: Value) -> SQLFragment {
        var fragment = SQLFragment(definition: "?")
        fragment.bindings = [value]
        return fragment
    }
}

extension SQLFragment: Hashable {
    /// The functions follow from the SQL, so they are not compared.
    static func == (first: SQLFragment, second: SQLFragment) -> Bool {
        first.sql == second.sql && first.bindings == second.bindings
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(sql)
        hasher.combine(bindings)
    }
}

extension SQLFragment: ExpressibleByStringInterpolation {
    /// Creates a fragment from SQL written in the source.
    init(stringLiteral value: StaticString) {
        self.init(definition: value.withUTF8Buffer { String(decoding: $0, as: UTF8.self) })
    }

    /// Creates a fragment from SQL written in the source with interpolated parts.
    init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.fragment
    }

    /// The kinds of parts that can be interpolated into a literal.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var fragment = SQLFragment()

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: StaticString) {
            fragment.append(SQLFragment(stringLiteral: literal))
        }

        mutating func appendInterpolation(_ other: SQLFragment) {
            fragment.append(other)
        }

        mutating func appendInterpolation(name: String) {
            fragment.append(.name(name))
        }

        mutating func appendInterpolation(column: String, of alias: String) {
            fragment.append(.column(column, of: alias))
        }

        mutating func appendInterpolation(bind value: Value) {
            fragment.append(.bind(value))
        }
    }
}

extension [SQLFragment] {
    /// Returns the fragments in order with a separator between them.
    func joined(_ separator: SQLFragment) -> SQLFragment {
        var result = SQLFragment()
        for (position, fragment) in enumerated() {
            if position > 0 { result.append(separator) }
            result.append(fragment)
        }
        return result
    }

    /// The conditions joined by `AND`; true when there are none.
    var conjunction: SQLFragment { isEmpty ? "1" : grouped(" AND ") }

    /// The conditions joined by `OR`; false when there are none.
    var disjunction: SQLFragment { isEmpty ? "0" : grouped(" OR ") }

    /// Joins conditions by an operator. The depth of an expression tree grows with the length of a chain, and SQLite
    /// limits it to 1,000 (https://www.sqlite.org/limits.html, section 5), so long chains are nested.
    private func grouped(_ connective: SQLFragment) -> SQLFragment {
        guard count > 1 else { return self[0] }
        let longest = 128
        var level = self
        while level.count > longest {
            level = stride(from: 0, to: level.count, by: longest).map { start in
                let group = [SQLFragment](level[start..<Swift.min(start + longest, level.count)])
                return "(\(group.joined(connective)))"
            }
        }
        return "(\(level.joined(connective)))"
    }
}
