import CLIKit
import CRMKit
import Formats
import Localization

/// Everything that hangs on a record, a row each, whatever its module.
struct RelatedListing {
    private let format: OutputFormat
    private let audience: Audience
    private let sink: ByteSink
    private var listing: Listing
    /// Reused between cells.
    private var text = MachineText()

    init(format: OutputFormat, style: OutputStyle, to sink: ByteSink) {
        self.format = format
        self.sink = sink
        audience = style.audience
        listing = Listing(
            format.isForPeople ? Self.peopleColumns : Self.machineColumns,
            format: format,
            style: style,
            to: sink
        )
    }

    private static let module = Listing.Column("module", en: "Module", es: "Módulo")
    private static let id = Listing.Column("id", en: "Id", es: "Id", isID: true)
    private static let name = Listing.Column("name", en: "Name", es: "Nombre")
    private static let role = Listing.Column("role", en: "Role", es: "Rol")
    private static let date = Listing.Column("date", en: "Date", es: "Fecha", isWhole: true)
    private static let field = Listing.Column("field", en: "Field", es: "Campo")
    private static let details = Listing.Column("details", en: "Details", es: "Detalles")
    private static let peopleColumns = [date, module, id, name, role, details]
    private static let machineColumns = [module, id, name, role, date, field, details]

    /// The headers of the columns that the table has left out because no row has a value for them.
    var emptyColumns: [String] { listing.emptyColumns }

    mutating func write(_ records: RelatedRecords) throws {
        if format.isJSON { return try writeObjects(records) }
        try listing.begin()
        while let record = try records.next() { try listing.write(row(record)) }
        try listing.end()
    }

    private mutating func row(_ record: RelatedRecords.Record) throws -> Listing.Row {
        let words = RelatedWords(record, for: audience)
        if format.isForPeople {
            let people = [try words.date, words.module, words.id, words.name, words.role, try words.details]
            return Listing.Row(machine: [], people: people, json: .null)
        }
        let (rows, way) = (record.rows, record.way)
        var details: [String] = []
        for column in record.details where !rows.isNull(column.position) {
            try text.with(column, of: rows) { details.append(String(decoding: $0, as: UTF8.self)) }
        }
        let machine = [
            way.module.name.rawValue, words.id, words.name, rows.text(record.role.position),
            rows.text(record.date.position), way.field?.key ?? "", details.joined(separator: MachineText.separator),
        ]
        return Listing.Row(machine: machine, people: [], json: .null)
    }

    /// Objects whose members under `record` are those of their modules.
    private func writeObjects(_ records: RelatedRecords) throws {
        let isArray = format == .json
        var outputs: [String: JSONOutput] = [:]
        var isFirst = true
        if isArray { try sink.append("[") }
        while let record = try records.next() {
            if isArray { try sink.append(isFirst ? "\n" : ",\n") }
            isFirst = false
            let kind = "\(record.way.module.name):\(record.way.field?.key ?? "")"
            var output =
                outputs[kind] ?? JSONOutput(record.rows.columns, to: sink, layout: isArray ? .embedded : .lines)
            try output.write(record.rows)
            outputs[kind] = output
        }
        if isArray { try sink.append(isFirst ? "]\n" : "\n]\n") }
    }
}
