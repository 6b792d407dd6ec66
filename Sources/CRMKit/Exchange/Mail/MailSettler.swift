import Formats
import SQLite

/// Completes messages that were given only by their fields, by hand or in a table, as if they had been imported: links
/// them with the contacts that have their addresses, and sets the direction, the thread and the record that the subject
/// names. Given values stay.
final class MailSettler {
    private let transaction: Transaction
    private let module: Module
    private let threads: MailThreads
    private let links: MailLinks
    private let numbers: SubjectNumbers

    /// - Returns: `nil` for any module other than that of messages.
    init?(_ module: Module, in transaction: Transaction) throws {
        guard module.name == .email else { return nil }
        self.transaction = transaction
        self.module = module
        threads = try MailThreads(module, in: transaction)
        links = try MailLinks(module, in: transaction)
        numbers = try SubjectNumbers(transaction.store)
    }

    /// Completes a new message and links it with its contacts.
    ///
    /// - Returns: the number of links created.
    func settle(_ id: Int64) throws -> Int {
        guard let record = try transaction.store.storedRecord(module, id: id), record["sha256"].isNull else { return 0 }
        let roles = ["from", "to", "cc", "bcc"].map { (role: $0, people: MailAddress.list(record[$0].text ?? "")) }
        let others = roles.dropFirst().flatMap(\.people)
        let message = message(record, people: roles.flatMap(\.people))
        // A message without id, references and reply mark belongs to no thread.
        let isOfThread = !record["message_id"].isNull || message.isAnswer || !message.references.isEmpty
        let found: [(field: String, value: Value)] = [
            ("direction", links.own.direction(from: roles[0].people, to: others).map(Value.text) ?? .null),
            ("thread", isOfThread && record["thread"].isNull ? .text(try threads.thread(of: message)) : .null),
            ("about", try numbers.record(in: record["subject"].text ?? "") ?? .null),
        ]
        let values = found.filter { record[$0.field].isNull && !$0.value.isNull }
        if !values.isEmpty { try transaction.edit(record, values) }
        if isOfThread { try threads.keep(message, of: id) }
        let before = links.made
        // A contact that is linked in any role keeps that role.
        try links.link(id, roles, besides: try links.contacts(of: id), creates: false)
        return links.made - before
    }

    private func message(_ record: Record, people: [MailAddress]) -> MailThreads.Message {
        let subject = MailSubject(record["subject"].text ?? "")
        let answered = record["in_reply_to"].text.map { MessageIDs.list($0) } ?? []
        let references = record["references"].text.map { MessageIDs.list($0) } ?? []
        let addresses = Set(people.map { EmailAddress.matchKey(for: $0.address) })
        return MailThreads.Message(
            messageID: MailThreads.messageID(record["message_id"].text, of: record.id),
            references: references + answered.prefix(1).filter { !references.contains($0) },
            subject: subject.base,
            isAnswer: subject.isAnswer,
            addresses: addresses,
            people: links.own.others(among: addresses),
            date: record["date"].text.flatMap(Moment.seconds(stored:))
        )
    }
}

extension Transaction {
    /// Completes a message that was given only by its fields; does nothing for other records.
    public func settleMail(_ id: Int64, of module: Module) throws {
        _ = try MailSettler(module, in: self)?.settle(id)
    }
}
