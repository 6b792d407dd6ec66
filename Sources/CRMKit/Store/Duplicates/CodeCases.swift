import SQLite

/// Finds codes that differ in the case of their letters alone. Only ASCII letters have a case here, as in SQLite.
///
/// The indexes of codes are in an order that regards the case.
struct CodeCases {
    /// The ways to compare codes.
    enum Search: CaseIterable {
        /// As they are: none differ in the case of letters alone.
        case exact
        /// Letter by letter through an index, for few codes.
        case walking
        /// With those that were gathered, for many codes.
        case gathered
    }

    /// A column with codes.
    struct Place {
        let table: SQLFragment
        /// The column of the record's id.
        let owner: String
        let code: String
    }

    private let places: [Place]
    private let store: Store

    init(places: [Place], in store: Store) {
        self.places = places
        self.store = store
    }

    /// Whether letters of both cases occur in the codes, so that some may differ in their case alone.
    func areTwo() throws -> Bool {
        for place in places {
            let code = SQLFragment.name(place.code)
            let cases = ["upper", "lower"].map { (function: SQLFragment) in
                "EXISTS (SELECT 1 FROM \(place.table) WHERE \(code) IS NOT NULL AND \(code) <> \(function)(\(code)))"
                    as SQLFragment
            }
            let rows = try store.statement("SELECT \(cases.joined(" AND "))" as SQLFragment)
            defer { rows.reset() }
            if try rows.step(), rows.integer(at: 0) != 0 { return true }
        }
        return false
    }

    /// Returns the stored codes that are a code but for the case of letters, without itself.
    func codes(like text: String) throws -> [String] {
        let code = FieldType.code.matchKey(for: text, country: nil)
        var codes: Set<String> = []
        for place in places {
            let rows = try store.statement(place.inOtherCases(.bind(.text(code))))
            defer { rows.reset() }
            while try rows.step() { codes.insert(rows.text(at: 0)) }
        }
        return codes.subtracting([code]).sorted()
    }

    // MARK: - Many codes

    /// The temporary table of the codes that several records have, without regard to the case of letters.
    private static let table = "same_code"

    /// Gathers the codes that several records have.
    func gather() throws {
        let table = SQLFragment.name(Self.table)
        try store.database.run(
            fragment: """
                CREATE TEMP TABLE IF NOT EXISTS \(table) \
                ("code" TEXT PRIMARY KEY, "first" INTEGER NOT NULL, "last" INTEGER NOT NULL) WITHOUT ROWID
                """
        )
        try store.database.run(fragment: "DELETE FROM \(table)")
        let codes = places.map { place in
            let code = SQLFragment.name(place.code)
            return "SELECT lower(\(code)), \(name: place.owner) FROM \(place.table) WHERE \(code) IS NOT NULL"
                as SQLFragment
        }
        try store.database.run(
            fragment: """
                WITH "all" ("code", "owner") AS (\(codes.joined(" UNION ALL "))) INSERT INTO \(table) \
                SELECT "code", min("owner"), max("owner") FROM "all" GROUP BY 1 HAVING min("owner") <> max("owner")
                """
        )
    }

    /// Returns the condition that a code was gathered, and that another record has it.
    ///
    /// - Parameters:
    ///   - owner: the id of the record with the code.
    ///   - areNew: whether the other record must be an earlier one.
    static func isGathered(_ code: SQLFragment, by owner: SQLFragment, areNew: Bool) -> SQLFragment {
        let isOther: SQLFragment = areNew ? "\(name: "first") < \(owner)" : "1"
        return """
            EXISTS (SELECT 1 FROM \(name: table) WHERE \(name: table).\(name: "code") = lower(\(code)) AND \(isOther))
            """
    }
}

extension CodeCases.Place {
    /// Returns the query for the codes of the place that are a code but for the case of letters. It goes letter by
    /// letter through the beginnings in both cases that any code has, each found by the index.
    ///
    /// - Parameter code: an expression without a column named `beginning`, `length` or `side`.
    func inOtherCases(_ code: SQLFragment) -> SQLFragment {
        let column = SQLFragment.column(self.code, of: "any")
        let letter: SQLFragment = "substr(\(code), \(name: "length") + 1, 1)"
        let next: SQLFragment = """
            "beginning" || CASE "side" WHEN 0 THEN lower(\(letter)) ELSE upper(\(letter)) END
            """
        return """
            WITH RECURSIVE "walk" ("beginning", "length") AS (SELECT '', 0 \
            UNION SELECT \(next), "length" + 1 FROM "walk", (SELECT 0 AS "side" UNION ALL SELECT 1) \
            WHERE "length" < length(\(code)) AND EXISTS (SELECT 1 FROM \(table) AS "any" \
            WHERE \(column) >= \(next) AND \(column) < \(next) || char(1114111))) \
            SELECT "beginning" FROM "walk" WHERE "length" = length(\(code))
            """
    }
}
