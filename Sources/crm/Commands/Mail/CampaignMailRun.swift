import CLIKit
import CRMKit
import Formats
import Localization

/// One run of `campaign mail`.
struct CampaignMailRun {
    private let module: Module
    private let session: Session
    /// The greatest number of messages to send.
    private let limit: Int
    private let writing: WriteRequest
    private let template: MailTemplate
    private let store: Store
    private let campaign: Int64
    private let composition: MailComposition
    private let attachments: [MailAttachment]
    /// The module of contacts.
    private let contacts: Module
    private let refusals: MailRefusals
    private let mailbox: SentCampaignMail
    /// The command that sends; `nil` in a dry run.
    private let command: String?

    /// Reads the command line and opens the database.
    ///
    /// - Throws: ``CRMError`` if the command line names no template, or something that does not exist.
    init(module: Module, session: Session) throws {
        self.module = module
        self.session = session
        let invocation = session.invocation
        limit = try invocation[SharedOptions.limit] ?? .max
        writing = session.writeRequest()
        guard let path = invocation[EmailDraftVerb.template] else {
            throw CRMError(
                .usage,
                Text(en: "the template is missing", es: "falta la plantilla"),
                hint: Text(en: "name it with --template", es: "indicarla con --template"),
                module: module.name
            )
        }
        try session.refuseInTransaction(WrittenMessage.sending)
        template = try MailTemplate(reading: path, subject: invocation[EmailDraftVerb.subject], in: session)
        if template.isBlank { throw template.emptiness }
        if let notice = template.notice { try session.note(notice) }
        command = try writing.isDryRun ? nil : WrittenMessage.command(in: session)
        let store = try session.openStore(for: writing.isDryRun ? .reading : .writing)
        self.store = store
        campaign = try store.id(of: invocation.operands[0], in: module)
        composition = try MailComposition(from: invocation[EmailDraftVerb.from], session: session)
        attachments = try invocation[EmailDraftVerb.attach].map {
            try MailAttachment($0, in: store, session.registry)
        }
        let contacts = session.registry[.contact]
        self.contacts = contacts
        let refusals = MailRefusals(Set(try store.ids(of: contacts, where: [Self.refusal])), in: store, contacts)
        self.refusals = refusals
        mailbox = SentCampaignMail(of: campaign, module, in: store, session.registry) { contact in
            try MailRecipient(contact, in: store, contacts, refusals)
        }
    }

    /// The outcome for a contact.
    private enum Outcome {
        /// A message is sent, or would be.
        case sent
        /// This run or another one has already sent a message.
        case sentBefore
        /// The contact wants no mail.
        case optedOut
        /// The contact has no address.
        case unreachable
        /// Mail to the contact came back.
        case undeliverable
        /// The contact lacks a value that the template requires.
        case incomplete
        /// The sending command has refused this message only.
        case refused
    }

    /// The number of contacts with each outcome.
    private struct Tally {
        private var counts: [Outcome: Int] = [:]

        subscript(outcome: Outcome) -> Int { counts[outcome, default: 0] }

        mutating func count(_ outcome: Outcome) { counts[outcome, default: 0] += 1 }
    }

    func run() throws {
        var tally = Tally()
        var reached = ReachedAddresses()
        let linked = try store.ids(of: contacts, where: ["\(module.name.rawValue)s.id = \(campaign)"])
        try confirm(linked)
        for contact in linked {
            if tally[.sent] == limit { break }
            try checkInterruption(tally)
            tally.count(try outcome(of: contact, &reached, tally))
        }
        if writing.isDryRun { try session.noteDryRun() }
        try print(tally, isCommitted: !writing.isDryRun)
        if tally[.incomplete] + tally[.refused] > 0 { throw CommandFailure(status: ExitStatus.rejected) }
    }

