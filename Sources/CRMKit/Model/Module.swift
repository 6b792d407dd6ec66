import Localization

/// One kind of record, defined once. Its table, checks, commands, help, JSON and filters come from this value.
///
/// It never changes; a class it is because every record carries it, and a copy of all that it holds would be much of
/// what a row costs in bulk.
public final class Module: Sendable {
    /// How a record is called in lists, references and prompts.
    public enum Display: Sendable {
        /// By one of its fields.
        case field(String)
        /// By several fields joined by a separator, shortened to some words where a limit is given; kept in a
        /// read-only field `name`.
        case composed([String], separator: String, words: Int?)
    }

    /// A way to name a record in a reference: `phone:5512345678` looks in several fields.
    public struct ReferenceKey: Sendable {
        /// The word before the colon.
        public let prefix: String
        /// The fields it is looked for in.
        public let fields: [String]
    }

    /// A flag that only one record of a group may carry: setting it on another takes it from the first.
    public struct Exclusivity: Sendable {
        /// The boolean field.
        public let flag: String
        /// The fields whose equal values make a group.
        public let group: [String]

        /// Declares that at most one record of each group has the flag.
        public init(_ flag: String, within group: [String]) {
            self.flag = flag
            self.group = group
        }
    }

    /// Two dates or moments of a record, the second never before the first.
    public struct DateOrder: Sendable {
        /// The field that comes first.
        public let earlier: String
        /// The field that comes after it.
        public let later: String

        /// Declares the order of two fields.
        public init(_ earlier: String, _ later: String) {
            self.earlier = earlier
            self.later = later
        }
    }

    /// The stable name.
    public let name: ModuleName
    /// What people call one record.
    public let label: Text
    /// What people call several.
    public let plural: Text
    /// Every field in declared order: `id`, the module's own, then those all modules share.
    public let fields: [Field]
    /// How a record is called.
    public let display: Display
    /// How records hang on contacts.
    public let contacts: ContactRelation
    /// The ways to name a record beside its id, `ext:` and `name:`.
    public let referenceKeys: [ReferenceKey]
    /// Which dates must be in order.
    public let dateOrders: [DateOrder]
    /// Which flags only one record of a group may carry.
    public let exclusivities: [Exclusivity]
    /// The fields a table shows unless columns are asked for.
    public let listed: [String]
    /// The fields a form asks for, in order.
    public let asked: [String]
    /// What a vtiger export calls fields whose labels there are others than here.
    public let foreignLabels: [(label: String, field: String)]
    /// How records are told on vCards, where they are.
    public let cards: CardMapping?
    /// What no table of fields can say.
    let rules: Rules
    /// Positions of fields by key.
    let index: [String: Int]
    /// What a new record holds before anything is given, in the order of the fields.
    let defaults: [Value]
    /// Where the fields stand that a record cannot be without; yes or no is always one of the two.
    let requiredPositions: [Int]
    /// Where the amounts of money stand.
    let moneyPositions: [Int]
    /// Where the field stands whose value a record is called by.
    let displayPosition: Int
    /// Where the fields stand that a composed name is made of; none where it is a field of its own.
    let composedPositions: [Int]
    /// Where the fields of ``dateOrders`` stand.
    let dateOrderPositions: [(earlier: Int, later: Int)]
    /// Where the moment of creation stands.
    let createdPosition: Int
    /// Where the moment of the last change stands.
    let updatedPosition: Int

