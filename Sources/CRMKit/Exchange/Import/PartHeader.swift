/// The contents of a column about the rows of a part.
public struct PartCell: Sendable, Hashable {
    /// The meaning of the column.
    enum Meaning: Sendable, Hashable {
        /// The position of the row among those of its record.
        case position
        /// A field, by one of its names in input; for a reference, the prefix of the key by which records are
        /// identified.
        case field(String, prefix: String?)
        /// A record, found by one of some keys in the module of the first of several fields that has it; otherwise a
        /// text of the row, if any.
        case record([String], by: [String], orText: String?)
        /// A word that decides which of several fields gets the row's record, by the folded forms of the words.
        case recordField([String: String])
        /// Taxes: the rate of one kind, or taxes by the names of other programs.
        case taxes(of: String, kind: Tax.Kind?)
        /// Whether the row is only a text, because the cell has one of some folded words.
        case textOnly(Set<String>)
        /// A value that the program computes.
        case nothing
    }

    /// The key of the part.
    public let part: String
    let meaning: Meaning

    /// The name of the column in a mapping, after the part.
    public var name: String {
        switch meaning {
        case .position: Part.positionKey
        case .field(let word, let prefix): word + (prefix.map { ".\($0)" } ?? "")
        case .record(let keys, _, _): keys.joined(separator: " / ")
        case .taxes(let word, let kind): word + (kind.map { " (\($0.rawValue))" } ?? "")
        case .recordField, .textOnly, .nothing: "-"
        }
    }

    /// The fields that a cell sets, by their names in input.
    var words: [String] {
        switch meaning {
        case .field(let word, _), .taxes(let word, _): [word]
        case .record(let keys, _, let word): keys + (word.map { [$0] } ?? [])
        case .position, .recordField, .textOnly, .nothing: []
        }
    }

    /// Returns the part of a module that the column is about.
    func part(of module: Module) -> Part? { module.parts.first { $0.key == part } }

    /// Whether several columns of a table may have this meaning: those without one, and value-added tax, for which some
    /// programs have a column for each rate.
    ///
    /// - Parameter names: the folded headers of two of them.
    func canRepeat(under names: [String]) -> Bool {
        switch meaning {
        case .nothing: true
        case .taxes(_, let kind): (kind == nil || kind == .vat) && Set(names).count > 1
        case .position, .field, .record, .recordField, .textOnly: false
        }
    }

    /// Returns the input that a cell gives for the row; `nil` if it sets no field.
    func input(_ text: String) -> FieldInput? {
        if text.isEmpty { return nil }
        switch meaning {
        case .field(let word, let prefix): return FieldInput(word, .set(prefix.map { "\($0):\(text)" } ?? text))
        case .taxes(let word, _): return FieldInput(word, .set(text))
        case .position, .record, .recordField, .textOnly, .nothing: return nil
        }
    }
}

extension PartCell {
    /// Returns the input for a JSON cell that is null, or an empty list, when that differs from giving nothing.
    func emptied(in part: Part, isList: Bool) -> FieldInput? {
        guard case .field(let word, nil) = meaning, let field = part.field(called: word, given: "") else { return nil }
        if isList, field.traits.contains(.overriding) { return FieldInput(word, .set(StoredList.emptyText)) }
        return part.isSupplied(field) ? FieldInput(word, .set("")) : nil
    }
}

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
        guard TaxEvidence.isOfTaxes(folded),
            words.map(String.init).allSatisfy({ TaxHeader.wordsOfRates.contains($0) || TaxEvidence.isOfTaxes($0) })
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
