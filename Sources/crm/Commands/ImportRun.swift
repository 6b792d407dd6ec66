import CLIKit
import CRMKit
import Formats
import Localization

/// One run of `import`.
struct ImportRun {
    private let session: Session
    private let module: Module
    private let invocation: Invocation
    private let path: String

    init(session: Session, module: Module) {
        self.session = session
        self.module = module
        invocation = session.invocation
        path = invocation.operands.first ?? "-"
    }

    func run() throws {
        let options = try options()
        let format = try format()
        let dialect = try DialectOptions(invocation).dialect()
        let encoding = try DialectOptions(invocation).encoding()
        let work = try RecordImport(module, registry: session.registry, options: options)
        var rows: InputRows
        do {
            rows = try InputRows(
                InputFile(path).open(encoding),
                format: format,
                dialect: dialect,
                name: module.name.rawValue
            )
        } catch let problem as RowProblem {
            try session.report(problem)
            throw CommandFailure(status: ExitStatus.rejected)
        }
        if invocation.isSet("show-mapping") { return try showMapping(work, rows) }
        try write(&rows, by: work, format: format, dialect: dialect, continuing: options.continuesOnError)
    }

    private func write(
        _ rows: inout InputRows,
        by work: RecordImport,
        format: InputFormat,
        dialect: CSVDialect?,
        continuing: Bool
    ) throws {
        let store = try session.openStore(for: .writing)
        let rejects = try invocation.value(of: "rejects").map {
            try RejectedRows(path: $0, format: format, dialect: dialect)
        }
        let interruption = Interruption()
        var progress = session.progress()
        let request = session.writeRequest()
        do {
            try store.write(request) { transaction in
                _ = try work.take(
                    from: &rows,
                    in: transaction,
                    reject: { problem, row in
                        try session.report(problem)
                        try rejects?.write(row, problem: problem, language: session.language)
                    },
                    advance: {
                        progress.advance()
                        try interruption.check()
                    }
                )
                try work.deleteMissing(in: transaction)
                if work.report.failed > 0, !continuing { throw Rejected() }
                progress.finish()
                try session.report(transaction.notices)
            }
        } catch is Rejected {
            progress.finish()
            try rejects?.finish()
            try ImportSummary(work.report, isCommitted: false).print(in: session)
            throw CommandFailure(status: ExitStatus.rejected)
        } catch {
            progress.finish()
            throw error
        }
        try rejects?.finish()
        try ImportSummary(work.report, isCommitted: !request.isDryRun).print(in: session)
        if work.report.failed > 0 { throw CommandFailure(status: ExitStatus.rejected) }
    }

    /// Rows were rejected, so that nothing is committed.
    private struct Rejected: Error {}

    private func options() throws -> ImportOptions {
        var options = ImportOptions()
        for pair in invocation.values(of: "map") {
            guard let equals = pair.lastIndex(of: "=") else {
                throw DialectOptions.unknown("map", pair, known: "'Their Column=field'")
            }
            options.map[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
        }
        options.ignoresUnknownColumns = invocation.isSet("ignore-unknown")
        options.cells = try DialectOptions(invocation).cells()
        options.match = invocation.words(of: "match")
        if let text = invocation.value(of: "on-match") {
            guard let action = ImportOptions.OnMatch(rawValue: text) else {
                throw DialectOptions.unknown(
                    "on-match",
                    text,
                    known: ImportOptions.OnMatch.allCases.map(\.rawValue).joined(separator: " ")
                )
            }
            options.onMatch = action
        }
        options.fillsOnlyEmpty = invocation.isSet("only-empty")
        options.deletesMissing = invocation.isSet("delete-missing")
        for noun in invocation.words(of: "create-missing") {
            guard let module = session.registry.find(ModuleName(rawValue: noun)) else {
                throw DialectOptions.unknown(
                    "create-missing",
                    noun,
                    known: session.registry.names.map(\.noun).joined(separator: " ")
                )
            }
            options.creates.insert(module.name)
        }
        options.continuesOnError = invocation.isSet("continue-on-error")
        return options
    }

    private func format() throws -> InputFormat {
        if let name = invocation.value(of: "input-format") {
            guard let format = InputFormat(rawValue: name), format != .id else {
                throw DialectOptions.unknown("input-format", name, known: "csv tsv json jsonl")
            }
            return format
        }
        let format = InputFormat(fileName: path)
        return format == .id ? .csv : format ?? .csv
    }

    private func showMapping(_ work: RecordImport, _ rows: InputRows) throws {
        let mapping = try work.mapping(of: rows)
        let names = mapping.map { ($0.header, $0.column?.name(in: module)) }
        if try session.outputFormat.isJSON {
            let members = names.map { header, name in
                JSONValue.object([
                    JSONMember("column", .string(header)), JSONMember("field", name.map(JSONValue.string) ?? .null),
                ])
            }
            return try session.print(.array(members))
        }
        let unknown = Text(en: "(unknown)", es: "(desconocida)")(in: session.language)
        try session.print(names.map { "\($0)\t\($1 ?? unknown)\n" }.joined())
    }
}

extension ImportColumn {
    /// How a mapping names it.
    fileprivate func name(in module: Module) -> String {
        switch self {
        case .field(let position): module.fields[position].key
        case .reference(let position, let prefix): "\(module.fields[position].key).\(prefix)"
        case .linked(let other, let prefix): other.rawValue + (prefix.map { ".\($0)" } ?? "")
        case .linkedList(let other): "\(other.rawValue)s"
        case .attribute(let key): "link.\(key)"
        case .ignored: "-"
        }
    }
}

/// The end of an import: what came of its rows.
struct ImportSummary {
    private let report: ImportReport
    private let isCommitted: Bool

    init(_ report: ImportReport, isCommitted: Bool) {
        self.report = report
        self.isCommitted = isCommitted
    }

    private var counts: [(key: String, label: Text, count: Int)] {
        [
            ("rows", Text(en: "rows", es: "filas"), report.rows),
            ("created", Text(en: "created", es: "creados"), report.created),
            ("updated", Text(en: "updated", es: "actualizados"), report.updated),
            ("unchanged", Text(en: "unchanged", es: "sin cambios"), report.unchanged),
            ("skipped", Text(en: "skipped", es: "omitidos"), report.skipped),
            ("linked", Text(en: "linked", es: "vinculados"), report.linked),
            ("created_missing", Text(en: "made because named", es: "creados por ser nombrados"), report.createdMissing),
            ("deleted", Text(en: "deleted", es: "eliminados"), report.deleted),
            ("failed", Text(en: "failed", es: "fallidos"), report.failed),
        ]
    }

    func print(in session: Session) throws {
        if try session.outputFormat.isJSON {
            let members = counts.map { JSONMember($0.key, .number(JSONNumber(Int64($0.count)))) }
            return try session.print(.object(members + [JSONMember("committed", .bool(isCommitted))]))
        }
        let words = counts.filter { $0.count > 0 || $0.key == "rows" }
            .map { "\($0.count) \($0.label(in: session.language))" }
        let tail = isCommitted ? "" : Text(en: "; nothing was saved", es: "; no se guardó nada")(in: session.language)
        try session.print(words.joined(separator: ", ") + tail + "\n")
    }
}

extension Session {
    /// Progress of long work, on standard error where a person looks at it.
    func progress() -> Progress {
        let error = FileDescriptor.standardError
        return Progress(
            on: !isQuiet && error.isCapableTerminal(in: environment) ? error : nil,
            language: language
        )
    }
}
