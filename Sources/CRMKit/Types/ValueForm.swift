/// The form of a field's values for storage, queries and output. Types are many and can be added, but their forms are
/// few, and code that handles values distinguishes only forms.
public enum ValueForm: Sendable, Hashable {
    /// The record's id.
    case identifier
    /// Text.
    case text
    /// A calendar date, `YYYY-MM-DD`.
    case date
    /// A moment, RFC 3339 in UTC.
    case moment
    /// A number, stored as an integer scaled by ten to the number of digits.
    case number(digits: Int)
    /// An amount in the minor unit of its record's currency.
    case money
    /// A length of time in whole seconds.
    case duration
    /// 0 or 1.
    case boolean
    /// The key of a choice.
    case choice([Choice])
    /// The id of a record of a module.
    case reference(ModuleName)
    /// A module and the id of a record of it.
    case anyReference
    /// A JSON array of elements.
    case list(FieldType.ListElement)
}

extension ValueForm {
    /// Whether values are stored as texts that stand for themselves or for a time.
    var isText: Bool {
        switch self {
        case .text, .date, .moment: true
        default: false
        }
    }

    /// Whether values are days or have a day.
    public var isDay: Bool { self == .date || self == .moment }

    /// Whether values are stored as whole numbers.
    var isInteger: Bool {
        switch self {
        case .identifier, .number, .money, .duration, .boolean, .reference: true
        case .text, .date, .moment, .choice, .anyReference, .list: false
        }
    }

    /// Whether values are numbers.
    var isNumeric: Bool {
        switch self {
        case .identifier, .number, .money: true
        default: false
        }
    }

    /// Whether truncated values are meaningless, unless the type defines it.
    var isWhole: Bool { isNumeric || isDay || self == .duration }

    /// Whether no word for a missing value can be a value, unless the type defines it.
    var takesNoWords: Bool {
        switch self {
        case .text, .list, .identifier: false
        default: true
        }
    }

    /// The default shape in JSON of values of this form.
    var shape: ValueShape {
        switch self {
        case .identifier: .integer(1...Int64.max)
        case .text: .string
        case .date: .format("date")
        case .moment: .moment
        case .number, .money: .number
        case .duration: .format("duration")
        case .boolean: .boolean
        case .choice(let choices): .one(of: choices.map(\.key))
        case .reference: .reference
        case .anyReference: .anyReference
        case .list(.text), .list(.tax), .list(.rowQuantity), .list(.occurrence): .set(of: .string)
        case .list(.duration): .set(of: .format("duration"))
        }
    }
}

/// The shape of a field's values in JSON.
public indirect enum ValueShape: Sendable, Hashable {
    /// A text that is not empty.
    case string
    /// A text in a format that JSON Schema defines.
    case format(String)
    /// A text that matches a pattern (ECMA-262).
    case pattern(String)
    /// A moment, RFC 3339 in UTC to the second.
    case moment
    /// A whole number within a range.
    case integer(ClosedRange<Int64>)
    /// Any number, with all its decimals.
    case number
    /// A number between whole bounds.
    case numberWithin(ClosedRange<Int64>)
    /// `true` or `false`.
    case boolean
    /// One of the given strings.
    case one(of: [String])
    /// A record of a known module.
    case reference
    /// A record of any module.
    case anyReference
    /// An array without repetition.
    case set(of: ValueShape)
}
