import CLIKit
import CRMKit
import Formats
import Localization

/// The options and operands of `link` and `unlink` on a command line.
struct LinkRequest {
    /// The change to make to the links.
    enum Change {
        /// Creates links, with attributes given as texts with their keys.
        case link(attributes: [(key: String, text: String)], isReplacing: Bool)
        /// Removes links or, if a date is given as text, ends them on that date.
        case unlink(role: String?, endedOn: String?)
    }

    /// The record on this side; `nil` if the input names it.
    let near: String?
    /// The records on the other side.
    let far: [String]
    /// The input file; `-` for standard input.
    let input: String?
    let inputFormat: InputFormat?
    let dialect: Dialect
    /// Whether unknown columns are skipped.
    let ignoresUnknownColumns: Bool
    let change: Change
    /// The filters that choose the records on the other side; `nil` if they are named.
    let choice: RecordChoice?

    init(_ invocation: Invocation, _ link: LinkDefinition?, isUnlinking: Bool) throws(UsageError) {
        near = invocation.operands.first
        far = Array(invocation.operands.dropFirst())
        choice = RecordChoice(invocation)
        input = invocation[SharedOptions.input]
        inputFormat = try invocation[LinkVerb.inputFormat]
        dialect = try Dialect(invocation)
        ignoresUnknownColumns = invocation[LinkGrammar.ignoreUnknown]
        if isUnlinking {
            let role = link?.attribute("role").map(UnlinkVerb.role)
            change = .unlink(role: role.flatMap { invocation[$0] }, endedOn: invocation[UnlinkVerb.ended])
        } else {
            let attributes = link.map { LinkOptions($0).texts(in: invocation) } ?? []
            change = .link(attributes: attributes, isReplacing: invocation[LinkVerb.replace])
        }
    }

    /// Returns the format of the input: that of the option or of the file name's extension; otherwise references if one
    /// side is named, or CSV. Where none is, a text is a table too, as spreadsheets save it, with tabs.
    func format(of input: String) -> InputFormat {
        if let inputFormat { return inputFormat }
        let named = InputFormat(fileName: input)
        return named == .id && near == nil ? .csv : named ?? (near == nil ? .csv : .id)
    }
}

/// A single run of `link` or `unlink`.
struct Linking {
    private let session: Session
    private let request: LinkRequest
    /// The module named first.
    private let near: Module
    /// The module named second.
    private let far: Module
    /// The module that is not the contacts' one.
    private let module: Module

    init(_ request: LinkRequest, from near: Module, to far: Module, session: Session) {
        self.session = session
        self.request = request
        self.near = near
        self.far = far
        module = near.name == session.registry.center ? far : near
    }

    func run() throws {
        let input = request.input
        try checkSides()
        let store = try session.openStore(for: .writing)
        let batch = try batch(store)
        if let choice = request.choice {
            let question =
                isUnlinking
                ? Text(en: "Unlink them?", es: "¿Desvincular?") : Text(en: "Link them?", es: "¿Vincular?")
            let write = BulkWrite(choice: choice, module: far, session: session, question: question)
            guard try write.confirmed(in: store) != nil else {
                return try session.tellOutcome { try print(LinkBatch.Report(), isCommitted: $0) }
            }
        }
        // Nothing has to be rolled back yet if this waits for the other end of a pipe.
        let rows = try input.map(open)
        try session.writeWhole(to: store, { try run(batch, rows, in: $0) }, tell: print)
    }

    /// Checks that each side is named in exactly one way.
    private func checkSides() throws {
        let hint = UsageError.seeHelp(of: session.invocation.path.line)
        let isChosen = request.choice != nil
        if request.far.contains("-") {
            throw CRMError(
                .usage,
                Text(en: "references are not read from -", es: "las referencias no se leen de -"),
                hint: Text(
                    en: "give --input - to read them from standard input, one a line",
                    es: "dar --input - para leerlas de la entrada estándar, una por línea"
                )
            )
        }
        if isChosen, request.input != nil || !request.far.isEmpty {
            throw CRMError(
                .usage,
                Text(
                    en: "--where chooses the \(far.several.en), which cannot be named or read beside it",
                    es: "--where elige \(far.spanish.theSeveral), que no pueden nombrarse ni leerse además"
                ),
                hint: hint
            )
        }
        guard isChosen ? request.near == nil : request.input == nil && request.far.isEmpty else { return }
        throw CRMError(
            .usage,
            Text(
                en:
                    "name one of the \(near.several.en) and one or more of the \(far.several.en), or give --input or --where",
                es: "nombrar \(near.spanish.a) y \(far.spanish.a) o más, o dar --input o --where"
            ),
            hint: hint
        )
    }

