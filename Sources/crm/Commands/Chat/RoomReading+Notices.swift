import CRMKit
import Localization

/// What a reading of a room has to say besides its counts.
extension RoomReading {
    /// The notice about elements that were passed over; `nil` if there were none.
    var strange: Text? {
        strangeCount == 0
            ? nil
            : Text(
                en: "\(room.name): passed over what is no message with a key and a time: \(strangeCount)",
                es: "\(room.name): se omitió lo que no es un mensaje con clave y fecha: \(strangeCount)"
            )
    }

    /// The notice about replaced characters; `nil` if there are none, or only some in messages that had been read
    /// before.
    var replaced: Text? {
        replacedCount == 0 || !report.hasChanges
            ? nil
            : Text(
                en: "\(room.name): characters that were broken in halves are \u{FFFD} now: \(replacedCount)",
                es: "\(room.name): los caracteres partidos por la mitad quedan como \u{FFFD}: \(replacedCount)"
            )
    }

    /// The notice about messages that are there again; `nil` if there are none.
    var restored: Text? {
        report.restored == 0
            ? nil
            : Text(
                en: "\(room.name): messages that had been marked as deleted are there again: \(report.restored)",
                es: "\(room.name): mensajes marcados como eliminados que están de nuevo: \(report.restored)"
            )
    }

    /// Checks that no other channel stands for a room.
    ///
    /// - Parameter counts: returns whether another channel of the room keeps this one from being read.
    /// - Throws: ``CRMError`` `refused` if another channel does.
    func check(isAlone key: String, by counts: (ChatRoom) -> Bool) throws {
        let others = try store.chatRooms(called: key).filter { $0.channel != room.channel && server.has($0) }
        guard let other = others.first(where: counts) else { return }
        throw CRMError(
            .refused,
            Text(
                en: "the room \(key) is channel \(other.channel) already",
                es: "la sala \(key) ya es el canal \(other.channel)"
            ),
            hint: Text(
                en: "one of the two has to go: \(ProgramName.placeholder) channel delete",
                es: "uno de los dos sobra: \(ProgramName.placeholder) channel delete"
            )
        )
    }
}
