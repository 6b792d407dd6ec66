import Localization

/// The people of events: contacts who attend, and their responses.
extension EventSettler {
    /// Links the attendees who are contacts, and unlinks those who no longer attend.
    ///
    /// - Returns: the addresses of the linked attendees, and whether anything changed.
    func settlePeople(_ attendees: [EventContents.Attendee], of id: Int64) throws -> (Set<String>, Bool) {
        // If a calendar has described the record before, only contacts that it linked are unlinked.
        let mayGo = isComplete && former.map { $0.kept.series == nil || !$0.kept.contacts.isEmpty } ?? false
        let people = mayGo ? try components.people(of: id) : []
        var linked: Set<String> = []
        var isChanged = false
        for attendee in attendees {
            guard let contact = try contact(attendee) else { continue }
            linked.insert(attendee.address)
            if try link(contact, id, attendee.response) { isChanged = true }
        }
        guard isComplete, let former else { return (linked, isChanged) }
        let addresses = Set(attendees.map(\.address))
        for person in people where !person.addresses.contains(where: addresses.contains) {
            let wasTold =
                former.kept.series == nil
                ? !person.addresses.isEmpty : person.addresses.contains(where: former.kept.contacts.contains)
            guard wasTold else { continue }
            let writer = try transaction.linkWriter(of: module)
            isChanged = try writer.unlink(contact: person.id, record: id, role: nil, endedOn: nil) > 0 || isChanged
        }
        return (linked, isChanged)
    }

    func link(_ contact: Int64, _ record: Int64, _ response: String?) throws -> Bool {
        let writer = try transaction.linkWriter(of: module)
        var attributes = LinkAttributes(of: writer.relation.link)
        if let response { attributes[mapping.response.field] = .text(response) }
        guard try writer.link(contact: contact, record: record, attributes) != .alreadyLinked else { return false }
        linkedCount += 1
        return true
    }

    /// Returns the contact that an attendee is, creating it if requested. An address of several contacts is reported to
    /// the user, and `nil` is returned.
    func contact(_ attendee: EventContents.Attendee) throws -> Int64? {
        let ids = try components.contacts(at: attendee.address)
        if ids.count == 1 { return ids[0] }
        guard ids.isEmpty else {
            transaction.notice(
                Text(
                    en: "\(attendee.address) is of more than one contact, and linked with none",
                    es: "\(attendee.address) es de más de un contacto, y no se vincula con ninguno"
                )
            )
            return nil
        }
        guard attendee.isPerson, options.creates.contains(contacts.name), !RoleAddress.isOne(attendee.address)
        else { return nil }
        let name = attendee.name ?? String(attendee.address.prefix { $0 != "@" })
        let making = RecordMaking(name: name)
        let id = try resolver.id(attendee.address, prefix: "email", in: contacts, making: making)
        components.forgetContacts()
        return id
    }
}
