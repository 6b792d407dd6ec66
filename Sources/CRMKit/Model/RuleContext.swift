import Localization

/// The services that a rule can use while a draft is completed.
protocol RuleContext {
    /// The current date, `YYYY-MM-DD` in the user's time zone.
    var today: String { get }
    /// The current moment, RFC 3339 in UTC.
    var now: String { get }
    /// The IANA name of the user's time zone; `nil` if the system does not name one.
    var zoneName: String? { get }
    /// Whether the user insisted with `--force`.
    var isForced: Bool { get }
    /// Returns a stored record.
    ///
    /// - Returns: `nil` if the record does not exist.
    func record(_ module: ModuleName, id: Int64) throws -> Record?
    /// Reads one field of a stored record without reading the rest of it.
    ///
    /// - Returns: null when there is no such record.
    func value(of key: String, in module: ModuleName, id: Int64) throws -> Value
    /// Tells the user about something done in addition to the request.
    func notice(_ text: Text)
}

extension RuleContext {
    func value(of key: String, in module: ModuleName, id: Int64) throws -> Value {
        try record(module, id: id)?[key] ?? .null
    }
}

/// The services that a rule can use after a record is stored. Everything it writes belongs to the same change set, and
/// is undone with it.
protocol RuleWriter: RuleContext {
    /// The ids of the records that have these values, in order.
    func ids(of module: ModuleName, having values: [(field: String, value: Value)]) throws -> [Int64]
    /// Sets fields of a record, as the program's doing: no rule completes or checks it.
    func set(_ values: [(field: String, value: Value)], of id: Int64, in module: ModuleName) throws
    /// The rows of a part of a record, in order.
    func rows(of part: String, in record: Record) throws -> [PartRow]
    /// Adds a row of a part.
    ///
    /// - Parameters:
    ///   - values: the values of the part's fields.
    ///   - position: one more than the record has rows.
    func addRow(_ values: [Value], of part: String, to record: Record, at position: Int64) throws
    /// Sets the values of the row of a part at a position.
    func setRow(_ values: [Value], of part: String, in record: Record, at position: Int64) throws
    /// Makes a contact the only one to which a record is linked in a role; `nil` leaves none.
    ///
    /// - Parameter isNew: whether the record was made just now, so that it has no link yet.
    func keepOnlyLink(
        of module: ModuleName,
        record: Int64,
        role: String,
        to contact: Int64?,
        isNew: Bool
    ) throws
    /// The contacts that are linked with a record now, the first link first.
    ///
    /// - Throws: ``CRMError`` `usage` for a module without links.
    func linkedContacts(of record: Record) throws -> [LinkedContact]
    /// Returns a setting of a module in this file, or its default.
    func setting(_ key: String, of module: ModuleName) throws -> Value
}

/// The services that a rule can use after many records have changed in the same way, to write to all of them.
protocol SetRuleWriter {
    /// Whether the user insisted with `--force`.
    var isForced: Bool { get }
    /// The current moment, RFC 3339 in UTC.
    var now: String { get }
    /// Ends the present periods of the records, and begins those of a value, unless it is null.
    ///
    /// - Parameter part: the name of the periods.
    func turnPeriods(_ part: String, of module: Module, beginning value: Value) throws
    /// The first row of a part of the records that cannot be removed; `nil` if all can.
    func firstHeldRow(of part: Part, in module: Module) throws -> UnremovableRow?
    /// Returns the first of the records that a record of another module refers to, and the id of that other record;
    /// `nil` when there is none.
    ///
    /// - Parameters:
    ///   - field: the key of the reference field of the other module.
    ///   - module: the other module.
    ///   - other: a field and value; other records that hold this value do not count.
    func firstNamed(
        by field: String,
        of module: ModuleName,
        besides other: (field: String, value: Value)
    ) throws -> (record: Int64, other: Int64)?
    /// Returns the number of the records without a row of a part.
    func count(lacking part: Part, of module: Module) throws -> Int
    /// Returns the number of the records with a row of a part in which a number is not zero.
    func count(having field: String, in part: Part, of module: Module) throws -> Int
    /// Tells the user about something done in addition to the request.
    func notice(_ text: Text)
}

/// A row of a part that cannot be removed.
struct UnremovableRow {
    /// The id of the record that the row belongs to.
    let record: Int64
    let row: PartRow
}
