/// A record about to be stored: its new values, its stored values, and which fields the input has set.
public struct Draft: Sendable {
    /// The stored record being edited, `nil` for a new one.
    public let original: Record?
    /// The record with its new values.
    public private(set) var record: Record
    /// Which fields input has set, null included, in the order of the module's fields.
    private var given = PositionSet()
    /// The times of day that input gives for moments though clocks skip them on that day, in seconds after midnight, by
    /// the keys of the fields.
    var skippedTimes: [String: Int64] = [:]
    /// The keys of the fields for moments of which input that people type gives the day alone.
    var bareDays: Set<String> = []

    /// A new record holding those of its module's defaults that are always the same.
    public init(new module: Module) {
        original = nil
        record = Record(new: module)
    }

    /// An edit of a stored record.
    public init(editing original: Record) {
        self.original = original
        record = original
    }

    /// The kind of record.
    public var module: Module { record.module }

    /// The new value of a field. Setting it is for the program itself; input is set by ``give(_:_:)``.
    ///
    /// - Precondition: the module has the field, as in all that takes a key.
    public subscript(key: String) -> Value {
        get { record[key] }
        set { record[key] = newValue }
    }

    /// The new value of the field at a position. Setting it is for the program itself.
    subscript(position: Int) -> Value {
        get { record.values[position] }
        set { record.values[position] = newValue }
    }

    /// The code of the currency of the record's amounts, as ``Record/currency`` has it.
    public var currency: String? {
        get { record.currency }
        set { record.currency = newValue }
    }

    /// Sets a field as input asks.
    public mutating func give(_ key: String, _ value: Value) { give(module.position(required: key), value) }

    /// Sets the field at a position as input asks.
    mutating func give(_ position: Int, _ value: Value) {
        record.values[position] = value
        given.insert(position)
    }

    /// Whether input has set a field, possibly to null.
    public func isGiven(_ key: String) -> Bool {
        given.contains(module.position(required: key))
    }

    /// Whether input has set the field at a position, possibly to null.
    func isGiven(_ position: Int) -> Bool { given.contains(position) }

    /// Whether a field will hold another value than the stored record does; for a new record, whether it holds one.
    public func changes(_ key: String) -> Bool {
        // Rules ask this of every row in bulk, so that the field is looked for once.
        changes(module.position(required: key))
    }

    /// Whether the field at a position will hold another value than the stored record does.
    private func changes(_ position: Int) -> Bool {
        record.values[position] != (original?.values[position] ?? .null)
    }

    /// Whether input has set the field at a position, or it will hold another value for another reason.
    func concerns(_ position: Int) -> Bool { given.contains(position) || changes(position) }

    /// Marks the later date of a pair as given, with the value it has, when only the earlier date was given. Input that
    /// gives field after field says all it means, so moving the earlier date does not move the later one along.
    mutating func giveLaterDates() {
        for order in module.dateOrders where order.keepsLength && isGiven(order.earlier) && !isGiven(order.later) {
            give(order.later, self[order.later])
        }
    }
}
