import CRMKit

/// The contents of a page of a room's messages.
struct RoomPage {
    /// The places of all messages, unreadable ones included; `nil` for one without a key and a time.
    var places: [RocketChat.Place?] = []
    /// What is to be done for the readable ones.
    var changes: [RocketChat.Change] = []
    /// When each of the changes was made, RFC 3339 in UTC.
    var moments: [String?] = []
    /// The number of messages in the room, as stated by the server.
    var total: Int?
}
