import Localization

/// A kind of record, defined once. Its table, checks, commands, help, JSON and filters are made from this value.
///
/// A module is immutable. It is a class because every record refers to its module, and copying a large value with each
/// record would cost much in bulk work.
public final class Module: Sendable {
    /// How the name of a record for lists, references and prompts is made.
    public enum Display: Sendable {
        /// The value of one field.
        case field(String)
        /// The values of several fields joined by a separator, shortened to a number of words if one is given. It is
        /// kept in a read-only field `name` with these labels.
        case composed([String], separator: String, words: Int?, en: String, es: String)
    }

    /// Two dates or moments of a record, the second never before the first.
    public struct DateOrder: Sendable {
        /// The field that comes first.
        public let earlier: String
        /// The key of the field that must not be earlier.
        public let later: String
        /// Whether the later date moves along when only the earlier one is changed.
        let keepsLength: Bool

        /// Declares the order of two fields.
        public init(_ earlier: String, _ later: String, keepsLength: Bool = false) {
            self.earlier = earlier
            self.later = later
            self.keepsLength = keepsLength
        }
    }

    /// All that was written of the module, with the fields of all modules.
    let declaration: Declaration
    /// The stable name.
    public var name: ModuleName { declaration.name }
    /// What people call one record: the singular noun.
    public let label: Text
    /// What people call several records: the plural noun.
    public let plural: Text
    /// The grammatical gender of the word for a record in Spanish.
    var gender: Gender { declaration.gender }
    /// Other words for a record, separated by blanks.
    var otherWords: String { declaration.synonyms }
    /// Words for related kinds of records that have no module of their own.
    var kin: String { declaration.kin }
    /// Every field in declared order: `id`, the module's own, then those all modules share.
    public let fields: [Field]
    /// Every field that records have values of: ``fields``, then those removed from the file's definitions, which are
    /// hidden.
    let allFields: [Field]
    /// How the display name of a record is made.
    public var display: Display { declaration.display }
    /// How the records are related to contacts.
    public var contacts: ContactRelation { declaration.contacts }
    /// The keys by which references name a record, besides its id, `ext:` and `name:`.
    public let referenceKeys: [ReferenceKey]
    /// Which dates must be in order.
    public var dateOrders: [DateOrder] { declaration.dateOrders }
    /// The date or moment whose exchange rates apply to its amounts; `nil` for today's.
    public var datedBy: String? { declaration.datedBy }
    /// The fields a table shows unless columns are asked for.
    public var listed: [String] { declaration.listed }
    /// The columns shown of a record that is listed under another one.
    var mention: Mention { declaration.mention }
    /// Paths to the values that distinguish records with the same name, in the order in which messages name them.
    var knownBy: [String] { declaration.knownBy ?? [] }
    /// The fields a form asks for, in order.
    public var asked: [String] {
        if let asked = declaration.asked { return asked }
        var isShown = Set(listed)
        if case .composed(let keys, _, _, _, _) = display { isShown.formUnion(keys) }
        return fields.filter { field in
            field.isWritable && !field.traits.contains(.custom) && (field.isRequired || isShown.contains(field.key))
        }.map(\.key)
    }
    /// The rows that belong to a record.
    public let parts: [Part]
    /// The dates that matter on timelines and on the page of a day, including those at which tracked fields changed.
    public let occasions: [Occasion]
    /// The verbs of the module beyond those that every module has.
    public var actions: [Action] { declaration.actions }
    /// The settings of the module that a database file can configure, each a choice field: `purchase-order.approval`.
    var settings: [Field] { declaration.settings }
    /// The choices that verbs other than actions write by themselves, such as the direction of an imported message.
    var verbChoices: [(verb: String, choices: [FixedChoice])] { declaration.choosing }
    /// The rules of the module, for what the definitions of fields cannot express.
    var rules: [Rule] { declaration.rules }
    /// The rules that complete and check a draft.
    let completingRules: [PlacedRule]
    /// The rules that write consequences of a stored record: the module's own, then those that keep the periods of
    /// tracked fields.
    let followingRules: [PlacedRule]
    /// The rules that derive something from a record and its rows.
    let derivingRules: [PlacedRule]
    /// How records can be merged; `nil` when they cannot.
    public var merging: Merging? { declaration.merging }
    /// The criteria by which records may be duplicates; `nil` when duplicates are not searched for.
    public var resemblance: Resemblance? { declaration.resemblance }
    /// What a form proposes, and further questions it asks.
    var prompting: Prompting { declaration.prompting }
    /// The positions of the fields by key.
    private let positions: KeyPositions
    /// The positions of the fields by key, with those that are hidden: rules and history may be about these too.
    private let allPositions: KeyPositions
    /// The default values of a new record, as far as fields have one, with their positions.
    let defaults: [(position: Int, value: Value)]
    /// The positions of the fields whose default is counted from when a record is made.
    let relativePositions: [Int]
    /// The positions of the fields that always have a value: the required ones, and booleans.
    let requiredPositions: [Int]
    /// The positions of the amounts of money.
    let moneyPositions: [Int]
    /// The positions of the choice fields that have retired choices.
    let choicePositions: [Int]
    /// The positions of the fields that do not accept every value of their type.
    let boundedPositions: [Int]
    /// The positions in ``fields`` of texts of several lines.
    let longTextPositions: [Int]
    /// The positions of the fields that hold filters.
    let filterPositions: [Int]
    /// The positions of the fields with number patterns, for which a new record gets the next number when none is
    /// given.
    let numberedPositions: [Int]
    /// The position of the field with the display name.
    let displayPosition: Int
    /// The positions in ``fields`` of the fields that the composed name is made of; empty when the name is a field of
    /// its own.
    let composedPositions: [Int]
    /// The positions of the fields of ``dateOrders``.
    let dateOrderPositions: [(earlier: Int, later: Int)]
    /// The ways to name a record by values that several records may share. Of unique codes these are those that differ only
    /// in the case of letters.
    let sharedKeys: [ReferenceKey]
    /// The positions of the fields of ``sharedKeys``.
    let sharedKeyPositions: [Int]
    /// The position of the currency of the amounts; `nil` where there are none.
    let currencyPosition: Int?
    /// The position of the moment of creation.
    let createdPosition: Int
    /// The position of the moment of the last change.
    let updatedPosition: Int