    /// Defines a module from its own fields; those that every module has are added.
    ///
    /// - Parameters:
    ///   - keys: reference keys that look in several fields or in a field that is no natural key by itself.
    ///   - listed: the columns of a table in order; `id` and the display name come first by themselves.
    ///   - asked: the fields of a form in order; unless given the required ones, the listed ones and those a
    ///     record is called by.
    init(
        _ name: ModuleName,
        en: String,
        es: String,
        plural: (en: String, es: String),
        display: Display = .field("name"),
        fields own: [Field],
        keys: [(prefix: String, fields: [String])] = [],
        contacts: ContactRelation,
        listed: [String],
        asked: [String]? = nil,
        dateOrders: [DateOrder] = [],
        exclusivities: [Exclusivity] = [],
        foreignLabels: [(label: String, field: String)] = [],
        cards: CardMapping? = nil,
        rules: Rules = Rules()
    ) {
        self.name = name
        label = Text(en: en, es: es)
        self.plural = Text(en: plural.en, es: plural.es)
        self.display = display
        self.contacts = contacts
        self.dateOrders = dateOrders
        self.exclusivities = exclusivities
        self.foreignLabels =
            foreignLabels + [
                ("Created Time", "created_at"), ("Fecha Creación", "created_at"),
                ("Modified Time", "updated_at"), ("Última Modificación", "updated_at"),
                ("Assigned User", "assigned_to"), ("Usuario Asignado", "assigned_to"),
            ]
        self.cards = cards
        self.rules = rules
        let fields = Self.completed(own, display: display, contacts: contacts)
        self.fields = fields
        let index = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.key, $0) })
        self.index = index
        defaults = fields.map(\.defaultValue)
        requiredPositions = fields.indices.filter { fields[$0].isRequired || fields[$0].type == .boolean }
        moneyPositions = fields.indices.filter { fields[$0].type == .money }
        switch display {
        case .field(let key): (displayPosition, composedPositions) = (index[key] ?? 0, [])
        case .composed(let keys, _, _):
            (displayPosition, composedPositions) = (index["name"] ?? 0, keys.compactMap { index[$0] })
        }
        dateOrderPositions = dateOrders.compactMap { order in
            guard let earlier = index[order.earlier], let later = index[order.later] else { return nil }
            return (earlier, later)
        }
        createdPosition = fields.count - 2
        updatedPosition = fields.count - 1
        let declared = keys.map { ReferenceKey(prefix: $0.prefix, fields: $0.fields) }
        referenceKeys =
            declared
            + fields.filter { field in field.traits.contains(.key) && !declared.contains { $0.prefix == field.key } }
            .map { ReferenceKey(prefix: $0.key, fields: [$0.key]) }
        if case .field(let key) = display {
            self.listed = ["id", key] + listed
        } else {
            self.listed = ["id", "name"] + listed
        }
        var isShown = Set(self.listed)
        if case .composed(let keys, _, _) = display { isShown.formUnion(keys) }
        self.asked =
            asked ?? fields.filter { $0.isWritable && ($0.isRequired || isShown.contains($0.key)) }.map(\.key)
    }

    private static func completed(_ own: [Field], display: Display, contacts: ContactRelation) -> [Field] {
        var fields: [Field] = [Field("id", .identifier, en: "Id", es: "Id", traits: .readOnly)]
        if case .composed = display {
            fields.append(.text("name", en: "Full name", es: "Nombre completo", .readOnly))
        }
        if case .owned = contacts {
            fields.append(.reference("contact", to: "contact", en: "Contact", es: "Contacto", .required))
        }
        fields += own
        if let money = fields.firstIndex(where: { $0.type == .money }) {
            fields.insert(Field("currency", .currency, en: "Currency", es: "Moneda"), at: money + 1)
        }
        return fields + [
            .code(
                "external_id",
                en: "External id",
                es: "Id externo",
                .unique,
                note: Text(en: "the record's key in another system", es: "la clave del registro en otro sistema")
            ),
            .text("assigned_to", en: "Assigned to", es: "Asignado a"),
            .list("tags", singular: "tag", en: "Tags", es: "Etiquetas"),
            .longText("description", en: "Description", es: "Descripción"),
            Field("created_at", .dateTime, en: "Created at", es: "Fecha de creación", traits: .readOnly),
            Field("updated_at", .dateTime, en: "Updated at", es: "Última modificación", traits: .readOnly),
        ]
    }

    /// The field with a key, in either spelling of the hyphen. `name` is also the display field's other name.
    public func field(_ key: String) -> Field? {
        position(of: key).map { fields[$0] }
    }

    /// Where a field stands in ``fields``.
    public func position(of key: String) -> Int? {
        if let position = index[key] { return position }
        let canonical = String(key.map { $0 == "-" ? "_" : $0 })
        return index[canonical] ?? (canonical == "name" ? index[displayKey] : nil)
    }

    /// The field whose value a record is called by.
    public var displayKey: String {
        switch display {
        case .field(let key): key
        case .composed: "name"
        }
    }

    /// The fields input may set, in declared order.
    public var writableFields: [Field] { fields.filter(\.isWritable) }
}
