import CRMKit
import Formats
import Localization

/// The result of reading a room.
struct ChatOutcome {
    let room: ChatRoom
    let report: ChatReport

    static let columns = [
        Listing.Column("id", .identifier, en: "Id", es: "Id", isID: true),
        Listing.Column("name", .string, en: "Channel", es: "Canal"),
        Listing.Column("new", .count, en: "New", es: "Nuevos"),
        Listing.Column("edited", .count, en: "Edited", es: "Editados"),
        Listing.Column("deleted", .count, en: "Deleted", es: "Eliminados"),
        Listing.Column("matched", .count, en: "Contacts found", es: "Contactos hallados"),
    ]
}

extension Session {
    /// Prints the results of reading rooms.
    func print(_ outcomes: [ChatOutcome]) throws {
        try printListing(of: ChatOutcome.columns) { listing in
            for outcome in outcomes {
                let report = outcome.report
                let counts = [report.added, report.edited, report.deleted, report.matched]
                let cells = ["\(outcome.room.channel)", outcome.room.name] + counts.map { "\($0)" }
                try listing.write(
                    Listing.Row(
                        machine: cells,
                        people: cells,
                        json: ChatOutcome.columns.object(
                            [.integer(outcome.room.channel), .string(outcome.room.name)]
                                + counts.map { .integer(Int64($0)) }
                        )
                    )
                )
            }
        }
    }
}
