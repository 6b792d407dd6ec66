import CRMKit

extension Store {
    /// The texts of some columns of a record, by their keys; what has no value is not among them.
    func texts(_ columns: [String], of id: Int64, in module: Module) throws -> [String: String] {
        var texts: [String: String] = [:]
        _ = try read(id, of: module, columns: columns, withNames: false) { row in
            for column in row.columns where !row.isNull(column.position) {
                texts[column.key] = row.text(column.position)
            }
        }
        return texts
    }

    /// The addresses of a contact that reports of servers say to be undeliverable, as they are compared, with the day since
    /// which they are; empty where it is not known.
    func undeliverableAddresses(of contact: Int64, in contacts: Module) throws -> [String: String] {
        guard let part = contacts.shownParts.first(where: { $0.name == "bounce" }) else { return [:] }
        let rows = try rows(of: part, in: contacts, record: contact)
        let pairs = rows.map { row in
            let address = row.value("address", of: part).text ?? ""
            return (EmailAddress.matchKey(for: address), row.value("bounced_on", of: part).text ?? "")
        }
        return Dictionary(pairs) { first, second in max(first, second) }
    }

    /// The e-mail addresses among the points of a contact, in their order.
    ///
    /// - Parameter optedOut: whether those are among them to which no mail is wanted.
    func pointAddresses(of contact: Int64, in contacts: Module, optedOut: Bool) throws -> [String] {
        guard let part = contacts.shownParts.first(where: { $0.name == "point" }) else { return [] }
        return try rows(of: part, in: contacts, record: contact).compactMap { row in
            guard row.value("kind", of: part).text == "email" else { return nil }
            guard optedOut || row.value("opted_out", of: part).integer != 1 else { return nil }
            return row.value("value", of: part).text
        }
    }
}
