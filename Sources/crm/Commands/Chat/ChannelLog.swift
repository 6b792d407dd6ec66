import CLIKit
import CRMKit
import Formats
import Localization

/// `crm channel log REF`: prints the messages of a room.
enum ChannelLogVerb: Verb {
    static let name = "log"

    static func contact(in registry: Registry) -> ValueOption<String> {
        ValueOption<String>(
            "contact",
            "REF",
            summary: Text(en: "Only what this contact wrote", es: "Solo lo que escribió este contacto"),
            discussion: Text(
                en: "By the members of the channel, of whom each says which contact it is.",
                es: "Según los participantes del canal, cada uno de los cuales dice qué contacto es."
            ),
            completion: .found(.reference(registry.center))
        ).synonyms("contacto de from author autor")
    }
    static let thread = ValueOption<String>(
        "thread",
        Placeholder.key,
        summary: Text(en: "Only this message and the answers to it", es: "Solo este mensaje y sus respuestas"),
        discussion: Text(
            en: "The key of a message is its id in machine formats.",
            es: "La clave de un mensaje es su id en los formatos de máquina."
        )
    ).synonyms("hilo")

    static let containing = ValueOption<String>(
        "containing",
        Placeholder.words,
        summary: Text(
            en: "Only messages that contain these words",
            es: "Solo los mensajes que contienen estas palabras"
        ),
        discussion: Text(
            en: "As search takes them: whole words, mar* for a beginning, quotes for a phrase, -word for none.",
            es: "Como las toma search: palabras enteras, mar* para un comienzo, comillas para frases, -palabra no."
        )
    ).synonyms("palabras contiene search buscar words with")

