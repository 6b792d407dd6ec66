extension RowReader {
    /// Splits and combines the parts of a name that a row gives.
    ///
    /// - Parameter existing: the record of the row, whose name need not be split.
    func readNames(_ reading: inout RowReading, row: InputRow, plan: RowPlan, existing: Int64?) throws {
        guard let pieces else { return }
        if let whole = reading.pieces.fullName, hasFamilyName(reading), !row.isCard {
            readRest(of: whole, row, plan, &reading)
        } else if let whole = reading.pieces.fullName, !hasFamilyName(reading) {
            let record = try existing.flatMap { try store.storedRecord(module, id: $0) }
            let name = record?[module.displayKey].text
            let told = company(row, plan)
            let member = reading.pieces.mayNameCompany ? Self.member(whole.text, of: told) : nil
            let company = told ?? member?.company
            if told == nil, let member { try giveCompany(member.company, whole, row, plan, to: &reading) }
            let person = member?.person ?? whole.text
            var parts = name == person ? [] : pieces.fields(ofName: person, at: company)
            if let names, let record, !record[names.fields.given].isNull, !person.hasWhiteSpace {
                // A single word is the given name of a person who also has a family name.
                parts = [(names.fields.given, person)]
            }
            for (key, text) in parts {
                guard let position = module.position(of: key), !text.isEmpty || existing != nil,
                    !reading.given.contains(where: { $0.position == position && !$0.value.isNull })
                else { continue }
                let value = try module.fields[position].type.parse(text, in: context)
                try give(value, position, cell: whole.index, to: &reading)
            }
            if !parts.isEmpty { tellTitles(pieces.titles(ofName: person, at: company), in: &reading) }
        }
        for (key, cell) in reading.pieces.more {
            guard let position = module.position(of: key) else { continue }
            let index = reading.given.firstIndex { $0.position == position }
            let present = index.flatMap { reading.given[$0].value.text }
            let text = [present, cell.text].compactMap { $0 }.joined(separator: " ")
            if let index { reading.given.remove(at: index) }
            reading.given.append(RowReading.Given(position: position, value: .text(text), cell: cell.index))
        }
        guard !row.isCard else { return }
        if let cell = plan.titleCell { try readFormOfAddress(&reading, cell: cell, existing: existing) }
        try readTitle(&reading, existing: existing)
        guard !hasFamilyName(reading) else { return }
        if plan.hasNameParts {
            try readNameless(&reading, row: row, plan: plan, existing: existing)
        } else if plan.lacksFamilyNames, existing == nil {
            callByAddress(&reading)
        }
    }

    /// Uses the e-mail address as the name of a new person without a name, in a table without family names.
    private func callByAddress(_ reading: inout RowReading) {
        guard let names, let emails = module.cards?.emails.compactMap({ module.position(of: $0) }),
            !reading.wrong.contains(names.family),
            !reading.given.contains(where: { $0.position == names.given && !$0.value.isNull }),
            let address = reading.given.filter({ emails.contains($0.position) && !$0.value.isNull }).min(by: {
                first,
                second in
                first.position < second.position
            })
        else { return }
        reading.given.append(RowReading.Given(position: names.family, value: address.value, cell: address.cell))
        tellSurname(address.value.text ?? "", in: &reading)
    }

    /// Tells what a new person has for a family name whose row has none.
    private func tellSurname(_ text: String, in reading: inout RowReading) {
        guard let names else { return }
        reading.told.append(ImportWarning(.surname, of: module.fields[names.family], text))
    }

    /// Splits a text of Odoo into company and person, `Acme, Ana Ruiz`; returns `nil` for a single name.
    ///
    /// - Parameter company: the company's name in another column.
    private static func member(_ text: String, of company: String?) -> (company: String, person: String)? {
        if let company {
            let lead = "\(company), "
            return text.hasPrefix(lead) ? (company, String(text.dropFirst(lead.count)).trimmed) : nil
        }
        guard let comma = text.lastIndex(of: ","), !CompanyName.hasLegalForm(text) else { return nil }
        let (company, person) = (String(text[..<comma]).trimmed, String(text[text.index(after: comma)...]).trimmed)
        return company.isEmpty || person.isEmpty ? nil : (company, person)
    }

    /// Sets the company given before a name, unless the row has one.
    private func giveCompany(
        _ company: String,
        _ cell: RowPieces.Cell,
        _ row: InputRow,
        _ plan: RowPlan,
        to reading: inout RowReading
    ) throws {
        guard let key = module.cards?.organization.reference, let position = module.position(of: key),
            let target = module.fields[position].type.target,
            !reading.given.contains(where: { $0.position == position && !$0.value.isNull })
        else { return }
        do {
            let id = try resolver.id(company, prefix: "name", in: registry[target])
            try give(.integer(id), position, cell: cell.index, to: &reading)
        } catch {
            try note(error, row: row, cell: cell.index, plan, in: &reading)
        }
    }

    /// Moves an abbreviated form of address from a column of job titles to its own field: `Lic.` under `Título`.
    private func readFormOfAddress(_ reading: inout RowReading, cell: Int, existing: Int64?) throws {
        guard let names, let index = reading.given.firstIndex(where: { $0.cell == cell }),
            let text = reading.given[index].value.text, text.last == "." || text.count < 5, !text.hasWhiteSpace,
            let choice = names.fields.salutation(text, in: module)
        else { return }
        let position = reading.given[index].position
        // An existing record with this text as its job title keeps it.
        if let existing, try store.storedRecord(module, id: existing)?[module.fields[position].key] == .text(text) {
            return
        }
        reading.given.remove(at: index)
        reading.given.append(RowReading.Given(position: names.salutation, value: .text(choice.key), cell: cell))
    }

    /// Moves a form of address before the given names to its own field, if that is empty: `Ing. Luis`.
    private func readTitle(_ reading: inout RowReading, existing: Int64?) throws {
        guard let names, hasFamilyName(reading),
            let index = reading.given.firstIndex(where: { $0.position == names.given }),
            let text = reading.given[index].value.text, let titled = names.fields.titled(text, in: module),
            !reading.given.contains(where: { $0.position == names.salutation && !$0.value.isNull })
        else { return }
        // An existing record with this given name keeps it.
        if let existing, try store.storedRecord(module, id: existing)?[names.fields.given] == .text(text) { return }
        let cell = reading.given[index].cell
        reading.given[index] = RowReading.Given(position: names.given, value: .text(titled.given), cell: cell)
        reading.given.removeAll { $0.position == names.salutation }
        reading.given.append(RowReading.Given(position: names.salutation, value: .text(titled.salutation), cell: cell))
        tellTitles(titled.titles, in: &reading)
    }

    /// Notes which of the forms of address taken from a name are not the one that the record has: `Prof. Dr.`
    private func tellTitles(_ titles: [String], in reading: inout RowReading) {
        guard let names, !titles.isEmpty else { return }
        let held = reading.given.first { $0.position == names.salutation }?.value.text
        let rest = titles.filter { names.fields.salutation($0, in: module)?.key != held }
        if rest.isEmpty { return }
        reading.told.append(
            ImportWarning(.further, of: module.fields[names.salutation], rest.joined(separator: " "))
        )
    }

    private func hasFamilyName(_ reading: RowReading) -> Bool {
        reading.given.contains { $0.position == names?.family && !$0.value.isNull }
    }

    /// Names a person without a family name. Address books contain people with one name, and numbers without a name. As
    /// on cards, a given name without a family name becomes the family name, which is required; if there is none
    /// either, another value of the row is used, and this is reported for a new person.
    private func readNameless(
        _ reading: inout RowReading,
        row: InputRow,
        plan: RowPlan,
        existing: Int64?
    ) throws {
        guard let names, !reading.wrong.contains(names.family) else { return }
        let (given, family) = (names.given, names.family)
        let own = reading.given.firstIndex { $0.position == given && !$0.value.isNull }
        if let own, let whole = reading.given[own].value.text,
            try split(whole, own, row, plan, existing: existing, in: &reading)
        {
            return
        }
        let text = own.flatMap { reading.given[$0].value.text } ?? calling(reading, row, plan)
        guard let text else { return }
        // The row of an existing record has lost the family name, unless the record has only this name.
        if let existing, let stored = try store.storedRecord(module, id: existing),
            stored[names.fields.family] != .text(text) || !stored[names.fields.given].isNull
        {
            return
        }
        let cell = own.map { reading.given[$0].cell } ?? plan.columns.firstIndex { $0.fills(family) } ?? 0
        if let own { reading.given[own] = RowReading.Given(position: given, value: .null, cell: cell) }
        reading.given.removeAll { $0.position == family }
        reading.given.append(RowReading.Given(position: family, value: .text(text), cell: cell))
        if existing == nil { tellSurname(text, in: &reading) }
    }

    /// Splits a whole name in the column of given names beside an empty family name, as in a table without family names.
    ///
    /// - Parameter own: the index of the given name in the reading.
    /// - Returns: whether it was split; a single word, and two given names, are not.
    private func split(
        _ whole: String,
        _ own: Int,
        _ row: InputRow,
        _ plan: RowPlan,
        existing: Int64?,
        in reading: inout RowReading
    ) throws -> Bool {
        guard let names, let pieces, whole.hasWhiteSpace, !PersonName.areGivenNames(whole) else { return false }
        let told = company(row, plan)
        let parts = pieces.fields(ofName: whole, at: told)
        guard parts.contains(where: { $0.key == names.fields.given && !$0.text.isEmpty }) else { return false }
        let cell = reading.given[own].cell
        if let existing {
            // The row of the record that an earlier row with this name made has nothing else to say about the name.
            guard let stored = try store.storedRecord(module, id: existing),
                parts.allSatisfy({ stored[$0.key] == .text($0.text) })
            else { return false }
            reading.given.removeAll { $0.position == names.given || $0.position == names.family }
            return true
        }
        reading.given.removeAll { $0.position == names.given || $0.position == names.family }
        for (key, text) in parts where !text.isEmpty {
            guard let position = module.position(of: key),
                !reading.given.contains(where: { $0.position == position && !$0.value.isNull })
            else { continue }
            reading.given.removeAll { $0.position == position }
            reading.given.append(RowReading.Given(position: position, value: .text(text), cell: cell))
        }
        tellTitles(pieces.titles(ofName: whole, at: told), in: &reading)
        return true
    }

    /// Returns a substitute for the missing name in a row: as on cards a nickname, the organization, an address, or a
    /// number.
    private func calling(_ reading: RowReading, _ row: InputRow, _ plan: RowPlan) -> String? {
        guard let cards = module.cards else { return nil }
        if let nickname = reading.further.first(where: { $0.value.isNickname }) { return nickname.text.trimmed }
        if let company = company(row, plan) { return company }
        return (cards.emails + cards.phones.map(\.field)).compactMap { module.position(of: $0) }.lazy.compactMap {
            position in
            reading.given.first { $0.position == position }?.value.text
        }.first
    }

    /// Returns the name of the organization in a row.
    private func company(_ row: InputRow, _ plan: RowPlan) -> String? {
        guard let key = module.cards?.organization.reference, let organization = module.position(of: key),
            let cell = plan.columns.firstIndex(of: .reference(organization, prefix: "name")),
            let name = row.texts[cell]?.trimmed, !name.isEmpty, !Placeholders.isNothing(name)
        else { return nil }
        return ReferenceResolver.name(inExport: name) ?? name
    }
}
