import CRMKit

/// The addresses at which no mail is wanted. Several contacts may share an address: if one of them wants no mail, none
/// is sent there on behalf of another.
struct MailRefusals {
    /// The contacts who want no mail for a reason beside those that are stored with them.
    let contacts: Set<Int64>
    private let store: Store
    private let module: Module

    /// - Parameter contacts: contacts who want no mail, whatever is stored with them.
    init(_ contacts: Set<Int64>, in store: Store, _ module: Module) {
        (self.contacts, self.store, self.module) = (contacts, store, module)
    }

    /// Returns another contact that has an address and wants no mail there; `nil` if there is none.
    func contact(refusing address: String, besides other: Int64) throws -> Int64? {
        try store.contacts(having: address, besides: other).first { contact in
            if contacts.contains(contact) { return true }
            if try store.texts(["email_opt_out"], of: contact, in: module).values.contains("1") { return true }
            let key = EmailAddress.matchKey(for: address)
            return try store.pointAddresses(of: contact, in: module).contains {
                $0.isOptedOut && EmailAddress.matchKey(for: $0.address) == key
            }
        }
    }
}
