extension ImportHeader {
    /// Redirects second columns of a field to the destination of further values: a telephone number or an address to a
    /// row of a part, a text to the end of the first one.
    func settleRepeats(_ columns: inout [ImportColumn?], _ headings: [Heading]) {
        for index in columns.indices {
            guard case .field(let position)? = columns[index] else { continue }
            let holder = holder(of: .field(position), columns, headings)
            guard index != holder, Self.folded(headings[index].name) != Self.folded(headings[holder].name),
                let further = furtherValue(at: position, called: headings[index].name.trimmed)
            else { continue }
            columns[index] = .further(position, further)
        }
    }

    /// Returns the columns with the same meaning as another one, each with that other one.
    func repeats(_ columns: [ImportColumn?], _ headings: [Heading]) -> [(index: Int, holder: Int)] {
        columns.indices.compactMap { index in
            guard let column = columns[index] else { return nil }
            let holder = holder(of: column, columns, headings)
            let isAllowed = column.canRepeat(
                under: [holder, index].map { Self.folded(headings[$0].name) },
                in: module
            )
            return index == holder || isAllowed ? nil : (index, holder)
        }
    }

    /// Returns, among columns with the same meaning, the one mapped by the user, else the first.
    private func holder(of column: ImportColumn, _ columns: [ImportColumn?], _ headings: [Heading]) -> Int {
        let same = columns.indices.filter { columns[$0] == column }
        return same.first { isMapped(headings[$0]) } ?? same.first ?? 0
    }

    /// - Parameter name: the header, which becomes the label of a row.
    private func furtherValue(at position: Int, called name: String) -> FurtherValue? {
        let field = module.fields[position]
        if field.type.takesLines { return .text(.line) }
        return module.furtherRow(of: field, called: name)
    }

    /// Returns the column of further numbers or addresses of a field's kind with a label.
    func labelled(_ key: String, _ label: String) -> ImportColumn? {
        guard let position = module.position(of: key),
            case .row(let part, let kind, _)? = module.furtherRow(of: module.fields[position], called: label)
        else { return nil }
        return .further(position, .labelled(part: part, kind: kind, label: label))
    }

    // MARK: - Mappings

    /// Returns the position of a field to match rows by, given its key or any header for it.
    func field(matchedBy name: String) -> Int? {
        if let position = module.position(spelled: name) { return position }
        return if case .field(let position)? = column(called: name) { position } else { nil }
    }

    /// Reads a name that is used in mappings only, as ``ImportColumn/name(in:)`` writes it: `address.work.city`,
    /// `starts_at (day)`, `first_name +`.
    func shown(_ name: String) -> ImportColumn? {
        let words = name.split(separator: " ", maxSplits: 1).map(String.init)
        if words.count == 2, let position = module.position(spelled: words[0]) {
            let field = module.fields[position]
            if words[1] == "+" {
                if module.cards?.name.fields.contains(field.key) == true { return .piece(.more(of: field.key)) }
                return field.type.takesLines ? .further(position, .text(.line)) : nil
            }
            let half = words[1].hasPrefix("(") ? MomentHalf(rawValue: String(words[1].dropFirst().dropLast())) : nil
            if half?.isLength == true, module.beginning(ofEnd: position) == nil { return nil }
            switch field.type.form {
            case .moment, .date: return half.map { .moment(position, $0) }
            default: return nil
            }
        }
        guard let cards = module.cards, let part = module.cardPoints else { return nil }
        let addresses = registry[cards.addresses.module]
        let piece = ColumnPiece(
            named: name,
            isField: { addresses.field(spelled: $0) != nil },
            isSlot: { slot in
                addresses.field(cards.addresses.kind)?.type.choices.contains { $0.key == slot } ?? false
            },
            isKind: { kind in part.kindField?.type.choices.contains { $0.key == kind } ?? false }
        )
        return (piece ?? ofAddress(name, addresses)).map(ImportColumn.piece)
    }

    /// Returns a field of the single address that a table has for each person, named as in lists and nested objects:
    /// `address.city`, `address.zip`.
    private func ofAddress(_ name: String, _ addresses: Module) -> ColumnPiece? {
        let names = name.split(separator: ".").map { Self.folded(String($0)) }
        let leads = [addresses.name.rawValue, addresses.label.en, addresses.label.es, "domicilio"].map(Self.folded)
        guard names.count == 2, leads.contains(names[0]) else { return nil }
        let meaning = Self.partsOfAddresses[names[1]] ?? names[1]
        let field = addresses.fields.first { field in
            field.isWritable && field.synonyms.contains { Self.folded($0) == meaning }
        }
        if let field { return .address(slot: Self.usualSlot, field: field.key, line: 1) }
        guard case .piece(let piece)? = foreign.target(of: meaning) ?? foreign.spaced(meaning).flatMap(foreign.target)
        else { return nil }
        switch piece {
        case .address, .house, .addressExtension: return piece
        default: return nil
        }
    }

    /// The kind of address that is assumed if a table does not state it.
    private static let usualSlot = "work"

    /// The folded names for parts of an address in nested objects, with the names in tables.
    private static let partsOfAddresses = [
        "zip": "codigo postal", "zipcode": "codigo postal", "zip code": "codigo postal", "postcode": "codigo postal",
        "postal": "codigo postal", "postalcode": "codigo postal", "line1": "calle y numero", "line 1": "calle y numero",
        "street1": "calle y numero", "street 1": "calle y numero", "address1": "calle y numero",
        "line2": "calle 2", "line 2": "calle 2", "street2": "calle 2", "street 2": "calle 2", "address2": "calle 2",
        "town": "ciudad", "locality": "ciudad", "region": "estado", "province": "estado", "state code": "estado",
        "country code": "pais", "countrycode": "pais", "country name": "pais",
        "type": "kind",
    ]
}
