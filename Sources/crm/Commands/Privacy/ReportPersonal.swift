import CLIKit
import CRMKit
import Formats
import Localization

/// `crm contact report-personal REF`: reports all data about a person, for that person.
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
                        LFPDPPP, access): the record whole, what its cards held beside, and what the records held that \
                        became one with it; every record of every module that is linked with it or points at it, ended \
                        links too, each whole, but of other \(module.several.en) id and name alone; what of it was \
                        deleted, as far as history keeps it; the texts of others in which the person's names, \
                        addresses or numbers stand, and the files with such a text, as erase finds them; what the person wrote in rooms of chats; who \
                        changed the record when, and what it was before. By default one page of HTML that needs \
                        nothing else, in the language of --lang.
                        """,
                    es: """
                        Escribe lo que la base de datos guarda de una persona, para entregárselo (RGPD, artículo 15; \
                        LFPDPPP, acceso): el registro completo, lo que además traían sus tarjetas y lo que tenían los \
                        registros que se fusionaron en él; cada registro de cada módulo vinculado con él o que apunta \
                        a él, también por vínculos terminados, cada uno completo, pero de otros \(module.several.es) \
                        solo id y nombre; lo que de ello se eliminó, hasta donde lo guarda el historial; los textos de \
                        otros en los que están los nombres, direcciones o números de la persona, y los archivos con \
                        un texto así, tal como los encuentra erase; lo que escribió en salas de chat; quién cambió el registro, cuándo, y qué \
                        decía antes. Por omisión una página HTML que no necesita nada más, en el idioma de --lang.
                        """
                ),
                Text(
                    en: """
                        With --json an object with person, deleted, merged[] (record, history), kept[] (what cards \
                        held: part, values), records (an array for each module, of link and record), removed[] \
                        (module, part, link, values), texts[] (module, id, part, field, text), files[] (module, id) \
                        with the command that writes them, chats[] (each with channel:, usernames[], messages[]) and \
                        history. Files are handed over beside the page. A person who was deleted is named by id, as \
                        long as history keeps anything.
                        """,
                    es: """
                        Con --json un objeto con person, deleted, merged[] (record, history), kept[] (lo de las \
                        tarjetas: part, values), records (un arreglo por módulo, de link y record), removed[] (lo \
                        eliminado: module, part, link, values), texts[] (module, id, part, field, text), files[] \
                        (module, id) con el comando que los escribe, chats[] (cada uno con channel:, usernames[], \
                        messages[]) e history. \
                        Los archivos se entregan junto con la página. A quien ya se eliminó se le nombra por su id, \
                        mientras el historial guarde algo.
                        """
                ),
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
        .adapting(GlobalOptions.format(among: ["html", "json", "jsonl"]))
    }
}

/// A single run of `report-personal`.
struct ReportPersonalRun {
    let module: Module
    let session: Session
    private let reference: String
    private let output: String?

    init(_ invocation: Invocation, _ module: Module, _ session: Session) {
        reference = invocation.operands[0]
        output = invocation[ExportVerb.output]
        self.module = module
        self.session = session
    }

    func run() throws {
        let isPage = try isPage()
        let store = try session.openStore(for: .reading)
        let (id, isGone) = try wanted(store)
        try session.withOutput(to: output, reading: []) { sink in
            if isPage {
                try writePage(of: id, isGone: isGone, store, to: sink)
            } else {
                try writeJSON(of: id, isGone: isGone, store, to: sink)
            }
        }
    }

    /// Returns the requested person, and whether only the history still contains that person.
    private func wanted(_ store: Store) throws -> (id: Int64, isGone: Bool) {
        do throws(CRMError) {
            return (try store.id(of: reference, in: module), false)
        } catch {
            guard error.code == .notFound, let id = Int64(reference), try store.historyKeeps(id, of: module) else {
                throw error
            }
            return (id, true)
        }
    }

    private func isPage() throws -> Bool {
        switch session.invocation.formName {
        case nil: return try !session.outputFormat.isJSON && isPageByEnding()
        case "html": return true
        case "json", "jsonl": return false
        case let form?:
            throw CRMError(
                .usage,
                Text(en: "this is not written as \(form)", es: "esto no se escribe como \(form)"),
                hint: Text(en: "write --format html, json or jsonl", es: "escribir --format html, json o jsonl")
            )
        }
    }

    /// Whether the ending of the output file's name, where no option says a format, is not that of JSON.
    private func isPageByEnding() throws(CRMError) -> Bool {
        guard let path = output, let ending = FileEnding(path), !["html", "htm"].contains(ending.text) else {
            return true
        }
        switch InputFormat(fileName: path) {
        case .json?, .jsonl?: return false
        case .id?: return true
        case nil where !ending.isForeign: return true
        case .csv?, .tsv?, .vcard?, .ics?, .cfdi?, nil:
            throw CRMError(
                .usage,
                Text(
                    en: "this is not written as \(ending.text), as \"\(path)\" would be",
                    es: "esto no se escribe como \(ending.text), como sería «\(path)»"
                ),
                hint: Text(
                    en: "give the file the ending .html or .json, or write --format html",
                    es: "dar al archivo la terminación .html o .json, o escribir --format html"
                )
            )
        }
    }
}

// MARK: - What is held

extension ReportPersonalRun {
    /// Another person's record that refers to the reported person. Further data about that other person is not
    /// disclosed.
    struct Pointing {
        let id: Int64
        let name: String?
        /// The referring field.
        let field: String
    }

    /// Returns the people whose records refer to the person.
    func pointing(_ id: Int64, _ store: Store) throws -> [Pointing] {
        let groups = try store.related(to: id, in: module).groups
        let ways = groups.filter { $0.module.name == module.name }.flatMap(\.ways)
        let records = try store.records(on: id, by: ways)
        var found: [Pointing] = []
        while let record = try records.next() {
            let (rows, name) = (record.rows, record.name.position)
            found.append(
                Pointing(
                    id: rows.integer(record.id.position),
                    name: rows.isNull(name) ? nil : rows.text(name),
                    field: record.field?.key ?? ""
                )
            )
        }
        return found
    }

    /// Calls a body with the links between the person and the records of each other module, including ended links.
    /// Modules without links are left out.
    func forEachModule(_ id: Int64, _ store: Store, _ body: (Module, Rows) throws -> Void) throws {
        let related = try store.related(to: id, in: module)
        let names = Set(related.groups.map(\.module.name))
        for other in session.registry.modules where other.name != module.name {
            guard names.contains(other.name) || other.contacts.link != nil else { continue }
            var query = try store.links(of: module, id: id, to: other)
            if other.contacts.link?.hasPeriod ?? false { query.period = .all }
            try body(other, query.rows(in: store))
        }
    }

    /// Calls a body with each room of which the person is known to be a member, and the person's messages in it.
    func forEachChat(_ id: Int64, _ store: Store, _ body: (ChatRoom, ChatLog) throws -> Void) throws {
        for room in try store.chatRooms() {
            var request = ChatLog.Request(channel: room.channel)
            request.contact = id
            let log = try store.chatLog(request)
            if !log.usernames.isEmpty { try body(room, log) }
        }
    }

    /// Calls a body with the records merged into the person, as far as the history still contains them.
    func forEachFormer(
        _ id: Int64,
        _ store: Store,
        _ body: (Int64, [FieldChange], [RecordHistory]) throws -> Void
    ) throws {
        for former in try store.formerIDs(ofPerson: id) {
            let (values, history) = try known(former, store)
            try body(former, values, history)
        }
    }

    private func known(_ former: Int64, _ store: Store) throws -> ([FieldChange], [RecordHistory]) {
        do throws(CRMError) {
            return (try store.lastKnown(former, in: module), try store.history(of: former, in: module))
        } catch {
            guard error.code == .notFound else { throw error }
            return ([], [])
        }
    }

    /// Returns the command that writes the files of the person; `nil` if there are none.
    func command(for files: [MentionedFile]) -> String? {
        guard let module = files.first?.module else { return nil }
        let ids = files.filter { $0.module == module }.map { "\($0.id)" }
        return CommandLineText(program: session.program, words: [module.noun, "extract"] + ids + ["-o", "files"]).text
    }
}
