import SQLite

/// Finds the records that a typed part of a name or a key may mean, for forms and completion.
public struct CandidateQuery: Sendable {
    /// Where the part must occur in a name or key.
    public enum Extent: Sendable, Hashable {
        /// At the beginning, which indexes find at any size.
        case prefix
        /// Anywhere; the whole module is read if matches at the beginning are not enough.
        case anywhere
    }

    /// A record that may be meant by the part.
    public struct Candidate: Sendable, Hashable {
        /// The record's id.
        public let id: Int64
        /// The record's display name; `nil` when it is empty.
        public let name: String?
        /// The value of its first natural key, such as an e-mail address; `nil` if it has none.
        public let key: String?
    }

    /// The records' module.
    public let module: Module
    private let country: String?
    private static let alias = "t"

    /// Creates a query for records of a module.
    ///
    /// - Parameter country: the ISO 3166-1 alpha-2 code of the country of telephone numbers without a country code.
    init(_ module: Module, country: String?) {
        self.module = module
        self.country = country
    }

    /// Returns the records whose name or natural key contains `part`, ignoring case and accents, and the record with
    /// this id when `part` is a number.
    ///
    /// - Returns: at most `limit` records in the order of their names; those that begin with the part come first.
    /// - Throws: the errors that SQLite reports.
    func candidates(for part: String, extent: Extent, limit: Int, in database: Database) throws -> [Candidate] {
        var found: [Candidate] = []
        for condition in conditions(for: part, extent: extent) where found.count < limit {
            let statement = try database.prepare(
                fragment: query(
                    condition,
                    key: naturalKey,
                    order: name?.comparedColumn ?? "id",
                    limit: limit + found.count
                )
            )
            while found.count < limit, try statement.step() {
                let candidate = Self.candidate(statement)
                if !found.contains(where: { $0.id == candidate.id }) { found.append(candidate) }
            }
        }
        return found
    }

    /// Returns the records whose key begins with a part in one of the places. The value at that place is the
    /// candidate's key.
    ///
    /// - Returns: at most `limit` records, place by place, each in the order of its values.
    /// - Throws: the errors that SQLite reports.
    func candidates(
        beginningWith part: String,
        in places: KeyPlaces,
        limit: Int,
        in database: Database
    ) throws -> [Candidate] {
        var found: [Candidate] = []
        for field in places.allFields where found.count < limit {
            let statement = try database.prepare(
                fragment: query(
                    beginning(field, with: part),
                    key: SQLFragment.column(field.key, of: Self.alias),
                    order: field.comparedColumn,
                    limit: limit - found.count
                )
            )
            while try statement.step() { found.append(Self.candidate(statement)) }
        }
        for place in places.parts where found.count < limit {
            let statement = try database.prepare(
                fragment: query(place, beginningWith: part, limit: limit - found.count)
            )
            while try statement.step() { found.append(Self.candidate(statement)) }
        }
        return found
    }

    private func query(_ place: KeyPlaces.PartPlace, beginningWith part: String, limit: Int) -> SQLFragment {
        let row = "p"
        let key = SQLFragment.column(place.field.comparedColumn, of: row)
        return """
            SELECT \(column: "id", of: Self.alias), \(column: module.displayKey, of: Self.alias), \
            \(column: place.field.key, of: row) \
            FROM \(name: place.table.name) AS \(name: row) JOIN \(module.rows) AS \(name: Self.alias) \
            ON \(column: "id", of: Self.alias) = \(column: place.table.ownerColumn, of: row) \
            WHERE \(column: place.kind.field.key, of: row) = \(bind: .text(place.kind.choice)) \
            AND \(begins(key, with: part, as: place.type)) \
            ORDER BY \(key), \(column: "id", of: Self.alias) LIMIT \(bind: .integer(Int64(limit)))
            """
    }

    private static func candidate(_ statement: Statement) -> Candidate {
        Candidate(
            id: statement.integer(at: 0),
            name: statement.value(at: 1).text,
            key: statement.value(at: 2).text
        )
    }

    private var name: Field? { module.field(module.displayKey) }
    private var keys: [Field] { module.referenceKeys.flatMap(\.allFields).compactMap { module.field($0) } }

    private var naturalKey: SQLFragment {
        let field = module.fields.first { $0.traits.contains(.key) }
        return field.map { SQLFragment.column($0.key, of: Self.alias) } ?? "NULL"
    }

    private func query(_ condition: SQLFragment, key: SQLFragment, order: String, limit: Int) -> SQLFragment {
        """
        SELECT \(column: "id", of: Self.alias), \(column: module.displayKey, of: Self.alias), \(key) \
        FROM \(module.rows) AS \(name: Self.alias) WHERE \(condition) \
        ORDER BY \(column: order, of: Self.alias), \(column: "id", of: Self.alias) \
        LIMIT \(bind: .integer(Int64(limit)))
        """
    }

    /// Returns the conditions that find a record, likeliest first.
    private func conditions(for part: String, extent: Extent) -> [SQLFragment] {
        var conditions: [SQLFragment] = []
        if let id = Reference.id(part) { conditions.append("\(column: "id", of: Self.alias) = \(bind: .integer(id))") }
        var anywhere: [SQLFragment] = []
        for field in [name].compactMap({ $0 }) + keys.filter({ $0.key != module.displayKey }) {
            guard let partKey = field.type.partKey(for: part, country: country) else { continue }
            conditions.append(beginning(field, with: part))
            let column = SQLFragment.column(field.comparedColumn, of: Self.alias)
            anywhere.append(SQLFunctions.contains(column, .bind(.text(partKey))))
        }
        return extent == .anywhere ? conditions + [anywhere.disjunction] : conditions
    }

    private func beginning(_ field: Field, with part: String) -> SQLFragment {
        begins(.column(field.comparedColumn, of: Self.alias), with: part, as: field.type)
    }

    private func begins(_ column: SQLFragment, with part: String, as type: FieldType) -> SQLFragment {
        SQLFunctions.begins(column, with: type.matchKey(for: part, country: country))
    }
}
