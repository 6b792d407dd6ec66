import CLIKit
import CRMKit
import Formats
import Localization

/// `crm channel discover`: lists the rooms of a server.
enum ChannelDiscoverVerb: Verb {
    static let name = "discover"

    static let mine = Flag(
        "mine",
        summary: Text(en: "Only rooms that the user is in", es: "Solo las salas en que está el usuario"),
        discussion: Text(
            en: "Without it every public channel is listed too. Private groups and talks are always the user's own.",
            es:
                "Sin ella se listan también todos los canales públicos. Los grupos privados y las charlas son siempre los propios."
        )
    ).synonyms("míos mias joined")
    static let add = Flag(
        "add",
        summary: Text(en: "Add those that are no channel yet", es: "Agregar las que todavía no son un canal"),
        discussion: Text(
            en: "One change set, which can be undone. Their messages come with sync.",
            es: "En un solo conjunto de cambios, que puede deshacerse. Sus mensajes llegan con sync."
        )
    ).synonyms("agregar crear create")

    static func summary(of module: Module) -> Text {
        Text(en: "List the rooms of Rocket.Chat", es: "Listar las salas de Rocket.Chat")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) discover"
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Each room stands with its key on the server, which \(module.name.noun) add --room takes, and with \
                        the id of the channel that stands for it here, where there is one.
                        """,
                    es: """
                        Cada sala aparece con su clave en el servidor, la que toma \(module.name.noun) add --room, y con \
                        el id del canal que la representa aquí, si lo hay.
                        """
                )
            ],
            options: [mine, add, WritingOptions.dryRun, WritingOptions.create] + ChatOptions.all,
            examples: [
                Example("\(lead) --mine --add", Text(en: "Follow all my rooms", es: "Seguir todas mis salas"))
            ],
            seeAlso: ["\(module.name.noun) sync"],
            synonyms: ["descubrir", "rooms", "salas"],
            run: { session in try ChannelDiscoverRun(session, module).run() }
        )
    }
}

/// A single run of `channel discover`.
struct ChannelDiscoverRun {
    private let session: Session
    private let module: Module

    init(_ session: Session, _ module: Module) {
        self.session = session
        self.module = module
    }

    func run() throws {
        try session.refuseInBatch()
        let invocation = session.invocation
        let server = try RocketChatServer.configured(for: session)
        defer { server.logOut() }
        let isAdding = invocation[ChannelDiscoverVerb.add]
        let store = try session.openStore(for: isAdding ? .writing : .reading)
        session.interruption.hold()
        var rooms: [RocketChat.Room] = []
        let lists = [
            (invocation[ChannelDiscoverVerb.mine] ? "channels.list.joined" : "channels.list", "channels"),
            ("groups.list", "groups"), ("im.list", "ims"),
        ]
        for (method, key) in lists { rooms += try read(method, key, from: server) }
        var known: [String: Int64] = [:]
        if isAdding {
            try store.write(session.writeRequest()) { transaction in
                // Another discovery may have added them while the server was asked.
                known = try channels(of: rooms, in: store, server)
                for room in rooms where known[room.id] == nil {
                    known[room.id] = try transaction.addChannel(room, on: server.credentials.server.description)
                }
            }
        } else {
            known = try channels(of: rooms, in: store, server)
        }
        try session.tellOutcome(isAdding ? Set(known.values).sorted() : []) { _ in try print(rooms, known) }
        if isAdding, session.isDryRun { try session.noteDryRun() }
    }

    /// Returns the channels that stand for rooms, by the keys of these.
    private func channels(
        of rooms: [RocketChat.Room],
        in store: Store,
        _ server: RocketChatServer
    ) throws -> [String: Int64] {
        var known: [String: Int64] = [:]
        let channels = try store.chatRooms().filter(server.has)
        for room in channels.reversed() { known[room.room] = room.channel }
        // Until it is synchronized, a channel may have the room's name instead of the key.
        for room in rooms where known[room.id] == nil {
            if let word = room.word { known[room.id] = known[word] ?? known["#\(word)"] }
        }
        return known
    }

    private func read(_ method: String, _ key: String, from server: RocketChatServer) throws -> [RocketChat.Room] {
        var rooms: [RocketChat.Room] = []
        var met: Set<String> = []
        var offset = 0
        try server.ask(
            foreseeing: { 1 },
            { _ in .init(method: method, parameters: [("count", "\(Self.page)"), ("offset", "\(offset)")]) }
        ) { body in
            let before = met.count
            let answer = try ListAnswer(body, lists: [[key]]) { element in
                if let room = RocketChat.Room(element), met.insert(room.id).inserted { rooms.append(room) }
            }
            guard answer.hasSucceeded || answer.count > 0 else {
                throw RocketChatServer.StrangeAnswer(words: answer.words)
            }
            offset += answer.count
            // The total may be wrong, and a server that gives the same page again gives nothing more.
            if answer.count < Self.page, offset == answer.total { return .ends }
            return met.count == before ? .ends : .turns
        }
        return rooms
    }

    /// The number of rooms requested at once. A server may return fewer.
    private static let page = 100

    /// The columns of rooms.
    static let columns = [
        Listing.Column("room_id", .string, en: "Room id", es: "Id de la sala", isWhole: true),
        Listing.Column("kind", .string.orNull, en: "Kind", es: "Tipo"),
        Listing.Column("name", .string(), en: "Name", es: "Nombre"),
        Listing.Column("topic", .string().orNull, en: "Topic", es: "Tema"),
        Listing.Column("messages", .count.orNull, en: "Messages", es: "Mensajes"),
        Listing.Column("id", .identifier.orNull, en: "Channel", es: "Canal", isID: true),
    ]

    private func print(_ rooms: [RocketChat.Room], _ known: [String: Int64]) throws {
        let kinds = module.field("kind")?.type.choices ?? []
        try session.printListing(of: Self.columns) { listing in
            for room in rooms {
                let id = known[room.id]
                let cells = [
                    room.id, room.kind ?? "", room.name, room.topic ?? "", room.count.map { "\($0)" } ?? "",
                    id.map { "\($0)" } ?? "",
                ]
                var people = cells
                people[1] = kinds.first { $0.key == room.kind }?.label(in: session.language) ?? cells[1]
                try listing.write(
                    Listing.Row(
                        machine: cells,
                        people: people,
                        json: Self.columns.object([
                            .string(room.id), .text(room.kind), .string(room.name), .text(room.topic),
                            .integer(room.count.map(Int64.init)), .integer(id),
                        ])
                    )
                )
            }
        }
    }
}
