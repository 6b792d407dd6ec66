import CLIKit
import CRMKit
import Formats
import Localization

/// The formats in which `email export` writes whole, unchanged messages.
enum MailForm: String, CaseIterable {
    /// A single file, with lines that begin with `From ` quoted as in mboxrd.
    case mbox
    /// A folder with a file for each message.
    case maildir
}

/// A single run of `email export` of whole messages.
struct MailExport {
    private let form: MailForm
    private let request: ExportRequest
    private let module: Module
    private let session: Session

    /// - Returns: `nil` if another format is requested, or if the module has no messages.
    init?(_ request: ExportRequest, module: Module, session: Session) {
        guard module.takesMail, let form = MailForm(rawValue: request.form) else { return nil }
        self.form = form
        self.request = request
        self.module = module
        self.session = session
    }

    /// A stored message.
    private struct Message {
        let id: Int64
        let from: String
        let date: MailDate
        let isQuoted: Bool
        let reader: ContentReader
    }

    /// The options that say something only of tables.
    private var idle: [any OptionDeclaration] {
        let flat: [any OptionDeclaration] = ExportVerb.flatParts(of: module).map(ExportVerb.flat)
        return [SharedOptions.columns(), ExportVerb.links()] + flat + DialectOptions.allWriting
    }

    func run() throws {
        try session.invocation.refuse(idle, for: form.rawValue, hint: ExportRun.elsewhere)
        let store = try session.openStore(for: .reading)
        let ids = try session.chosen(by: request, of: module, in: store).ids(in: store)
        var bare = 0
        var count = 0
        func forEach(_ body: (Message) throws -> Void) throws {
            for id in ids {
                guard let message = try message(id, in: store) else {
                    bare += 1
                    continue
                }
                count += 1
                try body(message)
            }
        }
        switch form {
        case .mbox:
            try session.withOutput(to: request.output) { sink in
                try forEach { try write($0, to: sink) }
            }
        case .maildir: try writeFolder(forEach)
        }
        try session.note(Text(en: "messages written: \(count)", es: "mensajes escritos: \(count)"))
        if bare > 0 {
            try session.note(
                .counting(
                    bare,
                    en: (
                        "1 was added without its message and was left out",
                        "\(bare) were added without their message and were left out"
                    ),
                    es: (
                        "1 se agregó sin su mensaje y se omitió", "\(bare) se agregaron sin su mensaje y se omitieron"
                    )
                )
            )
        }
    }

    private func message(_ id: Int64, in store: Store) throws -> Message? {
        let mail = try store.mail(id)
        guard let sha256 = mail.sha256, let reader = try store.openContent(sha256) else { return nil }
        let from = mail.people.first { $0.field == "from" }.flatMap { MailAddress.list($0.text).first?.address }
        return Message(
            id: id,
            from: from ?? "MAILER-DAEMON",
            date: MailDate(seconds: mail.date.flatMap(Moment.init(stored:))?.secondsSinceEpoch ?? 0),
            isQuoted: mail.isQuoted,
            reader: reader
        )
    }

    // MARK: - mbox

    private func write(_ message: Message, to sink: ByteSink) throws {
        let sender = message.from.filter { $0.isASCII && !$0.isWhitespace }
        try sink.append("From \(sender.isEmpty ? "MAILER-DAEMON" : sender) \(message.date.separatorText)\n")
        // A message from an mbox file is quoted already.
        var lines = FromQuoting(adding: true)
        var last: UInt8 = UInt8(ascii: "\n")
        try message.reader.forEachPiece { piece in
            last = piece.last ?? last
            if message.isQuoted { try sink.append(piece) } else { try lines.append(piece, to: sink) }
        }
        try lines.finish(to: sink)
        if last != UInt8(ascii: "\n") { try sink.append("\n") }
        try sink.append("\n")
    }

    // MARK: - Maildir

    private func writeFolder(_ forEach: ((Message) throws -> Void) throws -> Void) throws {
        guard let folder = request.output, folder != "-" else {
            throw CRMError(
                .usage,
                Text(en: "a Maildir is a folder", es: "un Maildir es una carpeta"),
                hint: Text(en: "name it with --output", es: "indicarla con --output"),
                module: module.name
            )
        }
        try session.refuseFileInTransaction()
        for path in [folder, "\(folder)/cur", "\(folder)/new", "\(folder)/tmp"] { try Folders.makeFolder(path) }
        let writer = AtomicFolder("\(folder)/cur", session.interruption)
        try forEach { message in
            let name = "\(message.date.seconds).\(message.id)_\(message.reader.content.sha256.prefix(16)).crm:2,S"
            try writer.write(name) { sink in
                var lines = FromQuoting(adding: false)
                try message.reader.forEachPiece { piece in
                    if message.isQuoted { try lines.append(piece, to: sink) } else { try sink.append(piece) }
                }
                try lines.finish(to: sink)
            }
        }
        try writer.publish()
        session.interruption.pass()
    }
}
