import CLIKit
import CRMKit
import Formats
import Localization

/// The options and operands of `import` on a command line.
struct ImportRequest {
    /// The file; `-` for standard input.
    let path: String
    /// The format given by the option.
    let inputFormat: InputFormat?
    let options: ImportOptions
    let dialect: Dialect
    let showsMapping: Bool
    /// The path for rejected rows.
    let rejects: String?
    let batchSize: Int?
    let journal: String?
    /// Whether an option for matching rows is given.
    private let saysOnMatch: Bool
    /// The options that determine the records from the rows, by name.
    private let meaning: [String: String]

    init(_ invocation: Invocation, _ module: Module, _ registry: Registry) throws {
        let declared = ImportVerbOptions(module, registry)
        typealias Shared = ImportVerbOptions
        path = invocation.operands.first ?? "-"
        inputFormat = try invocation[declared.inputFormat]
        dialect = try Dialect(invocation)
        showsMapping = invocation[Shared.showMapping]
        rejects = invocation[Shared.rejects]
        batchSize = try invocation[Shared.batchSize]
        journal = invocation[Shared.journal]
        var options = ImportOptions()
        for mapping in try invocation[Shared.map] { options.map[mapping.column] = mapping.field }
        options.ignoresUnknownColumns = invocation[Shared.ignoreUnknown]
        options.cells = dialect.cells
        options.match = invocation[declared.match]
        saysOnMatch = invocation.has(Shared.onMatch)
        options.onMatch = try invocation[Shared.onMatch] ?? options.onMatch
        options.onRepeat = try invocation[Shared.onRepeat] ?? options.onRepeat
        options.fillsOnlyEmpty = invocation[Shared.onlyEmpty]
        options.deletesMissing = invocation[Shared.deleteMissing]
        options.handsOver = invocation[Shared.replace]
        options.creates = Set(try invocation[declared.createMissing].map(\.name))
        options.continuesOnError = invocation[Shared.continueOnError]
        self.options = options
        let told = declared.meaningful.filter(invocation.has).map { option in
            (option.option.long, invocation.texts(of: option).sorted().joined(separator: ","))
        }
        meaning = Dictionary(told) { $1 }
        try Self.check(invocation)
    }

    /// - Throws: ``CRMError`` `usage` for options that contradict each other.
    private static func check(_ invocation: Invocation) throws(CRMError) {
        typealias Options = ImportVerbOptions
        if !invocation.has(Options.journal), invocation.has(Options.batchSize) {
            throw CRMError(
                .usage,
                Text(
                    en: "--batch-size needs a --journal, so that a stopped import can go on",
                    es: "--batch-size necesita un --journal, para que una importación detenida pueda continuar"
                )
            )
        }
        let wholes: [Flag] = [Options.deleteMissing, Options.replace]
        if invocation.has(Options.journal), let whole = wholes.first(where: { invocation.has($0) }) {
            throw CRMError(
                .usage,
                Text(
                    en: "\(whole.spelling) needs the whole input in one transaction: leave --journal out",
                    es: "\(whole.spelling) necesita toda la entrada en una transacción: omitir --journal"
                )
            )
        }
    }

    /// Returns the format of the input: that of the option, otherwise that of the file name's extension.
    func format(of module: Module) -> InputFormat {
        if let inputFormat { return inputFormat }
        if FileStatus.isFolder(path) {
            if module.cards != nil { return .vcard }
            if module.calendar != nil { return .ics }
            if module.takesInvoices { return .cfdi }
        }
        let format = InputFormat(fileName: path)
        return format == .id ? .csv : format ?? .csv
    }

    /// The key of the field with the identity of an invoice.
    static let invoiceKey = "external_id"

    /// Returns the options for records in a format. Cards and invoices are matched by their identity unless an option
    /// says otherwise.
    func options(for format: InputFormat, of module: Module) -> ImportOptions {
        var options = options
        if format == .vcard, options.match.isEmpty, let cards = module.cards {
            options.match = [cards.identifier]
            options.addsUnmatchable = true
        }
        if format == .ics, options.match.isEmpty, let calendar = module.calendar {
            options.match = [calendar.identifier]
            options.addsUnmatchable = true
        }
        if format == .cfdi, options.match.isEmpty {
            // An invoice never changes, and later changes of its record must not be lost.
            options.match = [Self.invoiceKey]
            if !saysOnMatch { options.onMatch = .skip }
        }
        return options
    }

    /// Returns the options that determine the records from the rows, together with the format, which may come from the
    /// name of the file and so may change.
    func meaning(_ format: InputFormat, of module: Module) -> ImportMeaning {
        ImportMeaning(module: module.name, options: meaning.merging(["input-format": format.rawValue]) { $1 })
    }

