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
    /// What the gathered codes are kept under.
    private let name: String

    /// - Parameter name: distinguishes the codes of these places from those of others.
    init(_ name: String, places: [Place], in store: Store) {
        self.name = name
        self.places = places
        self.store = store
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

    /// What is known of all codes. It is kept in a temporary table, so that a rollback undoes it too.
    private struct Known {
        /// Whether some code has a small letter, and whether some has a capital one.
        var (small, capital) = (false, false)
        /// Whether the codes were gathered.
        var isGathered = false

        /// Whether some codes may differ in the case of their letters alone.
        var areTwo: Bool { small && capital }
    }

    /// Decides how the codes of a run of records, just written, are compared with others. What was gathered for an earlier
    /// run serves this one too, so that an import in many transactions reads the codes of a large table once.
    ///
    /// - Parameters:
    ///   - areMany: whether it pays to gather the codes for so many records.
    ///   - changeSet: the change set of the transaction; `nil` as long as nothing has changed.
    func search(for ids: ClosedRange<Int64>, areMany: Bool, in changeSet: Int64?) throws -> Search {
        let earlier = try known(in: changeSet)
        guard areMany || earlier != nil else { return .walking }
        var known = earlier ?? Known()
        let run = earlier == nil ? nil : ids
        try look(for: run, into: &known)
        if known.areTwo {
            try gather(known.isGathered ? run : nil)
            known.isGathered = true
        }
        try keep(known)
        return known.isGathered ? .gathered : .exact
    }

    /// The condition that a record has an id of a run; of any run without one.
    private func isOf(_ ids: ClosedRange<Int64>?, _ place: Place) -> SQLFragment {
        guard let ids else { return "1" }
        return """
            \(name: place.owner) BETWEEN \(bind: .integer(ids.lowerBound)) AND \(bind: .integer(ids.upperBound))
            """
    }

    /// Looks for letters of the case that no code is known to have.
    ///
    /// - Parameter ids: the records whose codes are looked at; `nil` for all.
    private func look(for ids: ClosedRange<Int64>?, into known: inout Known) throws {
        for place in places {
            let code = SQLFragment.name(place.code)
            func has(_ isKnown: Bool, _ other: SQLFragment) -> SQLFragment {
                if isKnown { return "1" }
                return """
                    EXISTS (SELECT 1 FROM \(place.table) \
                    WHERE \(code) IS NOT NULL AND \(code) <> \(other)(\(code)) AND \(isOf(ids, place)))
                    """
            }
            let rows = try store.database.prepare(
                fragment: "SELECT \(has(known.small, "upper")), \(has(known.capital, "lower"))"
            )
            guard try rows.step() else { continue }
            known.small = rows.integer(at: 0) != 0
            known.capital = rows.integer(at: 1) != 0
        }
    }

    /// The temporary table of the codes in small letters, each with the id of a record that has it, or had it.
    private static func table(_ name: String) -> SQLFragment { .name("same_code_\(name)") }

    /// Gathers codes.
    ///
    /// - Parameter ids: the records whose codes are added to those that were gathered; `nil` for all, and no others.
    private func gather(_ ids: ClosedRange<Int64>?) throws {
        let table = Self.table(name)
        if ids == nil {
            try store.database.run(
                fragment: """
                    CREATE TEMP TABLE IF NOT EXISTS \(table) \
                    ("code" TEXT, "owner" INTEGER, PRIMARY KEY ("code", "owner")) WITHOUT ROWID
                    """
            )
            try store.database.run(fragment: "DELETE FROM \(table)")
        }
        for place in places {
            let code = SQLFragment.name(place.code)
            try store.database.run(
                fragment: """
                    INSERT OR IGNORE INTO \(table) SELECT lower(\(code)), \(name: place.owner) FROM \(place.table) \
                    WHERE \(code) IS NOT NULL AND \(isOf(ids, place)) ORDER BY 1, 2
                    """
            )
        }
    }

    /// The temporary table of what is known of codes, with what shows whether it is still true.
    private static let states: SQLFragment = "\(name: "temp").\(name: "known_code")"

    /// Returns what is known; `nil` if another process or another command may have written codes since.
    ///
    /// - Parameter changeSet: the change set of the transaction; `nil` as long as nothing has changed.
    private func known(in changeSet: Int64?) throws -> Known? {
        // Most commands write few records and need no temporary table.
        guard try store.database.scalar("SELECT 1 FROM temp.sqlite_schema WHERE \"name\" = 'known_code'") != nil
        else { return nil }
        // What others have not written is this change set and the one before it: the newest, while this one is not made.
        let oldest = try store.newestChangeSet() - (changeSet == nil ? 0 : 1)
        let state = try store.database.prepare(
            fragment: """
                SELECT "small", "capital", "gathered" FROM \(Self.states) WHERE "name" = \(bind: .text(name)) \
                AND "version" = \(bind: .integer(try otherWrites())) \
                AND "change_set" >= \(bind: .integer(oldest))
                """
        )
        guard try state.step() else { return nil }
        return Known(
            small: state.integer(at: 0) != 0,
            capital: state.integer(at: 1) != 0,
            isGathered: state.integer(at: 2) != 0
        )
    }

    private func keep(_ known: Known) throws {
        try store.database.run(
            fragment: """
                CREATE TABLE IF NOT EXISTS \(Self.states) ("name" TEXT PRIMARY KEY, "version" INTEGER, \
                "change_set" INTEGER, "small" INTEGER, "capital" INTEGER, "gathered" INTEGER)
                """
        )
        let values: [Int64] = [
            try otherWrites(), try store.newestChangeSet(), known.small ? 1 : 0, known.capital ? 1 : 0,
            known.isGathered ? 1 : 0,
        ]
        let bound = values.map { SQLFragment.bind(.integer($0)) }.joined(", ")
        try store.database.run(
            fragment: "INSERT OR REPLACE INTO \(Self.states) VALUES (\(bind: .text(name)), \(bound))"
        )
    }

    /// A number that is another one after another connection has written:
    /// https://www.sqlite.org/pragma.html#pragma_data_version
    private func otherWrites() throws -> Int64 {
        try store.database.scalar("PRAGMA data_version")?.integer ?? 0
    }

    /// Returns the condition that another record has a code, without regard to the case of letters, by the codes that
    /// were gathered. As these may be of before, each is looked at where it is stored.
    ///
    /// - Parameters:
    ///   - name: what the gathered codes are kept under.
    ///   - owner: the id of the record with the code.
    ///   - areNew: whether the other record must be an earlier one.
    ///   - place: where the other record has the code.
    ///   - condition: a further condition for rows of that place with an alias.
    static func isGathered(
        _ name: String,
        _ code: SQLFragment,
        by owner: SQLFragment,
        areNew: Bool,
        in place: Place,
        where condition: (_ alias: String) -> SQLFragment?
    ) -> SQLFragment {
        let (gathered, other) = ("g", "o")
        let holder = SQLFragment.column("owner", of: gathered)
        let isOther: SQLFragment = areNew ? "\(holder) < \(owner)" : "\(holder) <> \(owner)"
        let conditions: [SQLFragment?] = [
            "\(column: "code", of: gathered) = lower(\(code))", isOther,
            "\(column: place.owner, of: other) = \(holder)",
            "lower(\(column: place.code, of: other)) = \(column: "code", of: gathered)", condition(other),
        ]
        return """
            EXISTS (SELECT 1 FROM \(table(name)) AS \(name: gathered) CROSS JOIN \(place.table) AS \(name: other) \
            WHERE \(conditions.compactMap { $0 }.joined(" AND ")))
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
