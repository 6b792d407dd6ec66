import CLIKit
import CRMKit
import Formats
import Localization

/// The options and operands of `export` on a command line.
struct ExportRequest {
    let view: String?
    let filters: [String]
    let sort: [String]
    let columns: [String]
    let hasLinks: Bool
    /// The part whose rows are the rows of the output; `nil` for records.
    let flat: Part?
    /// The output file; `-` or `nil` for standard output.
    let output: String?
    let dialect: Dialect
    let isSpreadsheetSafe: Bool
    let hasHeader: Bool
    let version: CardVersion?
    /// The name of the format.
    let form: String

    init(_ invocation: Invocation, _ module: Module) throws(UsageError) {
        view = invocation[SharedOptions.view()]
        filters = invocation[SharedOptions.filter()]
        sort = invocation[SharedOptions.sort()]
        columns = invocation[SharedOptions.columns()]
        hasLinks = invocation[ExportVerb.links()]
        flat = ExportVerb.flatParts(of: module).first { invocation[ExportVerb.flat($0)] }
        output = invocation[ExportVerb.output]
        dialect = try Dialect(invocation)
        isSpreadsheetSafe = invocation[DialectOptions.spreadsheetSafe]
        hasHeader = !invocation[GlobalOptions.noHeader]
        version = try invocation[ExportVerb.vcardVersion]
        // vCard and iCalendar are not an `OutputFormat`, so the name is read as text.
        if let name = invocation.formName {
            form = name
        } else {
            form = try Self.form(ofFile: output ?? "", of: module) ?? OutputFormat.csv.rawValue
        }
    }

    /// Returns the name of the format that the ending of a file's name stands for; `nil` for an ending without one.
    ///
    /// - Throws: ``UsageError`` for an ending of a format in which the module's records are not written, or of another
    ///   kind of file.
    private static func form(ofFile path: String, of module: Module) throws(UsageError) -> String? {
        if module.takesMail, path.lowercased().hasSuffix(".\(MailForm.mbox)") { return MailForm.mbox.rawValue }
        let ending = FileEnding(path)
        let form: String
        switch InputFormat(fileName: path) {
        case .csv?, .tsv?, .json?, .jsonl?: return InputFormat(fileName: path)?.rawValue
        case .vcard?:
            form = InputFormat.vcard.rawValue
            if module.cards != nil { return form }
        case .ics?:
            form = InputFormat.ics.rawValue
            if module.calendar != nil { return form }
        case .id?, .cfdi?, nil:
            guard let ending, ending.isForeign else { return nil }
            form = ending.text
        }
        let opensTables = ending?.isOfSpreadsheet ?? false
        throw .invalidValue(
            option: ExportVerb.output.spelling,
            value: path,
            expected: .worded(
                Text(
                    en: "\(module.several.en) cannot be written as \(form), as \"\(path)\" would be",
                    es: "\(module.spanish.theSeveral) no se escriben como \(form), como sería «\(path)»"
                ),
                hint: opensTables
                    ? Text(
                        en: "give the file the ending .csv, which spreadsheets open, or --format csv",
                        es: "dar al archivo la terminación .csv, que abren las hojas de cálculo, o --format csv"
                    )
                    : Text(
                        en: "give the file another ending, or --format csv",
                        es: "dar al archivo otra terminación, o --format csv"
                    )
            )
        )
    }
}

extension ExportRequest {
    /// The folder that the output is; `nil` for a file, and for standard output.
    var folder: String? {
        output.flatMap { $0.utf8.last == UInt8(ascii: "/") || FileStatus.isFolder($0) ? $0 : nil }
    }
}

extension Session {
    /// Returns the records that a request chooses, in its order.
    func chosen(by request: ExportRequest, of module: Module, in store: Store) throws -> ListQuery {
        var query = try store.list(module)
        query.filters = try store.filters(ofView: request.view, of: module) + request.filters
        try reportDoubts(of: request.filters, on: module, in: store)
        query.sort = request.sort
        return query
    }
}

