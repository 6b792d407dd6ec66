import SQLite

/// The progress of reading the messages of a room from its server.
///
/// It is stored in the same transaction as the messages, and outside the history, since a reading that finds nothing
/// new is not a change.
public struct RoomSync: Sendable, Hashable {
    /// The server and the room. The progress does not count for any other room.
    public let room: String
    /// The number of messages passed in the first reading, which goes from the oldest to the newest; once it is
    /// complete, the number of members ``asked`` for.
    public var offset = 0
    /// The total number of messages stated by the server.
    public var total = 0
    /// Whether the first reading is complete.
    public fileprivate(set) var isWhole = false
    /// The server's time up to which changes have been read, RFC 3339; `nil` if it is unknown.
    public var since: String?
    /// Whether messages that were read have been undone since, so that all must be read again.
    public fileprivate(set) var isTakenBack = false

    /// The number of the room's members, in order, about whom the server was asked; 0 before the first reading is
    /// complete.
    public var asked: Int {
        get { isWhole ? offset : 0 }
        set { if isWhole { offset = newValue } }
    }

    /// Completes the first reading.
    public mutating func end() {
        if !isWhole { (isWhole, offset) = (true, 0) }
    }

    /// Creates the progress of a room that has not been read yet.
    public init(room: String) { self.room = room }
}

extension Store {
    /// Returns the progress of reading the messages of a channel.
    ///
    /// - Returns: `nil` when nothing was read, or another room was. When messages have been undone since, only
    ///   ``RoomSync/isTakenBack`` is set.
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func roomSync(of channel: Int64, room: String) throws(CRMError) -> RoomSync? {
        try translating {
            let rows = try database.all(
                """
                SELECT "offset", "total", "is_whole", "since", "change_set" FROM "room_sync" \
                WHERE "record" = ? AND "room" = ?
                """,
                [.integer(channel), .text(room)]
            )
            guard let row = rows.first else { return nil }
            var sync = RoomSync(room: room)
            if try hasUndone(messagesAfter: row[4].integer ?? 0) {
                sync.isTakenBack = true
                return sync
            }
            sync.offset = Int(row[0].integer ?? 0)
            sync.total = Int(row[1].integer ?? 0)
            sync.isWhole = row[2].integer == 1
            sync.since = row[3].text
            return sync
        }
    }

    /// Whether a change set after another has undone one that created or changed messages.
    private func hasUndone(messagesAfter changeSet: Int64) throws -> Bool {
        let table = Value.text(Table.name(of: .chatMessage, in: registry[.channel]))
        return try database.scalar(
            """
            SELECT 1 FROM "change_set" AS "u" WHERE "u"."undoes" IS NOT NULL AND "u"."id" > ?1 AND (\
            EXISTS (SELECT 1 FROM "created" AS "c" WHERE "c"."change_set" = "u"."undoes" AND "c"."table_name" = ?2) \
            OR EXISTS (SELECT 1 FROM "change" AS "c" WHERE "c"."change_set" = "u"."undoes" AND "c"."table_name" = ?2)) \
            LIMIT 1
            """,
            [.integer(changeSet), table]
        ) != nil
    }
}

extension Transaction {
    /// Stores the progress of reading the messages of a channel.
    func note(_ sync: RoomSync, of channel: Int64) throws {
        try store.statement(
            """
            INSERT INTO "room_sync" ("record", "room", "offset", "total", "is_whole", "since", "change_set") \
            VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max("id"), 0) FROM "change_set")) \
            ON CONFLICT ("record") DO UPDATE SET "room" = excluded."room", "offset" = excluded."offset", \
            "total" = excluded."total", "is_whole" = excluded."is_whole", "since" = excluded."since", \
            "change_set" = excluded."change_set"
            """
        ).run([
            .integer(channel), .text(sync.room), .integer(Int64(sync.offset)), .integer(Int64(sync.total)),
            .integer(sync.isWhole ? 1 : 0), sync.since.map(Value.text) ?? .null,
        ])
    }
}
