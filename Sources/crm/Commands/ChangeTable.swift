import CLIKit
import CRMKit
import Formats
import Localization

/// The changes of a write to the records of a module, field by field, before and after. Formats for people have a
/// column for each field, those for programs a row.
struct ChangeTable {
    private let module: Module
    private let mark: ChangeMark
    private let transaction: Transaction
    private let session: Session

    /// - Parameter mark: the position of the history before the write.
    init(of module: Module, since mark: ChangeMark, in transaction: Transaction, session: Session) {
        self.module = module
        self.mark = mark
        self.transaction = transaction
        self.session = session
    }

    /// Prints the changes in the requested format.
    func print() throws {
        let format = try session.outputFormat
        let words = LogWords(registry: session.registry, audience: try session.audience)
        switch format {
        case .table, .markdown: try printWide(words)
        case .json, .jsonl, .csv, .tsv, .id: try printLong(isByRecord: format.isJSON)
        }
    }

    private var lead: [Listing.Column] {
        [Listing.Column("id", en: "Id", es: "Id", isID: true), Listing.Column("name", en: "Name", es: "Nombre")]
    }

    private func printWide(_ words: LogWords) throws {
        let fields = try transaction.changedFields(of: module, since: mark)
        // Changes of parts and of other records are reported separately.
        guard !fields.isEmpty else { return }
        let columns = fields.map { Listing.Column($0.key, en: $0.label.en, es: $0.label.es) }
        try session.printListing(of: lead + columns, paged: true) { listing in
            try transaction.forEachChange(of: module, since: mark) { record in
                let cells = fields.map { field in
                    record.changes.first { $0.field.key == field.key }.map { words.arrow(.init($0)) } ?? ""
                }
                try listing.write(
                    Listing.Row(machine: [], people: ["\(record.id)", record.name ?? ""] + cells, json: .null)
                )
            }
        }
    }

    /// - Parameter isByRecord: whether each record has only one row.
    private func printLong(isByRecord: Bool) throws {
        let columns =
            lead + [
                Listing.Column("field", en: "Field", es: "Campo"), Listing.Column("before", en: "Before", es: "Antes"),
                Listing.Column("after", en: "After", es: "Después"),
            ]
        try session.printListing(of: columns) { listing in
            try transaction.forEachChange(of: module, since: mark) { record in
                let begin = ["\(record.id)", record.name ?? ""]
                guard !isByRecord else {
                    return try listing.write(Listing.Row(machine: begin, people: [], json: record.json))
                }
                for change in record.changes.map(LogEvent.Change.init) {
                    let sides = [change.before, change.after].map {
                        change.field.type.text(of: $0.value, currency: $0.currency)
                    }
                    try listing.write(
                        Listing.Row(machine: begin + [change.field.key] + sides, people: [], json: .null)
                    )
                }
            }
        }
    }
}

extension ChangedRecord {
    /// The change as JSON:
    /// `{"id":1,"name":"Ana","fields":[{"field":"stage","before":"proposal","after":"negotiation"}]}`
    fileprivate var json: JSONValue {
        .object([
            JSONMember("id", .integer(id)), JSONMember("name", .text(name)),
            JSONMember("fields", .array(changes.map { LogJSON.field(.init($0)) })),
        ])
    }
}
