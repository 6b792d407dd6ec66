import Localization
import SQLite

/// The link that a field of a record sets, whose role nothing else does.
extension LinkWriter {
    /// The refusal of a link that follows a field of the record.
    func refusal(of mirror: Mirror, contact: Int64, record: Int64) -> CRMError {
        let module = store.registry[relation.module]
        return CRMError(
            .refused,
            Text(
                en: "the \(mirror.role) contact of \(module.called(record).en) is set by its own field",
                es: "el contacto «\(label(of: mirror))» \(module.ofCalled(record).es) se define en su propio campo"
            ),
            hint: Text(
                "\(ProgramName.placeholder) \(relation.module) edit \(record) --\(mirror.field.hyphenated) \(contact)"
            ),
            module: relation.module,
            reference: "\(record)"
        )
    }

    /// Makes a contact the only one linked to a record in a role that a field of the record sets. If the contact was
    /// linked in other roles, a notice says that it loses them: one link remains, in this role.
    ///
    /// - Parameters:
    ///   - contact: the contact's id; `nil` to have none in the role.
    ///   - isNew: whether the record was just created, so that it has no links yet.
    func keepOnly(_ contact: Int64?, of record: Int64, role: String, isNew: Bool) throws {
        if !isNew { try release(role, of: record, except: contact) }
        guard let contact else { return }
        var attributes = LinkAttributes(of: relation.link)
        attributes["role"] = .text(role)
        if isNew {
            try insertion.insert(LinkInsertion.Link(contact: contact, record: record, attributes: attributes))
            return
        }
        let open = try openLinks(contact: contact, record: record)
        if open.contains(where: isMirror) { return }
        if let other = open.first, let rolePosition {
            for further in open.dropFirst() { try writer.delete(.one(further.id)) }
            try write([(relation.link.attributes[rolePosition], .text(role))], to: other.id)
            noteLostRoles(open.compactMap { $0.attributes[rolePosition].text }, contact: contact, role: role)
            for further in open.dropFirst() { noteLostAttributes(of: further, contact: contact) }
        } else {
            _ = try link(contact: contact, record: record, attributes, isForMirror: true)
        }
    }

    /// Takes a role that a field of the record sets away from the contacts that have it, except one. A contact that was
    /// linked in other roles before gets those roles back, with a notice; links of other contacts are deleted.
    private func release(_ role: String, of record: Int64, except contact: Int64?) throws {
        let holders = try store.database.all(
            """
            SELECT "id", \(contactColumn) FROM \(relation.table.quotedIdentifier) \
            WHERE \(recordColumn) = ? AND "role" = ? AND \(contactColumn) IS NOT ?
            """,
            [.integer(record), .text(role), contact.map(Value.integer) ?? .null]
        )
        for holder in holders {
            guard let id = holder[0].integer, let former = holder[1].integer else { continue }
            let open = try openLinks(contact: former, record: record)
            guard let rolePosition, let earlier = try earlierRole(of: id),
                !open.contains(where: { $0.attributes[rolePosition] == earlier.role })
            else {
                try writer.delete(.one(id))
                if let lost = open.first(where: { $0.id == id }) { noteLostAttributes(of: lost, contact: former) }
                continue
            }
            try write([(relation.link.attributes[rolePosition], earlier.role)], to: id)
            var roles = [earlier.role]
            for attributes in try linksTaken(by: earlier.change, contact: former, record: record) {
                guard let role = attributes[rolePosition], !roles.contains(role),
                    !open.contains(where: { $0.attributes[rolePosition] == role })
                else { continue }
                try insertion.insert(LinkInsertion.Link(contact: former, record: record, attributes: attributes))
                roles.append(role)
            }
            noteRegainedRoles(roles.compactMap(\.text), contact: former)
        }
    }

    /// Returns a link's role before its present one, and the id of the change that replaced it; `nil` if the link was
    /// made with its present role, or if the history goes back no further.
    private func earlierRole(of link: Int64) throws -> (role: Value, change: Int64)? {
        try transaction.log.flush()
        let changes = try store.statement(
            """
            SELECT "action", \(ChangeLog.isKept("role")), \(ChangeLog.former("role")), "id" FROM "change" \
            WHERE "table_name" = \(bind: .text(writer.table.name)) AND "record" = \(bind: .integer(link)) \
            ORDER BY "id" DESC
            """ as SQLFragment
        )
        defer { changes.reset() }
        while try changes.step(), changes.holds(.text(ChangeLog.Action.update.rawValue), at: 0) {
            if changes.integer(at: 1) != 0 { return (changes.value(at: 2), changes.integer(at: 3)) }
        }
        return nil
    }

