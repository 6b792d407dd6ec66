extension CustomType {
    private static let referencePrefix = "ref:"

    /// The words that name types; a reference has the module after its colon.
    public static var names: [String] {
        FieldType.custom.compactMap(\.definition.customName) + [referencePrefix + "MODULE"]
    }

    /// The type of a name: `text`, `ref:organization`.
    ///
    /// - Returns: `nil` for a name of no type; whether a module exists is not looked at.
    public init?(name: String) {
        let name = name.lowercased()
        if name.hasPrefix(Self.referencePrefix), name != Self.referencePrefix {
            self.init(.reference(ModuleName(rawValue: String(name.dropFirst(Self.referencePrefix.count)))))
        } else if let type = FieldType.custom.first(where: { $0.definition.customName == name }) {
            self.init(type)
        } else {
            return nil
        }
    }

    /// The name of the type.
    public var name: String {
        type.target.map { Self.referencePrefix + $0.noun } ?? type.definition.customName ?? ""
    }

    /// Whether fields of the type can have a default: what is counted in a currency, and what names a record, cannot be
    /// the same in every record.
    public var canHaveDefault: Bool {
        switch type.form {
        case .money, .reference, .list: false
        default: true
        }
    }

    /// Whether the default of such a field can be a pattern of numbers.
    var canHavePattern: Bool { type == .text || type == .code }

    /// Whether values are stored as whole numbers.
    var isNumber: Bool { type.form.isInteger }

    /// Whether a field of the type can be a natural key, by which a REF names a record.
    public var canBeKey: Bool { type.definition.canBeKey }

    /// The machine text of a stored value, as ``FieldType/text(of:currency:)`` has it.
    public func text(of value: Value) -> String { type.text(of: value, currency: nil) }
}
