import Localization
import SQLite

/// Finds the values of reference keys that records of one module share with others.
///
/// A run of records is checked by one statement for each key, so that an import takes little longer. Values are
/// compared in their comparable forms by indexes.
final class SharedValueSearch {
    /// A column that may hold a value of a key.
    private struct Place {
        /// The field's key, or the key of the part's rows with their kind.
        let field: String
        let label: Text
        let table: SQLFragment
        /// The column of the record's id.
        let owner: String
        let value: String
        let compared: String
        /// Whether its values are also compared without regard to the case of letters.
        let isTypedCode: Bool
        /// Returns a further condition for rows with an alias.
        let condition: (_ alias: String) -> SQLFragment?

        var codes: CodeCases.Place { CodeCases.Place(table: table, owner: owner, code: compared) }
    }

    /// A reference key.
    private struct Key {
        let prefix: String
        let places: [Place]
        /// Whether no two records have exactly the same value.
        let isUnique: Bool
        /// What the codes of these places are gathered under.
        private let name: String
        /// The SQL that finds the values shared by records of a run.
        private let statements: [Search: String]

        init(_ prefix: String, _ places: [Place], isUnique: Bool, in module: Module) {
            self.prefix = prefix
            self.places = places
            self.isUnique = isUnique
            let name = "\(module.table)_\(prefix)"
            self.name = name
            let searches = CodeCases.Search.allCases.flatMap { cases in
                [true, false].map { Search(cases: cases, areNew: $0) }
            }
            statements = Dictionary(
                uniqueKeysWithValues: searches.map { ($0, SharedValueSearch.statement(among: places, $0, name).sql) }
            )
        }

        /// Whether any of its values are also compared without regard to the case of letters.
        var hasTypedCodes: Bool { places.contains(where: \.isTypedCode) }

        /// Returns its codes that are compared without regard to the case of letters.
        func cases(in store: Store) -> CodeCases {
            CodeCases(name, places: places.filter(\.isTypedCode).map(\.codes), in: store)
        }

        func statement(_ cases: CodeCases.Search, areNew: Bool) -> String {
            statements[Search(cases: cases, areNew: areNew)] ?? ""
        }
    }

    /// A way to search: how codes are compared, and whether the records are new.
    private struct Search: Hashable {
        let cases: CodeCases.Search
        let areNew: Bool
    }

    private let module: Module
    private unowned let store: Store
    private let keys: [Key]

    /// The maximum number of records with a value that are examined.
    private static let mostLookedAt = 50
    /// The minimum number of records for which it pays to check which columns have values.
    private static let many = 64
    /// The minimum number of records for which it pays to gather all codes of a module.
    private static let veryMany = 1000

    init(_ module: Module, in store: Store) {
        self.module = module
        self.store = store
        keys = module.sharedKeys.map(\.prefix).compactMap { prefix in
            KeyPlaces(prefix, in: module).map { places in
                Key(
                    prefix,
                    Self.places(of: places, in: module),
                    isUnique: places.onlyField?.traits.contains(.unique) ?? false,
                    in: module
                )
            }
        }
    }

    private static func places(of key: KeyPlaces, in module: Module) -> [Place] {
        let fields = key.fields.map { field in
            Place(
                field: field.key,
                label: field.label,
                table: .name(module.table),
                owner: "id",
                value: field.key,
                compared: field.comparedColumn,
                isTypedCode: field.isTypedCode,
                condition: { row in
                    if field.type.nobodys.isEmpty { return nil }
                    let keys = SQLFragment(definition: field.type.nobodys.map { "'\($0)'" }.joined(separator: ", "))
                    return "\(column: field.comparedColumn, of: row) NOT IN (\(keys))"
                }
            )
        }
        let parts = key.parts.map { place in
            let choice = place.kind.field.type.choices.first { $0.key == place.kind.choice }
            return Place(
                field: "\(place.table.part?.name ?? place.table.name).\(place.kind.choice)",
                label: choice?.label ?? place.field.label,
                table: .name(place.table.name),
                owner: place.table.ownerColumn,
                value: place.field.key,
                compared: place.field.comparedColumn,
                isTypedCode: false,
                condition: place.isOfKind
            )
        }
        return fields + parts
    }

    // MARK: - Of records

    /// A value of a record that other records have as well.
    private struct Found {
        let id: Int64
        let place: Place
        let key: Key
        let value: String
    }

