import SQLite

/// The records that a person may mean who has typed a part of a name or a key: for forms and completion.
public struct CandidateQuery: Sendable {
    /// Where the part has to stand.
    public enum Extent: Sendable, Hashable {
        /// At the beginning, which indexes answer at any size.
        case prefix
        /// Anywhere; the whole module is read where beginnings do not give enough.
        case anywhere
    }

    /// A record that may be meant.
    public struct Candidate: Sendable, Hashable {
        /// Its id.
        public let id: Int64
        /// What it is called; `nil` where its name is empty.
        public let name: String?
        /// The value of its first natural key, as an e-mail address; `nil` where it has none.
        public let key: String?
    }

    /// The records' module.
    public let module: Module
    private let country: String?
    private static let alias = "t"

    /// Asks for records of a module.
    ///
    /// - Parameter country: of telephone numbers without a country code, ISO 3166-1 alpha-2.
    init(_ module: Module, country: String?) {
        self.module = module
        self.country = country
    }

    /// The records whose name or natural key has a part, without regard to case and accents; an id as well where the part
    /// is a number.
    ///
    /// - Returns: at most `limit`, in the order of their names; those that begin with the part before others.
    /// - Throws: what SQLite reports.
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

    /// The records of which one of some fields begins with a part; that field's value is the candidate's key.
    ///
    /// - Returns: at most `limit`, field by field, each in the order of its values.
    /// - Throws: what SQLite reports.
    func candidates(
        beginningWith part: String,
        in fields: [Field],
        limit: Int,
        in database: Database
    ) throws -> [Candidate] {
        var found: [Candidate] = []
        for field in fields where found.count < limit {
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
        return found
    }

    private static func candidate(_ statement: Statement) -> Candidate {
        Candidate(
            id: statement.integer(at: 0),
            name: statement.value(at: 1).text,
            key: statement.value(at: 2).text
        )
    }

    private var name: Field? { module.field(module.displayKey) }
    private var keys: [Field] { module.referenceKeys.flatMap(\.fields).compactMap { module.field($0) } }

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

    /// The ways in which a record may be meant, likeliest first.
    private func conditions(for part: String, extent: Extent) -> [SQLFragment] {
        var conditions: [SQLFragment] = []
        if let id = Int64(part) { conditions.append("\(column: "id", of: Self.alias) = \(bind: .integer(id))") }
        var anywhere: [SQLFragment] = []
        for field in [name].compactMap({ $0 }) + keys.filter({ $0.key != module.displayKey }) {
            guard let partKey = field.type.partKey(for: part, country: country) else { continue }
            conditions.append(beginning(field, with: part))
            let column = SQLFragment.column(field.comparedColumn, of: Self.alias)
            anywhere.append(SQLFunctions.contains(column, .bind(.text(partKey))))
        }
        return extent == .anywhere ? conditions + [anywhere.disjunction] : conditions
    }

    /// No text that begins with the part is beyond the part and the last code point.
    private func beginning(_ field: Field, with part: String) -> SQLFragment {
        let column = SQLFragment.column(field.comparedColumn, of: Self.alias)
        let key = field.type.matchKey(for: part, country: country)
        return "\(column) >= \(bind: .text(key)) AND \(column) < \(bind: .text(key + "\u{10FFFF}"))"
    }
}
