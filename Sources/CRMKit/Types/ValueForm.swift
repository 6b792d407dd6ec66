/// The form of a field's values for storage, queries and output. There are many types, and more can be added, but few
/// forms, and code that handles values handles each form.
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
    /// Whether what is stored is text that stands for nothing but itself or a time.
    var isText: Bool {
        switch self {
        case .text, .date, .moment: true
        default: false
        }
    }

    /// Whether values are days or fall on one.
    public var isDay: Bool { self == .date || self == .moment }

    /// Whether what is stored is a whole number.
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

    /// Whether values mean nothing when they are cut, where their type says nothing else.
    var isWhole: Bool { isNumeric || isDay || self == .duration }

    /// Whether no value is a word that says there is none, where their type says nothing else.
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
    /// Text that is not empty.
    case string
    /// Text of a format that JSON Schema names.
    case format(String)
    /// Text of a pattern (ECMA-262).
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
    /// A string with one of some values.
    case one(of: [String])
    /// A record of a known module.
    case reference
    /// A record of any module.
    case anyReference
    /// An array without repetition.
    case set(of: ValueShape)
}
