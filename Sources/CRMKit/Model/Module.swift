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

    /// The stable name.
    public let name: ModuleName
    /// What people call one record: the singular noun.
    public let label: Text
    /// What people call several records: the plural noun.
    public let plural: Text
    /// The grammatical gender of the word for a record in Spanish.
    let gender: Gender
    /// Other words for a record, separated by blanks.
    let otherWords: String
    /// Words for related kinds of records that have no module of their own.
    let kin: String
    /// Every field in declared order: `id`, the module's own, then those all modules share.
    public let fields: [Field]
    /// Every field that records have values of: ``fields``, then those removed from the file's definitions, which are hidden.
    let allFields: [Field]
    /// How the display name of a record is made.
    public let display: Display
    /// How the records are related to contacts.
    public let contacts: ContactRelation
    /// The keys by which references name a record, besides its id, `ext:` and `name:`.
    public let referenceKeys: [ReferenceKey]
    /// Which dates must be in order.
    public let dateOrders: [DateOrder]
    /// The date or moment whose exchange rates apply to its amounts; `nil` for today's.
    public let datedBy: String?
    /// The fields a table shows unless columns are asked for.
    public let listed: [String]
    /// The columns shown of a record that is listed under another one.
    let mention: Mention
    /// Paths to the values that distinguish records with the same name, in the order in which messages name them.
    let knownBy: [String]
    /// The fields a form asks for, in order.
    public let asked: [String]
    /// The rows that belong to a record.
    public let parts: [Part]
    /// The dates that matter on timelines and on the page of a day, including those at which tracked fields changed.
    public let occasions: [Occasion]
    /// The verbs of the module beyond those that every module has.
    public let actions: [Action]
    /// The settings of the module that a database file can configure, each a choice field: `purchase-order.approval`.
    let settings: [Field]
    /// The choices that verbs other than actions write by themselves, such as the direction of an imported message.
    let verbChoices: [(verb: String, choices: [FixedChoice])]
    /// The rules of the module, for what the definitions of fields cannot express.
    let rules: [Rule]
    /// The rules that write consequences of a stored record: the module's own, then those that keep the periods of
    /// tracked fields.
    let followingRules: [Rule]
    /// The rules that derive something from a record and its rows.
    let derivingRules: [Rule]
    /// How records can be merged; `nil` when they cannot.
    public let merging: Merging?
    /// The criteria by which records may be duplicates; `nil` when duplicates are not searched for.
    public let resemblance: Resemblance?
    /// What a form proposes, and further questions it asks.
    let prompting: Prompting
    /// The positions of the fields by key.
    private let positions: KeyPositions
    /// The default values of a new record, as far as fields have one, with their positions.
    let defaults: [(position: Int, value: Value)]
    /// The positions of the fields whose default is counted from when a record is made.
    let relativePositions: [Int]
    /// The positions of the required fields, without booleans, which always have a value.
    let requiredPositions: [Int]
    /// The positions of the amounts of money.
    let moneyPositions: [Int]
    /// The positions of the choice fields that have retired choices.
    let choicePositions: [Int]
    /// The positions of the fields that do not accept every value of their type.
    let boundedPositions: [Int]
    /// The positions in ``fields`` of texts of several lines.
    let longTextPositions: [Int]
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
    /// The ways to name a record by values that several records may share.
    let sharedKeys: [ReferenceKey]
    /// The positions of the fields of ``sharedKeys``.
    let sharedKeyPositions: [Int]
    /// The position of the moment of creation.
    let createdPosition: Int
    /// The position of the moment of the last change.
    let updatedPosition: Int

    /// Creates a module from its own fields; the fields that all modules have are added.
    ///
    /// - Parameters:
    ///   - synonyms: other words that people write for a record. An error suggests the module's name for them.
    ///   - kin: words for kinds of records that do not exist here and that these come close to.
    ///   - keys: reference keys that look in several fields, in a field that is no natural key by itself, or in rows of
    ///     parts: `point.phone`.
    ///   - listed: the columns of a table in order; `id` and the display name come first automatically.
    ///   - mention: the details shown of a record that is listed under another one.
    ///   - knownBy: paths to values that tell records with the same name apart; by default the mentioned columns.
    ///   - asked: the fields of a form in order; by default the required ones, the listed ones and those of the display
    ///     name.
    ///   - datedBy: the date or moment whose exchange rates apply to the amounts.
    ///   - occasions: the dates that matter on timelines and on the page of a day.
    convenience init(
        _ name: ModuleName,
        en: String,
        es: String,
        plural: (en: String, es: String),
        gender: Gender,
        synonyms: String = "",
        kin: String = "",
        display: Display = .field("name"),
        fields own: [Field],
        keys: [(prefix: String, fields: [String])] = [],
        contacts: ContactRelation,
        listed: [String],
        mention: Mention = Mention(),
        knownBy: [String]? = nil,
        asked: [String]? = nil,
        dateOrders: [DateOrder] = [],
        datedBy: String? = nil,
        occasions: [Occasion] = [],
        parts: [Part] = [],
        actions: [Action] = [],
        choosing verbChoices: [(verb: String, choices: [FixedChoice])] = [],
        settings: [Field] = [],
        rules: [Rule] = [],
        merging: Merging? = nil,
        resemblance: Resemblance? = nil,
        prompting: Prompting = Prompting()
    ) {
        let displayKey = Self.displayKey(of: display)
        let fields = Self.completed(own, display: display, contacts: contacts)
        let listed = ["id", displayKey] + listed
        var isShown = Set(listed)
        if case .composed(let keys, _, _, _, _) = display { isShown.formUnion(keys) }
        self.init(
            name,
            label: Text(en: en, es: es),
            plural: Text(en: plural.en, es: plural.es),
            gender: gender,
            synonyms: synonyms,
            kin: kin,
            display: display,
            fields: fields,
            keys: keys.map { ReferenceKey($0.prefix, $0.fields) },
            contacts: contacts,
            listed: listed,
            mention: mention,
            knownBy: knownBy ?? mention.columns.filter { !$0.contains(".") },
            asked: asked ?? fields.filter { $0.isWritable && ($0.isRequired || isShown.contains($0.key)) }.map(\.key),
            dateOrders: dateOrders,
            datedBy: datedBy,
            occasions: occasions,
            parts: parts,
            actions: actions,
            choosing: verbChoices,
            settings: settings,
            rules: rules,
            merging: merging,
            resemblance: resemblance,
            prompting: prompting
        )
    }

    /// Defines records of the engine's own, which have no more fields than it names and those that the engine keeps:
    /// their id, external id and times.
    convenience init(
        bare name: ModuleName,
        en: String,
        es: String,
        plural: (en: String, es: String),
        gender: Gender,
        display: Display,
        fields own: [Field],
        rules: [Rule]
    ) {
        let isKept: Set = ["external_id", "created_at", "updated_at"]
        let fields = Self.completed(own, display: display, contacts: .referred)
            .filter { field in !Self.shared.contains { $0.key == field.key } || isKept.contains(field.key) }
        self.init(
            name,
            label: Text(en: en, es: es),
            plural: Text(en: plural.en, es: plural.es),
            gender: gender,
            synonyms: "",
            kin: "",
            display: display,
            fields: fields,
            keys: [],
            contacts: .referred,
            listed: ["id", Self.displayKey(of: display)],
            mention: Mention(),
            knownBy: [],
            asked: [],
            dateOrders: [],
            datedBy: nil,
            occasions: [],
            parts: [],
            actions: [],
            choosing: [],
            settings: [],
            rules: rules,
            merging: nil,
            resemblance: nil,
            prompting: Prompting()
        )
    }

    /// Defines a module from all that it holds, and works out what rows need to know of it.
    init(
        _ name: ModuleName,
        label: Text,
        plural: Text,
        gender: Gender,
        synonyms: String,
        kin: String,
        display: Display,
        fields: [Field],
        hidden: [Field] = [],
        keys: [ReferenceKey],
        contacts: ContactRelation,
        listed: [String],
        mention: Mention,
        knownBy: [String],
        asked: [String],
        dateOrders: [DateOrder],
        datedBy: String?,
        occasions: [Occasion],
        parts: [Part],
        actions: [Action],
        choosing verbChoices: [(verb: String, choices: [FixedChoice])],
        settings: [Field],
        rules: [Rule],
        merging: Merging?,
        resemblance: Resemblance?,
        prompting: Prompting
    ) {
        self.name = name
        self.label = label
        self.plural = plural
        self.gender = gender
        otherWords = synonyms
        self.kin = kin
        self.display = display
        self.fields = fields
        allFields = fields + hidden
        self.contacts = contacts
        self.listed = listed
        self.mention = mention
        self.knownBy = knownBy
        self.asked = asked
        self.dateOrders = dateOrders
        self.datedBy = datedBy
        let tracked = fields.filter { $0.traits.contains(.tracked) }
        self.parts =
            parts.filter { $0.tracked == nil && $0.name != Part.mergedName } + tracked.map(Part.periods)
            + (merging == nil ? [] : [.merged])
        self.merging = merging
        self.resemblance = resemblance
        let changes = tracked.map(Occasion.change)
        self.occasions = occasions.filter { occasion in !changes.contains { $0.source == occasion.source } } + changes
        followingRules = rules.filter { $0.after != nil } + tracked.map(Rule.tracking)
        self.actions = actions
        self.verbChoices = verbChoices
        self.settings = settings
        self.rules = rules
        derivingRules = rules.filter { $0.derivation != nil }
        self.prompting = prompting
        let index = KeyPositions(fields.map(\.key))
        positions = index
        defaults = allFields.enumerated().map { ($0, $1.defaultValue) }.filter { !$1.isNull }
        relativePositions = allFields.enumerated().filter { $1.relativeDefault != nil }.map(\.offset)
        requiredPositions = fields.indices.filter { fields[$0].isRequired || fields[$0].type == .boolean }
        moneyPositions = fields.indices.filter { fields[$0].type == .money }
        choicePositions = fields.indices.filter { fields[$0].type.choices.contains(where: \.isRetired) }
        boundedPositions = fields.indices.filter { fields[$0].hasBounds }
        longTextPositions = fields.indices.filter { fields[$0].isLongText }
        numberedPositions = fields.indices.filter { fields[$0].pattern != nil }
        displayPosition = index[Self.displayKey(of: display)] ?? 0
        composedPositions =
            if case .composed(let keys, _, _, _, _) = display { keys.compactMap { index[$0] } } else { [] }
        dateOrderPositions = dateOrders.compactMap { order in
            guard let earlier = index[order.earlier], let later = index[order.later] else { return nil }
            return (earlier, later)
        }
        createdPosition = fields.count - 2
        updatedPosition = fields.count - 1
        let referenceKeys =
            keys
            + fields.filter { field in field.traits.contains(.key) && !keys.contains { $0.prefix == field.key } }
            .map { ReferenceKey($0.key, [$0.key]) }
        self.referenceKeys = referenceKeys
        let sharedKeys = referenceKeys.filter { key in
            !key.fields.compactMap { index[$0] }.contains { fields[$0].traits.contains(.unique) }
                && !referenceKeys.contains { $0.looksFurther(than: key) }
        }
        self.sharedKeys = sharedKeys
        sharedKeyPositions = sharedKeys.flatMap(\.fields).compactMap { index[$0] }
    }

    /// The fields that hold a day or a moment.
    public var dateFields: [Field] { fields.filter { $0.type.form == .date || $0.type.form == .moment } }

    /// The field with a key, in either spelling of the hyphen. `name` is also the display field's other name.
    public func field(_ key: String) -> Field? {
        position(of: key).map { fields[$0] }
    }

    /// Returns the position of a field in ``fields``. Hyphens in the key count as underscores, and `name` is the
    /// display name.
    public func position(of key: String) -> Int? {
        if let position = positions[key] { return position }
        let canonical = key.utf8.contains(UInt8(ascii: "-")) ? String(key.map { $0 == "-" ? "_" : $0 }) : key
        return positions[canonical] ?? (canonical == "name" ? positions[displayKey] : nil)
    }

    /// The field whose value a record is called by.
    public var displayKey: String { Self.displayKey(of: display) }

    private static func displayKey(of display: Display) -> String {
        switch display {
        case .field(let key): key
        case .composed: "name"
        }
    }

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
