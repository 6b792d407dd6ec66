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

    /// Why fields of the type have no default; `nil` where they can have one.
    var reasonAgainstDefault: ValueError? {
        switch type.form {
        case .money:
            ValueError(
                en: "an amount has no default, since each record has its currency: give it with each record",
                es:
                    "un importe no tiene valor por omisión, pues cada registro tiene su moneda: indicarlo en cada uno"
            )
        case .reference, .list:
            ValueError(
                en: "a field of type \(name) has no default: give the value with each record",
                es: "un campo de tipo \(name) no tiene valor por omisión: indicar el valor en cada registro"
            )
        default: nil
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
