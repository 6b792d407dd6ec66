import Localization

/// The room of a channel.
public struct ChatRoom: Sendable, Equatable {
    /// The channel's id.
    public let channel: Int64
    /// The room's name.
    public let name: String
    /// The address of the server; `nil` if it is not known.
    public let server: String?
    /// The room's key on the server.
    public let room: String
    /// The kind: `channel`, `group` or `direct`; `nil` if it is not known.
    public let kind: String?

    /// Whether the room is probably that of an export of another program: its kind is known, which an import or a
    /// server tells, and no server is.
    public var isOfOtherProgram: Bool { server == nil && kind != nil }

    fileprivate init?(_ record: Record) {
        guard let room = record["room_id"].text else { return nil }
        channel = record.id
        name = record["name"].text ?? room
        server = record["server_url"].text
        self.room = room
        kind = record["kind"].text
    }
}

extension Store {
    /// Returns the room of a chat server that a channel represents.
    ///
    /// - Throws: ``CRMError`` `notFound` if the channel does not exist.
    public func chatRoom(of channel: Int64) throws(CRMError) -> ChatRoom {
        try translating {
            let module = registry[.channel]
            guard let record = try storedRecord(module, id: channel), let room = ChatRoom(record) else {
                throw Self.missing(channel, in: module)
            }
            return room
        }
    }

    /// Returns the rooms of all channels, in the order of the channels' ids.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func chatRooms() throws(CRMError) -> [ChatRoom] {
        try translating {
            var rooms: [ChatRoom] = []
            for id in try ids(of: registry[.channel]) { rooms.append(try chatRoom(of: id)) }
            return rooms
        }
    }

    /// Returns the rooms of the channels that have a room's key, in the order of the channels' ids.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func chatRooms(called key: String) throws(CRMError) -> [ChatRoom] {
        try translating {
            try channels(ofRoom: StorableText.plain(key)).map { try chatRoom(of: $0) }
        }
    }

    /// Returns the moment some seconds before another one, RFC 3339 in UTC to the millisecond.
    ///
    /// - Throws: ``CRMError`` `invalid` for text that is not a moment.
    public func moment(_ text: String, before seconds: Int64) throws(CRMError) -> String {
        try translating {
            let moment = try Moment(parsing: text, clock: clock)
            return Moment.description(
                millisecondsSinceEpoch: (moment.secondsSinceEpoch - seconds) * 1000
                    + Int64(Moment.milliseconds(in: text))
            ) ?? text
        }
    }
}

extension Transaction {
    /// Creates a channel for a room of a server.
    ///
    /// - Returns: the id of the channel.
    public func addChannel(_ room: RocketChat.Room, on server: String) throws -> Int64 {
        let texts = [
            ("name", room.name), ("server_url", server), ("room_id", room.id), ("kind", room.kind ?? ""),
            ("topic", room.topic ?? ""), ("server_name", room.name),
        ]
        let values = texts.compactMap { field, text in
            StorableText.held(text.trimmed, as: .text).map { (field: field, value: Value.text($0)) }
        }
        return try add(values, [], to: .channel)
    }
}
