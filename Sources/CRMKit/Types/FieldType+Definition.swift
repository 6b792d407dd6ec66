import Localization

extension FieldType {
    /// The definition of the type. Types are registered here, and each is defined in a file of its own.
    var definition: any FieldTypeDefinition {
        switch self {
        case .identifier: IdentifierType()
        case .text: TextType()
        case .code: CodeType()
        case .taxID: TaxIDType()
        case .longText: LongTextType()
        case .email: EmailType()
        case .phone: PhoneType()
        case .url: WebAddressType()
        case .integer(let range): IntegerType(range: range)
        case .decimal(let digits): DecimalType(digits: digits)
        case .percent: PercentType()
        case .fraction: FractionType(isPart: true)
        case .ratio: FractionType(isPart: false)
        case .money: MoneyType()
        case .currency: CurrencyType()
        case .country: CountryType()
        case .timeZone: TimeZoneType()
        case .recurrence: RecurrenceType()
        case .occurrence: OccurrenceType()
        case .period(let period): PeriodType(period: period)
        case .date: DateType()
        case .dateTime: DateTimeType()
        case .instant: InstantType()
        case .duration: DurationType()
        case .boolean: BooleanType()
        case .choice(let choices): ChoiceType(choices: choices)
        case .term(let terms): TermType(terms: terms)
        case .reference(let module): ReferenceType(module: module)
        case .anyReference: AnyReferenceType()
        case .list(let element): ListType(element: element)
        }
    }

    /// The types of custom fields, except references, in the order in which commands list them.
    static let custom: [FieldType] = [
        .text, .longText, .code, .email, .phone, .url, .integer(-999_999_999_999_999...999_999_999_999_999), .quantity,
        .money, .percent, .date, .dateTime, .duration, .boolean, .choice([]), .list(.text),
    ]
}

extension FieldType {
    /// The form of the values for storage, queries and output.
    public var form: ValueForm { definition.form }
    /// The form in which values are compared; `nil` when they are compared as stored.
    var matching: Matching? { definition.matching }
    /// Whether any text is a valid value.
    var isFreeText: Bool { definition.isFreeText }
    /// Whether values are codes, which a spreadsheet may have turned into numbers.
    var isCode: Bool { definition.isCode }
    /// Whether values are words of people, which may hold any character.
    public var isWording: Bool { definition.family == TextType.family }
    /// Whether every value is a word out of a limited set: it is never empty and has no control characters.
    var isWord: Bool { definition.isWord }
    /// Whether no word for a missing value can be a value of the type.
    var takesNoWords: Bool { definition.takesNoWords }
    /// The range of stored numbers; `nil` if it is unlimited.
    var storedRange: ClosedRange<Int64>? { definition.storedRange }
    /// The shape of values in JSON.
    var shape: ValueShape { definition.shape }
    /// The number of digits after the second in moments.
    var secondDigits: Int { definition.secondDigits }
    /// The placeholder for a value in documents.
    public var placeholder: Text { definition.placeholder }
    /// How a value of the type is written, for the manual.
    public var spelling: Text { definition.spelling }
    /// A hint for a form on how to write a value; `nil` when that is obvious.
    public var hint: Text? { definition.hint }
    /// A value to show in examples; `nil` where any text will do.
    public var example: String? { definition.example }

    /// Whether values are numbers, which tables align to the right.
    public var isNumeric: Bool { form.isNumeric }
    /// Whether a truncated value is meaningless.
    public var isWhole: Bool { definition.isWhole }

    /// Reads a value of the type as given by a person or a file.
    ///
    /// - Parameters:
    ///   - text: white space at its ends is cut off; with nothing left the value is null.
    ///   - context: the context of the value. For a type of money, its currency must be that of the record.
    /// - Returns: the value as it is stored.
    /// - Throws: ``ValueError`` saying what is expected. References are resolved by the store, not here: for them any
    ///   text is refused.
    public func parse(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        try definition.read(text, in: context)
    }

    /// Returns the text of a value, altered by a spreadsheet or another program, in a form that ``parse(_:in:)`` reads:
    /// a country given by name, a telephone number as a float.
    ///
    /// - Throws: ``ValueError`` for a value that has lost information.
    func foreign(_ text: String) throws(ValueError) -> String { try definition.foreign(text) }

    /// Returns the values of a text with several complete ones; empty for a text with one value or none.
    func several(_ text: String) -> [String] { definition.several(text) }

    /// The comparable forms of values that identify nobody, such as the tax id for customers without one.
    var nobodys: [String] { definition.nobodys }

    /// Returns the comparable form of a part of a value, as it occurs in the comparable form of the whole.
    ///
    /// - Returns: `nil` for text that cannot be part of a value: letters in a telephone number.
    func partKey(for text: String, country: String?) -> String? { definition.partKey(for: text, country: country) }
}