    /// Asks on a terminal whether the messages are to be sent: no undo takes them back.
    ///
    /// - Parameter linked: the contacts of the campaign.
    private func confirm(_ linked: [Int64]) throws {
        guard command != nil, session.canAsk, !session.invocation[CampaignMailVerb.yes] else { return }
        var reached = ReachedAddresses()
        var count = 0
        for contact in linked where count < limit {
            try session.interruption.check()
            guard case .due(let recipient, _) = try standing(of: contact, &reached) else { continue }
            reached.insert(recipient)
            count += 1
        }
        guard count > 0 else { return }
        let messages = Text.counting(count, en: ("message goes", "messages go"), es: ("mensaje iría", "mensajes irían"))
        let them = Text.counting(count, en: ("it", "them"), es: ("Enviarlo", "Enviarlos"))
        let called = module.ofCalled(campaign)
        let name = try store.texts(["name"], of: campaign, in: module)["name"] ?? ""
        let question = Text(
            en: "\(count) \(messages.en) to contacts of \(called.en) \"\(name)\". Send \(them.en)?",
            es: "\(count) \(messages.es) a contactos \(called.es) «\(name)». ¿\(them.es)?"
        )
        guard try session.dialogue.confirms(question) else {
            try session.note(Text(en: "nothing was sent", es: "no se envió nada"))
            throw CommandFailure(status: ExitStatus.failed)
        }
    }

    /// The addresses that have the message, each with the first contact of the campaign whose address it is.
    private struct ReachedAddresses {
        private var contacts: [String: Int64] = [:]

        mutating func insert(_ recipient: MailRecipient) {
            if let key = recipient.key, contacts[key] == nil { contacts[key] = recipient.contact }
        }

        /// Returns the notice that a recipient's address has the message by way of another contact; `nil` if it has
        /// not.
        func notice(for recipient: MailRecipient) -> Text? {
            guard let address = recipient.address, let key = recipient.key, let other = contacts[key]
            else { return nil }
            return Text(
                en: "contact \(recipient.contact): \(address) is also that of contact \(other), and is written to once",
                es: """
                    contacto \(recipient.contact): \(address) es también la dirección del contacto \(other), y se le \
                    escribe una sola vez
                    """
            )
        }
    }

    /// How a contact stands before a message to it is made.
    private enum Standing {
        /// Gets one.
        case due(MailRecipient, OutgoingMessage.Person)
        /// Gets none, for a reason to be told if there is one.
        case settled(Outcome, Text?)
    }

    /// - Parameter reached: the addresses of earlier contacts that have the message.
    private func standing(of contact: Int64, _ reached: inout ReachedAddresses) throws -> Standing {
        let recipient = try MailRecipient(contact, in: store, contacts, refusals)
        if recipient.isOptedOut || refusals.contacts.contains(contact) {
            let name = contacts.called(contact)
            return .settled(.optedOut, Text(en: "\(name.en) wants no e-mail", es: "\(name.es) no quiere correo"))
        }
        if let notice = recipient.refusalNotice { return .settled(.optedOut, notice) }
        if let notice = recipient.bounceNotice { return .settled(.undeliverable, notice) }
        let person: OutgoingMessage.Person
        do throws(CRMError) {
            person = try recipient.person()
        } catch {
            return .settled(.unreachable, error.message)
        }
        if let notice = reached.notice(for: recipient) { return .settled(.sentBefore, notice) }
        guard let reach = try mailbox.reach(recipient) else { return .due(recipient, person) }
        if reach == .here { reached.insert(recipient) }
        return .settled(.sentBefore, nil)
    }

    /// Sends a contact the message, or reports why it cannot be sent.
    ///
    /// - Parameters:
    ///   - reached: the addresses of earlier contacts that have the message.
    ///   - tally: the outcomes for the earlier contacts.
    private func outcome(of contact: Int64, _ reached: inout ReachedAddresses, _ tally: Tally) throws -> Outcome {
        switch try standing(of: contact, &reached) {
        case .due(let recipient, let person):
            let outcome = try write(to: person, recipient, tally)
            if outcome == .sent || outcome == .sentBefore { reached.insert(recipient) }
            return outcome
        case .settled(let outcome, let notice):
            if let notice { try session.note(notice) }
            return outcome
        }
    }

    /// Writes the message to a person, and sends it unless this is a dry run.
    private func write(
        to person: OutgoingMessage.Person,
        _ recipient: MailRecipient,
        _ tally: Tally
    ) throws -> Outcome {
        let contact = recipient.contact
        guard let filled = try filled(for: contact) else { return .incomplete }
        let message = try message(to: person, filled)
        guard let command else {
            try session.withOutput(to: nil) { sink in
                try message.forEachPiece { try sink.append($0) }
                try sink.append("\n")
            }
            return .sent
        }
        let dispatch = MailDispatch(by: command, from: store, in: session)
        let consequences = consequences(for: recipient)
        switch try describingErrors(of: contact, tally, { try dispatch.send(message, to: [contact], consequences) }) {
        case .sent: return .sent
        case .needless: return .sentBefore
        case .refused(let error):
            try tell(contacts.called(contact), because: error)
            return .refused
        }
    }