/// A single run of `MODULE export`.
struct ExportRun {
    let request: ExportRequest
    let module: Module
    let session: Session

    func run() throws {
        if module.cards != nil, request.form == ExportCards.format {
            return try ExportCards(request: request, module: module, session: session).run()
        }
        if module.calendar != nil, request.form == ExportCalendars.format {
            return try ExportCalendars(request: request, module: module, session: session).run()
        }
        if let mail = MailExport(request, module: module, session: session) { return try mail.run() }
        let format = try format()
        let dialect = request.dialect
        let spelling = DelimitedOutput.Spelling(
            dialect: dialect.csv ?? (format == .tsv ? .tsv : .csv()),
            cells: dialect.cells,
            signsFractions: true,
            isSpreadsheetSafe: request.isSpreadsheetSafe
        )
        let store = try session.openStore(for: .reading)
        let rows = try query(store, format).rows(in: store)
        try session.withOutput(
            to: request.output,
            encoding: dialect.encoding ?? .utf8,
            // Excel recognizes UTF-8 only by the byte order mark.
            byteOrderMark: dialect.encoding == nil && dialect.isExcel
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
                        hasHeader: request.hasHeader
                    )
                }
            try output.writeAll([rows])
        }
    }

    private func query(_ store: Store, _ format: OutputFormat) throws -> ListQuery {
        var query = try store.list(module)
        let view = try request.view.map { try store.usableView($0, of: module) }
        query.filters = (view?.filters ?? []) + request.filters
        try session.reportDoubts(of: request.filters, on: module, in: store)
        query.sort = request.sort.isEmpty ? view?.sort ?? [] : request.sort
        let columns = request.columns.isEmpty ? view?.columns ?? [] : request.columns
        let rows = request.flat.map { part in
            ([Part.positionKey] + part.writableFields.map(\.key)).map { "\(part.name).\($0)" }
        }
        query.columns =
            columns.isEmpty
            ? ["id"] + module.writableFields.flatMap { defaultColumns(for: $0, format) } + (rows ?? []) : columns
        query.flat = request.flat
        query.withNames = format.printsNames
        if columns.isEmpty, request.flat == nil { query.parts = format.isJSON ? .whole : .byKind }
        query.withLinks = request.hasLinks
        return query
    }

    /// Returns the default columns for a field. For a reference these are the id and the name of the record; the name
    /// shows another database that the id belongs to another record there. JSON includes the name with the id.
    private func defaultColumns(for field: Field, _ format: OutputFormat) -> [String] {
        field.type.target == nil || format.isJSON
            ? [field.key] : [field.key, "\(field.key).name"]
    }

    private static let tables: [OutputFormat] = [.csv, .tsv, .json, .jsonl]

    /// Returns the names of the formats in which records of a module are exported.
    static func formatNames(of module: Module) -> [String] {
        tables.map(\.rawValue) + (module.cards == nil ? [] : [ExportCards.format])
            + (module.calendar == nil ? [] : [ExportCalendars.format])
            + (module.takesMail ? MailForm.allCases.map(\.rawValue) : [])
    }

    /// Returns the format of the output. Options for the dialect of delimited text are refused for JSON.
    private func format() throws -> OutputFormat {
        guard let format = OutputFormat(rawValue: request.form), Self.tables.contains(format) else {
            throw session.invocation.unknownFormat(request.form)
        }
        let idle: [any OptionDeclaration] =
            switch format {
            case .csv: []
            case .tsv: [DialectOptions.delimiter, DialectOptions.excel]
            default: DialectOptions.allWriting
            }
        try session.invocation.refuse([ExportVerb.vcardVersion] + idle, for: request.form, hint: ExportRun.elsewhere)
        return format
    }

    /// Advice on an option that a format does not support.
    static let elsewhere = Text(en: "leave it out, or write csv", es: "omitirlo, o escribir csv")
}