    /// Finds the shared values of a run of records. New records are only compared with earlier ones, so that a pair of
    /// new records is reported once.
    ///
    /// - Parameter changeSet: the change set of the transaction; `nil` as long as nothing has changed.
    func find(in run: TouchedRecords.Run, of changeSet: Int64?) throws -> SharedValues {
        var shared = SharedValues()
        var found: [Found] = []
        let isMuch = try isMuchOfTheModule(run)
        for key in keys where run.keys?.contains(key.prefix) ?? true {
            var firstIDs = FirstIDs()
            let cases = try search(key, for: run, of: changeSet, isMuch: isMuch)
            if isMuch, cases == .exact {
                if key.isUnique { continue }
                try look(through: key.places.filter(isInUse), for: run, into: &firstIDs)
                for id in firstIDs.ids {
                    var counted = FirstIDs()
                    found += try values(of: id...id, by: key.statement(.exact, areNew: run.areNew), key, into: &counted)
                }
            } else {
                found += try values(of: run.ids, by: key.statement(cases, areNew: run.areNew), key, into: &firstIDs)
            }
            shared.count += firstIDs.count
        }
        if let values = run.values {
            found.removeAll { !values.contains($0.value) }
            shared.count = found.count
        }
        shared.first = try found.sorted { $0.id < $1.id }.prefix(SharedValues.most).compactMap { item in
            try sharedValue(item.value, of: item.id, field: item.place.field, label: item.place.label, in: item.key)
        }
        return shared
    }

    /// Whether scanning the indexes costs less than looking up each record of a run.
    private func isMuchOfTheModule(_ run: TouchedRecords.Run) throws -> Bool {
        guard run.ids.count >= Self.many else { return false }
        let rows = try store.statement("SELECT max(\"id\") FROM \(name: module.table)" as SQLFragment)
        defer { rows.reset() }
        return try rows.step() && rows.integer(at: 0) / 8 <= Int64(run.ids.count)
    }

    /// Decides how the codes of a run are compared with others in regard to the case of letters.
    private func search(
        _ key: Key,
        for run: TouchedRecords.Run,
        of changeSet: Int64?,
        isMuch: Bool
    ) throws -> CodeCases.Search {
        guard key.hasTypedCodes else { return .exact }
        let areMany = isMuch || run.ids.count >= Self.veryMany
        return try key.cases(in: store).search(for: run.ids, areMany: areMany, in: changeSet)
    }

    /// Scans all values of a key in their order, so that records with the same value are adjacent.
    private func look(through places: [Place], for run: TouchedRecords.Run, into found: inout FirstIDs) throws {
        let row = "m"
        let arms = places.map { place in
            let conditions: [SQLFragment?] = ["\(name: place.compared) IS NOT NULL", place.condition(row)]
            return """
                SELECT \(name: place.compared), \(name: place.owner) FROM \(place.table) AS \(name: row) \
                WHERE \(conditions.compactMap { $0 }.joined(" AND "))
                """ as SQLFragment
        }
        guard !arms.isEmpty else { return }
        let rows = try store.statement("\(arms.joined(" UNION ALL ")) ORDER BY 1, 2" as SQLFragment)
        defer { rows.reset() }
        var value: [UInt8] = []
        // The first record with the value, and the number of times that it still has to be counted.
        var (first, times) = (Int64(0), 0)
        while try rows.step() {
            let id = rows.integer(at: 1)
            let bytes = rows.textBytes(at: 0)
            if first == 0 || !value.withUnsafeBytes(bytes.isSame) {
                value.removeAll(keepingCapacity: true)
                value.append(contentsOf: bytes)
                (first, times) = (id, 0)
            }
            if id == first {
                if !run.areNew, run.ids.contains(id) { times += 1 }
                continue
            }
            for _ in 0..<times { found.add(first) }
            times = 0
            if run.ids.contains(id) { found.add(id) }
        }
    }

    /// Returns the shared values of the records with the lowest ids.
    private func values(
        of ids: ClosedRange<Int64>,
        by statement: String,
        _ key: Key,
        into firstIDs: inout FirstIDs
    ) throws -> [Found] {
        let rows = try store.statement(statement)
        defer { rows.reset() }
        try rows.bind(ids.lowerBound, at: 1)
        try rows.bind(ids.upperBound, at: 2)
        var found: [Found] = []
        while try rows.step() {
            let id = rows.integer(at: 0)
            guard firstIDs.add(id) else { continue }
            let place = key.places[Int(rows.integer(at: 2))]
            found.append(Found(id: id, place: place, key: key, value: rows.text(at: 1)))
            // Values of records that are no longer among the first are removed.
            if found.count > 4 * SharedValues.most { found.removeAll { !firstIDs.ids.contains($0.id) } }
        }
        return found
    }

    private func isInUse(_ place: Place) throws -> Bool {
        let rows = try store.statement(
            "SELECT 1 FROM \(place.table) WHERE \(name: place.compared) IS NOT NULL LIMIT 1" as SQLFragment
        )
        defer { rows.reset() }
        return try rows.step()
    }

