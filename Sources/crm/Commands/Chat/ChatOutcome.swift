import CRMKit
import Formats
import Localization

/// The result of reading a room.
struct ChatOutcome {
    let room: ChatRoom
    let report: ChatReport
}

extension Session {
    /// Prints the results of reading rooms.
    func print(_ outcomes: [ChatOutcome]) throws {
        let columns = [
            Listing.Column("id", en: "Id", es: "Id", isID: true), Listing.Column("name", en: "Channel", es: "Canal"),
            Listing.Column("new", en: "New", es: "Nuevos"), Listing.Column("edited", en: "Edited", es: "Editados"),
            Listing.Column("deleted", en: "Deleted", es: "Eliminados"),
            Listing.Column("matched", en: "Contacts found", es: "Contactos hallados"),
        ]
        try printListing(of: columns) { listing in
            for outcome in outcomes {
                let report = outcome.report
                let counts = [report.added, report.edited, report.deleted, report.matched]
                let cells = ["\(outcome.room.channel)", outcome.room.name] + counts.map { "\($0)" }
                let members = zip(columns.dropFirst(2), counts).map { JSONMember($0.key, .integer(Int64($1))) }
                try listing.write(
                    Listing.Row(
                        machine: cells,
                        people: cells,
                        json: .object(
                            [
                                JSONMember("id", .integer(outcome.room.channel)),
                                JSONMember("name", .string(outcome.room.name)),
                            ] + members
                        )
                    )
                )
            }
        }
    }
}
