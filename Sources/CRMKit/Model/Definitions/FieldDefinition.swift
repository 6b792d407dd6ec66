import Localization

/// A field that a file adds to a module. Once read, nothing tells it from one that comes with the program.
public struct FieldDefinition: Sendable, Equatable {
    /// The module.
    public let module: ModuleName
    /// The field's key, and the name of its column.
    public let key: String
    /// What it holds; the choices of a choice field are definitions of their own.
    public let type: CustomType
    /// What people read.
    public let label: Text
    /// Whether a record cannot be without it.
    public let isRequired: Bool
    /// Whether it is a natural key.
    public let isKey: Bool
    /// What a new record gets when nothing is given, as stored.
    public let defaultValue: Value
    /// Whether it was removed: its values stay, and nothing shows them.
    public let isHidden: Bool

    /// The field, with its choices where it has some.
    func field(offering choices: [ChoiceDefinition]) -> Field {
        var traits: Field.Traits = .custom
        if isRequired, !isHidden { traits.insert(.required) }
        if isKey, !isHidden { traits.insert(.key) }
        let isBoolean = type == .boolean
        return Field(
            key,
            type.fieldType(offering: ChoiceDefinition.merging([], with: choices)),
            label: label,
            traits: traits,
            // Yes or no is always one of the two.
            default: isBoolean && defaultValue.isNull ? .integer(0) : defaultValue
        )
    }
}

/// The types that a field of a file can have, by the names that commands and exports use.
public enum CustomType: Sendable, Hashable {
    case text, longText, code, email, phone, url, integer, decimal, money, percent, date, time, duration, boolean
    /// One of the choices that the file has for the field.
    case choice
    /// Several words.
    case list
    /// One record of a module.
    case reference(ModuleName)

    /// Every type without parameters, and its name.
    private static let named: [(name: String, type: CustomType)] = [
        ("text", .text), ("longtext", .longText), ("code", .code), ("email", .email), ("phone", .phone), ("url", .url),
        ("integer", .integer), ("decimal", .decimal), ("money", .money), ("percent", .percent), ("date", .date),
        ("time", .time), ("duration", .duration), ("boolean", .boolean), ("choice", .choice), ("list", .list),
    ]
    private static let referencePrefix = "ref:"

    /// The words that name types; a reference has the module after its colon.
    public static var names: [String] { named.map(\.name) + [referencePrefix + "MODULE"] }

    /// The type of a name: `text`, `ref:organization`.
    ///
    /// - Returns: `nil` for a name of no type; whether a module exists is not looked at.
    public init?(name: String) {
        let name = name.lowercased()
        if name.hasPrefix(Self.referencePrefix), name != Self.referencePrefix {
            self = .reference(ModuleName(rawValue: String(name.dropFirst(Self.referencePrefix.count))))
        } else if let type = Self.named.first(where: { $0.name == name })?.type {
            self = type
        } else {
            return nil
        }
    }

    /// The name of the type.
    public var name: String {
        if case .reference(let module) = self { return Self.referencePrefix + module.noun }
        return Self.named.first { $0.type == self }?.name ?? ""
    }

    /// Whether fields of the type can have a default: what is counted in a currency, and what names a record, cannot be
    /// the same in every record.
    public var canHaveDefault: Bool {
        switch self {
        case .money, .reference, .list: false
        default: true
        }
    }

    /// Whether values are stored as whole numbers.
    var isNumber: Bool {
        switch self {
        case .integer, .decimal, .money, .percent, .duration, .boolean, .reference: true
        case .text, .longText, .code, .email, .phone, .url, .date, .time, .choice, .list: false
        }
    }

    /// Whether a field of the type can be a natural key, by which a REF names a record.
    public var canBeKey: Bool {
        switch self {
        case .text, .code, .email, .phone, .url, .integer: true
        default: false
        }
    }

    /// What a field of the type holds.
    func fieldType(offering choices: [Choice]) -> FieldType {
        switch self {
        case .text: .text
        case .longText: .longText
        case .code: .code
        case .email: .email
        case .phone: .phone
        case .url: .url
        case .integer: .integer(-999_999_999_999_999...999_999_999_999_999)
        case .decimal: .quantity
        case .money: .money
        case .percent: .percent
        case .date: .date
        case .time: .dateTime
        case .duration: .duration
        case .boolean: .boolean
        case .choice: .choice(choices)
        case .list: .list(.text)
        case .reference(let module): .reference(module)
        }
    }
}
