import CLIKit
import CRMKit
import Formats
import Localization

/// A single run of `email import`: the import of a message, of a mailbox, or of a folder of messages or mailboxes.
struct MailImportRun {
    private let paths: [String]
    private let createsContacts: Bool
    private let session: Session

    /// - Returns: `nil` if the input is a table or a list of records, according to an option or to the file's name.
    init?(_ module: Module, in session: Session) throws {
        guard module.takesMail else { return nil }
        let invocation = session.invocation
        let options = ImportVerbOptions(module, session.registry)
        paths = invocation.operands.isEmpty ? ["-"] : invocation.operands
        if try invocation[options.inputFormat] != nil || paths.contains(where: Self.namesRecords) {
            if paths.count > 1 { throw Self.severalTables }
            return nil
        }
        let made = try invocation[options.createMissing].map(\.name)
        createsContacts = made.contains(.contact)
        self.session = session
        try refuseOthers(made)
    }

    private static let severalTables = CRMError(
        .usage,
        Text(
            en: "of several files each is mail: a table or a list is taken in alone",
            es: "si son varios archivos, cada uno es correo: una tabla o una lista se importa sola"
        ),
        module: .email
    )

    private static func namesRecords(_ path: String) -> Bool {
        guard path != "-", !FileStatus.isFolder(path), let format = InputFormat(fileName: path) else { return false }
        // The format of ids cannot be imported: a file with such a name is text, and a message may be text.
        return format != .id
    }

    /// - Throws: ``CRMError`` `usage` if a given option applies only to rows.
    private func refuseOthers(_ made: [ModuleName]) throws {
        typealias Options = ImportVerbOptions
        let options = Options(session.registry[.email], session.registry)
        let idle = options.all.filter { option in
            ![
                options.createMissing.spelling, WritingOptions.dryRun.spelling, WritingOptions.create.spelling,
                WritingOptions.force.spelling, Options.continueOnError.spelling,
            ].contains(option.spelling)
        }
        try session.invocation.refuse(
            idle,
            for: Text(en: "mail", es: "correo"),
            hint: Text(
                en: "leave it out, or say --input-format of a table",
                es: "omitirlo, o indicar --input-format de una tabla"
            )
        )
        guard let other = made.first(where: { $0 != .contact }) else { return }
        throw CRMError(
            .usage,
            Text(
                en: "mail makes contacts, no \(session.registry[other].several.en)",
                es: "el correo crea contactos, no \(session.registry[other].several.es)"
            ),
            hint: Text("--create-missing contact")
        )
    }

    func run() throws {
        let store = try session.openStore(for: .writing)
        let request = session.writeRequest()
        var progress = session.rowProgress
        defer { progress.finish() }
        // Nothing is locked while waiting for a pipe.
        let first = try paths[0] == "-" || FileStatus.isFolder(paths[0]) ? nil : opened(paths[0])
        if paths[0] == "-", session.line == nil { FileDescriptor.standardInput.waitForBytes() }
        var setAsideFiles = 0
        var report = try store.write(request) { transaction in
            let work = try MailImport(
                creatingContacts: createsContacts,
                extractingBy: TextExtraction(session).extract,
                in: transaction
            )
            for (index, path) in paths.enumerated() {
                setAsideFiles += try takeAll(path, index == 0 ? first : nil, into: work) { progress.advance() }
            }
            progress.finish()
            try session.report(of: transaction)
            return work.report
        }
        report.setAside += setAsideFiles
        try session.tellOutcome { try tell(report, isCommitted: $0) }
        if report.completed > 0 { try session.noteContentsOnly() }
        if report.created + report.completed > 0, !report.knowsOwnAddresses { try tellOwnAddresses() }
        if report.setAside > 0 { try tellSetAside(report.setAside) }
        if report.failed > 0 { throw CommandFailure(status: ExitStatus.rejected) }
    }

    /// Imports all messages at a path.
    ///
    /// - Returns: the number of files skipped because they are marked as deleted or as drafts.
    private func takeAll(
        _ path: String,
        _ source: RawSource?,
        into work: MailImport,
        advance: () -> Void
    ) throws -> Int {
        guard path != "-" else {
            let input = FoundFile(path: nil, name: nil, folder: nil)
            try take(opened(path), input, isArriving: true, into: work, advance)
            return 0
        }
        guard FileStatus.isFolder(path) else {
            try take(source ?? opened(path), FoundFile(path), into: work, advance)
            return 0
        }
        var (count, setAside) = (0, 0)
        var (passedOver, noFiles): ([String], [String]) = ([], [])
        try MailFolder(path: path).forEachFile { file in
            count += 1
            try take(waiting(file.open()), file, into: work, advance)
        } passingOver: { file, omission in
            switch omission {
            case .foreign: passedOver.append(file)
            case .noFile: noFiles.append(file)
            case .setAside: setAside += 1
            }
        }
        if !passedOver.isEmpty { try tellPassedOver(passedOver) }
        if !noFiles.isEmpty { try tellNoFiles(noFiles) }
        if count + setAside == 0 { try noteNone(in: path) }
        return setAside
    }

    private func noteNone(in path: String) throws {
        try session.note(Text(en: "\(path) holds no mail", es: "\(path) no contiene correo"))
    }

