import Localization

/// A record as listed under another one or on the page of a day: its name, further columns of its module, and a date.
public final class MentionedRecord {
    /// The record's module.
    public let module: Module
    /// The attribute of the link with the relation between the records, a role or a status; `nil` if links have none.
    public let roleField: Field?
    /// The field by which it refers to the other record; `nil` for links.
    public let field: Field?
    /// The occasion of the date; `nil` if it is the date that best dates the record.
    public let occasion: Occasion?
    /// The current row: columns about the mention, followed by the object `record`, which begins with the id and the
    /// name.
    public let rows: Rows
    /// The column for the position of a part's row, when the mention is about one of several rows of a record.
    let rowPosition: Int?
    /// The order of records with the same date, and of groups of records regardless of dates.
    let rank: (group: Int, module: Int, occasion: Int)
    private let recordStart: Int
    private let dateStart: Int
    /// The positions of the date and the id in rows.
    let (datePosition, idPosition): (Int, Int)

    init(
        _ module: Module,
        roleField: Field? = nil,
        field: Field? = nil,
        occasion: Occasion? = nil,
        rows: Rows,
        rowPosition: Int? = nil,
        rank: (group: Int, module: Int, occasion: Int) = (0, 0, 0)
    ) {
        self.module = module
        self.roleField = roleField
        self.field = field
        self.occasion = occasion
        self.rows = rows
        self.rowPosition = rowPosition
        self.rank = rank
        recordStart = rows.columns.firstIndex { $0.object != nil } ?? 0
        dateStart = rows.columns.firstIndex { $0.key == Self.dateKey } ?? 0
        (datePosition, idPosition) = (rows.columns[dateStart].position, rows.columns[recordStart].position)
    }

    /// Creates a list of records related to another one in some way.
    convenience init(_ way: RelatedWay, rows: Rows) {
        self.init(way.module, roleField: way.role, field: way.field, rows: rows)
    }

    /// The key of the column for the date.
    static let dateKey = "date"

    /// The date of the mention: a day or a moment.
    public var date: OutputColumn { rows.columns[dateStart] }
    /// The record's id.
    public var id: OutputColumn { rows.columns[recordStart] }
    /// The record's display name.
    public var name: OutputColumn { rows.columns[recordStart + 1] }
    /// The columns that the module declares for mentions.
    public var details: ArraySlice<OutputColumn> { rows.columns[(recordStart + 2)...] }
    /// Returns a column about the mention; `nil` when there is none with the key.
    public func column(_ key: String) -> OutputColumn? { rows.columns[..<recordStart].first { $0.key == key } }
}

/// A sequence of mentioned records, read one at a time.
public protocol MentionedRecords: AnyObject {
    /// Advances to the next record.
    ///
    /// - Returns: the record, whose row is valid until the next call; `nil` after the last one.
    /// - Throws: ``CRMError`` for errors that SQLite reports.
    func next() throws(CRMError) -> MentionedRecord?

    /// Advances to the next record, if only its id is needed.
    ///
    /// - Returns: its module and the id; `nil` after the last record.
    /// - Throws: ``CRMError`` for errors that SQLite reports.
    func nextID() throws(CRMError) -> (module: ModuleName, id: Int64)?
}

extension MentionedRecords {
    /// Reads the id from the next record.
    public func nextID() throws(CRMError) -> (module: ModuleName, id: Int64)? {
        guard let record = try next() else { return nil }
        return (record.module.name, record.rows.integer(record.id.position))
    }
}

extension Selection {
    /// Adds the columns shown of a mentioned record: its id, its name, and those that its module declares.
    mutating func appendMention(in scope: Scope) throws(CRMError) {
        let module = scope.module
        let resolver = PathResolver(registry: registry)
        let words = [("name", module.displayKey)] + module.mentionedDetails.map { ($0, $0) }
        for (key, path) in [("id", "id")] + words {
            guard let route = resolver.find(Path(path), from: scope.place) else { continue }
            try add(route, key: key, object: OutputColumn.record, in: scope)
        }
    }

    /// Adds the column for the module of a mentioned record.
    mutating func appendModule(of scope: Scope) {
        append(constant: scope.module.name.rawValue, key: "module", label: Text(en: "Module", es: "Módulo"))
    }

    /// Adds the columns for the record's module and how it is related: the role or status on the link, and the field by
    /// which it refers to the other record.
    mutating func appendWay(role: Field?, field: Field?, in scope: Scope) throws(CRMError) {
        appendModule(of: scope)
        try appendRole(role, in: scope)
        append(constant: field?.key, key: "field", label: Text(en: "Field", es: "Campo"))
    }

    /// Adds the column for the role on the link over which a record was reached; null if there is none.
    private mutating func appendRole(_ role: Field?, in scope: Scope) throws(CRMError) {
        guard let role else { return append(constant: nil, key: "role", label: Text(en: "Role", es: "Rol")) }
        let resolver = PathResolver(registry: registry)
        let route = try resolver.route(Path("\(Place.linkPrefix).\(role.key)"), from: scope.place)
        try add(route, key: "role", object: nil, in: scope)
    }
}