    /// Returns the attributes of the links of a pair that were deleted when one of them was given another role, the
    /// first one first. History keeps these deletions directly before that change.
    private func linksTaken(by change: Int64, contact: Int64, record: Int64) throws -> [LinkAttributes] {
        let attributes = relation.link.attributes
        let kept = attributes.map { ChangeLog.former($0.key) }.joined(", ")
        let changes = try store.statement(
            """
            SELECT "action", \(ChangeLog.former(relation.center.rawValue)), \
            \(ChangeLog.former(relation.module.rawValue)), \(kept) FROM "change" \
            WHERE "id" < \(bind: .integer(change)) AND "table_name" = \(bind: .text(writer.table.name)) AND \
            "change_set" = (SELECT "change_set" FROM "change" WHERE "id" = \(bind: .integer(change))) ORDER BY "id" DESC
            """ as SQLFragment
        )
        defer { changes.reset() }
        var taken: [LinkAttributes] = []
        while try changes.step(), changes.holds(.text(ChangeLog.Action.delete.rawValue), at: 0),
            changes.integer(at: 1) == contact, changes.integer(at: 2) == record
        {
            var link = LinkAttributes(of: relation.link)
            for position in attributes.indices { link[position] = changes.value(at: position + 3) }
            taken.append(link)
        }
        return taken.reversed()
    }

    /// Returns the label of a role.
    func roleLabel(_ role: String) -> Text {
        let choices = relation.link.attributes.first { $0.key == "role" }?.type.choices ?? []
        return choices.first { $0.key == role }?.label ?? Text(role)
    }

    private func names(of roles: [String]) -> Text {
        let labels = roles.map(roleLabel)
        return Text(en: labels.map(\.en).joined(separator: ", "), es: labels.map(\.es).joined(separator: ", "))
    }

    private func noteLostRoles(_ roles: [String], contact: Int64, role: String) {
        guard !roles.isEmpty else { return }
        let (lost, kept) = (names(of: roles), roleLabel(role))
        notice(
            Text(
                en: "contact \(contact) was linked as \(lost.en), and is linked as \(kept.en) alone now",
                es: """
                    el contacto \(contact) estaba vinculado como \(lost.es), y ahora lo está solo como \(kept.es)
                    """
            )
        )
    }

    private func noteRegainedRoles(_ roles: [String], contact: Int64) {
        guard !roles.isEmpty else { return }
        let regained = names(of: roles)
        notice(
            Text(
                en: "contact \(contact) is linked as \(regained.en) again, as before",
                es: "el contacto \(contact) queda vinculado como \(regained.es), como antes"
            )
        )
    }

    /// Tells what people had written beside the role of a link that is deleted.
    private func noteLostAttributes(of link: Existing, contact: Int64) {
        let written = zip(relation.link.attributes, link.attributes).filter { $0.key != "role" && !$1.isNull }
        guard !written.isEmpty else { return }
        let role = role(of: link).text.map(roleLabel)
        func told(_ language: Language) -> String {
            written.map { "\($0.label(in: language)): \($1.text ?? "")" }.joined(separator: "; ")
        }
        notice(
            Text(
                en:
                    "the link of contact \(contact)\(role.map { " as \($0.en)" } ?? "") is gone, with \(told(.english))",
                es: """
                    se quitó el vínculo del contacto \(contact)\(role.map { " como \($0.es)" } ?? ""), con \(told(.spanish))
                    """
            )
        )
    }

    /// Returns the Spanish label of a mirror's role.
    func label(of mirror: Mirror) -> String { roleLabel(mirror.role).es }

    /// Whether a link is the one that a field sets.
    func isMirror(_ existing: Existing) -> Bool {
        guard let mirror = relation.mirror, let rolePosition else { return false }
        return existing.attributes[rolePosition] == .text(mirror.role)
    }
}
