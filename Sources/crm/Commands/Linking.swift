import CLIKit
import CRMKit
import Formats
import Localization

/// One run of `link` or `unlink`.
struct Linking {
    private let session: Session
    /// The module named first.
    private let near: Module
    /// The module named second.
    private let far: Module
    /// The one of both that is not the contact's.
    private let module: Module
    private let isUnlinking: Bool

    init(session: Session, module: Module, isUnlinking: Bool) throws {
        self.session = session
        near = module
        self.isUnlinking = isUnlinking
        guard let noun = session.invocation.path.names.last, let far = session.registry.find(ModuleName(rawValue: noun))
        else { throw CRMError(.usage, Text(en: "no other module is named", es: "no se nombra otro módulo")) }
        self.far = far
        self.module = module.name == session.registry.center ? far : module
    }

    func run() throws {
        let input = session.invocation.value(of: "input")
        if input == nil, session.invocation.operands.count < 2 {
            throw CRMError(
                .usage,
                Text(
                    en: "name one of the \(near.several.en) and one or more of the \(far.several.en), or give --input",
                    es: "nombrar un registro de \(near.several.es) y uno o más de \(far.several.es), o dar --input"
                ),
                hint: Text(
                    en: "see '\(session.invocation.path.line) --help'",
                    es: "ver '\(session.invocation.path.line) --help'"
                )
            )
        }
        let store = try session.openStore(for: .writing)
        let batch = try batch(store)
        let request = session.writeRequest()
        let interruption = Interruption()
        defer { interruption.release() }
        do {
            let report = try store.write(request) { transaction in
                let report = try run(batch, input: input, in: transaction, interruption)
                guard report.refused == 0 else { throw Refused(report: report) }
                return report
            }
            if request.isDryRun {
                try print(report, isCommitted: false)
            } else {
                try SavedButUnwritten.reporting { try print(report, isCommitted: true) }
            }
        } catch let refused as Refused {
            try print(refused.report, isCommitted: false)
            throw CommandFailure(status: ExitStatus.rejected)
        }
    }

    /// Rows were refused, so that nothing is committed.
    private struct Refused: Error {
        let report: LinkBatch.Report
    }

    private func run(
        _ batch: LinkBatch,
        input: String?,
        in transaction: Transaction,
        _ interruption: Interruption
    ) throws -> LinkBatch.Report {
        guard let input else {
            let ids = try session.invocation.operands.dropFirst().map { try transaction.store.id(of: $0, in: far) }
            return try batch.run(with: ids, in: transaction)
        }
        if session.invocation.operands.count > 1 {
            throw CRMError(
                .usage,
                Text(
                    en: "the \(far.several.en) come from the input and cannot be named beside it",
                    es: "los registros de \(far.several.es) vienen de la entrada y no pueden nombrarse además"
                )
            )
        }
        let source = try session.open(input)
        interruption.hold(reading: source)
        var failure: (any Error)?
        let report = try batch.run(
            source,
            format: try format(of: input),
            in: transaction
        ) { problem in
            do { try session.report(problem) } catch { failure = error }
        }
        if let failure { throw failure }
        try interruption.check()
        return report
    }

    private func batch(_ store: Store) throws -> LinkBatch {
        let invocation = session.invocation
        try LinkBatch.check(module, in: session.registry)
        let link = module.contacts.link
        var attributes = LinkAttributes(of: link ?? LinkDefinition())
        let action: LinkBatch.Action
        if isUnlinking {
            let date = try invocation.value(of: "ended").map { text in
                try store.date(from: text, for: "ended")
            }
            if let link, let role = invocation.value(of: "role") {
                attributes = try store.linkAttributes(link, from: [("role", role)])
            }
            action = .unlink(endedOn: date)
        } else {
            if let link { attributes = try LinkOptions(link).given(in: invocation, store: store) }
            action = .link(replacing: invocation.isSet("replace"))
        }
        return try LinkBatch(
            module,
            in: session.registry,
            action: action,
            fixed: try fixed(store),
            attributes: attributes
        )
    }

    private func fixed(_ store: Store) throws -> LinkBatch.Fixed {
        guard let reference = session.invocation.operands.first else { return .neither }
        let id = try store.id(of: reference, in: near)
        return near.name == session.registry.center ? .contact(id) : .record(id)
    }

    private func format(of input: String) throws -> InputFormat {
        if let name = session.invocation.value(of: "input-format") {
            guard let format = InputFormat(rawValue: name) else {
                throw CRMError(
                    .usage,
                    Text(en: "there is no input format \"\(name)\"", es: "no existe el formato de entrada «\(name)»"),
                    hint: Text(
                        en: "an input format is one of \(InputFormat.list)",
                        es: "un formato de entrada es uno de \(InputFormat.list)"
                    )
                )
            }
            return format
        }
        if let format = InputFormat(fileName: input) { return format }
        return session.invocation.operands.isEmpty ? .csv : .id
    }

    private func print(_ report: LinkBatch.Report, isCommitted: Bool) throws {
        let counts: [BulkSummary.Count] =
            isUnlinking
            ? [
                .init(
                    key: "unlinked",
                    label: .counting(report.ended, en: ("unlinked", "unlinked"), es: ("desvinculado", "desvinculados")),
                    count: report.ended
                ),
                .init(key: "not_linked", label: Text(en: "not linked", es: "sin vínculo"), count: report.notLinked),
            ]
            : [
                .linked(report.linked), .updated(report.updated),
                .init(
                    key: "already_linked",
                    label: .counting(
                        report.alreadyLinked,
                        en: ("already linked", "already linked"),
                        es: ("ya vinculado", "ya vinculados")
                    ),
                    count: report.alreadyLinked
                ),
                .init(
                    key: "ended",
                    label: .counting(report.ended, en: ("ended", "ended"), es: ("terminado", "terminados")),
                    count: report.ended
                ),
            ]
        let refused = BulkSummary.Count(
            key: "refused",
            label: .counting(report.refused, en: ("refused", "refused"), es: ("rechazado", "rechazados")),
            count: report.refused
        )
        try BulkSummary(
            counts: [.rows(report.rows, isShownAtZero: nil)] + counts + [refused],
            isCommitted: isCommitted
        ).print(in: session)
    }
}

extension Session {
    /// Opens a file named on the command line, or standard input for `-`.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be opened; `usage` for the standard input of a line
    ///   of a batch, which has none.
    func open(_ path: String, _ encoding: TextEncoding? = nil) throws -> ByteSource {
        guard line == nil || path != "-" else {
            throw CRMError(
                .usage,
                Text(
                    en: "a line of a batch has no standard input: name a file",
                    es: "una línea de un lote no tiene entrada estándar: nombrar un archivo"
                )
            )
        }
        return try InputFile(path).open(encoding)
    }
}

/// A file named on the command line, or standard input as `-`.
struct InputFile {
    private let path: String

    init(_ path: String) { self.path = path }

    /// - Parameter encoding: of its text; `nil` for UTF-8, or UTF-16 where the file begins as that does.
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be opened.
    func open(_ encoding: TextEncoding? = nil) throws -> ByteSource {
        if path == "-" { return ByteSource(encoding: encoding) }
        do {
            return try ByteSource(path: path, encoding: encoding)
        } catch {
            throw CRMError(unreadable: error, source: Text(path))
        }
    }
}
