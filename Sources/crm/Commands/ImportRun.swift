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
        let format = try format()
        let options = try options(format)
        let dialect = try DialectOptions(invocation).dialect()
        let encoding = try DialectOptions(invocation).inputEncoding()
        try DialectOptions(invocation).check(for: format)
        let work = try RecordImport(module, registry: session.registry, options: options)
        // Of a folder each file is opened when its turn comes.
        let isFolder = format == .vcard && FileStatus.isFolder(path)
        let source = isFolder ? ByteSource(bytes: []) : try session.open(path, encoding)
        let batches = try ImportBatches(invocation, meaning: meaning(format))
        source.feed(batches?.digest)
        var rows: InputRows
        do {
            rows =
                try openCards(source, format, options, encoding, batches?.digest)
                ?? InputRows(
                    source,
                    format: format,
                    dialect: dialect,
                    name: module.name.rawValue,
                    keepsRaw: invocation.isSet("rejects")
                )
            if invocation.isSet("show-mapping") { return try showMapping(work, &rows) }
        } catch let problem as RowProblem {
            try session.report(problem)
            throw CommandFailure(status: ExitStatus.rejected)
        }
        if batches != nil, let whole = ["delete-missing", "dry-run"].first(where: invocation.isSet) {
            throw CRMError(
                .usage,
                Text(
                    en: "--\(whole) needs the whole input in one transaction: leave --journal out",
                    es: "--\(whole) necesita toda la entrada en una transacción: omitir --journal"
                )
            )
        }
        let spelling = RejectedRows.Spelling(
            format: format,
            dialect: dialect,
            header: rows.header ?? [],
            encoding: source.encoding,
            hasByteOrderMark: source.hasByteOrderMark
        )
        let rejects = try rejectsPath()
        let taking = ImportTaking(
            session: session,
            store: try session.openStore(for: .writing),
            source: source,
            work: work,
            openRejects: { length in
                try rejects.map { try RejectedRows(path: $0, as: spelling, keeping: length) }
            },
            options: options
        )
        try taking.run(&rows, in: batches)
    }

    /// Where the rejected rows go.
    ///
    /// - Throws: ``CRMError`` `usage` where that is the input, of which nothing would be left.
    private func rejectsPath() throws -> String? {
        guard let rejects = invocation.value(of: "rejects") else { return nil }
        guard !FileStatus.areSame(rejects, path == "-" ? "/dev/stdin" : path) else {
            throw CRMError(
                .usage,
                Text(
                    en: "--rejects would overwrite the input, \(rejects)",
                    es: "--rejects sobrescribiría la entrada, \(rejects)"
                ),
                hint: Text(en: "name another file", es: "indicar otro archivo")
            )
        }
        return rejects
    }

    private func openCards(
        _ source: ByteSource,
        _ format: InputFormat,
        _ options: ImportOptions,
        _ encoding: TextEncoding?,
        _ digest: InputDigest?
    ) throws -> InputRows? {
        guard format == .vcard else { return nil }
        if let idle = ["map", "ignore-unknown", "show-mapping"].first(where: invocation.isSet) {
            throw CRMError(
                .usage,
                Text(en: "--\(idle) says nothing about vcard", es: "--\(idle) no se aplica a vcard"),
                hint: Text(en: "leave it out", es: "omitirlo")
            )
        }
        return InputRows(
            cards: try ImportCards(path, encoding: encoding).files(source, feeding: digest),
            of: module,
            options: options,
            keepsRaw: invocation.isSet("rejects")
        )
    }

    private func options(_ format: InputFormat) throws -> ImportOptions {
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
        if format == .vcard, options.match.isEmpty, let cards = module.cards {
            options.match = [cards.identifier]
            options.addsUnmatchable = true
        }
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

    /// What decides which records the rows become. The format may be told by the name of the file, which may change.
    private func meaning(_ format: InputFormat) -> ImportMeaning {
        let grammar = ImportGrammar(module, registry: session.registry)
        var options = ["input-format": format.rawValue]
        for name in grammar.meaningful.map(\.long) where name != "input-format" && invocation.isSet(name) {
            options[name] = invocation.values(of: name).sorted().joined(separator: ",")
        }
        return ImportMeaning(module: module.name, options: options)
    }

    private func format() throws -> InputFormat {
        if let name = invocation.value(of: "input-format") {
            let known = ImportGrammar.formats(of: module)
            guard let format = InputFormat(rawValue: name), known.contains(name) else {
                throw DialectOptions.unknown("input-format", name, known: known.joined(separator: " "))
            }
            return format
        }
        if module.cards != nil, FileStatus.isFolder(path) { return .vcard }
        let format = InputFormat(fileName: path)
        return format == .id ? .csv : format ?? .csv
    }

    private func showMapping(_ work: RecordImport, _ rows: inout InputRows) throws {
        let mapping = try work.mapping(of: &rows)
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
