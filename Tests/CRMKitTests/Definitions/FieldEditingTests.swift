import Localization
import Testing

@testable import CRMKit

/// Fields that a file adds, at the library: what becomes of tables, records, history and other processes.
@Suite("A field that the file adds")
struct FieldEditingTests {
    let crm: TemporaryStore

    init() throws {
        crm = try TemporaryStore()
        try crm.add(.organization, ["name": "Acme"])
        try crm.add(.contact, ["last_name": "Ruiz"])
    }

    private var contact: Module { crm.store.registry[.contact] }

    private func request(_ type: String, _ change: (inout FieldRequest) -> Void = { _ in }) -> FieldRequest {
        var request = FieldRequest()
        request.type = type
        change(&request)
        return request
    }

    @discardableResult
    private func addField(_ key: String, _ request: FieldRequest) throws -> FieldDefinition {
        try crm.write(TemporaryStore.request("crm field add contact \(key)")) {
            try $0.addField(key, to: DefinedRows(.contact), request)
        }
    }

    private func edit(_ id: Int64, _ fields: KeyValuePairs<String, String>) throws {
        _ = try crm.write { try $0.edit(contact, id: id, fields.map { FieldInput($0.key, .set($0.value)) }) }
    }

    private func value(_ id: Int64, _ key: String) throws -> Value {
        try crm.store.storedRecord(contact, id: id)?[key] ?? .null
    }

    private func reopened() throws -> Store { try TemporaryStore.open(crm.store.path, .writing(creating: false)) }

    /// A field of every type, a text it takes, and what that is stored as.
    static let types: [(type: String, text: String, stored: Value)] = [
        ("text", "Año", .text("Año")), ("longtext", "a\nb", .text("a\nb")), ("code", "X-1", .text("X-1")),
        ("email", "a@example.org", .text("a@example.org")), ("phone", "55 1234 5678", .text("55 1234 5678")),
        ("url", "example.org", .text("example.org")), ("integer", "-7", .integer(-7)),
        ("decimal", "1.5", .integer(1_500_000)), ("money", "12.50", .integer(1250)),
        ("percent", "12.5", .integer(125_000)), ("date", "2026-02-28", .text("2026-02-28")),
        ("time", "2026-02-28T10:00:00Z", .text("2026-02-28T10:00:00Z")), ("duration", "PT90M", .integer(5400)),
        ("boolean", "yes", .integer(1)), ("choice", "norte", .text("norte")), ("list", "a,b", .text("[\"a\",\"b\"]")),
        ("ref:organization", "1", .integer(1)),
    ]

    @Test("can be of every type, takes values, is filtered by, and is found sound", arguments: types)
    func everyType(type: String, text: String, stored: Value) throws {
        try addField("special", request(type) { $0.values = type == "choice" ? ["norte", "sur"] : [] })
        let sort = contact.field("special")?.type
        #expect(sort != nil)
        if type == "list" {
            _ = try crm.write { try $0.edit(contact, id: 1, [FieldInput("special", .setList(["a", "b"]))]) }
        } else {
            try edit(1, ["special": text])
        }
        #expect(try value(1, "special") == stored)
        #expect(try crm.store.check() == [])
        var query = try crm.store.list(contact)
        query.filters = ["special is not empty"]
        query.sort = ["special"]
        #expect(try query.count(in: crm.store) == 1)
        let other = try reopened()
        #expect(other.registry[.contact].field("special")?.type == sort)
        #expect(try other.storedRecord(other.registry[.contact], id: 1)?["special"] == stored)
    }

    @Test(
        "is labelled as it is written where no label is given",
        arguments: [("Año Fiscal", "ano_fiscal", "Año Fiscal"), ("tamaño", "tamano", "Tamaño"), ("a_b", "a_b", "A b")]
    )
    func label(word: String, key: String, label: String) throws {
        try addField(word, request("text"))
        #expect(contact.field(key)?.label == Text(label))
    }

