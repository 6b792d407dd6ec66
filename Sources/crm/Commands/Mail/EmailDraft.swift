import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// `crm email draft`: writes a message, to be edited, saved to a file or sent.
enum EmailDraftVerb: Verb {
    static let name = "draft"

    private static let group = Text(en: "Message", es: "Mensaje")
    private static let refText = Text(en: "ADDRESS", es: "DIRECCIÓN")

    static let contact = ListOption<String>(
        "contact",
        "REF",
        summary: Text(en: "Write to this contact", es: "Escribir a este contacto"),
        discussion: Text(
            en: "To its first address, the second, or that of a contact point.",
            es: "A su correo principal, el secundario o el de un punto de contacto."
        ),
        group: group,
        completion: .found(.reference(.contact))
    )
    static let to = address("to", Text(en: "Write to this address", es: "Escribir a esta dirección"))
    static let cc = address("cc", Text(en: "Send a copy there", es: "Enviar copia allí"))
    static let bcc = address("bcc", Text(en: "Send a copy there, unseen by the others", es: "Enviar copia oculta allí"))
    static let from = ValueOption<String>(
        "from",
        refText,
        summary: Text(en: "Who writes it, mail.from by default", es: "Quién lo escribe, por omisión mail.from"),
        discussion: Text(
            en: "As in 'Ana Ruiz <ana@example.org>'.",
            es: "Como en 'Ana Ruiz <ana@example.org>'."
        ),
        group: group
    ).synonyms("de remitente sender")
    static let subject = ValueOption<String>(
        "subject",
        Placeholder.words,
        summary: Text(en: "What it is about", es: "De qué trata"),
        discussion: Text(
            en: "In place of the template's, and filled in as that is; without a template it stands as it is.",
            es: "En lugar del de la plantilla, y llenado como ese; sin plantilla queda tal como está."
        ),
        group: group
    ).synonyms("asunto título title")
    static let body = ValueOption<String>(
        "body",
        Placeholder.file,
        summary: Text(
            en: "Take the text from a file, - for standard input",
            es: "Tomar el texto de un archivo, - para la entrada estándar"
        ),
        discussion: Text(en: "As it stands: nothing is filled in.", es: "Tal como está: no se llena nada en él."),
        group: group,
        completion: .files
    ).synonyms("cuerpo texto text mensaje")
    static let template = ValueOption<String>(
        "template",
        Placeholder.file,
        summary: Text(
            en: "Fill this template in, - for standard input",
            es: "Llenar esta plantilla, - para la entrada estándar"
        ),
        discussion: Text(
            en: """
                Its first line is Subject: …, the rest the text. {{contact.first_name}} is a path from the first contact as \
                columns have them, {{email.subject}} from the message that is answered; {{path|otherwise}} has words for \
                where the value is missing, which else is an error.
                """,
            es: """
                Su primera línea es Asunto: … (o Subject: …), el resto el texto. {{contact.first_name}} es una ruta desde el primer \
                contacto como en las columnas, {{email.subject}} desde el mensaje que se responde; {{ruta|si no}} indica \
                qué poner si falta el valor, lo que si no es un error.
                """
        ),
        group: group,
        completion: .files
    ).synonyms("plantilla")
    static let reply = ValueOption<String>(
        "reply",
        "REF",
        summary: Text(en: "Answer this message", es: "Responder a este mensaje"),
        discussion: Text(
            en: "To who wrote it, under its subject, in its thread; its text is quoted where no other is given.",
            es: "A quien lo escribió, con su asunto y en su hilo; se cita su texto si no se da otro."
        ),
        group: group,
        completion: .found(.reference(.email))
    ).synonyms("responder respuesta answer")
    static let attach = ListOption<String>(
        "attach",
        Placeholder.file,
        summary: Text(en: "Attach a file, or document:9", es: "Adjuntar un archivo, o document:9"),
        discussion: Text(
            en: "A document by any reference: document:9, document:ext:K-1.",
            es: "Un archivo guardado por cualquier referencia: document:9, document:ext:K-1."
        ),
        group: group,
        completion: .files
    ).synonyms("adjuntar adjunto archivo")
    static let send = Flag(
        "send",
        summary: Text(en: "Send it and file it", es: "Enviarlo y guardarlo"),
        discussion: Text(
            en: """
                The command that mail.send is configured to (\(ProgramName.placeholder) config set mail.send 'sendmail -t') \
                reads it on its standard input. Where it ends with 0 the message is filed as it was sent.
                """,
            es: """
                El comando configurado en mail.send (\(ProgramName.placeholder) config set mail.send 'sendmail -t') lo lee \
                en su entrada estándar. Si termina con 0, el mensaje se guarda tal como se envió.
                """
        )
    ).synonyms("enviar mandar")

    private static func address(_ name: String, _ summary: Text) -> ListOption<String> {
        ListOption<String>(
            name,
            refText,
            summary: summary,
            discussion: Text(
                en: "As in ana@example.org or 'Ana Ruiz <ana@example.org>'.",
                es: "Como en ana@example.org o 'Ana Ruiz <ana@example.org>'."
            ),
            group: group
        )
    }

