import Formats
import Localization

/// Reads messages exported by Rocket.Chat: those of a single room, which need not name it, or of several rooms, where
/// each message names its room by key (`rid`).
final class RocketChatExport {
    /// The channel to import all messages into; `nil` when each message names its room.
    private let channel: ChatRoom?
    private let work: ChatImport
    private let progress: (Int) -> Void
    /// The key of the one room whose messages are imported into the channel. All messages that name a room must name
    /// this one.
    private var room: String?
    private var (number, strange) = (0, StrangeObjects())

    init(_ channel: ChatRoom?, work: ChatImport, progress: @escaping (Int) -> Void) {
        self.channel = channel
        self.work = work
        self.progress = progress
        // Until it is synchronized, a channel may have the room's name instead of the key.
        if let channel, channel.name != channel.room { room = channel.room }
    }

    func read(_ path: String, _ files: any ExportFiles) throws {
        guard let source = try files.open(path) else { throw CRMError(noExportFile: path) }
        let first = try source.firstByte()
        var objects = ExportObjects(path, source, isArray: first == UInt8(ascii: "["))
        while let object = try objects.next() {
            // In an answer of the server's API the messages are in an array.
            for json in object["messages"]?.elements ?? [object] {
                number += 1
                try take(json, path)
            }
        }
        work.note(strange, in: path)
        work.note(replacedIn: objects, path)
    }

    private func take(_ json: JSONValue, _ path: String) throws {
        switch change(json) {
        case .message(let message)?:
            // A room's export, which has no keys, does not tell either what was edited.
            try work.take(message, in: room(of: json, path), mayBeEdited: message.id.isEmpty)
            progress(1)
        case .removal(let id, let moment)?:
            try work.remove(id, at: moment, in: room(of: json, path, isRemoval: true))
            progress(1)
        case nil:
            if !RocketChat.isGone(json) { strange.note(number) }
        }
    }

    private func change(_ json: JSONValue) -> RocketChat.Change? {
        var changedAt: String?
        if json["_id"]?.filledText != nil { return RocketChat.change(json, changedAt: &changedAt) }
        return keyless(json).map(RocketChat.Change.message)
    }

    /// Returns a message of a room's export, which has no keys.
    private func keyless(_ json: JSONValue) -> ChatMessage? {
        guard let moment = json["ts"]?.moment else { return nil }
        var message = ChatMessage(id: "", sentAt: moment)
        message.text = json["msg"]?.filledText
        message.editedAt = json["editedAt"]?.moment
        message.type = json["type"]?.filledText ?? json["t"]?.filledText
        message.alias = json["alias"]?.filledText
        message.author = RocketChat.author(json) ?? json["u"].flatMap(RocketChat.author)
        let attachments = json["attachments"]?.elements ?? []
        message.attachments = attachments.compactMap(RocketChat.attachment)
        message.add(attachments.compactMap { $0["description"]?.filledText })
        return message
    }

    /// Returns the key of a message's room and opens the room. For a removal a room without a channel is not opened.
    private func room(of json: JSONValue, _ path: String, isRemoval: Bool = false) throws -> String {
        let own = json["rid"]?.filledText
        guard let channel else {
            guard let own else { throw Self.withoutRoom(number, path) }
            if isRemoval { try work.openKnown(own) } else { try work.open(own, []) }
            return own
        }
        if let own {
            if let room, room != own { throw Self.ofOtherRoom(own, number, path, channel, room) }
            room = own
        }
        return channel.room
    }

    private static func withoutRoom(_ number: Int, _ path: String) -> CRMError {
        CRMError(
            .usage,
            Text(
                en: "\(path): message \(number) does not say of which room it is",
                es: "\(path): el mensaje \(number) no dice de qué sala es"
            ),
            hint: Text(en: "name the channel with --into", es: "indicar el canal con --into")
        )
    }

    private static func ofOtherRoom(
        _ own: String,
        _ number: Int,
        _ path: String,
        _ channel: ChatRoom,
        _ room: String
    ) -> CRMError {
        let id = channel.channel
        return CRMError(
            .usage,
            Text(
                en: "\(path): message \(number) is of the room \(own), and channel \(id) is that of \(room)",
                es: "\(path): el mensaje \(number) es de la sala \(own), y el canal \(id) es el de \(room)"
            ),
            hint: Text(
                en: "without --into each message goes to the channel of its room",
                es: "sin --into cada mensaje va al canal de su sala"
            )
        )
    }
}
