import CLIKit
import CRMKit
import Formats
import Localization

/// A single run of `email draft`.
struct EmailDraftRun {
    private let module: Module
    private let session: Session
    private var invocation: Invocation { session.invocation }
    private typealias Options = EmailDraftVerb

    /// The maximum size of a text in bytes, since texts are read whole.
    private static let longestText = 16 << 20

    init(module: Module, session: Session) {
        self.module = module
        self.session = session
    }

    /// The message that is answered.
    private struct Answered {
        let id: Int64
        let values: [String: String]
        /// The addresses that the message names for replies; empty if it names none.
        private let replyTo: String

        init(_ id: Int64, in store: Store, _ module: Module) throws {
            self.id = id
            let columns = ["message_id", "subject", "from", "to", "references", "direction", "date", "text"]
            values = try store.texts(columns, of: id, in: module)
            replyTo = MailAddress.text(try store.mail(id).people("reply-to", in: store))
        }

        /// The message id, if the message has one of its own.
        var messageID: String? { values["message_id"].flatMap { $0.contains("@") ? $0 : nil } }

        var references: [String] {
            (values["references"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
                + (messageID.map { [$0] } ?? [])
        }

        /// The recipients of a reply: the addresses that the message names for replies, otherwise its author (RFC 5322
        /// section 3.6.2). For a message that the user sent, its recipients.
        var people: String? {
            if values["direction"] == "outgoing" { return values["to"] }
            return replyTo.isEmpty ? values["from"] : replyTo
        }

        /// Returns the contact whom a reply is to; `nil` if no contact or several are linked with the message as such.
        func contact(in store: Store, _ contacts: Module) throws -> Int64? {
            let role = values["direction"] == "outgoing" ? "to" : "from"
            let linked = try store.ids(of: contacts, where: ["has emails(id = \(id) and link.role = \(role))"])
            return linked.count == 1 ? linked.first : nil
        }

        var subject: String { MailSubject.ofAnswer(to: values["subject"] ?? "") }

        /// Returns the text of the message as a quotation, with a mark before each line.
        func quoted(for audience: Audience) -> String {
            let author = values["from"] ?? ""
            let day = values["date"].flatMap { $0.isEmpty ? nil : audience.clock.day(ofStored: $0) }
            let who =
                day.map { Text(en: "\(author) wrote on \($0):", es: "El \($0), \(author) escribió:") }
                ?? Text(en: "\(author) wrote:", es: "\(author) escribió:")
            let lines = (values["text"] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            let quotation = lines.map { $0.hasPrefix(">") ? ">\($0)\n" : "> \($0)\n" }.joined()
            return "\n\(who(in: audience.language))\n" + quotation
        }
    }

    func run() throws {
        let isSent = invocation[Options.send]
        let command = try isSent ? checkSending() : nil
        let store = try session.openStore(for: isSent ? .writing : .reading)
        let composition = try MailComposition(from: invocation[Options.from], session: session)
        let contacts = session.registry[.contact]
        let recipients = try invocation[Options.contact].map {
            try MailRecipient(store.id(of: $0, in: contacts), in: store, contacts)
        }
        let answered = try invocation[Options.reply].map {
            try Answered(store.id(of: $0, in: module), in: store, module)
        }
        let attachments = try invocation[Options.attach].map {
            try MailAttachment($0, in: store, session.registry)
        }
        var message = try addressed(composition.message(), to: recipients, answering: answered)
        for recipient in recipients where recipient.isOptedOut {
            let name = contacts.called(recipient.contact)
            try session.note(Text(en: "\(name.en) wants no e-mail", es: "\(name.es) no quiere correo"))
        }
        for notice in recipients.compactMap(\.bounceNotice) { try session.note(notice) }
        let (subject, text) = try content(recipients.first, answered, in: store)
        message.subject = subject ?? answered?.subject ?? ""
        message.text = text
        message.attachments = attachments.map(\.attachment)
        if isSent, attachments.isEmpty, text.allSatisfy(\.isWhitespace) { throw emptiness() }
        func write(_ sink: ByteSink) throws {
            try message.write(to: sink) { index, take in try attachments[index].forEachPiece(take) }
        }
        guard let command else {
            let isDryRun = session.isDryRun
            let output = invocation[ExportVerb.output]
            let inputs = [invocation[Options.template], invocation[Options.body]] + attachments.map(\.file)
            let read = inputs.compactMap { $0 }
            if isDryRun, let output, output != "-" {
                try session.checkIsFree(output, for: ExportVerb.output.spelling, reading: read)
            }
            // A dry run writes to standard output instead of the file.
            try session.withOutput(to: isDryRun ? nil : output, reading: read) { try write($0) }
            if isDryRun { try session.noteDryRun() }
            return
        }
        try send(try WrittenMessage(write), by: command, to: recipients.map(\.contact), in: store)
    }

    /// The error that a message to be sent has neither text nor files: what was to write the text may have failed.
    private func emptiness() -> CRMError {
        CRMError(
            .invalid,
            Text(en: "the message has no text", es: "el mensaje no tiene texto"),
            hint: Text(en: "give --body or --template", es: "dar --body o --template"),
            module: module.name
        )
    }

    /// Refuses to send within a transaction, and to both send the message and write it to a file.
    ///
    /// - Returns: the command that sends.
    private func checkSending() throws -> String {
        try session.refuseInTransaction(WrittenMessage.sending)
        guard invocation[ExportVerb.output] == nil else {
            throw CRMError(
                .usage,
                Text(
                    en: "--output writes the message, and --send gives it to the program that sends",
                    es: "--output escribe el mensaje, y --send lo da al programa que envía"
                ),
                hint: Text(
                    en: "leave one of the two out; email show --raw writes what was sent",
                    es: "omitir una de las dos; email show --raw escribe lo enviado"
                ),
                module: module.name
            )
        }
        return try WrittenMessage.command(in: session)
    }

    /// A message with its recipients: those of the command line or, where it names none but in copy, those of the
    /// answer.
    ///
    /// - Throws: ``CRMError`` `usage` if there are no recipients.
    private func addressed(
        _ message: OutgoingMessage,
        to recipients: [MailRecipient],
        answering answered: Answered?
    ) throws -> OutgoingMessage {
        var message = message
        message.to = try recipients.map { try $0.person() } + people(invocation[Options.to], "--to")
        message.cc = try people(invocation[Options.cc], "--cc")
        message.bcc = try people(invocation[Options.bcc], "--bcc")
        if message.to.isEmpty, let people = answered?.people {
            message.to = try MailPeople.people(people, option: "--reply", isForeign: true)
        }
        guard !(message.to + message.cc + message.bcc).isEmpty else {
            throw CRMError(
                .usage,
                Text(en: "nobody is said to get the message", es: "no se indica a quién va el mensaje"),
                hint: Text(en: "give --contact, --to or --reply", es: "dar --contact, --to o --reply"),
                module: module.name
            )
        }
        message.inReplyTo = answered?.messageID
        message.references = answered?.references ?? []
        return message
    }

    private func people(_ texts: [String], _ option: String) throws -> [OutgoingMessage.Person] {
        try texts.flatMap { try MailPeople.people($0, option: option) }
    }

    private func content(
        _ recipient: MailRecipient?,
        _ answered: Answered?,
        in store: Store
    ) throws -> (subject: String?, text: String) {
        if let path = invocation[Options.template] {
            guard invocation[Options.body] == nil else {
                throw CRMError(
                    .usage,
                    Text(
                        en: "--template and --body each give the text",
                        es: "--template y --body dan ambos el texto"
                    ),
                    module: module.name
                )
            }
            let isToAnswered = recipient == nil && invocation[Options.to].isEmpty
            let writer = isToAnswered ? try answered?.contact(in: store, session.registry[.contact]) : nil
            let roots = [
                MailTemplate.Root(
                    name: "contact",
                    module: .contact,
                    id: recipient?.contact ?? writer,
                    option: Options.contact.option.long
                ),
                MailTemplate.Root(name: "email", module: .email, id: answered?.id, option: Options.reply.option.long),
            ]
            let template = try MailTemplate(reading: path, subject: invocation[Options.subject], in: session)
            if answered == nil, let notice = template.notice { try session.note(notice) }
            do {
                return try template.filled(with: roots, in: store, for: try session.audience)
            } catch let missing as MailTemplate.MissingValue {
                throw missing.error
            }
        }
        return (invocation[Options.subject], try body(answered))
    }

    /// Returns the given text, otherwise a quotation of the message that is answered; empty if there is neither.
    private func body(_ answered: Answered?) throws -> String {
        guard let path = invocation[Options.body] else {
            return try answered.map { try $0.quoted(for: session.audience) } ?? ""
        }
        let bytes: [UInt8]
        do throws(CRMError) {
            bytes = try session.readWhole(path, atMost: Self.longestText)
        } catch {
            var error = error
            let hint = Text(
                en: "--body takes the text from a file, or with - from standard input",
                es: "--body toma el texto de un archivo, o con - de la entrada estándar"
            )
            error.hint = error.hint ?? hint
            throw error
        }
        return String(decoding: UndeclaredText.utf8(of: bytes), as: UTF8.self)
    }

    private func send(
        _ message: WrittenMessage,
        by command: String,
        to contacts: [Int64],
        in store: Store
    ) throws {
        if session.isDryRun {
            try store.write(session.writeRequest()) { transaction in
                guard let id = try message.file(to: contacts, in: transaction) else { return }
                try session.show([id], of: module, in: store, asList: false)
            }
            return try session.noteDryRun()
        }
        session.interruption.hold()
        try session.interruption.check()
        switch try MailDispatch(by: command, from: store, in: session).send(message, to: contacts) {
        case .sent(let id):
            if let id { try session.showSaved([id], of: module, in: store) }
        case .refused(let error): throw error
        case .needless: break
        }
    }
}
