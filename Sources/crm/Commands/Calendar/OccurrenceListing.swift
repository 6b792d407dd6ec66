import CRMKit
import Formats
import Localization

/// Occurrences of events as rows.
struct OccurrenceListing {
    private let module: Module
    private let audience: Audience

    init(_ registry: Registry, _ audience: Audience) {
        module = registry[.event]
        self.audience = audience
    }

    static let columns = [
        Listing.Column("starts_at", en: "Start", es: "Inicio", isWhole: true),
        Listing.Column("ends_at", en: "End", es: "Término", isWhole: true),
        Listing.Column("subject", en: "Subject", es: "Asunto", isPreferred: true),
        Listing.Column("kind", en: "Kind", es: "Tipo"), Listing.Column("status", en: "Status", es: "Estado"),
        Listing.Column("contacts", en: "With", es: "Con"), Listing.Column("location", en: "Location", es: "Lugar"),
        Listing.Column("conflicts", en: "Conflicts", es: "Conflictos"),
        Listing.Column("occurrence", en: "Occurrence", es: "Repetición", isWhole: true),
        Listing.Column("id", en: "Id", es: "Id", isID: true),
    ]

    /// The keys of the columns in the order of a table, which leaves out the last ones on a short line.
    private static let order = [
        "starts_at", "ends_at", "subject", "id", "contacts", "location", "occurrence", "conflicts", "kind", "status",
    ]

    /// The indices of a table's columns among all columns.
    private static let places = order.compactMap { key in columns.firstIndex { $0.key == key } }

    /// Returns the columns of a format.
    static func columns(of format: OutputFormat) -> [Listing.Column] {
        format == .table ? places.map { columns[$0] } : columns
    }

    /// Returns the cells of a table. The subject of an occurrence that conflicts with another one is marked.
    func table(_ item: EventOccurrence) -> [String] {
        var cells = people(item)
        if !item.conflicts.isEmpty { cells[2] = "! " + cells[2] }
        return Self.places.map { cells[$0] }
    }

    /// Returns the cells for programs.
    func machine(_ item: EventOccurrence) -> [String] {
        [
            item.start.description, item.end.description, item.subject, item.kind, item.status ?? "", names(item),
            item.location ?? "", conflicts(item), item.name?.description ?? "", String(item.id),
        ]
    }

    /// Returns the cells for people.
    func people(_ item: EventOccurrence) -> [String] {
        [
            start(item), end(item), item.subject, label(of: "kind", item.kind), label(of: "status", item.status),
            names(item), item.location ?? "", item.conflicts.isEmpty ? "" : "! " + conflicts(item),
            item.name?.description ?? "", String(item.id),
        ]
    }

    private func names(_ item: EventOccurrence) -> String {
        item.companions.map(\.name).joined(separator: "; ")
    }

    private func conflicts(_ item: EventOccurrence) -> String {
        item.conflicts.map(String.init).joined(separator: "; ")
    }

    /// Returns the label of a choice's value.
    func label(of key: String, _ value: String?) -> String {
        guard let value else { return "" }
        return module.field(key)?.type.choices.first { $0.key == value }?.label(in: audience.language) ?? value
    }

    private func start(_ item: EventOccurrence) -> String {
        let time = audience.clock.shortTime(ofStored: item.start.description)
        return item.isWholeDay ? String(time.prefix(10)) : time
    }

    /// Returns the end as text: the time alone if the event ends on the day it starts; for whole days, the last day.
    private func end(_ item: EventOccurrence) -> String {
        let start = audience.clock.shortTime(ofStored: item.start.description)
        if item.isWholeDay {
            let last = Moment(secondsSinceEpoch: item.end.secondsSinceEpoch - 1) ?? item.end
            let day = String(audience.clock.shortTime(ofStored: last.description).prefix(10))
            return start.hasPrefix(day) ? "" : day
        }
        guard item.end > item.start else { return "" }
        let end = audience.clock.shortTime(ofStored: item.end.description)
        return end.prefix(10) == start.prefix(10) ? String(end.dropFirst(11)) : end
    }

    /// Returns an occurrence as JSON.
    func json(_ item: EventOccurrence) -> JSONValue {
        .object([
            JSONMember("id", .number(JSONNumber(item.id))), JSONMember("subject", .string(item.subject)),
            JSONMember("kind", .string(item.kind)), JSONMember("status", .text(item.status)),
            JSONMember("starts_at", .string(item.start.description)),
            JSONMember("ends_at", .string(item.end.description)), JSONMember("all_day", .bool(item.isWholeDay)),
            JSONMember("occurrence", .text(item.name?.description)), JSONMember("location", .text(item.location)),
            JSONMember("assigned_to", .text(item.assignedTo)),
            JSONMember(
                "contacts",
                .array(
                    item.companions.map { companion in
                        .object([
                            JSONMember("id", .number(JSONNumber(companion.id))),
                            JSONMember("name", .string(companion.name)),
                            JSONMember("response", .text(companion.response)),
                        ])
                    }
                )
            ),
            JSONMember("conflicts", .array(item.conflicts.map { .number(JSONNumber($0)) })),
        ])
    }
}
