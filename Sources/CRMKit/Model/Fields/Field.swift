import Localization
import SQLite

/// A value as stored in the database. The field's type determines how to interpret it.
public typealias Value = SQLite.Value

/// A field of a module, of a part or of a link. Its column, option, JSON key, header, filter, help and labels all come
/// from this one value.
public struct Field: Sendable {
    /// Properties a field has or has not.
    public struct Traits: OptionSet, Sendable {
        /// The bits.
        public let rawValue: Int

        /// Creates a set of traits from its bits.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// A record cannot be without it.
        public static let required = Traits(rawValue: 1 << 0)
        /// A natural key: `serial:X1` finds the record by it, and the user is warned when a value is given that another
        /// record has.
        public static let key = Traits(rawValue: 1 << 1)
        /// Two records of the module cannot share a value.
        public static let unique = Traits(rawValue: 1 << 2)
        /// Set by the program, not by input.
        public static let readOnly = Traits(rawValue: 1 << 3)
        /// A reference within one module whose chain must never come back to its start.
        public static let acyclic = Traits(rawValue: 1 << 4)
        /// Computed when it is read: it has no column.
        public static let computed = Traits(rawValue: 1 << 5)
        /// For a choice such as a stage or a status: the periods in which the field had each value are recorded.
        public static let tracked = Traits(rawValue: 1 << 6)
        /// Read by programs only and never searched: it has no comparable form.
        public static let opaque = Traits(rawValue: 1 << 7)
        /// A number that is zero or more.
        public static let notNegative = Traits(rawValue: 1 << 8)
        /// A day that is today or was before.
        public static let notFuture = Traits(rawValue: 1 << 9)
        /// Kept by a rule, which computes it from other fields of the record or from its rows. Nobody can set it, and a
        /// change of it alone does not count as a change of the record.
        public static let derived = Traits(rawValue: 1 << 10 | readOnly.rawValue)
        /// For a reference in a row of a part: the record it refers to cannot be deleted.
        public static let binding = Traits(rawValue: 1 << 11)
        /// Names a content of the file by its SHA-256, ``StoredContent/sha256``, of a code: its bytes stay as long as a
        /// row or history names it.
        public static let content = Traits(rawValue: 1 << 12)
        /// Indexed, since records are searched by ranges of its values.
        public static let ranged = Traits(rawValue: 1 << 13)
        /// Indexed for the program's own lookups, though it is no key in references.
        public static let indexed = Traits(rawValue: 1 << 14)
        /// A code that may be a number with a point: a version.
        public static let pointed = Traits(rawValue: 1 << 15)
        /// A text that is mostly a number, to which spreadsheets add decimals: a post office box.
        public static let numeral = Traits(rawValue: 1 << 16)
        /// A number that movements raise and lower, such as a stock. Merged records have the sum, and undo reverses the
        /// movement whatever has moved the number since.
        public static let balance = Traits(rawValue: 1 << 17)
        /// A list or a text that overrides that of another record, so that an empty value differs from none.
        public static let overriding = Traits(rawValue: 1 << 18)
        /// Names a person who works with the records: who asks calls themselves `me`.
        public static let person = Traits(rawValue: 1 << 19)
        /// Ids of messages, which headers of mail have in angle brackets, and the field has not.
        public static let bracketed = Traits(rawValue: 1 << 20)
        /// Added by the file, not by the program.
        public static let custom = Traits(rawValue: 1 << 21)
        /// A filter. It must be well formed wherever it comes from, but what it names may have been deleted.
        public static let filter = Traits(rawValue: 1 << 22)
        /// A key that other programs make, in which the case of letters matters: nobody types it with another one.
        public static let foreign = Traits(rawValue: 1 << 23)
        /// An address or number that belongs to many people or to somebody else, such as a fax or an assistant's
        /// telephone. A record is found by it if it is nobody's own, and sharing it is not reported.
        public static let common = Traits(rawValue: 1 << 24)
        /// Yes where somebody refuses something, to be called or to be written to: of several that say of it, one that says
        /// so is enough.
        public static let refusal = Traits(rawValue: 1 << 25)
        /// A key, or all such fields together one, that is unique everywhere, as `Message-ID` (RFC 5322) and `UID` (RFC 5545)
        /// are made to be: what two databases have under it is the same thing.
        public static let worldwide = Traits(rawValue: 1 << 26 | foreign.rawValue)
    }

    /// The facts of a field's declaration. What few fields have is a property here, set by ``with(_:)``.
    struct Facts: Sendable {
        var key: String
        var label: Text
        var type: FieldType
        var traits: Traits
        var defaultValue: Value
        var relativeDefault: String?
        var note: Text?
        var singular: String?
        var expression: String?
        var variants: FieldVariants?
        var pattern: NumberPattern?
        var unit: FieldUnit?
        var wholeDayKey: String?
        var dayZoneKey: String?
        var otherFlag: String?
    }

