import CRMKit

extension Module {
    /// The keys of the fields with e-mail addresses, in order: those that every file has, then those of its own.
    var emailFields: [String] { fields.filter { $0.type == .email }.map(\.key) }

    /// The keys of the fields with e-mail addresses that every file has, in order.
    var standardEmailFields: [String] {
        emailFields.filter { Registry.standard[name].field($0) != nil }
    }
}

extension Store {
    /// Returns the texts of some columns of a record, by key; columns without a value are left out.
    func texts(_ columns: [String], of id: Int64, in module: Module) throws -> [String: String] {
        var texts: [String: String] = [:]
        _ = try read(id, of: module, columns: columns, withNames: false) { row in
            for column in row.columns where !row.isNull(column.position) {
                texts[column.key] = row.text(column.position)
            }
        }
        return texts
    }

    /// Returns the addresses of a contact that delivery reports have declared undeliverable, in the form for
    /// comparison, with the day since which they are; the day is empty if it is not known.
    func undeliverableAddresses(of contact: Int64, in contacts: Module) throws -> [String: String] {
        guard let part = contacts.shownParts.first(where: { $0.name == "bounce" }) else { return [:] }
        let rows = try rows(of: part, in: contacts, record: contact)
        let pairs = rows.map { row in
            let address = row.value("address", of: part).text ?? ""
            return (EmailAddress.matchKey(for: address), row.value("bounced_on", of: part).text ?? "")
        }
        return Dictionary(pairs) { first, second in max(first, second) }
    }

    /// Returns the e-mail addresses among the contact points of a contact, in order, and whether no mail is wanted there.
    func pointAddresses(
        of contact: Int64,
        in contacts: Module
    ) throws -> [(address: String, isOptedOut: Bool)] {
        guard let part = contacts.shownParts.first(where: { $0.name == "point" }) else { return [] }
        return try rows(of: part, in: contacts, record: contact).compactMap { row in
            guard row.value("kind", of: part).text == "email" else { return nil }
            let isOptedOut = row.value("opted_out", of: part).integer == 1
            return row.value("value", of: part).text.map { ($0, isOptedOut) }
        }
    }
}
