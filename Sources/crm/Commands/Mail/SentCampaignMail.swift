import CRMKit
import Formats

/// The messages of a campaign that were sent, each to a contact of its own.
struct SentCampaignMail {
    /// The messages that a contact has got.
    struct Count {
        /// Those to the contact's present address, which other contacts may have too, each with a message of its own.
        let here: Int
        /// Those to an address that the contact no longer has, or to which no mail goes any more.
        let elsewhere: Int

        /// Whether one of the messages is the contact's.
        ///
        /// - Parameter others: the number of contacts at the same address that a message belongs to before this one.
        func isReached(after others: Int) -> Bool { elsewhere > 0 || here > others }
    }

    private let store: Store
    /// Reads a contact as a recipient.
    private let read: (Int64) throws -> MailRecipient
    private let emails: Module
    private let contacts: Module
    private let campaign: Int64
    private let module: Module

    init(
        of campaign: Int64,
        _ module: Module,
        in store: Store,
        _ registry: Registry,
        reading read: @escaping (Int64) throws -> MailRecipient
    ) {
        (self.store, self.read) = (store, read)
        emails = registry[.email]
        contacts = registry[.contact]
        (self.campaign, self.module) = (campaign, module)
    }

    /// Counts the messages that were sent to a contact. What people write about the campaign is incoming, and answers
    /// to them name the messages they answer, so neither counts. A message is linked with all contacts that have its
    /// address, but counts only for the one who was addressed.
    func count(for recipient: MailRecipient) throws -> Count {
        var (here, elsewhere) = (0, 0)
        for message in try store.messages(to: recipient.contact, about: campaign, of: module.name) {
            let people = MailAddress.list(try store.texts(["to"], of: message, in: emails)["to"] ?? "")
            guard people.count == 1 else { continue }
            let key = EmailAddress.matchKey(for: people[0].address)
            if key == recipient.key {
                here += 1
            } else if try !isOfAnother(message, than: recipient, at: key) {
                elsewhere += 1
            }
        }
        return Count(here: here, elsewhere: elsewhere)
    }

    /// Returns whether a message to an address that is not the recipient's present one went to another contact.
    private func isOfAnother(_ message: Int64, than recipient: MailRecipient, at key: String) throws -> Bool {
        let linked = ["has emails(id = \(message) and link.role = to)", "id != \(recipient.contact)"]
        let others = try store.ids(of: contacts, where: linked).map(read)
        if others.contains(where: { $0.key == key }) { return true }
        // Mail to the address may have bounced since. The message then belongs to the contact for whom the address
        // comes first.
        guard let place = recipient.keys.firstIndex(of: key) else { return false }
        return others.contains { ($0.keys.firstIndex(of: key) ?? .max) < place }
    }
}