    private func tellSetAside(_ count: Int) throws {
        try session.note(
            Text(
                en: "passed over what is a draft or marked as deleted in its mailbox: \(count)",
                es: "se omitió lo que es un borrador o está marcado como eliminado en su buzón: \(count)"
            )
        )
    }

    private func tellNoFiles(_ paths: [String]) throws {
        let shown = Self.shown(paths)
        try session.note(
            Text(
                en: "passed over what is no file, nor a link to one: \(shown)",
                es: "se omitió lo que no es un archivo ni un enlace a uno: \(shown)"
            )
        )
    }

    private static func shown(_ paths: [String]) -> String {
        paths.prefix(mostShown).joined(separator: ", ") + (paths.count > mostShown ? ", …" : "")
    }

    private func tellPassedOver(_ files: [String]) throws {
        let shown = Self.shown(files)
        try session.note(
            Text(
                en: "passed over what is no mail as it is sent; save it as .eml or mbox: \(shown)",
                es: "se omitió lo que no es correo tal como se envía; guardarlo como .eml o mbox: \(shown)"
            )
        )
    }

    /// The number of files listed, enough to find the others.
    private static let mostShown = 5

    private func opened(_ path: String) throws -> RawSource { waiting(try session.openRaw(path)) }

    /// Returns a source in which each read waits until there are bytes or the program is asked to stop.
    private func waiting(_ source: RawSource) -> RawSource {
        source.wait(by: session.interruption.isReady)
        return source
    }

    /// Imports the messages of a source. Anything that is not a message is reported, without affecting the others.
    ///
    /// - Parameters:
    ///   - file: the file of the source.
    ///   - isArriving: whether the mail is being delivered, rather than read from a mailbox.
    private func take(
        _ source: RawSource,
        _ file: FoundFile,
        isArriving: Bool = false,
        into work: MailImport,
        _ advance: () -> Void
    ) throws {
        let name = file.shown
        var reader = MailboxReader(source)
        var count = 0
        try CRMError.reading(name) {
            try reader.begin()
            if reader.strayBytes > 0 { try tellStray(reader.strayBytes, name) }
            let isOfMbox = reader.form == .mbox
            while let outcome = try work.take(
                isOfMbox: isOfMbox,
                passingOverSetAside: isOfMbox && !isArriving,
                deliveredAt: { reader.deliveredAt },
                setAside: { reader.isSetAside },
                { try reader.next($0) }
            ) {
                count += 1
                advance()
                if outcome == .rejected {
                    try tellRejected(isOfMbox ? count : nil, name)
                    if count == 1, let advice = try MailFolder.advice(on: file) { try session.note(advice) }
                }
            }
        }
        if count == 0 { try session.note(Text(en: "\(name.en) is empty", es: "\(name.es) no contiene nada")) }
    }

    private func tellStray(_ count: Int, _ name: Text) throws {
        try session.note(
            Text(
                en: "\(name.en): \(count) bytes before the first message are of none; they were passed over",
                es: "\(name.es): \(count) bytes antes del primer mensaje no son de ninguno; se pasaron por alto"
            )
        )
    }

    private func tellRejected(_ number: Int?, _ name: Text) throws {
        let place = number.map { Text(en: "\(name.en), message \($0)", es: "\(name.es), mensaje \($0)") } ?? name
        try session.note(
            Text(
                en: "\(place.en): no message, it has no header of mail; it was not taken",
                es: "\(place.es): no es un mensaje, no tiene encabezado de correo; no se tomó"
            )
        )
    }

    private func tellOwnAddresses() throws {
        let command = "\(ProgramName.placeholder) config set mail.me 'ana@example.org example.com'"
        try session.note(
            Text(
                en: """
                    what came and what went is told apart once it is said whose mail it is: \(command); of what is there by \
                    email relink
                    """,
                es: """
                    lo que llegó y lo que salió se distingue cuando se indica de quién es el correo: \(command); de lo que \
                    ya está, con email relink
                    """
            )
        )
    }

    private func tell(_ report: MailImport.Report, isCommitted: Bool) throws {
        let counts: [BulkSummary.Count] = [
            .init(
                key: "messages",
                label: .counting(report.messages, en: ("message", "messages"), es: ("mensaje", "mensajes")),
                count: report.messages,
                isShownAtZero: true
            ),
            .created(report.created, of: session.registry[.email]),
            .updated(report.completed, of: session.registry[.email]), .unchanged(report.unchanged),
            .linked(report.linked),
            .init(
                key: "documents",
                label: .counting(
                    report.documents,
                    en: ("document made", "documents made"),
                    es: ("archivo creado", "archivos creados")
                ),
                count: report.documents
            ),
            .init(
                key: "bounced",
                label: .counting(
                    report.bounced,
                    en: ("address undeliverable", "addresses undeliverable"),
                    es: ("dirección rebotada", "direcciones rebotadas")
                ),
                count: report.bounced
            ),
            .init(
                key: "contacts",
                label: .counting(
                    report.contacts,
                    en: ("contact made", "contacts made"),
                    es: ("contacto creado", "contactos creados")
                ),
                count: report.contacts
            ),
            .failed(report.failed, of: session.registry[.email]),
        ]
        try BulkSummary(counts: counts, isCommitted: isCommitted).print(in: session)
    }
}
