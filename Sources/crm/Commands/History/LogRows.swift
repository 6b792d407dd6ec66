import CRMKit
import Formats
import Localization

/// Change sets as rows, one for each changed field.
struct LogRows {
    static let columns = [
        Listing.Column("change_set", en: "Change set", es: "Conjunto", isID: true),
        Listing.Column("at", en: "When", es: "Cuándo"), Listing.Column("who", en: "Who", es: "Quién"),
        Listing.Column("command", en: "Command", es: "Comando"),
        Listing.Column("module", en: "Module", es: "Módulo"), Listing.Column("id", en: "Id", es: "Id"),
        Listing.Column("name", en: "Name", es: "Nombre"), Listing.Column("event", en: "Event", es: "Suceso"),
        Listing.Column("link_module", en: "Linked module", es: "Módulo vinculado"),
        Listing.Column("link_id", en: "Linked id", es: "Id vinculado"),
        Listing.Column("field", en: "Field", es: "Campo"), Listing.Column("before", en: "Before", es: "Antes"),
        Listing.Column("after", en: "After", es: "Después"),
        Listing.Column("part", en: "Part", es: "Parte"),
        Listing.Column("position", en: "Position", es: "Posición"),
        Listing.Column("merged_into", en: "Merged into", es: "Fusionado en"),
    ]

    let registry: Registry
    let audience: Audience

    /// Returns the first cells of every row of a change set.
    static func lead(of changeSet: ChangeSet) -> [String] {
        ["\(changeSet.id)", changeSet.at, changeSet.who, changeSet.command]
    }

    /// Writes the rows of a change set, at least one even if it did nothing.
    ///
    /// - Returns: whether it did more than the rows show.
    func write(_ change: LoggedChange, to listing: inout Listing) throws -> Bool {
        let lead = Self.lead(of: change.changeSet)
        var isEmpty = true
        let isTruncated = try change.forEachEntry { entry in
            for row in rows(of: entry, lead: lead) { try listing.write(row) }
            isEmpty = false
        }
        guard isEmpty else { return isTruncated }
        let cells = lead + Array(repeating: "", count: Self.columns.count - lead.count)
        try listing.write(Listing.Row(machine: cells, people: cells, json: .null))
        return isTruncated
    }

    private func rows(of entry: LoggedChange.Entry, lead: [String]) -> [Listing.Row] {
        let event = LogEvent(entry.event)
        var subject = ["", "", ""]
        if case .record(let module, let id, let name) = entry.subject {
            subject = [module.rawValue, "\(id)", name ?? ""]
        }
        let link = event.link.map { [$0.module.rawValue, "\($0.id)"] } ?? ["", ""]
        let place = event.position.map { "\($0)" } ?? ""
        let merged = entry.mergedInto.map { "\($0)" } ?? ""
        func row(_ machine: [String], _ people: [String]) -> Listing.Row {
            Listing.Row(
                machine: lead + subject + [event.kind.rawValue] + link + machine
                    + [event.part?.name ?? "", place, merged],
                people: lead + subject + [event.label(in: audience.language)] + link + people
                    + [event.part?.label(in: audience.language) ?? "", place, merged],
                json: .null
            )
        }
        if event.changes.isEmpty { return [row(["", "", ""], ["", "", ""])] }
        let words = LogWords(registry: registry, audience: audience)
        return event.changes.map { change in
            let sides = [change.before, change.after]
            return row(
                [change.field.key] + sides.map { change.field.type.text(of: $0.value, currency: $0.currency) },
                [change.field.label(in: audience.language)] + sides.map { words.label($0, of: change.field) }
            )
        }
    }
}
