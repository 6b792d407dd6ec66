import Localization

/// A field that a file adds to a module. Once read, it is treated like the fields of the program.
public struct FieldDefinition: Sendable, Equatable {
    /// The kind of rows that have the field.
    public let rows: DefinedRows
    /// The field's key, and the name of its column.
    public let key: String
    /// The type of the field. The choices of a choice field are definitions of their own.
    public let type: CustomType
    /// The label.
    public let label: Text
    /// Whether a record cannot be without it.
    public let isRequired: Bool
    /// Whether the field is a natural key.
    public let isKey: Bool
    /// The stored value that a new record gets when none is given. It is the text as written for text fields, where it
    /// may be a number pattern, and for days and moments that are counted from when a record is made.
    public let defaultValue: Value
    /// Whether the field was removed: its values are kept, but nothing shows them.
    public let isHidden: Bool

    /// The module of the rows.
    public var module: ModuleName { rows.module }
    /// Whether no record can be without a value.
    var isDemanding: Bool { isRequired && !isHidden && type != .boolean }

    /// The field, with its choices where it has some.
    func field(offering choices: [ChoiceDefinition]) -> Field {
        var traits: Field.Traits = .custom
        if isRequired, !isHidden { traits.insert(.required) }
        if isKey, !isHidden { traits.insert(.key) }
        if isVersion { traits.insert(.pointed) }
        let isBoolean = type == .boolean
        let (plain, numbers, relative) = splitDefault
        // Numbers are told apart by nothing else.
        if numbers != nil { traits.insert(.unique) }
        return Field(
            key,
            type.fieldType(offering: ChoiceDefinition.merging([], with: choices)),
            label: label,
            traits: traits,
            // Yes or no is always one of the two.
            default: isBoolean && defaultValue.isNull ? .integer(0) : plain
        ).with {
            $0.pattern = numbers
            $0.relativeDefault = relative
        }
    }

    private static let versionWords = ["version", "revision", "release"]

    /// Whether the field holds versions, in which `1.0` is no number that a spreadsheet has made of a code.
    private var isVersion: Bool {
        key.utf8.split(separator: UInt8(ascii: "_")).contains { word in
            Self.versionWords.contains { $0.utf8.elementsEqual(word) }
        }
    }

    /// The default split into its three forms: a stored value that every new record gets, a pattern for the numbers
    /// they get, or a text that is read anew for each.
    private var splitDefault: (plain: Value, numbers: NumberPattern?, relative: String?) {
        guard case .text(let text) = defaultValue else { return (type.canHavePattern ? .null : defaultValue, nil, nil) }
        guard type.canHavePattern else {
            return RelativeDefault(text, of: type).map { (.null, nil, $0.text) } ?? (defaultValue, nil, nil)
        }
        return switch try? DefaultText(parsing: text) {
        case .text(let text): (.text(text), nil, nil)
        case .numbers(let pattern): (.null, pattern, nil)
        case nil: (.null, nil, nil)
        }
    }
}

/// The type of a custom field, by the name that commands and exports use. For a choice field the type does not include
/// the choices, which are definitions of their own.
public struct CustomType: Sendable, Hashable {
    let type: FieldType

    init(_ type: FieldType) { self.type = type }

    /// A single line of text.
    static let text = CustomType(.text)
    /// One of the choices that the file has for the field.
    static let choice = CustomType(.choice([]))
    /// Yes or no.
    static let boolean = CustomType(.boolean)

    /// Whether the default of such a field can be a pattern of numbers.
    var canHavePattern: Bool { type == .text || type == .code }

    /// The module that a reference names.
    var target: ModuleName? { type.target }

    /// Returns the type of a field with this custom type.
    func fieldType(offering choices: [Choice]) -> FieldType { self == .choice ? .choice(choices) : type }
}