    static func summary(of module: Module) -> Text {
        Text(en: "Read what was said in \(module.label.withArticle)", es: "Leer lo dicho en \(module.spanish.a)")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) log"
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        The oldest message first, day by day. One that was edited says so, and one that was removed stands \
                        without its words; what they said before is among the members of JSON, under earlier. search \
                        finds a room once, however many of its messages it means: --containing shows them all.
                        """,
                    es: """
                        Primero el mensaje más antiguo, día por día. El que se editó lo dice, y el que se eliminó aparece \
                        sin sus palabras; lo que decían antes está entre los miembros del JSON, en earlier. search \
                        halla una sala una vez, por muchos mensajes suyos que coincidan: --containing los muestra todos.
                        """
                )
            ],
            operands: [SharedOperands.reference(to: module)],
            options: [
                ScopeOptions.since, ScopeOptions.until, contact(in: registry), thread, containing, SharedOptions.limit,
            ],
            examples: [
                Example("\(lead) 7 --since -7d", Text(en: "The last week", es: "La última semana")),
                Example(
                    "\(lead) 7 --contact ana@example.org --format jsonl",
                    Text(en: "All that one person wrote", es: "Todo lo que escribió una persona")
                ),
            ],
            seeAlso: ["\(module.name.noun) sync", "search"],
            synonyms: ["leer", "read", "mensajes", "messages", "bitácora", "conversación"],
            run: { session in try ChannelLogRun(session, module).run() }
        )
    }
}

/// A single run of `channel log`.
struct ChannelLogRun {
    private let session: Session
    private let module: Module

    init(_ session: Session, _ module: Module) {
        self.session = session
        self.module = module
    }

    func run() throws {
        let invocation = session.invocation
        let limit = try invocation[SharedOptions.limit]
        let store = try session.openStore(for: .reading)
        var request = ChatLog.Request(channel: try store.id(of: invocation.operands[0], in: module))
        request.since = try invocation[ScopeOptions.since].map { try store.day(from: $0, for: "since") }
        request.until = try invocation[ScopeOptions.until].map { try store.day(from: $0, for: "until") }
        let center = store.registry[store.registry.center]
        request.contact = try invocation[ChannelLogVerb.contact(in: session.registry)].map {
            try store.id(of: $0, in: center)
        }
        request.thread = invocation[ChannelLogVerb.thread]
        request.words = invocation[ChannelLogVerb.containing]
        let log = try store.chatLog(request)
        let isCut =
            try session.outputFormat == .table
            ? session.withOutput(paged: true) { sink in
                try ChatText(style: try session.outputStyle, to: sink).write(log, limit: limit)
            }
            : printRows(of: log, limit: limit)
        if isCut, let limit {
            try session.noteCut(after: limit)
        }
    }

    private static let columns = [
        Listing.Column("sent_at", en: "Sent at", es: "Enviado"), Listing.Column("author", en: "Author", es: "Autor"),
        Listing.Column("name", en: "Name", es: "Nombre"), Listing.Column("contact", en: "Contact", es: "Contacto"),
        Listing.Column("text", en: "Text", es: "Texto"),
        Listing.Column("id", en: "Message id", es: "Id de mensaje", isID: true),
        Listing.Column("thread", en: "Thread", es: "Hilo"),
        Listing.Column("type", en: "System type", es: "Tipo de sistema"),
        Listing.Column("edited_at", en: "Edited at", es: "Editado"),
        Listing.Column("deleted_at", en: "Deleted at", es: "Eliminado"),
        Listing.Column("attachments", en: "Attachments", es: "Adjuntos"),
        Listing.Column("reactions", en: "Reactions", es: "Reacciones"),
    ]

    /// - Returns: whether there were more messages than the limit.
    private func printRows(of log: ChatLog, limit: Int?) throws -> Bool {
        var isCut = false
        try session.printListing(of: Self.columns) { listing in
            var count = 0
            while let line = try log.next() {
                if let limit, count >= limit {
                    isCut = true
                    return
                }
                count += 1
                let cells = [
                    line.sentAt, line.username ?? "", line.name ?? "", line.contact.map { "\($0.id)" } ?? "",
                    line.text ?? "", line.id, line.thread ?? "", line.type ?? "", line.editedAt ?? "",
                    line.deletedAt ?? "",
                    line.attachments.map { $0.name == $0.link ? $0.name : $0.line }.joined(separator: "; "),
                    line.reactions.map { ([$0.sign] + $0.users).joined(separator: " ") }.joined(separator: "; "),
                ]
                try listing.write(Listing.Row(machine: cells, people: cells, json: line.json))
            }
        }
        if log.placelessCount > 0 { try session.note(placeless(log.placelessCount)) }
        return isCut
    }

    /// The notice that links of files lead nowhere, as an export does not say which server it is of.
    private func placeless(_ count: Int) -> Text {
        let words = [module.name.noun, "edit", session.invocation.operands[0], "--server-url"]
        let edit = CommandLineText(program: ProgramName.placeholder, words: words).text
        return Text(
            en: "links of files that begin at the server, which the channel does not name: \(count); name it with "
                + "\(edit) URL",
            es: "vínculos de archivos que empiezan en el servidor, que el canal no indica: \(count); indicarlo con "
                + "\(edit) URL"
        )
    }
}

extension ChatLog.Line {
    /// The message as JSON, with all that is known about it.
    var json: JSONValue {
        let contact = contact.map { contact in
            JSONValue.object([JSONMember("id", .integer(contact.id)), JSONMember("name", .string(contact.name))])
        }
        return .object([
            JSONMember("id", .string(id)), JSONMember("sent_at", .string(sentAt)),
            JSONMember("author", .text(username)), JSONMember("name", .text(name)),
            JSONMember("contact", contact ?? .null), JSONMember("text", .text(text)),
            JSONMember("thread", .text(thread)), JSONMember("type", .text(type)),
            JSONMember("edited_at", .text(editedAt)), JSONMember("deleted_at", .text(deletedAt)),
            JSONMember(
                "attachments",
                .array(
                    attachments.map {
                        .object([JSONMember("name", .string($0.name)), JSONMember("url", .text($0.link))])
                    }
                )
            ),
            JSONMember(
                "reactions",
                .array(
                    reactions.map { reaction in
                        .object([
                            JSONMember("sign", .string(reaction.sign)),
                            JSONMember("users", .array(reaction.users.map(JSONValue.string))),
                        ])
                    }
                )
            ),
            JSONMember(
                "earlier",
                .array(
                    earlier.map {
                        .object([JSONMember("text", .string($0.text)), JSONMember("until", .text($0.until))])
                    }
                )
            ),
        ])
    }
}
