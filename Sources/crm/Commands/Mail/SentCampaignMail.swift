import CRMKit
import Formats

/// The messages of a campaign that were sent, one to each address.
struct SentCampaignMail {
    /// Where a message has reached a contact.
    enum Reach {
        /// At the contact's present address, which other contacts may have too.
        case here
        /// At an address that the contact no longer has, or to which no mail goes any more.
        case elsewhere
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

    /// Returns where a message has reached a contact; `nil` if none has. What people write about the campaign is
    /// incoming, and answers to them name the messages they answer, so neither counts. A message is linked with all
    /// contacts that have its address, but counts only for those whose present address it is, or else for the one who
    /// was addressed.
    func reach(_ recipient: MailRecipient) throws -> Reach? {
        var reach: Reach?
        for message in try store.messages(to: recipient.contact, about: campaign, of: module.name) {
            let people = MailAddress.list(try store.texts(["to"], of: message, in: emails)["to"] ?? "")
            guard people.count == 1 else { continue }
            let key = EmailAddress.matchKey(for: people[0].address)
            if key == recipient.key { return .here }
            if try !isOfAnother(message, than: recipient, at: key) { reach = .elsewhere }
        }
        return reach
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