    static func summary(of module: Module) -> Text {
        Text(en: "Write a message", es: "Escribir un mensaje")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) draft"
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Writes a whole message as programs that send mail take it (RFC 5322): words beyond ASCII encoded, \
                        long lines folded, files in base64, an id of its own. Whatever the values are, none of them \
                        becomes a header. Nothing is stored unless it is sent.
                        """,
                    es: """
                        Escribe un mensaje completo como lo toman los programas que envían correo (RFC 5322): las palabras \
                        con acentos codificadas, las líneas largas plegadas, los archivos en base64, con un id propio. \
                        Sean cuales sean los valores, ninguno se convierte en encabezado. No se guarda nada si no se envía.
                        """
                )
            ],
            options: [
                contact, to, cc, bcc, from, subject, body, template, reply, attach, send, ExportVerb.output,
                WritingOptions.dryRun,
            ],
            examples: [
                Example(
                    "\(lead) --contact 42 --subject 'Su pedido' --body carta.txt --attach document:9 --send",
                    Text(en: "Write, send and file", es: "Escribir, enviar y guardar")
                ),
                // With standard input from a pipe, mutt would send at once.
                Example(
                    "\(lead) --reply 7 -o respuesta.eml && mutt -H respuesta.eml",
                    Text(en: "Answer in an editor", es: "Responder en un editor")
                ),
            ],
            seeAlso: ["email import", "email show", "campaign mail"],
            synonyms: ["write", "compose", "send", "reply", "escribir", "redactar", "borrador", "enviar", "responder"],
            run: { session in try EmailDraftRun(module: module, session: session).run() }
        )
    }
}

/// A single run of `email draft`.
struct EmailDraftRun {
    private let module: Module
    private let session: Session
    private var invocation: Invocation { session.invocation }
    private typealias Options = EmailDraftVerb

    /// The greatest length of a text in bytes, since texts are read whole.
    private static let longestText = 16 << 20

    init(module: Module, session: Session) {
        self.module = module
        self.session = session
    }

    /// The message that is replied to.
    private struct Answered {
        let id: Int64
        let values: [String: String]
        /// The requested recipients of replies.
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

        /// The recipients of a reply: those that the message names for replies, otherwise its author (RFC 5322 section
        /// 3.6.2), or the recipients of an outgoing message.
        var people: String? {
            if values["direction"] == "outgoing" { return values["to"] }
            return replyTo.isEmpty ? values["from"] : replyTo
        }

        var subject: String {
            let subject = values["subject"] ?? ""
            return ["re:", "rv:", "aw:"].contains(String(subject.lowercased().prefix(3))) ? subject : "Re: \(subject)"
        }

        /// Returns the text of the message as a quotation, with a mark before each line.
        func quoted(_ language: Language) -> String {
            let who = Text(
                en: "\(values["from"] ?? "") wrote on \(values["date"]?.prefix(10) ?? ""):",
                es: "El \(values["date"]?.prefix(10) ?? ""), \(values["from"] ?? "") escribió:"
            )
            let lines = (values["text"] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            return "\n\(who(in: language))\n" + lines.map { $0.hasPrefix(">") ? ">\($0)\n" : "> \($0)\n" }.joined()
        }
    }

    func run() throws {
        let isSent = invocation[Options.send]
        if isSent { try checkSending() }
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
        func write(_ sink: ByteSink) throws {
            try message.write(to: sink) { index, take in try attachments[index].forEachPiece(take) }
        }
        guard isSent else {
            let isDryRun = session.writeRequest().isDryRun
            let output = invocation[ExportVerb.output]
            let inputs = [invocation[Options.template], invocation[Options.body]] + attachments.map(\.file)
            let read = inputs.compactMap { $0 }
            if isDryRun, let output, output != "-" {
                try session.checkIsFree(output, for: ExportVerb.output.spelling, reading: read)
            }
            // A dry run leaves no file.
            try session.withOutput(to: isDryRun ? nil : output, reading: read) { try write($0) }
            if isDryRun { try session.noteDryRun() }
            return
        }
        try send(try WrittenMessage(write), to: recipients.map(\.contact), in: store)
    }

    /// Refuses to send within a transaction, or to both send and write to a file.
    private func checkSending() throws {
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
    }

    /// Returns a message with its recipients: those of the command line or, if it names none but in copy, those of the
    /// reply.
    ///
    /// - Throws: ``CRMError`` `usage` if there is no recipient.
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
            message.to = try MailComposition.people(people, option: "--reply", isForeign: true)
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
        try texts.flatMap { try MailComposition.people($0, option: option) }
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
            let roots = [
                MailTemplate.Root(
                    name: "contact",
                    module: .contact,
                    id: recipient?.contact,
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

    /// Returns the given text, otherwise the quoted text of the message that is replied to.
    private func body(_ answered: Answered?) throws -> String {
        guard let path = invocation[Options.body] else { return answered?.quoted(session.language) ?? "" }
        let bytes = try session.readWhole(path, atMost: Self.longestText)
        return String(decoding: UndeclaredText.utf8(of: bytes), as: UTF8.self)
    }

    private func send(_ message: WrittenMessage, to contacts: [Int64], in store: Store) throws {
        let writing = session.writeRequest()
        var id: Int64?
        var isSent = false
        do {
            id = try store.write(writing) { transaction in
                // The database is locked by now, so that the sent message can be filed.
                if !writing.isDryRun {
                    try message.send(in: session)
                    isSent = true
                }
                let id = try message.file(to: contacts, in: transaction)
                if writing.isDryRun, let id { try session.show([id], of: module, in: store, asList: false) }
                return id
            }
        } catch let error as CRMError where isSent {
            throw CRMError(
                .failed,
                Text(
                    en: "it was sent, but could not be filed: \(error.message.en)",
                    es: "se envió, pero no se pudo guardar: \(error.message.es)"
                ),
                hint: Text(en: "do not send it again", es: "no enviarlo de nuevo")
            )
        }
        guard let id else { return }
        if writing.isDryRun {
            try session.noteDryRun()
        } else {
            try session.showSaved([id], of: module, in: store)
        }
    }
}
