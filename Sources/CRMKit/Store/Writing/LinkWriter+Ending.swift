import Localization
import SQLite

/// Links that end: since another takes the place, or since that is asked for.
extension LinkWriter {
    /// Ends a link on a day.
    ///
    /// - Throws: ``CRMError`` `invalid` for one that begins later.
    func end(_ holder: Holder, of record: Int64, in role: Value, on date: String) throws {
        try checkPeriod(since: holder.since, until: .text(date))
        try end(holder.id, on: relation.link.hasPeriod ? date : nil)
        note(contact: holder.contact, record: record, from: role, to: .null)
    }

    /// Returns the attributes of a link by which a contact takes over a record on a day: a new link begins on that day,
    /// unless another one is given. A contact who already has the record keeps the day from which it was theirs.
    func beginning(
        _ day: String,
        _ given: LinkAttributes,
        _ contact: Int64,
        _ record: Int64
    ) throws -> LinkAttributes {
        guard let sincePosition, given[sincePosition] == nil else { return given }
        let open = try openLinks(contact: contact, record: record)
        guard try open.isEmpty || match(given, among: open) == nil else { return given }
        var attributes = given
        attributes[sincePosition] = .text(day)
        return attributes
    }

    /// Deletes the open links of a pair, or ends them on a date and keeps them as history.
    ///
    /// - Parameters:
    ///   - role: the role of the link to end; `nil` for every role.
    ///   - date: the day on which the links end; `nil` to delete them.
    /// - Returns: the number of links.
    func unlink(contact: Int64, record: Int64, role: Value?, endedOn date: String?) throws -> Int {
        let open = try openLinks(contact: contact, record: record).filter { existing in
            guard let role, let rolePosition else { return true }
            return existing.attributes[rolePosition] == role
        }
        let mirrored = open.filter(isMirror)
        if !mirrored.isEmpty, let mirror = relation.mirror {
            let module = store.registry[relation.module]
            throw CRMError(
                .refused,
                Text(
                    en: "contact \(contact) is the \(mirror.role) contact of \(module.called(record).en)",
                    es: "el contacto \(contact) es el contacto «\(label(of: mirror))» \(module.ofCalled(record).es)"
                ),
                hint: Text(
                    en:
                        "move it with: \(ProgramName.placeholder) \(relation.module) edit \(record) --\(mirror.field.hyphenated) REF",
                    es:
                        "moverlo con: \(ProgramName.placeholder) \(relation.module) edit \(record) --\(mirror.field.hyphenated) REF"
                ),
                module: relation.module,
                reference: "\(record)"
            )
        }
        for existing in open {
            if let date, let sincePosition {
                try checkPeriod(since: existing.attributes[sincePosition], until: .text(date))
            }
            try end(existing.id, on: date)
            note(contact: contact, record: record, from: self.role(of: existing), to: .null)
        }
        try tellRules()
        return open.count
    }

    private func end(_ id: Int64, on date: String?) throws {
        if let date, let untilPosition {
            try write([(relation.link.attributes[untilPosition], .text(date))], to: id)
        } else {
            try writer.delete(.one(id))
        }
    }
}
