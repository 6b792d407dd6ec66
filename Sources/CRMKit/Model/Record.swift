/// The values of one record in the order of its module's fields. A record that is not stored yet has a null id.
public struct Record: Sendable {
    /// The kind of record.
    public let module: Module
    /// As stored, one for each of the module's fields, those that are hidden last; computed fields are null until read
    /// from the database.
    public var values: [Value]

    /// A record with every field null.
    public init(_ module: Module) {
        self.module = module
        let count = module.allFields.count
        values = []
        values.reserveCapacity(count)
        // `Array(repeating:count:)` would look its own type up for every record.
        for _ in 0..<count { values.append(.null) }
    }

    /// A record holding its module's defaults.
    init(new module: Module) {
        self.init(module)
        for (position, value) in module.defaults { values[position] = value }
    }

    init(_ module: Module, values: [Value]) {
        self.module = module
        self.values = values
    }

    /// The value of the field with a key.
    ///
    /// - Precondition: the module has the field; ``value(ifAny:)`` is for records of any module.
    public subscript(key: String) -> Value {
        get { values[module.position(required: key)] }
        set { values[module.position(required: key)] = newValue }
    }

    /// The value of the field with a key; null where the module has none.
    public func value(ifAny key: String) -> Value { module.position(of: key).map { values[$0] } ?? .null }

    /// The code of the currency of the record's amounts; `nil` where none is set. Setting it does nothing where records
    /// of the module have no amounts.
    public var currency: String? {
        get { module.currencyPosition.flatMap { values[$0].text } }
        set {
            if let position = module.currencyPosition { values[position] = newValue.map(Value.text) ?? .null }
        }
    }

    /// The record's id; zero where it is null, while the record is not stored.
    public var id: Int64 { values[0].integer ?? 0 }
    /// The display name; the noun and id for a record without a name.
    public var displayName: String {
        if case .text(let name) = self[module.displayKey], !name.isEmpty { return name }
        return "\(module.name.noun) \(id)"
    }
}

extension Value {
    /// The integer, where the value is one.
    public var integer: Int64? { if case .integer(let integer) = self { integer } else { nil } }
    /// The text, where the value is one.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    /// Whether there is no value.
    public var isNull: Bool { if case .null = self { true } else { false } }
}
