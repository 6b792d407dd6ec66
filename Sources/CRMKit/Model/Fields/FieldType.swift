/// The type of a field: how values are read, stored, compared and printed.
public enum FieldType: Sendable, Hashable {
    /// The record's id: a positive integer given by the database, never reused.
    case identifier
    /// One line of text, compared without case and accents.
    case text
    /// One line of text compared exactly, stored in one normal form: serial numbers, codes, keys of other systems.
    case code
    /// A tax authority's number for somebody, compared by its letters and digits.
    case taxID
    /// Text of any length with line breaks, compared without case and accents.
    case longText
    /// An e-mail address (RFC 5321 mailbox, RFC 6531 for other scripts), compared without case.
    case email
    /// A telephone number, kept as typed and compared by its digits with the country code.
    case phone
    /// A web address, compared without scheme, `www.` and last slash.
    case url
    /// A whole number within a range.
    case integer(ClosedRange<Int64>)
    /// An exact decimal, stored as an integer scaled by ten to the number of digits.
    case decimal(digits: Int)
    /// 0 to 100, an exact decimal with four digits.
    case percent
    /// A fraction from 0 to 1 in computed figures, not in records: an exact decimal with six digits that people read as
    /// a percentage.
    case fraction
    /// A ratio of two figures that people read as a factor, where a ``fraction`` is read as a percentage.
    case ratio
    /// An amount in the currency of its record, stored in that currency's minor unit.
    case money
    /// An ISO 4217 code.
    case currency
    /// An ISO 3166-1 alpha-2 code.
    case country
    /// An IANA time zone name.
    case timeZone
    /// A rule by which something comes again (RFC 5545, section 3.3.10), in one spelling.
    case recurrence
    /// One occurrence of a series, named by when it begins by the rule.
    case occurrence
    /// A quarter, month or week in computed figures, not in records.
    case period(Period)
    /// A calendar date, `YYYY-MM-DD`.
    case date
    /// A moment, RFC 3339 in UTC to the second.
    case dateTime
    /// A moment, RFC 3339 in UTC to the millisecond.
    case instant
    /// A length of time: ISO 8601 outside, whole seconds inside.
    case duration
    /// Yes or no.
    case boolean
    /// A choice from a list.
    case choice([Choice])
    /// One line of text, for which some terms are known by keys and labels.
    case term([Choice])
    /// A reference to a record of another module.
    case reference(ModuleName)
    /// A reference to a record of any module, stored as a module and an id: `case:3`.
    case anyReference
    /// Several values without order or repetition.
    case list(ListElement)

    /// The type of the elements of a list.
    public enum ListElement: Sendable, Hashable {
        /// Short words without commas.
        case text
        /// Lengths of time.
        case duration
        /// Taxes, each a kind and a rate: `vat:16`.
        case tax
        /// Occurrences of a series.
        case occurrence
        /// Rows of a part by their positions, each with a quantity: `2=1.5`.
        case rowQuantity
    }

    /// Digits after the decimal point of a quantity.
    public static let quantity = FieldType.decimal(digits: 6)
    /// A latitude or longitude in degrees.
    public static let coordinate = FieldType.decimal(digits: 7)
    /// A count: zero or more.
    public static let count = FieldType.integer(0...Int64(Int32.max))
}

extension FieldType {
    /// The form in which values are compared when not by their bytes. The comparable form has a column of its own.
    enum Matching: Sendable {
        /// Case and accents folded, white space collapsed.
        case folded
        /// Lower case.
        case email
        /// Digits with the country code.
        case phone
        /// Without scheme, `www.` and last slash.
        case url
        /// Letters in lower case, and digits.
        case taxID
    }

    /// Whether several values can be held at once.
    public var isList: Bool {
        if case .list = self { true } else { false }
    }

    /// The choices of a choice field, otherwise none.
    public var choices: [Choice] {
        if case .choice(let choices) = self { choices } else { [] }
    }

    /// Whether a value may have several lines.
    public var takesLines: Bool { self == .longText }
    /// Whether values are how much something is of another, which people read per cent.
    public var isFraction: Bool { self == .fraction || self == .ratio }
    /// Whether values are parts of a hundred.
    var isPercentage: Bool { self == .percent }

    /// Whether a stored number is a percentage that may be taken for a part of one where its sign is missing: of at most
    /// 1 %.
    public func mayBeFraction(_ units: Int64) -> Bool { isPercentage && (1...PercentType.one).contains(units) }

    /// Returns the text of a stored percentage with its sign, without which one below 1 may be a fraction; any other text
    /// is returned unchanged.
    public func withSign(_ text: String) -> String {
        isPercentage && text.utf8.last.map(\.isDigit) == true ? "\(text)%" : text
    }

    /// The words that are known of a choice or of a term.
    var terms: [Choice] {
        if case .term(let terms) = self { terms } else { choices }
    }

    /// The choices that are offered and taken: all but the retired ones.
    public var offeredChoices: [Choice] { choices.filter { !$0.isRetired } }

    /// The module a reference field points at.
    public var target: ModuleName? {
        if case .reference(let name) = self { name } else { nil }
    }

    /// Returns the value of a reference field that refers to a record: its id, or `case:3` with its module when the
    /// field can refer to records of any module.
    func reference(to id: Int64, in module: ModuleName) -> Value {
        self == .anyReference ? .text("\(module.rawValue):\(id)") : .integer(id)
    }
}