    /// - Throws: ``CRMError`` `usage` if a given option does not apply to the input's format. JSON numbers always have
    ///   a point (RFC 8259, section 6).
    func refuseIdle(_ format: InputFormat, in invocation: Invocation) throws(CRMError) {
        typealias Options = ImportVerbOptions
        try DialectOptions.refuseIdle(format, dialect, in: invocation)
        guard format.isOfFolders else { return }
        var idle: [any OptionDeclaration] = [Options.map, Options.ignoreUnknown, Options.showMapping]
        if format == .cfdi { idle.append(Options.rejects) }
        try invocation.refuse(idle, for: format.rawValue, hint: Text(en: "leave it out", es: "omitirlo"))
    }
}

extension ImportRequest {
    /// Returns the key that identifies the records in a format of cards, events or invoices; `nil` for a table.
    private func identifier(_ format: InputFormat, of module: Module) -> String? {
        switch format {
        case .vcard: module.cards?.identifier
        case .ics: module.calendar?.identifier
        case .cfdi: Self.invoiceKey
        case .csv, .tsv, .json, .jsonl, .id: nil
        }
    }

    /// - Throws: ``CRMError`` `usage` if records should be matched by their ids in this database, which the format does
    ///   not contain.
    func refuseForeignMatch(_ format: InputFormat, of module: Module) throws(CRMError) {
        guard let own = identifier(format, of: module),
            let key = options.match.first(where: { module.field($0.lowercased())?.type == .identifier })
        else { return }
        throw CRMError(
            .usage,
            Text(
                en: "--match \(key): \(format.rawValue) holds no ids of this database",
                es: "--match \(key): \(format.rawValue) no lleva ids de esta base de datos"
            ),
            hint: Text(
                en: "leave it out: \(own) then tells whether a record is there already",
                es: "omitirlo: así \(own) dice si un registro ya existe"
            ),
            module: module.name
        )
    }
}

/// A single run of `import`.
struct ImportRun {
    private let session: Session
    private let module: Module
    private let request: ImportRequest

    init(_ request: ImportRequest, module: Module, session: Session) {
        self.session = session
        self.module = module
        self.request = request
    }

    private var path: String { request.path }

    func run() throws {
        let encoding = request.dialect.inputEncoding
        let named = request.format(of: module)
        // The files of a folder are opened one by one later.
        let isFolder = named.isOfFolders && FileStatus.isFolder(path)
        let source = isFolder ? ByteSource(bytes: []) : try session.open(path, encoding)
        let format = try session.interruption.ending(reading: source) { try known(source, named) } ?? named
        let options = request.options(for: format, of: module)
        try request.refuseIdle(format, in: session.invocation)
        try request.refuseForeignMatch(format, of: module)
        let work = try RecordImport(module, registry: session.registry, options: options)
        let batches = ImportBatches(request, meaning: request.meaning(format, of: module))
        source.feed(batches?.digest)
        work.digest = batches?.digest
        var rows: InputRows
        do {
            rows = try session.interruption.ending(reading: source) {
                try openFiles(source, format, options, encoding, batches?.digest) ?? openTable(source, format, work)
            }
            try work.refuseUnmet(in: rows)
            if request.showsMapping { return try showMapping(work, &rows) }
        } catch let problem as RowProblem {
            try session.report(problem)
            throw CommandFailure(status: ExitStatus.rejected)
        }
        let spelling = self.spelling(of: rows, source, format)
        let rejects = try rejectsPath()
        try checkJournal()
        let store = try session.openStore(for: .writing)
        if format == .cfdi, let own = try store.readSettings().stored[.company(.taxId)] { rows.setBuyer(taxID: own) }
        if batches != nil, try work.mayNameNumbers(in: rows, of: store) {
            try learnNumbers(for: work, format, options, encoding, of: store)
        }
        let taking = ImportTaking(
            session: session,
            store: store,
            source: source,
            work: work,
            openRejects: { try openRejects(rejects, as: spelling, keeping: $0) },
            options: options
        )
        try taking.run(&rows, in: batches)
    }

    /// Reads the input for the numbers that its rows name, before several change sets give some to others of them.
    private func learnNumbers(
        for work: RecordImport,
        _ format: InputFormat,
        _ options: ImportOptions,
        _ encoding: EncodingClaim?,
        of store: Store
    ) throws {
        guard path != "-", !FileStatus.isPipeOrDevice(path), !format.isOfFolders else { return work.missNumbers() }
        let source = try session.open(path, encoding)
        try session.interruption.ending(reading: source) {
            let scout = try RecordImport(module, registry: session.registry, options: options)
            var rows = try openTable(source, format, scout)
            try work.learnNumbers(by: scout, from: &rows, of: store, advance: session.interruption.check)
        }
    }