    /// The opened input with the links.
    private struct Rows {
        let source: ByteSource
        let format: InputFormat
    }

    private func open(_ input: String) throws -> Rows {
        if !request.far.isEmpty {
            throw CRMError(
                .usage,
                Text(
                    en: "the \(far.several.en) come from the input and cannot be named beside it",
                    es: "\(far.spanish.theSeveral) vienen de la entrada y no pueden nombrarse además"
                )
            )
        }
        let format = request.format(of: input)
        try DialectOptions.refuseIdle(format, request.dialect, in: session.invocation)
        return Rows(source: try session.open(input, request.dialect.inputEncoding), format: format)
    }

    private func run(
        _ batch: LinkBatch,
        _ rows: Rows?,
        in transaction: Transaction
    ) throws -> LinkBatch.Report {
        if let choice = request.choice {
            try session.reportDoubts(of: choice.filters, on: far, in: transaction.store)
            return try batch.run(
                with: transaction.store.choose(far, where: choice.filters(of: far, in: transaction.store)),
                in: transaction
            )
        }
        guard let rows else {
            try session.invocation.refuse(
                DialectOptions.allReading,
                for: Text(en: "records that are named here", es: "registros que se nombran aquí"),
                hint: Text(
                    en: "give a file with --input, or leave it out",
                    es: "dar un archivo con --input, u omitirla"
                )
            )
            let ids = try request.far.map { try transaction.store.id(of: $0, in: far) }
            return try batch.run(with: ids, in: transaction)
        }
        return try session.readWhole(rows.source) { reject in
            try batch.run(
                rows.source,
                format: rows.format,
                dialect: request.dialect.csv,
                cells: request.dialect.cells,
                in: transaction,
                reject: reject
            )
        }
    }

    private func batch(_ store: Store) throws -> LinkBatch {
        try LinkBatch.check(module, in: session.registry)
        let link = module.contacts.link
        var attributes = LinkAttributes(of: link ?? LinkDefinition())
        let action: LinkBatch.Action
        switch request.change {
        case .unlink(let role, let end):
            let date = try end.map { try store.date(from: $0, for: "ended") }
            if let link, let role { attributes = try store.linkAttributes(link, from: [("role", role)]) }
            action = .unlink(endedOn: date)
        case .link(let texts, let isReplacing):
            if let link { attributes = try store.linkAttributes(link, from: texts) }
            action = .link(replacing: isReplacing)
        }
        return try LinkBatch(
            module,
            in: session.registry,
            action: action,
            fixed: try fixed(store),
            attributes: attributes,
            ignoresUnknownColumns: request.ignoresUnknownColumns
        )
    }

    private func fixed(_ store: Store) throws -> LinkBatch.Fixed {
        guard let reference = request.near else { return .neither }
        let id = try store.id(of: reference, in: near)
        return near.name == session.registry.center ? .contact(id) : .record(id)
    }

    private var isUnlinking: Bool {
        if case .unlink = request.change { true } else { false }
    }

    private func print(_ report: LinkBatch.Report, isCommitted: Bool) throws {
        let counts: [BulkSummary.Count] =
            isUnlinking
            ? [
                .init(
                    key: "unlinked",
                    label: .participle("unlinked", "desvinculad", report.ended, of: far),
                    count: report.ended
                ),
                .init(key: "not_linked", label: Text(en: "not linked", es: "sin vínculo"), count: report.notLinked),
            ]
            : [
                .linked(report.linked, of: far), .updated(report.updated, of: far),
                .init(
                    key: "already_linked",
                    label: .participle("already linked", "ya vinculad", report.alreadyLinked, of: far),
                    count: report.alreadyLinked
                ),
                .init(
                    key: "ended",
                    label: .participle("ended", "terminad", report.ended, of: far),
                    count: report.ended
                ),
            ]
        try BulkSummary(
            counts: [.rows(report.rows, isShownAtZero: nil)] + counts + [.refused(report.refused)],
            isCommitted: isCommitted
        ).print(in: session)
    }
}