    /// A box for the field's facts that all copies of the field share, so that copying a field counts one reference
    /// instead of one for each of its texts.
    private final class Shared: Sendable {
        let facts: Facts

        init(_ facts: Facts) { self.facts = facts }
    }

    private let shared: Shared

    /// snake_case, stable: the flag, the JSON key, the CSV header and the column.
    public var key: String { shared.facts.key }
    /// The label that people read.
    public var label: Text { shared.facts.label }
    /// The type of the field's values.
    public var type: FieldType { shared.facts.type }
    /// The field's traits.
    public var traits: Traits { shared.facts.traits }
    /// The stored value that a new record gets when none is given.
    public var defaultValue: Value { shared.facts.defaultValue }
    /// The default as people write it, where it is counted from when a record is made, as `today` and `+30d` are; `nil`
    /// for a field without a default, or with one that is always the same.
    public var relativeDefault: String? { shared.facts.relativeDefault }
    /// More than the label says, for help and manual.
    public var note: Text? { shared.facts.note }
    /// The flag for one value of a list: `tag` for `tags`.
    public var singular: String? { shared.facts.singular }
    /// For a computed field, the expression over the columns of its own table.
    var expression: String? { shared.facts.expression }
    /// The types of the field's value by a choice in another field of the row; `nil` when ``type`` is the only one.
    public var variants: FieldVariants? { shared.facts.variants }
    /// The pattern of the numbers from which a new record gets the next when none is given; `nil` for a field without
    /// numbers.
    public var pattern: NumberPattern? { shared.facts.pattern }
    /// The unit in which the field's number counts; `nil` when people write the number alone.
    var unit: FieldUnit? { shared.facts.unit }
    /// The key of the field of the row that says whether a moment stands for its whole day.
    var wholeDayKey: String? { shared.facts.wholeDayKey }
    /// The key of the field of the row with the time zone whose day that is.
    var dayZoneKey: String? { shared.facts.dayZoneKey }
    /// Another long option that sets the field, as people say it: `repeat`.
    public var otherFlag: String? { shared.facts.otherFlag }

    /// Declares a field. Definitions read better through the makers named after the types.
    public init(
        _ key: String,
        _ type: FieldType,
        en: String,
        es: String,
        traits: Traits = [],
        default defaultValue: Value = .null,
        note: Text? = nil
    ) {
        self.init(key, type, label: Text(en: en, es: es), traits: traits, default: defaultValue, note: note)
    }

    init(
        _ key: String,
        _ type: FieldType,
        label: Text,
        traits: Traits = [],
        default defaultValue: Value = .null,
        note: Text? = nil
    ) {
        self.init(
            Facts(key: key, label: label, type: type, traits: traits, defaultValue: defaultValue, note: note)
        )
    }

    private init(_ facts: Facts) { shared = Shared(facts) }

    /// The field with something of its declaration changed.
    func with(_ change: (inout Facts) -> Void) -> Field {
        var facts = shared.facts
        change(&facts)
        return Field(facts)
    }

    /// Whether a new record gets a value when none is given; numbers of a ``pattern`` are no such values.
    public var hasDefault: Bool { !defaultValue.isNull || relativeDefault != nil }

    /// Whether a new record would get a default where the record it is made from has no value. The program's own fields
    /// are left to its rules.
    var wouldBeFilled: Bool { traits.contains(.custom) && hasDefault }

    /// The field with other choices.
    func offering(_ choices: [Choice]) -> Field { with { $0.type = .choice(choices) } }

    /// The field with other terms.
    func knowing(_ terms: [Choice]) -> Field { with { $0.type = .term(terms) } }

    /// Returns the field with another option that also sets it.
    func set(byOption flag: String) -> Field { with { $0.otherFlag = flag } }

    /// Whether a record cannot be without it.
    public var isRequired: Bool { traits.contains(.required) }

    /// Whether some values of the type are none of the field.
    var hasBounds: Bool { !traits.isDisjoint(with: [.notNegative, .notFuture]) || isLongText }

    /// Whether the field holds text of several lines that people write.
    var isLongText: Bool { type.takesLines && !traits.contains(.opaque) }
    /// Whether input may set it.
    public var isWritable: Bool { traits.isDisjoint(with: [.readOnly, .computed]) }
    /// Whether the field holds codes that people type. Codes are compared exactly, but two that differ only in the case
    /// of their letters are rarely meant to.
    var isTypedCode: Bool { type == .code && traits.contains(.key) && !traits.contains(.foreign) }
    /// Whether the field holds a recurrence rule.
    public var isRecurrence: Bool { type == .recurrence }
    /// Whether a column holds it.
    var isStored: Bool { !traits.contains(.computed) }
    /// The long option that sets the field, with hyphens; for a list field, the singular.
    public var flag: String { (singular ?? key).hyphenated }
}

