import CLIKit
import CRMKit
import Formats
import Localization

/// `crm channel sync`: reads the messages of rooms from their server.
enum ChannelSyncVerb: Verb {
    static let name = "sync"

    static let all = Flag(
        "all",
        short: "a",
        summary: Text(en: "Every channel of the server", es: "Todos los canales del servidor"),
        discussion: Text(
            en: "Those that name another server are passed over, and so are those of a chat that was imported until "
                + "they name this one (server_url).",
            es: "Los que indican otro servidor se omiten, y también los de un chat importado mientras no indiquen este "
                + "(server_url)."
        )
    ).synonyms("todos todo")
    static let full = Flag(
        "full",
        summary: Text(en: "Read everything again", es: "Leer todo de nuevo"),
        discussion: Text(
            en: "Messages that are gone on the server without its telling so are marked as deleted. Where these would "
                + "be most, it is not done without --force, and those older than the oldest that the server has stay: "
                + "servers let go of the oldest. Those that an export without keys alone gave stay always.",
            es: "Los mensajes que ya no están en el servidor, sin que este lo diga, se marcan como eliminados. "
                + "Si fueran la mayoría, no se hace sin --force, y los anteriores al más antiguo que tiene el servidor "
                + "se quedan: los servidores dejan ir los más antiguos. Los que solo dio una exportación sin claves se "
                + "quedan siempre."
        )
    ).synonyms("completo entero whole")
    static let force = WritingOptions.force.described(
        as: Text(
            en: "Believe a server that no longer has most messages",
            es: "Creer a un servidor que ya no tiene la mayoría de los mensajes"
        ),
        Text(
            en: "With --full they are marked as deleted then, and so are those older than the oldest that it has.",
            es: "Con --full se marcan entonces como eliminados, y también los anteriores al más antiguo que tiene."
        )
    )
    static let users = ValueOption<String>(
        "match-users",
        Placeholder.file,
        summary: Text(
            en: "Which contact each username is, in CSV: username,contact",
            es: "Qué contacto es cada usuario, en CSV: usuario,contacto"
        ),
        discussion: Text(
            en: "The contact is named as anywhere else: by an id, an e-mail, ext:KEY.",
            es: "El contacto se nombra como en todas partes: por id, correo, ext:CLAVE."
        ),
        completion: .files
    ).synonyms("usuarios users")

    static func summary(of module: Module) -> Text {
        Text(en: "Fetch what was said in rooms of Rocket.Chat", es: "Traer lo dicho en salas de Rocket.Chat")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) sync"
        return Command(
            name,
            summary: summary(of: module),
            discussion: discussion,
            operands: [SharedOperands.references(to: module, .any)],
            options: [all, full, users, force, WritingOptions.dryRun] + ChatOptions.all,
            examples: [
                Example("\(lead) --all", Text(en: "What is new in every room", es: "Lo nuevo de todas las salas")),
                Example(
                    "\(lead) 7 --full",
                    Text(en: "One room, from its beginning", es: "Una sala, desde el principio")
                ),
            ],
            seeAlso: ["\(module.name.noun) log", "\(module.name.noun) discover", "config"],
            synonyms: ["sincronizar", "fetch", "pull", "traer"],
            run: { session in try ChannelSyncRun(session, module).run() }
        )
    }

    private static var discussion: [Text] {
        [
            Text(
                en: """
                    The first time every message of a room is read, after that what was sent, edited and removed since. \
                    What was read is saved as it comes: a sync that was stopped goes on where it stood, and one that finds \
                    nothing new changes nothing: last_synced_at is when something new last came. What a message said before it was edited or removed is kept. It goes as \
                    fast as the server allows, which by default is a thousand messages a minute.
                    """,
                es: """
                    La primera vez se leen todos los mensajes de una sala; después, lo enviado, editado y eliminado desde \
                    entonces. Lo leído se guarda conforme llega: una sincronización detenida continúa donde estaba, y una \
                    que no halla nada nuevo no cambia nada: last_synced_at es cuándo llegó algo por última vez. Se conserva lo que decía un mensaje antes de editarse o \
                    eliminarse. Va tan rápido como permite el servidor, de ordinario mil mensajes por minuto.
                    """
            ),
            Text(
                en: """
                    Whoever writes becomes a member of the channel, and is taken for the contact that --match-users names, \
                    that has a contact point chat:USERNAME, or that alone has the e-mail. Whoever was recognized once \
                    stays so, in other channels too, whatever the username is later. A direct room is linked with \
                    its person.
                    """,
                es: """
                    Quien escribe pasa a ser participante del canal, y se toma por el contacto que indica --match-users, \
                    que tiene un punto de contacto chat:USUARIO o que es el único con ese correo. A quien se reconoció \
                    una vez se le sigue reconociendo, también en otros canales, aunque cambie de usuario. Una sala \
                    directa se vincula con su persona.
                    """
            ),
            Text(
                en: """
                    The server and the token come from the file that \(ProgramName.placeholder) config set \
                    rocketchat.credentials names, of mode 0600, with lines server=, user_id= and token=, or username= and \
                    password=; or from CRM_ROCKETCHAT_SERVER, and CRM_ROCKETCHAT_USER_ID and CRM_ROCKETCHAT_TOKEN, or \
                    CRM_ROCKETCHAT_USERNAME and CRM_ROCKETCHAT_PASSWORD. They are handed to curl on its standard input, and kept nowhere else. What comes through a pipe goes into the \
                    variables: the file is read by each sync, and must be one. Redirects are not followed.
                    """,
                es: """
                    El servidor y el token se toman del archivo que indica \(ProgramName.placeholder) config set \
                    rocketchat.credentials, de modo 0600, con líneas server=, user_id= y token=, o username= y password=; o \
                    de CRM_ROCKETCHAT_SERVER, con CRM_ROCKETCHAT_USER_ID y CRM_ROCKETCHAT_TOKEN, o con \
                    CRM_ROCKETCHAT_USERNAME y CRM_ROCKETCHAT_PASSWORD. Se entregan a curl por su \
                    entrada estándar y no se guardan en ningún otro lugar. Lo que llega por una tubería se da por el \
                    entorno: el archivo se lee en cada sincronización y ha de serlo. Las redirecciones no se siguen.
                    """
            ),
        ]
    }
}

