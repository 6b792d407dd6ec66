import Localization

/// Rows that belong to a record and have no life of their own: further telephone numbers of a person, lines of a quote.
///
/// They come and go with their record, each at a position that counts from 1.
///
/// A part is immutable. It is a class, as a module is, because every draft of a row refers to its part, and rows come in
/// millions.
public final class Part: Sendable {
    /// Who sees and gives the rows.
    public enum Visibility: Sendable {
        /// People and programs, who give them too: options, verbs, JSON, columns.
        case shown
        /// People and programs, but they cannot give them: a rule derives them from the record and its other rows.
        case derived
        /// Shown by a verb of its own and never given by people or programs: one record can have too many rows to show
        /// them all with it.
        case gathered
        /// The program alone, which keeps something for later.
        case kept
        /// Hidden: the program finds records by the rows, which a rule derives like those with ``derived``.
        case index
    }

    /// Another word for a field, where people and files give one.
    public struct Alias: Sendable {
        /// The word: `discount`.
        public let word: String
        /// The key of the field that is meant.
        let field: String
        /// The key of the field that is meant if the given text ends with a percent sign.
        let percentField: String?

        /// The keys of the fields that can be meant.
        public var keys: [String] { [field] + (percentField.map { [$0] } ?? []) }

        init(_ word: String, for field: String, percent percentField: String? = nil) {
            self.word = word
            self.field = field
            self.percentField = percentField
        }
    }

    /// The definition of a part as it is written. What a part is to have besides is a property here, with a default.
    struct Declaration: Sendable {
        /// The stable name of one row, in snake_case: `point`. Options and the lines of an export are called so.
        var name: String
        /// What people call one row, in English.
        var en: String
        /// What people call one row, in Spanish.
        var es: String
        /// What people call several rows, and the key under which JSON has the rows of a record, and by which paths
        /// name them: `points`.
        var plural: (key: String, en: String, es: String)
        /// The grammatical gender of the word for a row in Spanish.
        var gender: Gender
        /// Other words for the part, in addition to its name and labels, separated by blanks.
        var synonyms = ""
        /// Who sees and gives the rows.
        var visibility: Visibility = .shown
        /// The fields that an option takes in this order, with colons between them: `email:ana@example.org`.
        var shorthand: [String] = []
        /// The fields of a row, in order.
        var fields: [Field]
        /// The keys of the fields that an example of a row gives, for a part whose required fields do not make a good
        /// example.
        var shownInExamples: [String] = []
        /// The keys of the fields that a form asks for in each row, beginning with its subject: references, then a
        /// text. A form asks for no rows of a part that has none.
        var asked: [String] = []
        /// The keys of further fields that a form shows of a row after it has asked for it: those that result from the
        /// answers.
        var told: [String] = []
        /// Other words for fields.
        var aliases: [Alias] = []
        /// The keys of the fields that take an amount of more decimals than money has, by those that it is given for.
        var preciseFields: [String: String] = [:]
        /// The keys of the fields that are copied from a referenced record when nothing is given for them, by the key
        /// of the reference field. The text form of a row names such a field even when it is empty.
        var supplied: [String: [String]] = [:]
        /// Whether rows of a record that hold the same are different rows: two hours of work are, one number twice is
        /// not.
        var holdsEqualRows = false
        /// Completes and checks a row of a record before it is stored. Derived fields are computed anew each time.
        var complete: (@Sendable (inout PartDraft, Record, any RuleContext) throws -> Void)?
        /// The keys of the numbers that must all be zero before a row can be removed; ``holdsBack`` gives the reason.
        var heldBy: [String] = []
        /// Returns the reason why a row cannot be removed; `nil` if it can.
        var holdsBack: (@Sendable (PartDraft) -> Text?)?
        /// Returns the command that makes a row removable which ``holdsBack`` holds, of its position, its record and the
        /// module of that.
        var releasedBy: (@Sendable (PartDraft, Int64, Int64, Module) -> String?)?
        /// Informs the user about consequences when rows of a record are moved or removed. For rows that are added or
        /// changed, ``complete`` does this.
        var tellsChange: (@Sendable (Record, any RuleContext) -> Void)?
        /// What input may change in the rows only with an option that insists on it, in the words of that option; `nil`
        /// for nothing.
        var insisting: Text?
        /// The key of the tracked field whose periods the rows are.
        var tracking: String?
        /// Fields that rows have values of, but which nothing shows: those removed from the file's definitions.
        var hidden: [Field] = []