extension Field {
    /// Declares a field for a single line of text.
    public static func text(_ key: String, en: String, es: String, _ traits: Traits = [], note: Text? = nil) -> Field {
        Field(key, .text, en: en, es: es, traits: traits, note: note)
    }

    /// Declares a field for a single line of text that is compared exactly.
    public static func code(_ key: String, en: String, es: String, _ traits: Traits = [], note: Text? = nil) -> Field {
        Field(key, .code, en: en, es: es, traits: traits, note: note)
    }

    /// Text with line breaks.
    public static func longText(_ key: String, en: String, es: String, _ traits: Traits = []) -> Field {
        Field(key, .longText, en: en, es: es, traits: traits)
    }

    /// An e-mail address.
    public static func email(_ key: String, en: String, es: String, _ traits: Traits = []) -> Field {
        Field(key, .email, en: en, es: es, traits: traits)
    }

    /// A telephone number.
    public static func phone(_ key: String, en: String, es: String, _ traits: Traits = []) -> Field {
        Field(key, .phone, en: en, es: es, traits: traits)
    }

    /// A web address.
    public static func url(_ key: String, en: String, es: String, _ traits: Traits = []) -> Field {
        Field(key, .url, en: en, es: es, traits: traits)
    }

    /// A whole number, zero or more unless a range says otherwise.
    public static func integer(
        _ key: String,
        en: String,
        es: String,
        _ traits: Traits = [],
        in range: ClosedRange<Int64>? = nil
    ) -> Field {
        Field(key, range.map(FieldType.integer) ?? .count, en: en, es: es, traits: traits)
    }

    /// An exact decimal: a quantity with six digits after the point unless a type says otherwise.
    public static func decimal(
        _ key: String,
        en: String,
        es: String,
        _ traits: Traits = [],
        as type: FieldType = .quantity
    ) -> Field {
        Field(key, type, en: en, es: es, traits: traits)
    }

    /// A percentage, 0 to 100.
    public static func percent(_ key: String, en: String, es: String, _ traits: Traits = []) -> Field {
        Field(key, .percent, en: en, es: es, traits: traits)
    }

    /// A percentage computed from the record's own columns when it is read; `expression` gives it with four
    /// digits as an integer, or null.
    static func percent(_ key: String, en: String, es: String, computed expression: String) -> Field {
        Field(key, .percent, en: en, es: es, traits: [.readOnly, .computed]).with { $0.expression = expression }
    }

    /// An amount of money in the record's currency.
    public static func money(_ key: String, en: String, es: String, _ traits: Traits = []) -> Field {
        Field(key, .money, en: en, es: es, traits: traits)
    }

    /// A calendar date.
    public static func date(_ key: String, en: String, es: String, _ traits: Traits = []) -> Field {
        Field(key, .date, en: en, es: es, traits: traits)
    }

    /// A moment.
    public static func dateTime(_ key: String, en: String, es: String, _ traits: Traits = []) -> Field {
        Field(key, .dateTime, en: en, es: es, traits: traits)
    }

    /// A moment to the millisecond.
    static func instant(_ key: String, en: String, es: String, _ traits: Traits = []) -> Field {
        Field(key, .instant, en: en, es: es, traits: traits)
    }

    /// Yes or no; no unless a default says otherwise.
    public static func boolean(
        _ key: String,
        en: String,
        es: String,
        _ traits: Traits = [],
        default isTrue: Bool = false,
        note: Text? = nil
    ) -> Field {
        Field(key, .boolean, en: en, es: es, traits: traits, default: .integer(isTrue ? 1 : 0), note: note)
    }

    /// Declares a field for one of several choices. Without a default key, a new record has none.
    public static func choice(
        _ key: String,
        en: String,
        es: String,
        _ traits: Traits = [],
        default defaultKey: String? = nil,
        note: Text? = nil,
        _ choices: [Choice]
    ) -> Field {
        Field(
            key,
            .choice(choices),
            en: en,
            es: es,
            traits: traits,
            default: defaultKey.map(Value.text) ?? .null,
            note: note
        )
    }

    /// Declares a field that refers to a record of another module.
    public static func reference(
        _ key: String,
        to module: ModuleName,
        en: String,
        es: String,
        _ traits: Traits = [],
        note: Text? = nil
    ) -> Field {
        Field(key, .reference(module), en: en, es: es, traits: traits, note: note)
    }

    /// Declares a field that refers to a record of any module.
    public static func anyReference(_ key: String, en: String, es: String) -> Field {
        Field(key, .anyReference, en: en, es: es)
    }

    /// Declares a field for a list of values; `singular` names the option that takes one value.
    public static func list(
        _ key: String,
        of element: FieldType.ListElement = .text,
        singular: String,
        en: String,
        es: String,
        _ traits: Traits = []
    ) -> Field {
        Field(key, .list(element), en: en, es: es, traits: traits).with { $0.singular = singular }
    }
}