/// A single run of `channel sync`.
struct ChannelSyncRun {
    private let session: Session
    private let module: Module

    init(_ session: Session, _ module: Module) {
        self.session = session
        self.module = module
    }

    func run() throws {
        try session.refuseInBatch()
        let server = try RocketChatServer.configured(for: session)
        defer { server.logOut() }
        let store = try session.openStore(for: .writing)
        let rooms = try chosen(in: store, server)
        let users = try session.invocation[ChannelSyncVerb.users].map { try ChatUserList($0, store, session) }
        var usernames: Set<String> = []
        session.interruption.hold()
        var current: RoomReading?
        var progress = session.progress { current?.share }
        server.notice = { [session] text in
            progress.finish()
            try session.note(text)
        }
        var outcomes: [ChatOutcome] = []
        var failures: [(room: ChatRoom, error: CRMError)] = []
        let own = rooms.isEmpty ? nil : try ownName(server)
        var request = session.writeRequest()
        for room in rooms {
            let reading = try RoomReading(
                room,
                on: server,
                in: store,
                request,
                matching: users?.contacts ?? [:],
                isFull: session.invocation[ChannelSyncVerb.full],
                own: own,
                advance: { progress.advance(by: $0) }
            )
            current = reading
            do {
                try reading.run()
            } catch let error as CRMError {
                progress.finish()
                guard rooms.count > 1, try isOfRoom(error, server) else {
                    throw addingCount(of: reading.report, to: error)
                }
                failures.append((room, error))
            }
            progress.finish()
            request = reading.request
            try session.report(reading.notices)
            usernames.formUnion(reading.usernames)
            outcomes.append(ChatOutcome(room: room, report: reading.report))
        }
        if failures.isEmpty { try users?.tellUnknown(besides: usernames, session) }
        try session.tellOutcome { _ in try session.print(outcomes) }
        if session.isDryRun { try session.noteDryRun() }
        for failure in failures {
            let (name, error) = (failure.room.name, failure.error.message)
            try session.note(Text(en: "\(name): \(error.en)", es: "\(name): \(error.es)"))
        }
        if !failures.isEmpty { throw CommandFailure(status: ExitStatus.rejected) }
    }

    /// Whether an error concerns only one room: the server does not have the room, does not allow access to it, or
    /// gives an invalid answer only for it.
    ///
    /// - Throws: the error that concerns every room.
    private func isOfRoom(_ error: CRMError, _ server: RocketChatServer) throws -> Bool {
        switch error.code {
        case .notFound, .refused: return true
        case .configuration:
            _ = try ownName(server)
            return true
        default: return false
        }
    }

    /// Returns the error for an interruption with the number of messages saved before it; any other error unchanged.
    private func addingCount(of report: ChatReport, to error: CRMError) -> CRMError {
        guard error.code == .interrupted else { return error }
        return CRMError(
            .interrupted,
            Text(
                en: "interrupted: \(report.added) new messages are saved; the same command goes on from there",
                es: "interrumpido: hay \(report.added) mensajes nuevos guardados; el mismo comando continúa desde ahí"
            )
        )
    }

    private func ownName(_ server: RocketChatServer) throws -> String? {
        guard case .string(let name)? = try server.answer(.init(method: "me"))["username"] else { return nil }
        return name
    }

    /// Tells the user about channels that are passed over because nothing says that they are of this server.
    private func tell(imported rooms: [ChatRoom]) throws {
        guard let first = rooms.first else { return }
        try session.note(
            Text(
                en: "passed over channels without a server (server_url), as an import makes them: \(rooms.count), "
                    + "the first being \(first.channel)",
                es: "se omitieron canales sin servidor (server_url), como los que hace una importación: "
                    + "\(rooms.count), el primero es el \(first.channel)"
            )
        )
    }

    private func chosen(in store: Store, _ server: RocketChatServer) throws -> [ChatRoom] {
        let references = session.invocation.operands
        if session.invocation[ChannelSyncVerb.all] {
            guard references.isEmpty else {
                throw CRMError(
                    .usage,
                    Text(en: "--all means every channel already", es: "--all ya significa todos los canales")
                )
            }
            let rooms = try store.chatRooms().filter(server.has)
            try tell(imported: rooms.filter(\.isOfOtherProgram))
            return rooms.filter { !$0.isOfOtherProgram }
        }
        guard !references.isEmpty else {
            throw CRMError(
                .usage,
                Text(en: "name channels, or add --all", es: "indicar canales, o agregar --all"),
                hint: Text("\(ProgramName.placeholder) \(module.name.noun) sync --all")
            )
        }
        var rooms: [ChatRoom] = []
        for reference in references {
            let room = try store.chatRoom(of: store.id(of: reference, in: module))
            if rooms.contains(room) { continue }
            guard server.has(room) else {
                let address = server.credentials.server
                throw CRMError(
                    .refused,
                    Text(
                        en:
                            "\(module.called(room.channel).en) is on \(room.server ?? ""), and the token is for \(address)",
                        es:
                            "\(module.called(room.channel).es) está en \(room.server ?? ""), y el token es para \(address)"
                    )
                )
            }
            rooms.append(room)
        }
        return rooms
    }
}
