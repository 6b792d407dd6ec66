import CLIKit
import CRMKit
import Formats
import Localization

/// One run of `MODULE export`.
struct ExportRun {
    private let session: Session
    private let module: Module
    private let invocation: Invocation

    init(session: Session, module: Module) {
        self.session = session
        self.module = module
        invocation = session.invocation
    }

    func run() throws {
        if module.cards != nil, !invocation.isSet("json"), invocation.value(of: "format") == ExportCards.format {
            return try ExportCards(session: session, module: module).run()
        }
        let format = try format()
        let dialect = DialectOptions(invocation)
        let spelling = DelimitedOutput.Spelling(
            dialect: try dialect.dialect() ?? (format == .tsv ? .tsv : .csv()),
            cells: try dialect.cells(),
            isSpreadsheetSafe: invocation.isSet("spreadsheet-safe")
        )
        let encoding = try dialect.encoding()
        let store = try session.openStore(for: .reading)
        let rows = try query(store, format).rows(in: store)
        try session.withOutput(
            to: invocation.value(of: "output"),
            encoding: encoding ?? .utf8,
            // Only by the mark does Excel know UTF-8.
            byteOrderMark: encoding == nil && invocation.isSet("excel-es")
        ) { sink in
            var output: any RecordOutput =
                switch format {
                case .json: JSONOutput(rows.columns, to: sink, layout: .array)
                case .jsonl: JSONOutput(rows.columns, to: sink, layout: .lines)
                default:
                    DelimitedOutput(
                        rows.columns,
                        to: sink,
                        spelling: spelling,
                        hasHeader: !invocation.isSet("no-header")
                    )
                }
            try output.writeAll(rows)
        }
    }

    private func query(_ store: Store, _ format: OutputFormat) throws -> ListQuery {
        var query = try store.list(module)
        query.filters = invocation.values(of: "where")
        query.sort = invocation.words(of: "sort")
        let asked = invocation.words(of: "columns")
        query.columns = asked.isEmpty ? ["id"] + module.writableFields.map(\.key) : asked
        query.withNames = format.printsNames
        query.withLinks = invocation.isSet("links")
        return query
    }

    /// The form of the output; JSON has no use for what says how delimited text is spelled.
    private func format() throws -> OutputFormat {
        let name = invocation.isSet("json") ? OutputFormat.json.rawValue : invocation.value(of: "format") ?? "csv"
        guard let format = OutputFormat(rawValue: name), [.csv, .tsv, .json, .jsonl].contains(format) else {
            let cards = module.cards == nil ? "" : " \(ExportCards.format)"
            throw DialectOptions.unknown("format", name, known: "csv tsv json jsonl\(cards)")
        }
        let idle =
            switch format {
            case _ where invocation.isSet(ExportCards.versionOption): ExportCards.versionOption
            case .csv: nil as String?
            case .tsv: ["delimiter", "excel-es"].first(where: invocation.isSet)
            default: DialectOptions.writingNames.first(where: invocation.isSet)
            }
        if let idle {
            throw CRMError(
                .usage,
                Text(en: "--\(idle) says nothing about \(name)", es: "--\(idle) no se aplica a \(name)"),
                hint: Text(en: "leave it out, or write csv", es: "omitirlo, o escribir csv")
            )
        }
        return format
    }
}