    /// Returns the form in which rejected rows are written, which is that of the input.
    private func spelling(of rows: InputRows, _ source: ByteSource, _ format: InputFormat) -> RejectedRows.Spelling {
        RejectedRows.Spelling(
            format: format,
            dialect: rows.dialect,
            header: rows.header ?? [],
            encoding: source.encoding,
            hasByteOrderMark: source.hasByteOrderMark || request.dialect.isExcel && source.encoding == .utf8
        )
    }

    /// - Returns: `nil` if rejected rows are not stored, as in a dry run.
    private func openRejects(
        _ path: String?,
        as spelling: RejectedRows.Spelling,
        keeping length: Int
    ) throws -> RejectedRows? {
        guard let path else { return nil }
        guard !session.isDryRun else {
            try Folders.checkWritable(for: path, areMade: false)
            return nil
        }
        return try RejectedRows(path: path, as: spelling, keeping: length)
    }

    /// Returns the path for rejected rows.
    ///
    /// - Throws: ``CRMError`` `usage` if it is the input, which would be overwritten.
    private func rejectsPath() throws -> String? {
        guard let rejects = request.rejects else { return nil }
        try session.refuseFileInTransaction()
        try session.checkIsFree(rejects, for: ImportVerbOptions.rejects.spelling, reading: try inputs())
        return rejects
    }

    /// Returns the format of an input without a declared one by its first bytes: an invoice or a calendar, if these can
    /// be imported; nil otherwise.
    private func known(_ source: ByteSource, _ format: InputFormat) throws -> InputFormat? {
        guard module.takesInvoices || module.calendar != nil, request.inputFormat == nil, format == .csv,
            InputFormat(fileName: path) == nil
        else { return nil }
        do {
            return switch try source.form() {
            case .markup where module.takesInvoices: .cfdi
            case .iCalendar where module.calendar != nil: .ics
            default: nil
            }
        } catch {
            throw CRMError(unreadable: error, source: Text(path))
        }
    }

    /// Checks that the journal is neither an input nor the file of rejected rows.
    private func checkJournal() throws {
        guard let journal = request.journal else { return }
        typealias Options = ImportVerbOptions
        try session.checkIsFree(
            journal,
            for: Options.journal.spelling,
            reading: try inputs(),
            besides: request.rejects.map { [(path: $0, option: Options.rejects.spelling)] } ?? []
        )
    }

    /// Returns the input files.
    private func inputs() throws -> [String] {
        guard FileStatus.isFolder(path) else { return [path] }
        return try ImportFiles(path, request.format(of: module), encoding: nil).paths()
    }

    /// Returns the rows of a format that may be spread over the files of a folder.
    private func openFiles(
        _ source: ByteSource,
        _ format: InputFormat,
        _ options: ImportOptions,
        _ encoding: EncodingClaim?,
        _ digest: InputDigest?
    ) throws -> InputRows? {
        guard format.isOfFolders, format != .cfdi || module.takesInvoices else { return nil }
        let input = ImportFiles(path, format, encoding: encoding)
        let files = try input.files(source, feeding: digest)
        if let notice = try input.folderNotice() { try session.note(notice) }
        if format == .cfdi { return InputRows(invoices: files) }
        if format == .ics {
            return InputRows(
                calendars: files,
                of: module,
                options: options,
                clock: try session.clock(),
                keepsRaw: request.rejects != nil
            )
        }
        return InputRows(cards: files, of: module, options: options, keepsRaw: request.rejects != nil)
    }

    /// Returns the rows of a format that is read from a single file.
    private func openTable(_ source: ByteSource, _ format: InputFormat, _ work: RecordImport) throws -> InputRows {
        try InputRows(
            source,
            format: format,
            dialect: request.dialect.csv,
            name: module.name.rawValue,
            keepsRaw: request.rejects != nil,
            nests: true,
            knowing: work.knows,
            sampling: work.samples
        )
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
            try session.print(.array(members))
        } else {
            let unknown = Text(en: "(unknown)", es: "(desconocida)")(in: session.language)
            try session.printForeign(names.map { "\($0)\t\($1 ?? unknown)\n" }.joined())
        }
        if mapping.contains(where: { $0.column == nil }), let remedy = rows.head?.remedy { try session.note(remedy) }
    }
}
