import CRMKit
import Localization

/// Until when a room has been read. Changes are told by the times that a server gave them, which need not be right.
extension RoomReading {
    /// How far before the latest known change the next reading begins, in seconds. Changes are not there in the order of
    /// their times: a server may write late, and several servers of one room have several clocks.
    static let overlap: Int64 = 60

    /// Returns the latest time of a change that can be right, RFC 3339 in UTC to the millisecond: the server's own. A
    /// message of a later time says nothing about what comes until then.
    func latestMoment() throws -> String {
        // The server states its time in whole seconds, so the moment may be as late as the end of one.
        try store.moment(server.time ?? server.session.clock().moment.description, before: -1)
    }

    /// Whether a time until which a room was read lies in the future, so that it is not known what came before it. It
    /// may be a little ahead, by the clock of another server of the room.
    func isTooLate(_ since: String) throws -> Bool {
        try store.moment(since, before: Self.overlap) > latestMoment()
    }

    /// The notice that a room is read from its beginning, because it is not known until when it was read.
    var readAgain: Text {
        Text(
            en: "\(room.name): read until a moment in the future; everything is read again",
            es: "\(room.name): leída hasta un momento futuro; todo se lee de nuevo"
        )
    }
}