    @Test("gives every record its default, those that were deleted too")
    func defaults() throws {
        try crm.add(.contact, ["last_name": "Paz"])
        try crm.delete(.contact, 2)
        let deletion = try crm.newest.id
        try addField(
            "Zona Norte",
            request("text") {
                $0.isRequired = true
                $0.defaultText = "Año's"
            }
        )
        #expect(try value(1, "zona_norte") == .text("Año's"))
        #expect(contact.field("zona_norte")?.label.es == "Zona Norte")
        try crm.undo(deletion)
        #expect(try value(2, "zona_norte") == .text("Año's"))
        #expect(try crm.store.check() == [])
        #expect(crmError { try edit(1, ["zona_norte": ""]) }?.code == .invalid)
    }

    @Test("is named by a REF where it is a key")
    func key() throws {
        try addField("plate", request("code") { $0.isKey = true })
        try edit(1, ["plate": "MX-1"])
        #expect(try crm.store.id(of: "plate:MX-1", in: contact) == 1)
        let indexes = try crm.store.database.all("SELECT name FROM sqlite_schema WHERE name = 'contact_plate'")
        #expect(indexes.count == 1)
        #expect(
            try crm.write { try $0.editField("plate", of: DefinedRows(.contact), request("") { $0.isKey = false }) }
        )
        #expect(try crm.store.database.all("SELECT name FROM sqlite_schema WHERE name = 'contact_plate'").isEmpty)
        #expect(crmError { _ = try crm.store.id(of: "plate:MX-1", in: contact) }?.code == .usage)
    }

    @Test("goes with an undo, comes back with another, and stays where values hang on it")
    func undo() throws {
        try addField("region", request("choice") { $0.values = ["norte", "sur"] })
        let addition = try crm.newest.id
        let columns = try crm.store.database.columnNames(of: "contact")
        let undo = try crm.undo(addition).changeSet.id
        #expect(contact.field("region") == nil)
        #expect(
            try crm.store.database.columnNames(of: "contact").subtracting(["region"]) == columns.subtracting(["region"])
        )
        #expect(try !crm.store.database.columnNames(of: "contact").contains("region"))
        try crm.undo(undo)
        #expect(contact.field("region")?.type.choices.map(\.key) == ["norte", "sur"])
        try edit(1, ["region": "norte"])
        let error = crmError { try crm.undo(addition + 2) }
        #expect(error?.code == .conflict)
        #expect(error?.hint?.en.hasPrefix("undo what gave it to them first, or take it from them") == true)
        #expect(contact.field("region") != nil)
        #expect(try value(1, "region") == .text("norte"))
        #expect(try crm.store.check() == [])
        try edit(1, ["region": ""])
        try crm.undo(addition + 2)
        #expect(contact.field("region") == nil)
    }

    @Test("whose default is counted anew goes with an undo once the records that got it since are gone or without it")
    func undoOfCountedDefault() throws {
        try addField("review", request("date") { $0.defaultText = "+30 days" })
        let addition = try crm.newest.id
        _ = try crm.write { try $0.add(contact, [FieldInput("last_name", .set("Later"))]) }
        let error = crmError { try crm.undo(addition) }
        #expect(error?.message.en == "1 of the contacts have a value in review, which would be lost")
        #expect(error?.hint?.en.hasPrefix("undo what gave it to them first") == true)
        try crm.undo()
        try crm.undo(addition)
        #expect(contact.field("review") == nil)
        #expect(try crm.store.check() == [])
    }

    @Test("is hidden with its values, which a deletion and an undo keep")
    func hiding() throws {
        try addField("nick", request("text"))
        try edit(1, ["nick": "Pepe"])
        #expect(try crm.write { try $0.hideField("nick", of: DefinedRows(.contact)) })
        #expect(contact.field("nick") == nil)
        #expect(crmError { try edit(1, ["nick": "x"]) }?.code == .invalid)
        try crm.write { try $0.delete(contact, id: 1, reach: .alone) }
        try crm.undo()
        #expect(try crm.store.check() == [])
        #expect(
            try crm.write { try $0.editField("nick", of: DefinedRows(.contact), request("") { $0.isHidden = false }) }
        )
        #expect(try value(1, "nick") == .text("Pepe"))
    }

    @Test("is purged with all that records have and had")
    func purging() throws {
        try addField("secret", request("text"))
        try edit(1, ["secret": "Salamanca"])
        try edit(1, ["secret": "Toledo", "title": "Jefa"])
        try crm.write { try $0.purgeField("secret", of: DefinedRows(.contact)) }
        #expect(try !crm.store.database.columnNames(of: "contact").contains("secret"))
        let history = try crm.store.database.all("SELECT before FROM change WHERE table_name = 'contact'")
        #expect(history.allSatisfy { !($0[0].text ?? "").contains("secret") })
        #expect(try crm.store.check() == [])
        try crm.undo()
        #expect(try value(1, "secret") == .null)
        #expect(contact.field("secret") != nil)
    }

    @Test("brings the currency with the first amount of money, and takes it away")
    func currency() throws {
        try addField("debt", request("money"))
        try edit(1, ["debt": "12 MXN"])
        #expect(try value(1, "currency") == .text("MXN"))
        try crm.write { try $0.purgeField("debt", of: DefinedRows(.contact)) }
        #expect(try !crm.store.database.columnNames(of: "contact").contains("currency"))
    }

    @Test(
        "is refused where its key or label means something already",
        arguments: [
            ("email", "text"), ("email_match", "text"), ("where", "text"), ("add_x", "text"), ("no_x", "boolean"),
            ("asset", "text"), ("último", "nothing"), ("x", "ref:nothing"), ("1x", "text"), ("", "text"),
            ("apellidos", "text"), ("role", "text"), ("x", "choice"),
        ]
    )
    func refusals(key: String, type: String) throws {
        let before = try crm.contents()
        #expect(crmError { try addField(key, request(type)) } != nil, "\(key)")
        #expect(try crm.contents() == before)
        #expect(contact.fields.allSatisfy { !$0.traits.contains(.custom) })
    }

    @Test("is refused as required where records would be without it, naming how many and how they are found")
    func required() throws {
        try crm.add(.contact, ["last_name": "Paz"])
        let new = crmError { try addField("x", request("text") { $0.isRequired = true }) }
        #expect(new?.code == .refused)
        #expect(new?.message.en == "2 of the contacts would be without x, which is required")
        #expect(new?.hint?.en == "give it a default: --default VALUE")
        try addField("x", request("text"))
        try edit(1, ["x": "v"])
        func require() throws {
            _ = try crm.write { try $0.editField("x", of: DefinedRows(.contact), request("") { $0.isRequired = true }) }
        }
        let old = crmError { try require() }
        #expect(old?.message.en == "1 of the contacts would be without x, which is required")
        #expect(old?.hint?.en.contains("contact list --where 'x is empty'") == true)
        #expect(contact.field("x")?.isRequired == false)
        _ = try crm.write { try $0.editField("x", of: DefinedRows(.contact), request("") { $0.defaultText = "d" }) }
        try require()
        #expect(try [value(1, "x"), value(2, "x")] == [.text("v"), .text("d")])
        try crm.undo()
        #expect(try [value(1, "x"), value(2, "x")] == [.text("v"), .null])
        #expect(try crm.store.check() == [])
    }

    /// What cannot be, and a word of what is said of it.
    static let reasons: [(key: String, type: String, values: [String], word: String)] = [
        ("email", "text", [], "contact.email: comes with the program"),
        ("contact", "text", [], "contact.contact: a module has this name"),
        ("where", "text", [], "contact.where: the word has a meaning of its own among the options of commands"),
        ("repeat", "text", [], "contact.repeat: the word has a meaning of its own in JSON, filters or references"),
        ("recursive", "boolean", [], "contact.recursive: the word has a meaning of its own among the options"),
        ("since", "date", [], "contact.since: the word has a meaning of its own in what links hold"),
        ("add_on", "text", [], "contact.add_on: the word has a meaning of its own among the options of commands"),
        ("hoy", "date", [], "contact.hoy: the word has a meaning of its own among days and times"),
        ("lunes", "date", [], "contact.lunes: the word has a meaning of its own"),
        ("x", "choice", ["a", "A"], "the choices \"a\" and \"A\" are one: both have the key a"),
        ("x", "choice", ["Big one", "one", "big-one"], "the choices \"Big one\" and \"big-one\" are one"),
    ]

    @Test("is refused in words that name the reason", arguments: reasons)
    func reason(key: String, type: String, values: [String], word: String) {
        let error = crmError { try addField(key, request(type) { $0.values = values }) }
        #expect(error?.code == .invalid)
        #expect(error?.message.en.contains(word) == true, "\(error?.message.en ?? "")")
    }

    @Test("is refused a key by which rows of the records are known", arguments: ["member", "members", "message"])
    func rows(key: String) {
        let error = crmError {
            _ = try crm.write { try $0.addField(key, to: DefinedRows(.channel), self.request("text")) }
        }
        #expect(error?.code == .invalid)
        let message = error?.message.en ?? ""
        #expect(message.contains("channel.\(key): rows of the records have this name"), "\(message)")
    }

    @Test("leaves nothing behind when it was only tried")
    func dryRun() throws {
        let before = try crm.store.database.columnNames(of: "contact")
        let request = WriteRequest(who: "ana", command: "crm field add", isDryRun: true)
        _ = try crm.store.write(request) { try $0.addField("x", to: DefinedRows(.contact), self.request("text")) }
        #expect(contact.field("x") == nil)
        #expect(try crm.store.database.columnNames(of: "contact") == before)
        try addField("x", self.request("text"))
        #expect(contact.field("x") != nil)
    }

    @Test("is seen by other processes, which write nothing by the former fields")
    func others() throws {
        let other = try reopened()
        try addField("x", request("text"))
        let error = crmError {
            _ = try other.write(TemporaryStore.request()) {
                try $0.add(other.registry[.contact], [FieldInput("last_name", .set("Paz"))])
            }
        }
        #expect(error?.isOutdatedReading == true)
        #expect(try reopened().registry[.contact].field("x") != nil)
    }

    @Test("is told apart by a process that has saved something before, until it reads the fields again")
    func othersMidway() throws {
        let other = try reopened()
        func add() throws {
            _ = try other.write(TemporaryStore.request()) {
                try $0.add(other.registry[.contact], [FieldInput("last_name", .set("Paz"))])
            }
        }
        try add()
        try addField("x", request("text"))
        let error = crmError { try add() }
        #expect(error?.code == .busy)
        #expect(error?.isOutdatedReading == false)
        try other.renew()
        try addField("y", request("text"))
        #expect(crmError { try add() }?.isOutdatedReading == true)
        try other.renew()
        try add()
        #expect(other.registry[.contact].field("y") != nil)
    }

    @Test("is seen by who had looked for fields before there were any")
    func firstOfAll() throws {
        let opened = OpenedFile(.standard, path: crm.store.path, timeout: 0)
        func open(_ modules: FileRegistry) throws -> Store {
            try Store.open(
                path: crm.store.path,
                purpose: .writing(creating: false),
                timeout: 0,
                modules: modules,
                steps: [],
                clock: TemporaryStore.clock
            )
        }
        #expect(try open(opened.modules).modules == opened.modules)
        try addField("x", request("text"))
        #expect(crmError { _ = try open(opened.modules) }?.isOutdatedReading == true)
        let present = OpenedFile(.standard, path: crm.store.path, timeout: 0)
        #expect(try open(present.modules).registry[.contact].field("x") != nil)
    }

    @Test("costs a file without any nothing")
    func nothing() throws {
        #expect(try FileHeader(reading: crm.store.database).definitions == 0)
        try addField("x", request("text"))
        #expect(try FileHeader(reading: crm.store.database).definitions > 0)
        #expect(try FileHeader(reading: crm.store.database).version == Schema.version)
    }
}
