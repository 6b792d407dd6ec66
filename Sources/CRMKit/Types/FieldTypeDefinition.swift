import Localization

/// The definition of a type of field: how its values are read, stored, compared, printed and documented. Its form
/// determines the properties that the type does not define.
protocol FieldTypeDefinition: Sendable {
    /// The form of the values for storage, queries and output.
    var form: ValueForm { get }
    /// The form in which values are compared; `nil` when they are compared as stored.
    var matching: FieldType.Matching? { get }
    /// Whether texts are stored in the normal form in which they are compared.
    var isNormalized: Bool { get }
    /// The family of types with which fields can be compared; `nil` for a type whose fields can only be compared with
    /// values.
    var family: ComparisonFamily? { get }
    /// How a part of a value is searched for.
    var containment: Containment { get }
    /// Whether a truncated value is meaningless.
    var isWhole: Bool { get }
    /// Whether any text is a valid value.
    var isFreeText: Bool { get }
    /// Whether values are codes, which a spreadsheet may have turned into numbers.
    var isCode: Bool { get }
    /// Whether every value is a word out of a limited set: it is never empty and has no control characters.
    var isWord: Bool { get }
    /// Whether no word for a missing value can be a value of the type, as for addresses, numbers, days and records.
    var takesNoWords: Bool { get }
    /// The range of stored numbers; `nil` if it is unlimited.
    var storedRange: ClosedRange<Int64>? { get }
    /// The shape of values in JSON.
    var shape: ValueShape { get }
    /// The number of digits after the second in moments.
    var secondDigits: Int { get }
    /// The name of the type in definitions of custom fields; `nil` when custom fields cannot have it.
    var customName: String? { get }
    /// Whether a field of a file can be a natural key, by which a REF names a record.
    var canBeKey: Bool { get }

    /// The placeholder for a value in documents.
    var placeholder: Text { get }
    /// How a value is written, for the manual.
    var spelling: Text { get }
    /// A hint for a form on how to write a value; `nil` when that is obvious.
    var hint: Text? { get }
    /// A value to show in examples; `nil` where any text will do.
    var example: String? { get }

    /// Returns the text of a value, altered by a spreadsheet or another program, in a form that can be read.
    ///
    /// - Throws: ``ValueError`` for a value that has lost information.
    func foreign(_ text: String) throws(ValueError) -> String
    /// Returns the values of a text with several complete ones, where a single value is expected; empty for a text with
    /// one value or none.
    func several(_ text: String) -> [String]
    /// The comparable forms of values that identify nobody: sharing one does not mean that records have anything in
    /// common.
    var nobodys: [String] { get }
    /// Reads a value as given by a person or a file.
    ///
    /// - Parameter text: the text as given; white space alone is null.
    func read(_ text: String, in context: ValueContext) throws(ValueError) -> Value
    /// Returns the value of a text in its usual and stored form, which needs no check for the spellings of people,
    /// spreadsheets and other programs. Only the other cells of a table, which has millions, are examined closely.
    ///
    /// - Returns: the result of ``read(_:in:)`` for any context and a text that is a whole cell; `nil` if there is any
    ///   doubt about it.
    func plainValue(of text: String) -> Value?
    /// Reads a text that is not empty and has no white space at its ends.
    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value
    /// Returns the machine-readable text of a value that is stored as a number.
    ///
    /// - Parameter currency: the record's currency, if it has one.
    func text(ofNumber number: Int64, currency: String?) -> String
    /// Returns the text shown to the user for a value; `nil` when it is the machine-readable text.
    func label(of value: Value, currency: String?, for audience: Audience) -> String?
    /// Returns the value to compare with a column for a text in a filter. It need not be a value that can be stored.
    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value
    /// Returns the form in which a stored value or a search text is compared.
    func key(for text: String, country: String?) -> String
    /// Returns the comparable form of a part of a value, as it occurs in the comparable form of the whole; `nil` for
    /// text that cannot be part of a value.
    func partKey(for text: String, country: String?) -> String?
}

/// How a part of a value is searched for in the values of a field.
enum Containment: Sendable {
    /// In the comparable form.
    case matched
    /// In the stored form, ignoring the case of ASCII letters.
    case stored
    /// Not at all.
    case none
}

/// A family of fields that can be compared with each other.
enum ComparisonFamily: Hashable, Sendable {
    /// A kind of text; in some kinds one value can contain another.
    case text(String, canContain: Bool)
    case number, money, time, duration, boolean
    case record(ModuleName)
    /// Records of the field's own module.
    case identifier
}

extension FieldTypeDefinition {
    var matching: FieldType.Matching? { nil }
    var isNormalized: Bool { false }
    var isFreeText: Bool { false }
    var isCode: Bool { false }
    var isWord: Bool { false }
    var takesNoWords: Bool { form.takesNoWords }
    var storedRange: ClosedRange<Int64>? { nil }
    var isWhole: Bool { form.isWhole }
    var containment: Containment { form.isText ? .stored : .none }
    var shape: ValueShape { form.shape }
    var secondDigits: Int { 0 }
    var customName: String? { nil }
    var canBeKey: Bool { false }
    var hint: Text? { nil }
    var example: String? { nil }

    var family: ComparisonFamily? {
        switch form {
        case .text, .choice, .anyReference, .list: nil
        case .identifier: .identifier
        case .number: .number
        case .money: .money
        case .date, .moment: .time
        case .duration: .duration
        case .boolean: .boolean
        case .reference(let target): .record(target)
        }
    }

    func read(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        let text = text.trimmed
        return text.isEmpty ? .null : try value(of: text, in: context)
    }

    func plainValue(of text: String) -> Value? { nil }

    func foreign(_ text: String) throws(ValueError) -> String { text }

    func several(_ text: String) -> [String] { [] }

    var nobodys: [String] { [] }

    func text(ofNumber number: Int64, currency: String?) -> String { String(number) }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? { nil }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(key(for: text, country: context.country))
    }

    func partKey(for text: String, country: String?) -> String? { key(for: text, country: country) }

    func key(for text: String, country: String?) -> String { matching?.key(for: text, country: country) ?? text }
}
