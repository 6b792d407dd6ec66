/// Reads the headers of columns with rows of a part: keys, labels in either language, synonyms, `product.code`.
struct PartHeader {
    let part: Part
    let registry: Registry

    /// Returns the meaning of a column; `nil` for an unknown header.
    func cell(_ header: String) -> PartCell? {
        meaning(header).map { PartCell(part: part.key, meaning: $0) }
    }

    /// All names that a column can have.
    var names: [String] { [Part.positionKey] + part.words }

    private func meaning(_ header: String) -> PartCell.Meaning? {
        let folded = ImportHeader.folded(header)
        if [Part.positionKey, "posición"].contains(where: { ImportHeader.folded($0) == folded }) {
            return .position
        }
        if let alias = part.aliases.first(where: { ImportHeader.folded($0.word) == folded }) {
            return .field(alias.word, prefix: nil)
        }
        if let kind = TaxHeader.kind(header), let taxes = part.taxes { return .taxes(of: taxes.key, kind: kind) }
        if let field = part.fieldMeant(by: header) {
            guard field.isWritable else { return .nothing }
            // `Descuento` may be a percentage or an amount, as the cell says; the key alone means that field.
            let alias = folded == ImportHeader.folded(field.key) ? nil : part.aliases.first { $0.field == field.key }
            return .field(alias?.percentField == nil ? field.key : alias?.word ?? field.key, prefix: nil)
        }
        guard let dot = header.firstIndex(of: "."), let field = part.fieldMeant(by: String(header[..<dot])),
            let target = field.type.target,
            let prefix = ImportHeader.prefix(String(header[header.index(after: dot)...]), in: registry[target])
        else { return key(folded) ?? loneKey(folded) ?? tax(folded) }
        return .field(field.key, prefix: prefix)
    }

    /// Returns the meaning of a header for the rate of a tax on a row: `IVA`, `% IVA`, `Tasa de IVA`; `nil` for any
    /// other header, even for the amount of a tax.
    private func tax(_ folded: String) -> PartCell.Meaning? {
        let words = folded.split { !$0.isLetter && !$0.isNumber }
        guard TaxHeader.isOfTaxes(folded),
            words.map(String.init).allSatisfy({ TaxHeader.wordsOfRates.contains($0) || TaxHeader.isOfTaxes($0) })
        else { return nil }
        return part.taxes.map { .field($0.key, prefix: nil) }
    }

    /// Returns the meaning of a header for a code of records if only one field refers to records with such a code:
    /// `Código`; `nil` for any other header.
    private func loneKey(_ folded: String) -> PartCell.Meaning? {
        let found = part.writableFields.compactMap { field -> PartCell.Meaning? in
            guard let target = field.type.target.map({ registry[$0] }) else { return nil }
            let key = target.referenceKeys.first { key in
                guard let own = key.fields.first.flatMap({ target.field($0) }), own.type.isCode else { return false }
                return ([key.prefix] + own.synonyms).contains { ImportHeader.folded($0) == folded }
            }
            return key.map { .field(field.key, prefix: $0.prefix) }
        }
        return found.count == 1 ? found[0] : nil
    }

    /// Returns the meaning of a header for a key of the records that a field refers to, `Código del producto`; `nil`
    /// for any other header.
    private func key(_ folded: String) -> PartCell.Meaning? {
        for field in part.writableFields {
            guard let target = field.type.target.map({ registry[$0] }) else { continue }
            let own = target.referenceKeys.compactMap { key in
                key.fields.first.flatMap { target.field($0) }.map {
                    (prefix: key.prefix, words: [key.prefix] + $0.synonyms)
                }
            }
            let key = ([(prefix: "name", words: PossessiveHeader.name)] + own).first { key in
                PossessiveHeader(properties: key.words, owners: field.synonyms).spellings.contains(folded)
            }
            if let key { return .field(field.key, prefix: key.prefix) }
        }
        return nil
    }
}
