import Localization

extension Module {
    /// The definition of a module as it is written. What a module is to have besides is a property here, with a
    /// default.
    struct Declaration: Sendable {
        /// The stable name.
        var name: ModuleName
        /// What people call one record, in English.
        var en: String
        /// What people call one record, in Spanish.
        var es: String
        /// What people call several records.
        var plural: (en: String, es: String)
        /// The grammatical gender of the word for a record in Spanish.
        var gender: Gender
        /// Other words that people write for a record, separated by blanks. An error suggests the module's name for
        /// them.
        var synonyms = ""
        /// Words for kinds of records that do not exist here and that these come close to.
        var kin = ""
        /// How the display name of a record is made.
        var display: Display = .field("name")
        /// The module's own fields; those that all modules have are added.
        var fields: [Field]
        /// Reference keys that look in several fields, in every field of a type, in a field that is no natural key by
        /// itself, or in rows of parts: `point.phone`.
        var keys: [ReferenceKey] = []
        /// How the records are related to contacts.
        var contacts: ContactRelation
        /// The columns of a table in order, after `id` and the display name.
        var listed: [String] = []
        /// The details shown of a record that is listed under another one.
        var mention = Mention()
        /// Paths to values that tell records with the same name apart; `nil` for the mentioned columns.
        var knownBy: [String]?
        /// The fields of a form in order; `nil` for the required ones, the listed ones and those of the display name.
        var asked: [String]?
        /// Which dates must be in order.
        var dateOrders: [DateOrder] = []
        /// The date or moment whose exchange rates apply to the amounts; `nil` for today's.
        var datedBy: String?
        /// The dates that matter on timelines and on the page of a day.
        var occasions: [Occasion] = []
        /// The rows that belong to a record.
        var parts: [Part] = []
        /// The verbs of the module beyond those that every module has.
        var actions: [Action] = []
        /// The choices that verbs other than actions write by themselves, such as the direction of an imported message.
        var choosing: [(verb: String, choices: [FixedChoice])] = []
        /// The settings of the module that a database file can configure, each a choice field:
        /// `purchase-order.approval`.
        var settings: [Field] = []
        /// The rules of the module, for what the definitions of fields cannot express.
        var rules: [Rule] = []
        /// How records can be merged; `nil` when they cannot.
        var merging: Merging?
        /// The criteria by which records may be duplicates; `nil` when duplicates are not searched for.
        var resemblance: Resemblance?
        /// What a form proposes, and further questions it asks.
        var prompting = Prompting()
        /// Fields that records have values of, but which nothing shows: those removed from the file's definitions.
        var hidden: [Field] = []

        /// The module, with the fields that all modules have.
        var module: Module {
            var whole = self
            whole.fields = Module.completed(fields, display: display, contacts: contacts)
            whole.listed = ["id", display.key] + listed
            whole.knownBy = knownBy ?? mention.columns.filter { !$0.utf8.contains(UInt8(ascii: ".")) }
            return Module(whole)
        }

        /// The module of records of the engine's own, which have no more fields than it names and those that the engine
        /// keeps: their id, external id and times.
        var bareModule: Module {
            let isKept: Set = ["external_id", "created_at", "updated_at"]
            var whole = self
            whole.fields = Module.completed(fields, display: display, contacts: contacts)
                .filter { field in !Module.shared.contains { $0.key == field.key } || isKept.contains(field.key) }
            whole.listed = ["id", display.key]
            return Module(whole)
        }
    }
}

extension Module.Display {
    /// The key of the field with the display name.
    var key: String {
        switch self {
        case .field(let key): key
        case .composed: "name"
        }
    }
}