        /// The part with this declaration.
        var part: Part { Part(self) }
    }

    /// All that was written of the part.
    private let declaration: Declaration
    /// The stable name of one row, in snake_case: `point`. Options and the lines of an export are called so.
    public var name: String { declaration.name }
    /// What people call one row: the singular noun.
    public let label: Text
    /// What people call several rows: the plural noun.
    public let plural: Text
    /// The Spanish noun for a row, for sentences.
    public let spanish: SpanishNoun
    /// The fields of a row, in order.
    public var fields: [Field] { declaration.fields }
    /// Every field that rows have values of: ``fields``, then those that were removed from the file's definitions and
    /// are seen no more.
    let allFields: [Field]
    /// The positions of the fields in ``allFields``, by key.
    private let positions: KeyPositions
    /// The default values of a new row.
    let defaults: [Value]
    /// The positions in ``allFields`` of the fields whose default is counted from when a row is made.
    let relativePositions: [Int]
    /// The positions of the fields that a row must have, or whose values have bounds.
    let checkedPositions: [Int]
    /// The key under which JSON has the rows of a record, and by which paths name them: `points`.
    public var key: String { declaration.plural.key }
    /// Who sees and gives the rows.
    public var visibility: Visibility { declaration.visibility }
    /// The fields that an option takes in this order, with colons between them: `email:ana@example.org`.
    public var shorthand: [String] { declaration.shorthand }
    /// The keys of the fields that an example of a row gives.
    public var shownInExamples: [String] { declaration.shownInExamples }
    /// The keys of the fields that a form asks for in each row, beginning with its subject.
    public var asked: [String] { declaration.asked }
    /// The keys of further fields that a form shows of a row after it has asked for it.
    public var told: [String] { declaration.told }
    /// Other words for the part, in addition to its name and labels.
    public let synonyms: [String]
    /// Other words for fields.
    public var aliases: [Alias] { declaration.aliases }
    /// The keys of the fields that take an amount of more decimals than money has, by those that it is given for.
    var preciseFields: [String: String] { declaration.preciseFields }
    /// The keys of the fields that are copied from a referenced record, by the key of the reference field.
    var supplied: [String: [String]] { declaration.supplied }
    /// Completes and checks a row of a record before it is stored.
    var complete: (@Sendable (inout PartDraft, Record, any RuleContext) throws -> Void)? { declaration.complete }
    /// Whether rows of a record that hold the same are different rows.
    var holdsEqualRows: Bool { declaration.holdsEqualRows }
    /// The keys of the numbers that must all be zero before a row can be removed.
    var heldBy: [String] { declaration.heldBy }
    /// Returns the reason why a row cannot be removed; `nil` if it can.
    var holdsBack: (@Sendable (PartDraft) -> Text?)? { declaration.holdsBack }
    /// Returns the command that makes a row removable, of its position, its record and the module of that.
    var releasedBy: (@Sendable (PartDraft, Int64, Int64, Module) -> String?)? { declaration.releasedBy }
    /// Informs the user about consequences when rows of a record are moved or removed.
    var tellsChange: (@Sendable (Record, any RuleContext) -> Void)? { declaration.tellsChange }
    /// What input may change in the rows only with an option that insists on it.
    public var insisting: Text? { declaration.insisting }
    /// The key of the tracked field whose periods the rows are.
    var tracked: String? { declaration.tracking }

    private init(_ declaration: Declaration) {
        self.declaration = declaration
        label = Text(en: declaration.en, es: declaration.es)
        plural = Text(en: declaration.plural.en, es: declaration.plural.es)
        spanish = SpanishNoun(declaration.es, plural: declaration.plural.es, declaration.gender)
        allFields = declaration.fields + declaration.hidden
        positions = KeyPositions(allFields.map(\.key))
        defaults = allFields.map(\.defaultValue)
        let (fields, allFields) = (declaration.fields, allFields)
        relativePositions = allFields.indices.filter { allFields[$0].relativeDefault != nil }
        checkedPositions = fields.indices.filter { fields[$0].isRequired || fields[$0].hasBounds }
        synonyms = declaration.synonyms.split(separator: " ").map(String.init)
    }