    /// Returns the query for the records with ids in a range, with those of their values that other records have in any
    /// column, and the number of the column.
    ///
    /// - Parameter name: what the codes of these places are gathered under.
    private static func statement(among places: [Place], _ search: Search, _ name: String) -> SQLFragment {
        let arms = places.enumerated().map { index, place in
            let (row, other) = ("m", "o")
            let owner = SQLFragment.column(place.owner, of: row)
            let elsewhere = places.map { there in
                let holder = SQLFragment.column(there.owner, of: other)
                let isOther: SQLFragment = search.areNew ? "\(holder) < \(owner)" : "\(holder) <> \(owner)"
                let (own, others) = (
                    SQLFragment.column(place.compared, of: row), SQLFragment.column(there.compared, of: other)
                )
                let regardsNoCase = place.isTypedCode && there.isTypedCode
                if regardsNoCase, search.cases == .gathered {
                    return CodeCases.isGathered(
                        name,
                        own,
                        by: owner,
                        areNew: search.areNew,
                        in: there.codes,
                        where: there.condition
                    )
                }
                let isSame: SQLFragment =
                    regardsNoCase && search.cases == .walking
                    ? "\(others) IN (\(there.codes.inOtherCases(own)))" : "\(others) = \(own)"
                let conditions: [SQLFragment?] = [isSame, isOther, there.condition(other)]
                return """
                    EXISTS (SELECT 1 FROM \(there.table) AS \(name: other) \
                    WHERE \(conditions.compactMap { $0 }.joined(" AND ")))
                    """ as SQLFragment
            }
            // The unary plus makes SQLite use the index on the ids:
            // https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
            let conditions: [SQLFragment?] = [
                "\(owner) BETWEEN ?1 AND ?2 AND +\(column: place.compared, of: row) IS NOT NULL",
                place.condition(row), elsewhere.disjunction,
            ]
            return """
                SELECT \(owner), \(column: place.value, of: row), \(SQLFragment(definition: "\(index)")) \
                FROM \(place.table) AS \(name: row) WHERE \(conditions.compactMap { $0 }.joined(" AND "))
                """ as SQLFragment
        }
        return arms.joined(" UNION ALL ")
    }

    // MARK: - Of a value

    /// Returns the records that already have a value to be given to a new record.
    ///
    /// - Returns: `nil` if there are none, and for a field that belongs to no key.
    func holders(of value: String, for field: Field) throws -> SharedValue? {
        guard let key = keys.first(where: { $0.places.contains { $0.field == field.key } }) else { return nil }
        let shared = try sharedValue(value, of: 0, field: field.key, label: field.label, in: key)
        // A unique value that another record has is refused anyway.
        return key.isUnique && shared?.differsInCase == false ? nil : shared
    }

    private func sharedValue(
        _ value: String,
        of id: Int64,
        field: String,
        label: Text,
        in key: Key
    ) throws -> SharedValue? {
        guard let places = KeyPlaces(key.prefix, in: module)?.own else { return nil }
        if let type = module.field(field)?.type, type.nobodys.contains(type.matchKey(for: value, country: nil)) {
            return nil
        }
        let lookup = try KeyLookup(places, of: module, in: store)
        var holders = try lookup.ids(of: value, besides: id, atMost: Self.mostLookedAt)
        let differsInCase = holders.isEmpty && key.hasTypedCodes
        if differsInCase {
            for code in try key.cases(in: store).codes(like: value) {
                holders += try lookup.ids(of: code, besides: id, atMost: Self.mostLookedAt)
            }
        }
        guard !holders.isEmpty else { return nil }
        holders.sort()
        return SharedValue(
            id: id,
            field: field,
            label: label,
            value: value,
            differsInCase: differsInCase,
            holders: try holders.prefix(SharedValue.mostHolders).map { try store.description(of: $0, in: module) },
            hasMore: holders.count > SharedValue.mostHolders
        )
    }
}

/// The lowest of some ids, and the number of all.
private struct FirstIDs {
    private(set) var ids: [Int64] = []
    private(set) var count = 0

    /// Counts an id.
    ///
    /// - Returns: whether it is among the lowest so far.
    @discardableResult
    mutating func add(_ id: Int64) -> Bool {
        count += 1
        if ids.contains(id) { return true }
        if ids.count == SharedValues.most, let last = ids.last, id > last { return false }
        ids.insert(id, at: ids.firstIndex { $0 > id } ?? ids.count)
        if ids.count > SharedValues.most { ids.removeLast() }
        return true
    }
}

extension Store {
    /// Returns the search for shared values of a module's records.
    func sharedValueSearch(in module: Module) -> SharedValueSearch {
        struct Request: Hashable { let module: ModuleName }
        return reader(for: Request(module: module.name)) { SharedValueSearch(module, in: self) }
    }

    /// Returns the records that already have a value to be given to a new record.
    ///
    /// - Parameter text: the value as typed.
    /// - Returns: `nil` if there are none, and for a field that belongs to no reference key.
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func sharedValue(of field: Field, _ text: String, in module: Module) throws(CRMError) -> SharedValue? {
        try translating { try sharedValueSearch(in: module).holders(of: text, for: field) }
    }
}
