/// A record on its way to being stored: what it will hold, what it held, and which fields input has set.
public struct Draft: Sendable {
    /// The stored record being edited, `nil` for a new one.
    public let original: Record?
    /// What will be stored.
    public private(set) var record: Record
    /// Keys of the fields that input has set, null included.
    public private(set) var given: Set<String>

    /// A new record holding its module's defaults.
    public init(new module: Module) {
        original = nil
        record = Record(module, values: module.defaults)
        given = []
    }

    /// An edit of a stored record.
    public init(editing original: Record) {
        self.original = original
        record = original
        given = []
    }

    /// The kind of record.
    public var module: Module { record.module }

    /// What a field will hold. Setting it is the program's doing; input goes through ``give(_:_:)``.
    public subscript(key: String) -> Value {
        get { record[key] }
        set { record[key] = newValue }
    }

    /// Sets a field as input asks.
    public mutating func give(_ key: String, _ value: Value) {
        record[key] = value
        given.insert(key)
    }

    /// Whether a field will hold another value than the stored record does; for a new record, whether it holds one.
    public func changes(_ key: String) -> Bool {
        record[key] != (original?[key] ?? .null)
    }
}
