import Localization

/// Everything that is stored in rows of fields: the records of a module, the links of a relation, the rows of a part.
///
/// What reaches all that is stored (the schema, history, undo, deletion, export, apply, check) walks
/// ``Registry/tables`` and names no table of its own.
struct Table: Sendable {
    /// The kind of rows. It is boxed: tables are passed around with every row, and a part is large to copy.
    indirect enum Kind: Sendable {
        /// The records of a module.
        case records
        /// The links between contacts and the records of the module.
        case links(Relation)
        /// Rows of a part of the module's records.
        case part(Part)
    }

    /// The kind of rows.
    let kind: Kind
    /// The module that the rows are, lead to or belong to.
    let module: Module
    /// The name in the file, and the one by which the change log calls it.
    let name: String
    /// The fields that have columns, in the order of the columns, `id` first.
    let fields: [Field]
    /// The position of each field among the values of a row; for records, which have computed fields too, the position
    /// in ``Record/values``.
    let positions: [Int]
    /// The keys of the fields that rules derive.
    let derived: Set<String>

    /// The table of a module's records.
    init(_ module: Module) {
        kind = .records
        self.module = module
        name = module.name.rawValue
        positions = module.allFields.indices.filter { module.allFields[$0].isStored }
        fields = positions.map { module.allFields[$0] }
        derived = Self.derived(fields)
    }

    /// The table of a relation's links.
    init(_ relation: Relation, of module: Module) {
        kind = .links(relation)
        self.module = module
        name = relation.table
        fields = relation.fields
        positions = Array(fields.indices)
        derived = []
    }

    /// The table of a part of a module's records.
    init(_ part: Part, of module: Module) {
        kind = .part(part)
        self.module = module
        name = Self.name(of: part, in: module)
        fields =
            [
                Field("id", .identifier, en: "Id", es: "Id", traits: .readOnly),
                .reference(module.name.rawValue, to: module.name, en: module.label.en, es: module.label.es, .required),
                Field(
                    Part.positionKey,
                    .integer(Part.positions),
                    en: "Position",
                    es: "Posición",
                    traits: .required,
                    default: .integer(1)
                ),
            ] + part.allFields
        positions = Array(fields.indices)
        derived = Self.derived(fields)
    }

    /// Returns the name of a part's table.
    static func name(of part: Part, in module: Module) -> String { "\(module.name.rawValue)_\(part.name)" }

    private static func derived(_ fields: [Field]) -> Set<String> {
        Set(fields.lazy.filter { $0.traits.contains(.derived) }.map(\.key))
    }
}

extension Table {
    /// The relation, for a table of links; else `nil`.
    var relation: Relation? { if case .links(let relation) = kind { relation } else { nil } }
    /// The part, for a table of a part's rows; else `nil`.
    var part: Part? { if case .part(let part) = kind { part } else { nil } }
    /// Whether history shows the rows to the user. It does not show rows that the program keeps for itself or derives.
    var isTold: Bool { part.map { $0.visibility == .shown } ?? true }
    /// Whether the rows are records.
    var holdsRecords: Bool { if case .records = kind { true } else { false } }
    /// The number of fields that precede those of the part in its table: `id`, the record, the position.
    static let fieldsBeforePart = 3

    /// The fields that name the records a row cannot be without: its record, or both ends.
    var owners: [Field] {
        switch kind {
        case .records: []
        case .links: [fields[1], fields[2]]
        case .part: [fields[1]]
        }
    }

    /// The first of ``owners``: of a part's table, the field for the record that a row belongs to. Records have no
    /// owner.
    var ownerField: Field { owners[0] }
    /// The column of ``ownerField``.
    var ownerColumn: String { ownerField.key }
    /// The field of a part's table for the position of a row among those of its record, from 1.
    var positionField: Field { fields[Self.fieldsBeforePart - 1] }

    /// The columns in which no two rows may have the same.
    var uniqueColumns: Set<String> {
        switch kind {
        case .records, .part: Set(fields.lazy.filter { $0.traits.contains(.unique) }.flatMap(\.columns))
        case .links: Set(owners.map(\.key) + ["role", "until"])
        }
    }

    /// The pairs of dates of a row in which the second is never before the first.
    var dateOrders: [Module.DateOrder] {
        switch kind {
        case .records: module.dateOrders
        case .links(let relation): relation.link.hasPeriod ? [Module.DateOrder("since", "until")] : []
        case .part: []
        }
    }

    /// The field that says when a record was changed last.
    static let lastChange = "updated_at"

    /// Whether a field is computed from the others of its row, so that its change is not counted on its own.
    func isDerived(_ key: String) -> Bool {
        if part?.isDerived == true { return true }
        if !derived.isEmpty, derived.contains(key) { return true }
        guard holdsRecords else { return false }
        if key == Self.lastChange { return true }
        guard case .composed = module.display else { return false }
        return key == module.displayKey
    }
}
