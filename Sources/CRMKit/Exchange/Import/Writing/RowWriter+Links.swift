extension RowWriter {
    /// Links the record of a row with the records that the row names.
    ///
    /// - Returns: the number of links made.
    func link(_ reading: RowReading, row: InputRow, record: Int64) throws -> Int {
        var linked = 0
        for given in reading.links {
            let isCenter = module.name == registry.center
            let outer = isCenter ? registry[given.module] : module
            let (writer, id) = (try transaction.linkWriter(of: outer), given.id)
            var attributes = LinkAttributes(of: writer.relation.link)
            for attribute in reading.attributes {
                guard let position = writer.relation.link.index[attribute.key],
                    let value = try reader.reading(
                        attribute,
                        of: writer.relation.link.attributes[position],
                        for: given,
                        row: row
                    )
                else { continue }
                attributes.set(position, to: value)
            }
            let (contact, held) = isCenter ? (record, id) : (id, record)
            let outcome =
                try handOver(of: outer)?.link(contact: contact, record: held, attributes)
                ?? writer.link(contact: contact, record: held, attributes)
            if outcome == .linked, !options.handsOver {
                try noteFormer(of: held, than: contact, attributes, by: writer)
            }
            if outcome != .alreadyLinked { linked += 1 }
        }
        return linked
    }

    /// Returns the hand-over of the records of a module; `nil` if none was requested.
    private func handOver(of module: Module) throws -> HandOver? {
        guard options.handsOver else { return nil }
        if let present = handOvers[module.name] { return present }
        let new = try HandOver(module, in: transaction)
        handOvers[module.name] = new
        return new
    }

    /// Notes the first record that somebody else has in the same role: a list of who has what now means him no longer.
    private func noteFormer(
        of record: Int64,
        than contact: Int64,
        _ attributes: LinkAttributes,
        by writer: LinkWriter
    ) throws {
        guard former == nil, let role = attributes["role"], !role.isNull,
            !transaction.log.hasCreated(record, in: registry[writer.relation.module].table)
        else { return }
        let others = try writer.others(than: contact, of: record, role: role, on: transaction.today)
        // Whom the input names beside it is no former one.
        guard let other = others.first(where: { !transaction.log.hasCreated($0.id, in: writer.relation.table) }) else {
            return
        }
        former = FormerHolder(record: record, module: writer.relation.module, contact: other.contact)
    }
}

/// Somebody who has a record in a role in which a row links another with it.
struct FormerHolder {
    let record: Int64
    let module: ModuleName
    let contact: Int64
}