    /// Makes a module of a whole declaration, and works out what rows need to know of it.
    init(_ declaration: Declaration) {
        self.declaration = declaration
        label = Text(en: declaration.en, es: declaration.es)
        plural = Text(en: declaration.plural.en, es: declaration.plural.es)
        let fields = declaration.fields
        self.fields = fields
        allFields = fields + declaration.hidden
        let tracked = fields.filter { $0.traits.contains(.tracked) }
        parts =
            declaration.parts.filter { $0.tracked == nil && $0.name != Part.mergedName } + tracked.map(Part.periods)
            + (declaration.merging == nil ? [] : [.merged])
        let changes = tracked.map(Occasion.change)
        occasions =
            declaration.occasions.filter { occasion in !changes.contains { $0.source == occasion.source } } + changes
        let index = KeyPositions(fields.map(\.key))
        positions = index
        let all = declaration.hidden.isEmpty ? index : KeyPositions(allFields.map(\.key))
        allPositions = all
        func placed(_ rules: [Rule]) -> [PlacedRule] {
            rules.map { PlacedRule($0) { key in all.required(key, of: declaration.name.rawValue) } }
        }
        completingRules = placed(declaration.rules.filter { $0.before != nil })
        followingRules = placed(declaration.rules.filter { $0.after != nil } + tracked.map(Rule.tracking))
        derivingRules = placed(declaration.rules.filter { $0.derivation != nil })
        let marked = MarkedPositions(fields, hidden: declaration.hidden)
        defaults = marked.defaults
        relativePositions = marked.relative
        requiredPositions = marked.required
        moneyPositions = marked.money
        choicePositions = marked.choice
        boundedPositions = marked.bounded
        longTextPositions = marked.longText
        filterPositions = marked.filter
        numberedPositions = marked.numbered
        displayPosition = index[declaration.display.key] ?? 0
        composedPositions =
            if case .composed(let keys, _, _, _, _) = declaration.display { keys.compactMap { index[$0] } } else { [] }
        dateOrderPositions = declaration.dateOrders.compactMap { order in
            guard let earlier = index[order.earlier], let later = index[order.later] else { return nil }
            return (earlier, later)
        }
        currencyPosition = index[Self.currency.key]
        createdPosition = fields.count - 2
        updatedPosition = fields.count - 1
        let keys = declaration.keys.map { $0.looking(in: fields) }
        let referenceKeys =
            keys
            + fields.filter { field in field.traits.contains(.key) && !keys.contains { $0.prefix == field.key } }
            .map { ReferenceKey($0.key, [$0.key]) }
        self.referenceKeys = referenceKeys
        let sharedKeys = referenceKeys.filter { key in
            !key.fields.compactMap { index[$0].map { fields[$0] } }.contains {
                $0.traits.contains(.unique) && !$0.isTypedCode
            }
                && !referenceKeys.contains { $0.looksFurther(than: key) }
        }
        self.sharedKeys = sharedKeys
        sharedKeyPositions = sharedKeys.flatMap(\.fields).compactMap { index[$0] }
    }

    /// The fields that hold a day or a moment.
    public var dateFields: [Field] { fields.filter { $0.type.form == .date || $0.type.form == .moment } }

    /// The field with a key.
    public func field(_ key: String) -> Field? { positions[key].map { fields[$0] } }

    /// Returns the position of a field in ``fields``.
    public func position(of key: String) -> Int? { positions[key] }

    /// The field with a key that the program itself writes.
    ///
    /// - Precondition: the module has the field, be it hidden.
    public func field(required key: String) -> Field { allFields[position(required: key)] }

    /// Returns the position in ``allFields`` of a field whose key the program itself writes.
    ///
    /// - Precondition: the module has the field, be it hidden.
    func position(required key: String) -> Int { allPositions.required(key, of: name.rawValue) }

    /// The field that people name by a word, as ``position(spelled:)`` has it.
    public func field(spelled word: String) -> Field? { position(spelled: word).map { fields[$0] } }

    /// Returns the position in ``fields`` of the field that people name by a word: its key, in which hyphens count as
    /// underscores, or `name` for the display name.
    public func position(spelled key: String) -> Int? {
        if let position = positions[key] { return position }
        let canonical = key.underscored
        return positions[canonical] ?? (canonical == "name" ? positions[displayKey] : nil)
    }

    /// The field whose value a record is called by.
    public var displayKey: String { display.key }

    /// The number of the module's documents, whose pattern a file can configure.
    public var documentNumber: Field? {
        numberedPositions.lazy.map { self.fields[$0] }.first { !$0.traits.contains(.custom) }
    }

    /// Returns the module's setting with a key; `nil` when there is none.
    func setting(_ key: String) -> Field? { settings.first { $0.key == key } }

    /// The fields of ``allFields`` that are seen no more.
    var hiddenFields: ArraySlice<Field> { allFields[fields.count...] }

    /// Whether several of its records may have a value by which records are named: an e-mail address, a serial number.
    public var hasSharedKeys: Bool { !sharedKeyPositions.isEmpty }

    /// The fields input may set, in declared order.
    public var writableFields: [Field] { fields.filter(\.isWritable) }
}
