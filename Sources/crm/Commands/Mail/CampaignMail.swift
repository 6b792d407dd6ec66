import CLIKit
import CRMKit
import Formats
import Localization

/// `crm campaign mail REF --template FILE`: one message to each contact of a campaign.
enum CampaignMailVerb: Verb {
    static let name = "mail"

    static func summary(of module: Module) -> Text {
        Text(en: "Send a message to each contact of a campaign", es: "Enviar un mensaje a cada contacto de una campaña")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) mail"
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Each contact linked with the campaign gets a message of its own, filled in from the template: names \
                        begin with contact. or campaign. Who wants no e-mail, has no address, or none but those from which \
                        mail came back (\(ProgramName.placeholder) contact bounce list), who has answered a campaign never to \
                        be contacted again, or lacks a value that the template asks for, is passed over, which is told; for \
                        the last the exit status is 6. Each message is filed as it is sent, about the campaign, and counted \
                        in its sent_count; called again, the command goes on with those who have none yet.
                        """,
                    es: """
                        Cada contacto vinculado con la campaña recibe un mensaje propio, llenado desde la plantilla: los \
                        nombres empiezan con contact. o campaign. Se omite, con aviso, a quien no quiere correo, no tiene \
                        dirección o solo las que rebotaron (\(ProgramName.placeholder) contact bounce list), a quien ha \
                        respondido a una campaña que no se le vuelva a contactar, y a quien le falta un valor que pide la \
                        plantilla; por lo último el estado de salida es 6. Cada mensaje se guarda al enviarse, relacionado \
                        con la campaña, y se cuenta en su sent_count; si se vuelve a llamar, la orden sigue con quienes aún \
                        no lo tienen.
                        """
                ),
                Text(
                    en: """
                        The command that mail.send is configured to sends them, one at a time. Where it ends with 64 to 69, \
                        it has refused that message alone: who does not get it is told, the others still do, and the exit \
                        status is 6. Any other status but 0 stops the run. --dry-run writes the messages to standard output \
                        instead, each as it would be, and sends and stores nothing.
                        """,
                    es: """
                        Los envía, uno por uno, el comando configurado en mail.send. Si termina con 64 a 69, rechazó solo \
                        ese mensaje: se indica quién no lo recibe, los demás sí lo reciben, y el estado de salida es 6. \
                        Cualquier otro estado que no sea 0 detiene la ejecución. --dry-run escribe en cambio los mensajes en \
                        la salida estándar, cada uno como sería, y no envía ni guarda nada.
                        """
                ),
            ],
            operands: [SharedOperands.reference(to: module)],
            options: [
                EmailDraftVerb.template, EmailDraftVerb.subject, EmailDraftVerb.from, EmailDraftVerb.attach,
                SharedOptions.limit, WritingOptions.dryRun,
            ],
            examples: [
                Example(
                    "\(lead) 3 --template invitacion.txt --dry-run | less",
                    Text(en: "See the messages", es: "Ver los mensajes")
                ),
                Example(
                    "\(lead) 3 --template invitacion.txt --limit 200",
                    Text(en: "Send the next two hundred", es: "Enviar los doscientos siguientes")
                ),
            ],
            seeAlso: ["email draft", "campaign show"],
            synonyms: ["send", "enviar", "correo", "mailing", "email"],
            run: { session in try CampaignMailRun(module: module, session: session).run() }
        )
    }
}

/// A single run of `campaign mail`.
struct CampaignMailRun {
    private let module: Module
    private let session: Session

    init(module: Module, session: Session) {
        self.module = module
        self.session = session
    }

    /// The numbers of contacts by outcome.
    private struct Tally {
        var sent = 0
        var before = 0
        var optedOut = 0
        var unreachable = 0
        var undeliverable = 0
        var incomplete = 0
        var refused = 0
    }

    /// The outcome of sending one message.
    private enum Delivery {
        case sent
        /// Another run has sent it by now.
        case sentBefore
        /// The sending command refused this message, with the reason.
        case refused(CRMError)
    }

    func run() throws {
        let invocation = session.invocation
        let limit = try invocation[SharedOptions.limit] ?? .max
        let writing = session.writeRequest()
        guard let path = invocation[EmailDraftVerb.template] else {
            throw CRMError(
                .usage,
                Text(en: "the template is missing", es: "falta la plantilla"),
                hint: Text(en: "name it with --template", es: "indicarla con --template"),
                module: module.name
            )
        }
        try session.refuseInTransaction(WrittenMessage.sending)
        let template = try MailTemplate(reading: path, subject: invocation[EmailDraftVerb.subject])
        if let notice = template.notice { try session.note(notice) }
        let store = try session.openStore(for: writing.isDryRun ? .reading : .writing)
        let campaign = try store.id(of: invocation.operands[0], in: module)
        let composition = try MailComposition(from: invocation[EmailDraftVerb.from], session: session)
        let attachments = try invocation[EmailDraftVerb.attach].map {
            try MailAttachment($0, in: store, session.registry)
        }
        let contacts = session.registry[.contact]
        let refusing = Set(try store.ids(of: contacts, where: [Self.refusal]))
        var tally = Tally()
        // How many of those before have an address: a message to one of them names all.
        var sharing: [String: Int] = [:]
        for contact in try self.contacts(of: campaign, in: store) {
            if tally.sent == limit { break }
            try checkInterruption(tally, writing)
            let recipient = try MailRecipient(contact, in: store, contacts)
            if recipient.isOptedOut || refusing.contains(contact) {
                tally.optedOut += 1
                try tell(contacts.called(contact), Text(en: "wants no e-mail", es: "no quiere correo"))
                continue
            }
            if let notice = recipient.bounceNotice {
                tally.undeliverable += 1
                try session.note(notice)
                continue
            }
            guard let person = try person(recipient) else {
                tally.unreachable += 1
                continue
            }
            let key = EmailAddress.matchKey(for: person.address)
            let place = sharing[key, default: 0]
            sharing[key] = place + 1
            if try hasGot(campaign, contact, after: place, in: store) {
                tally.before += 1
                continue
            }
            guard let filled = try filled(template, for: contact, of: campaign, in: store) else {
                tally.incomplete += 1
                continue
            }
            var message = composition.message()
            message.to = [person]
            message.subject = filled.subject ?? ""
            message.text = filled.text
            message.attachments = attachments.map(\.attachment)
            let whole = message
            let written = try WrittenMessage { sink in
                try whole.write(to: sink) { index, take in try attachments[index].forEachPiece(take) }
            }
            if writing.isDryRun {
                try session.withOutput(to: nil) { sink in
                    try written.forEachPiece { try sink.append($0) }
                    try sink.append("\n")
                }
            } else {
                let delivery = try telling(contact, tally) {
                    try send(written, of: campaign, to: contact, after: place, writing, in: store)
                }
                switch delivery {
                case .sent: break
                case .sentBefore:
                    tally.before += 1
                    continue
                case .refused(let error):
                    tally.refused += 1
                    try tell(contacts.called(contact), because: error)
                    continue
                }
            }
            tally.sent += 1
        }
        if writing.isDryRun { try session.noteDryRun() }
        try print(tally, isCommitted: !writing.isDryRun)
        if tally.incomplete + tally.refused > 0 { throw CommandFailure(status: ExitStatus.rejected) }
    }

    /// The filter for contacts who want no more mail from any campaign.
    private static let refusal = "campaign.link.response = never_contact_again"

    /// Does what may fail midway, so that it is known then to whom, and what became of the contacts before.
    private func telling(_ contact: Int64, _ tally: Tally, _ send: () throws -> Delivery) throws -> Delivery {
        do {
            return try send()
        } catch var error as CRMError where error.code != .interrupted {
            if tally.sent > 0 { try print(tally, isCommitted: true) }
            let name = session.registry[.contact].called(contact)
            error.message = Text(
                en: "\(name.en): \(error.message.en)",
                es: "\(name.es): \(error.message.es)"
            )
            error.hint =
                error.hint
                ?? Text(
                    en: "what was sent before is filed; called again, the command goes on from there",
                    es: "lo enviado antes está guardado; si se vuelve a llamar, la orden sigue desde ahí"
                )
            throw error
        }
    }

    /// Ends the run where a signal asks for it, telling what became of the contacts so far.
    private func checkInterruption(_ tally: Tally, _ writing: WriteRequest) throws {
        do throws(CRMError) {
            try session.interruption.check()
        } catch {
            guard tally.sent > 0, !writing.isDryRun else { throw error }
            try print(tally, isCommitted: true)
            throw CRMError(
                error.code,
                Text(
                    en: "interrupted; what was sent is filed, and the command goes on from there when called again",
                    es: "interrumpido; lo enviado está guardado y la orden sigue desde ahí si se vuelve a llamar"
                )
            )
        }
    }

    /// Returns a template filled in for a contact.
    ///
    /// - Returns: `nil` if a value is missing, of which the user has been told.
    private func filled(
        _ template: MailTemplate,
        for contact: Int64,
        of campaign: Int64,
        in store: Store
    ) throws -> (subject: String?, text: String)? {
        do {
            return try template.filled(
                with: [
                    MailTemplate.Root(name: "contact", module: .contact, id: contact),
                    MailTemplate.Root(name: "campaign", module: module.name, id: campaign),
                ],
                in: store,
                for: try session.audience
            )
        } catch let missing as MailTemplate.MissingValue {
            try tell(session.registry[.contact].called(contact), because: missing.error)
            return nil
        }
    }

    /// Sends a message and files it, the database being ours meanwhile: no other run sends it too, and it can be filed.
    ///
    private func send(
        _ message: WrittenMessage,
        of campaign: Int64,
        to contact: Int64,
        after place: Int,
        _ writing: WriteRequest,
        in store: Store
    ) throws -> Delivery {
        try store.write(writing) { transaction in
            if try hasGot(campaign, contact, after: place, in: store) { return .sentBefore }
            if let refusal = try message.offer(in: session) { return .refused(refusal) }
            if let id = try message.file(to: [contact], in: transaction) {
                _ = try transaction.edit(
                    session.registry[.email],
                    id: id,
                    [FieldInput("about", .set("\(module.name.rawValue):\(campaign)"))]
                )
            }
            _ = try transaction.edit(module, id: campaign, [FieldInput("sent_count", .adjustNumber(by: "+1"))])
            return .sent
        }
    }

    /// The contacts linked with a campaign, in the order of their ids.
    private func contacts(of campaign: Int64, in store: Store) throws -> [Int64] {
        try store.ids(of: session.registry[.contact], where: ["\(module.name.rawValue)s.id = \(campaign)"])
    }

    /// Returns whether a message of the campaign was already sent to a contact.
    ///
    /// - Parameter place: the number of contacts before this one with the same address. That many of the messages to
    ///   the address are theirs.
    private func hasGot(_ campaign: Int64, _ contact: Int64, after place: Int, in store: Store) throws -> Bool {
        let filters = ["about = \(module.name.rawValue):\(campaign)", "contacts.id = \(contact)"]
        return try store.ids(of: session.registry[.email], where: filters).count > place
    }

    private func person(_ recipient: MailRecipient) throws -> OutgoingMessage.Person? {
        do throws(CRMError) {
            return try recipient.person()
        } catch {
            try session.note(error.message)
            return nil
        }
    }

    private func tell(_ name: Text, _ what: Text) throws {
        try session.note(Text(en: "\(name.en) \(what.en)", es: "\(name.es) \(what.es)"))
    }

    private func tell(_ name: Text, because error: CRMError) throws {
        let reason = error.message
        try session.note(Text(en: "\(name.en): \(reason.en)", es: "\(name.es): \(reason.es)"))
    }

    private func print(_ tally: Tally, isCommitted: Bool) throws {
        func count(_ key: String, _ number: Int, _ en: String, _ one: String, _ many: String) -> BulkSummary.Count {
            let label = Text.counting(number, en: (en, en), es: (one, many))
            return .init(key: key, label: label, count: number, isShownAtZero: key == "sent")
        }
        let counts = [
            count("sent", tally.sent, "sent", "enviado", "enviados"),
            count("already_sent", tally.before, "sent before", "ya enviado", "ya enviados"),
            .init(
                key: "opted_out",
                label: .counting(
                    tally.optedOut,
                    en: ("wants no e-mail", "want no e-mail"),
                    es: ("no quiere correo", "no quieren correo")
                ),
                count: tally.optedOut
            ),
            count("unreachable", tally.unreachable, "without an address", "sin dirección", "sin dirección"),
            count(
                "incomplete",
                tally.incomplete,
                "without a value of the template",
                "sin un valor de la plantilla",
                "sin un valor de la plantilla"
            ),
            count(
                "undeliverable",
                tally.undeliverable,
                "whose mail came back",
                "cuyo correo rebotó",
                "cuyo correo rebotó"
            ),
            count(
                "refused",
                tally.refused,
                "refused by mail.send",
                "rechazado por mail.send",
                "rechazados por mail.send"
            ),
        ]
        guard isCommitted else {
            let words = counts.filter { $0.count > 0 || $0.isShownAtZero == true }
                .map { "\($0.count) \($0.label(in: session.language))" }.joined(separator: ", ")
            return try session.note(Text(words))
        }
        try BulkSummary(counts: counts, isCommitted: isCommitted).print(in: session)
    }
}
