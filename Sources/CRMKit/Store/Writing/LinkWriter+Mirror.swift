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
        } else {
            _ = try link(contact: contact, record: record, attributes, isForMirror: true)
        }
    }

    /// Takes a role that a field of a record sets away from the contacts that have it, except one. A contact that was
    /// linked in another role before gets that role back, with a notice; links of other contacts are deleted.
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
            guard let rolePosition, let earlier = try earlierRole(of: id) else {
                try writer.delete(.one(id))
                continue
            }
            try write([(relation.link.attributes[rolePosition], earlier)], to: id)
            guard let name = earlier.text.map({ roleLabel($0) }) else { continue }
            notice(
                Text(
                    en: "contact \(former) is linked as \(name.en) again, as before",
                    es: "el contacto \(former) queda vinculado como \(name.es), como antes"
                )
            )
        }
    }

    /// The role that a link had before the one it has; `nil` where it was made with that one, or history knows no more.
    private func earlierRole(of link: Int64) throws -> Value? {
        try transaction.log.flush()
        let changes = try store.statement(
            """
            SELECT "action", \(ChangeLog.isKept("role")), \(ChangeLog.former("role")) FROM "change" \
            WHERE "table_name" = \(bind: .text(writer.table.name)) AND "record" = \(bind: .integer(link)) \
            ORDER BY "id" DESC
            """ as SQLFragment
        )
        defer { changes.reset() }
        while try changes.step(), changes.holds(.text(ChangeLog.Action.update.rawValue), at: 0) {
            if changes.integer(at: 1) != 0 { return changes.value(at: 2) }
        }
        return nil
    }

    /// Returns the label of a role.
    func roleLabel(_ role: String) -> Text {
        let choices = relation.link.attributes.first { $0.key == "role" }?.type.choices ?? []
        return choices.first { $0.key == role }?.label ?? Text(role)
    }

    private func noteLostRoles(_ roles: [String], contact: Int64, role: String) {
        guard !roles.isEmpty else { return }
        func names(_ roles: [String], _ language: Language) -> String {
            roles.map { roleLabel($0)(in: language) }.joined(separator: ", ")
        }
        notice(
            Text(
                en: """
                    contact \(contact) was linked as \(names(roles, .english)), and is linked as \
                    \(names([role], .english)) alone now
                    """,
                es: """
                    el contacto \(contact) estaba vinculado como \(names(roles, .spanish)), y ahora lo está solo como \
                    \(names([role], .spanish))
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
