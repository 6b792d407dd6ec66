import CLIKit
import CRMKit
import Formats
import Localization

/// `crm contact report-personal REF`: all that is held about a person, for that person.
enum ReportPersonalVerb: Verb {
    static let name = "report-personal"

    static func summary(of module: Module) -> Text {
        Text(
            en: "Tell \(module.label.withArticle) all that is held about them",
            es: "Informar a \(module.spanish.a) de todos sus datos"
        )
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) report-personal"
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Writes what the database holds about a person, to be handed to that person (GDPR, article 15; \
                        LFPDPPP, access): the record whole, every record of every module that is linked with it or points \
                        at it, ended links too, each whole, what the person wrote in rooms of chats, and who changed the \
                        record when. By default one page of HTML that needs nothing else, in the language of --lang; \
                        with --json an object with person, records (an array for each module, of link and record), \
                        chats[] (each with channel:, usernames[], messages[]) and history.
                        """,
                    es: """
                        Escribe lo que la base de datos guarda de una persona, para entregárselo (RGPD, artículo 15; \
                        LFPDPPP, acceso): el registro completo, cada registro de cada módulo vinculado con él o que apunta \
                        a él, también por vínculos terminados, cada uno completo, lo que escribió en salas de chat, y \
                        quién cambió el registro y cuándo. Por omisión una página HTML que no necesita nada más, en el \
                        idioma de --lang; con --json un objeto con person, records (un arreglo por módulo, de link y \
                        record), chats[] (cada uno con channel:, usernames[], messages[]) e history.
                        """
                )
            ],
            operands: [SharedOperands.reference(to: module)],
            options: [ExportVerb.output],
            examples: [
                Example("\(lead) 42 -o ana.html", Text(en: "A page", es: "Una página")),
                Example("\(lead) ana@example.org --json", Text(en: "For another program", es: "Para otro programa")),
            ],
            seeAlso: ["\(module.name.noun) erase", "\(module.name.noun) timeline"],
            synonyms: ["acceso", "access", "gdpr", "rgpd", "datos-personales", "portabilidad", "subject-access"],
            run: { session in try ReportPersonalRun(session.invocation, module, session).run() }
        )
    }
}

/// One run of `report-personal`.
struct ReportPersonalRun {
    private let reference: String
    private let output: String?
    private let module: Module
    private let session: Session

    init(_ invocation: Invocation, _ module: Module, _ session: Session) {
        reference = invocation.operands[0]
        output = invocation[ExportVerb.output]
        self.module = module
        self.session = session
    }

    func run() throws {
        let isPage = try isPage()
        let store = try session.openStore(for: .reading)
        let id = try store.id(of: reference, in: module)
        try session.withOutput(to: output, reading: []) { sink in
            if isPage { try writePage(of: id, store, to: sink) } else { try writeJSON(of: id, store, to: sink) }
        }
    }

    private func isPage() throws -> Bool {
        switch session.invocation.formName {
        case nil: return try !session.outputFormat.isJSON
        case "html": return true
        case "json", "jsonl": return false
        case let form?:
            throw CRMError(
                .usage,
                Text(en: "this is not written as \(form)", es: "esto no se escribe como \(form)"),
                hint: Text(en: "write --format html or json", es: "escribir --format html o json")
            )
        }
    }

    /// The links of the person with the records of every module, ended ones included, those of modules without any left
    /// out.
    private func forEachModule(_ id: Int64, _ store: Store, _ body: (Module, Rows) throws -> Void) throws {
        let related = try store.related(to: id, in: module)
        let names = Set(related.groups.map(\.module.name))
        for other in session.registry.modules where names.contains(other.name) || other.contacts.link != nil {
            var query = try store.links(of: module, id: id, to: other)
            if other.contacts.link?.hasPeriod ?? false { query.period = .all }
            try body(other, query.rows(in: store))
        }
    }

    /// The rooms in which the person is known to be, each with what the person wrote there.
    private func forEachChat(_ id: Int64, _ store: Store, _ body: (ChatRoom, ChatLog) throws -> Void) throws {
        for room in try store.chatRooms() {
            var request = ChatLog.Request(channel: room.channel)
            request.contact = id
            let log = try store.chatLog(request)
            if !log.usernames.isEmpty { try body(room, log) }
        }
    }

    // MARK: - JSON

    private func writeJSON(of id: Int64, _ store: Store, to sink: ByteSink) throws {
        try sink.append("{\"person\":")
        _ = try store.read(id, of: module, columns: nil, withNames: true, parts: .whole) { rows in
            var json = JSONOutput(rows.columns, to: sink, layout: .embedded)
            try json.write(rows)
        }
        try sink.append(",\"records\":{")
        var isFirst = true
        try forEachModule(id, store) { other, rows in
            guard try rows.next() else { return }
            try sink.append("\(isFirst ? "" : ",")\"\(other.name.rawValue)\":[")
            isFirst = false
            var json = JSONOutput(rows.columns, to: sink, layout: .embedded)
            try json.write(rows)
            while try rows.next() {
                try sink.append(",")
                try json.write(rows)
            }
            try sink.append("]")
        }
        try sink.append("},\"chats\":[")
        try writeChats(of: id, store, to: sink)
        try sink.append("],\"history\":[")
        let subject = ChangeSetDetail.Subject.record(module.name, id: id, name: nil)
        for (position, change) in try store.history(of: id, in: module).enumerated() {
            if position > 0 { try sink.append(",") }
            var writer = JSONWriter(sink)
            try LogJSON.write(LoggedChange(change, subject: subject), with: &writer)
        }
        try sink.append("]}\n")
    }

    private func writeChats(of id: Int64, _ store: Store, to sink: ByteSink) throws {
        var isFirst = true
        try forEachChat(id, store) { room, log in
            let channel = JSONValue.object([
                JSONMember("id", .integer(room.channel)), JSONMember("name", .string(room.name)),
            ])
            let usernames = JSONValue.array(log.usernames.map(JSONValue.string))
            try sink.append("\(isFirst ? "" : ",")")
            isFirst = false
            try sink.append("{\"channel\":\(channel.text),\"usernames\":\(usernames.text),\"messages\":[")
            var separator = ""
            while let line = try log.next() {
                try sink.append("\(separator)\(line.json.text)")
                separator = ","
            }
            try sink.append("]}")
        }
    }

    // MARK: - A page

    private func writePage(of id: Int64, _ store: Store, to sink: ByteSink) throws {
        let page = PersonalPage(audience: try session.audience, sink: sink)
        let name = try store.described(id, in: module).words()(in: session.language)
        try page.begin(name, on: store.clock.today)
        _ = try store.read(id, of: module, columns: nil, withNames: true, parts: .whole) { rows in
            try page.section(module.label(in: session.language))
            try page.write(rows)
        }
        try forEachModule(id, store) { other, rows in
            guard try rows.next() else { return }
            try page.section(other.plural(in: session.language))
            try page.write(rows)
            while try rows.next() { try page.write(rows) }
        }
        try forEachChat(id, store) { room, log in
            let names = log.usernames.joined(separator: ", ")
            try page.section(
                Text(en: "Chat \(room.name), as \(names)", es: "Chat \(room.name), como \(names)")(in: session.language)
            )
            try page.write(log)
        }
        try page.section(Text(en: "Who changed the record", es: "Quién cambió el registro")(in: session.language))
        try page.write(store.history(of: id, in: module).map(\.changeSet))
        try page.end()
    }
}
