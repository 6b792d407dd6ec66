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
            let outcome = try writer.link(contact: isCenter ? record : id, record: isCenter ? id : record, attributes)
            if outcome != .alreadyLinked { linked += 1 }
        }
        return linked
    }
}