    /// Returns the message to a person with the filled template.
    private func message(
        to person: OutgoingMessage.Person,
        _ filled: (subject: String?, text: String)
    ) throws -> WrittenMessage {
        var message = composition.message()
        message.to = [person]
        message.subject = filled.subject ?? ""
        message.text = filled.text
        message.attachments = attachments.map(\.attachment)
        let whole = message
        return try WrittenMessage { sink in
            try whole.write(to: sink) { index, take in try attachments[index].forEachPiece(take) }
        }
    }

    /// The filter for contacts who want no further contact, in answer to any campaign.
    private static let refusal = "campaign.link.response = never_contact_again"

    /// Runs a step that may fail. Its error then names the contact, and the outcomes for the earlier contacts are
    /// printed.
    private func describingErrors(
        of contact: Int64,
        _ tally: Tally,
        _ send: () throws -> MailDispatch.Outcome
    ) throws -> MailDispatch.Outcome {
        do {
            return try send()
        } catch var error as CRMError where error.code != .interrupted {
            if tally[.sent] > 0 { try print(tally, isCommitted: true) }
            let name = contacts.called(contact)
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

    /// Ends the run if a signal asks for it, and prints the outcomes so far.
    private func checkInterruption(_ tally: Tally) throws {
        do throws(CRMError) {
            try session.interruption.check()
        } catch {
            guard tally[.sent] > 0, !writing.isDryRun else { throw error }
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

    /// Returns the template filled in for a contact.
    ///
    /// - Returns: `nil` if a value is missing, or no text is left, after a message to the user.
    private func filled(for contact: Int64) throws -> (subject: String?, text: String)? {
        do {
            let filled = try template.filled(
                with: [
                    MailTemplate.Root(name: "contact", module: .contact, id: contact),
                    MailTemplate.Root(name: "campaign", module: module.name, id: campaign),
                ],
                in: store,
                for: try session.audience
            )
            if !filled.text.allSatisfy(\.isWhitespace) { return filled }
            try tell(contacts.called(contact), because: template.emptiness)
            return nil
        } catch let missing as MailTemplate.MissingValue {
            try tell(contacts.called(contact), because: missing.error)
            return nil
        }
    }

    /// What is changed with a message to a contact: what it is about, and the number of messages sent.
    private func consequences(for recipient: MailRecipient) -> MailDispatch.Consequences {
        MailDispatch.Consequences(
            isNeedless: { try mailbox.reach(recipient) != nil },
            filed: { id, transaction in
                if let id {
                    _ = try transaction.edit(
                        session.registry[.email],
                        id: id,
                        [FieldInput("about", .set("\(module.name.rawValue):\(campaign)"))]
                    )
                }
                try adjustCount(by: "+1", in: transaction)
            },
            takenBack: { try adjustCount(by: "-1", in: $0) }
        )
    }

    private func adjustCount(by number: String, in transaction: Transaction) throws {
        _ = try transaction.edit(module, id: campaign, [FieldInput("sent_count", .adjustNumber(by: number))])
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
            count("sent", tally[.sent], "sent", "enviado", "enviados"),
            count("already_sent", tally[.sentBefore], "sent before", "ya enviado", "ya enviados"),
            .init(
                key: "opted_out",
                label: .counting(
                    tally[.optedOut],
                    en: ("wants no e-mail", "want no e-mail"),
                    es: ("no quiere correo", "no quieren correo")
                ),
                count: tally[.optedOut]
            ),
            count("unreachable", tally[.unreachable], "without an address", "sin dirección", "sin dirección"),
            count(
                "incomplete",
                tally[.incomplete],
                "without a value of the template",
                "sin un valor de la plantilla",
                "sin un valor de la plantilla"
            ),
            count(
                "undeliverable",
                tally[.undeliverable],
                "whose mail came back",
                "cuyo correo rebotó",
                "cuyo correo rebotó"
            ),
            count(
                "refused",
                tally[.refused],
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
