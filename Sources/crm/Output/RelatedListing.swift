import CLIKit
import CRMKit
import Formats
import Localization

/// Everything that hangs on a record, a row each, whatever its module.
struct RelatedListing {
    private let audience: Audience
    private var listing: Listing

    init(format: OutputFormat, style: OutputStyle, to sink: ByteSink) {
        audience = style.audience
        listing = Listing(Self.columns, format: format, style: style, to: sink)
    }

    private static let columns = [
        Listing.Column("module", en: "Module", es: "Módulo"), Listing.Column("id", en: "Id", es: "Id", isID: true),
        Listing.Column("name", en: "Name", es: "Nombre"), Listing.Column("role", en: "Role", es: "Rol"),
    ]

    mutating func write(_ related: RelatedSummary) throws {
        try listing.begin()
        for group in related.groups {
            for entry in group.entries { try listing.write(row(group, entry)) }
        }
        try listing.end()
    }

    private func row(_ group: RelatedSummary.Group, _ entry: RelatedSummary.Entry) -> Listing.Row {
        let (module, id, name) = (group.module, "\(entry.id)", entry.name ?? "")
        let role = entry.role.map { key in
            group.role?.type.label(of: .text(key), currency: nil, for: audience) ?? key
        }
        return Listing.Row(
            machine: [module.name.rawValue, id, name, entry.role ?? ""],
            people: [module.label(in: audience.language), id, name, role ?? ""],
            json: .object([
                JSONMember("module", .string(module.name.rawValue)), JSONMember("role", .text(entry.role)),
                JSONMember(
                    "record",
                    .object([JSONMember("id", .integer(entry.id)), JSONMember("name", .text(entry.name))])
                ),
            ])
        )
    }
}