    /// Whether the meaning of its rows depends on their record: amounts are in its currency.
    var dependsOnRecord: Bool { complete != nil || allFields.contains { $0.type == .money } }
    /// Whether a field is copied from a referenced record when it is not given.
    func isSupplied(_ field: Field) -> Bool { supplied.values.contains { $0.contains(field.key) } }
    /// Whether a rule derives its rows.
    var isDerived: Bool { visibility == .derived || visibility == .index }
    /// Whether some fields of a row are computed from the others.
    var derivesFields: Bool { complete != nil && fields.contains { $0.traits.contains(.derived) } }
    /// The field by which records are found, where there is one.
    public var keyField: Field? { fields.first { $0.traits.contains(.key) } }
    /// The choice field that says which kind a row is, when the kind determines the type of the key field.
    public var kindField: Field? { keyField?.variants.flatMap { field($0.key) } }
    /// The field with a key.
    public func field(_ key: String) -> Field? { fields.first { $0.key == key } }
    /// Returns the field that people mean by a word: its key, its label or another word for it, such as `cantidad` or
    /// `Producto`.
    func fieldMeant(by word: String) -> Field? {
        let spelling = Choice.spelling(word)
        return fields.first { field in
            [field.key, field.label.en, field.label.es].contains { Choice.spelling($0) == spelling }
        }
            ?? fields.first { field in field.synonyms.contains { Choice.spelling($0) == spelling } }
    }
    /// The fields that input may give.
    public var writableFields: [Field] { fields.filter(\.isWritable) }
    /// The words by which input names fields.
    public var words: [String] { writableFields.map(\.key) + aliases.map(\.word) }
    /// Returns the position of a field in ``allFields``, which begins with ``fields``.
    public func position(of key: String) -> Int? { positions[key] }
    /// Returns the position in ``allFields`` of a field whose key the program itself writes.
    ///
    /// - Precondition: the part has the field.
    public func position(required key: String) -> Int { positions.required(key, of: name) }
    /// The field with a key that the program itself writes.
    ///
    /// - Precondition: the part has the field.
    func field(required key: String) -> Field { allFields[position(required: key)] }
    /// The key of the position of a row among the rows of its record.
    public static let positionKey = "position"
    /// The positions that rows can have.
    static let positions: ClosedRange<Int64> = 1...Int64(Int32.max)
}

extension Part {
    /// Returns the part with some of its fields replaced by others with the same keys, and with additional fields.
    ///
    /// - Parameters:
    ///   - other: returns the replacement of a field, or `nil` to keep it.
    ///   - added: fields whose keys no field of the part has.
    ///   - hidden: such fields too; rows hold values for them, but nothing shows them.
    func replacing(_ other: (Field) -> Field?, adding added: [Field], hidden: [Field]) -> Part {
        var declaration = declaration
        declaration.fields = fields.map { other($0) ?? $0 } + added
        declaration.hidden = hidden
        return declaration.part
    }
}

/// A row of a part as it is stored.
public struct PartRow: Sendable {
    /// The row's id, which nobody but history sees.
    let id: Int64
    /// The place of the row among the rows of its record, from 1.
    public let position: Int64
    /// As stored, one for each field of the part.
    public let values: [Value]

    /// Returns the value of a field of the row.
    ///
    /// - Precondition: the row belongs to `part`, which has the field.
    public func value(_ key: String, of part: Part) -> Value { values[part.position(required: key)] }
}

extension Module {
    /// The parts that people and programs see with the record.
    public var shownParts: [Part] { parts.filter { $0.visibility == .shown || $0.visibility == .derived } }
    /// The parts with so many rows in a record that each row is found by a query.
    var gatheredParts: [Part] { parts.filter { $0.visibility == .gathered } }
    /// The parts that paths lead to.
    var namedParts: [Part] { shownParts + gatheredParts }
    /// The part of a name.
    func part(named name: String) -> Part? { parts.first { $0.name == name } }
    /// The part of a name that the program itself writes.
    ///
    /// - Precondition: records of the module have the part.
    func part(required partName: String) -> Part {
        guard let part = part(named: partName) else { preconditionFailure("\(name) has no part '\(partName)'") }
        return part
    }
    /// Whether an option, column or path with this name means a part: its name or its plural key.
    func calls(aPart key: String) -> Bool { namedParts.contains { $0.name == key || $0.key == key } }
    /// The parts that people and programs give.
    public var givenParts: [Part] { parts.filter { $0.visibility == .shown } }
}
