import Localization
import SQLite

/// References in cells to records.
extension RowReader {
    /// Returns the record that a cell names for a field. If another cell gives a key, the key decides, and the name is
    /// only used to create a record. If the cell names several people with addresses, the first one is used, and the
    /// others are linked where possible.
    func reference(
        _ row: InputRow,
        _ cell: Int,
        _ prefix: String,
        at position: Int,
        _ plan: RowPlan,
        _ reading: inout RowReading
    ) throws -> Value {
        func text(_ cell: Int) -> String? {
            // Where JSON gives an object with a name, the name is used for a reference by name.
            let text = prefix == "name" ? row.name(at: cell) ?? row.texts[cell] : row.texts[cell]
            return text.map(SpreadsheetWords.unquoted).flatMap { isNothing($0) ? nil : $0 }
        }
        guard let own = text(cell), let target = module.fields[position].type.target else { return .null }
        if let keys = plan.references.keys[cell], keys.contains(where: { text($0) != nil }) {
            // The name beside an id is checked with the id.
            if keys.contains(where: { plan.columns[$0] == .field(position) && text($0) != nil }) { return .null }
            return try named(own, prefix, in: registry[target]).map(Value.integer) ?? .null
        }
        let isLinked = module.linkedModules(in: registry).contains(target)
        let mayBeSeveral = isLinked || prefix == "name" && !row.isCard && CellValues.mayBeSeveral(own)
        let addressees = mayBeSeveral ? try several(own, prefix, in: registry[target], isList: false) : [own]
        if let first = addressees.first, addressees.count > 1 {
            let id = try resolver.id(first, prefix: prefix, in: registry[target])
            guard isLinked else {
                reading.told += addressees.dropFirst().map { ImportWarning(.further, of: Text(row.names[cell]), $0) }
                return .integer(id)
            }
            for (place, other) in addressees.enumerated().dropFirst() {
                let id = try resolver.id(other, prefix: prefix, in: registry[target])
                reading.links.append(GivenLink(module: target, id: id, place: place, count: addressees.count))
            }
            return .integer(id)
        }
        if prefix == "name", own.utf8.contains(UInt8(ascii: ",")),
            let (company, person) = try resolver.companyAndPerson(own, in: registry[target], registry[registry.center])
        {
            if module.linkedModules(in: registry).contains(registry.center) {
                reading.links.append(GivenLink(module: registry.center, id: person, place: 0, count: 1))
            }
            return .integer(company)
        }
        if prefix == "name", let company = company(before: own, row, plan),
            try resolver.found({ try $0.resolve("name:\(own)", in: registry[target]) }) == nil
        {
            return .integer(try resolver.id(company, prefix: prefix, in: registry[target]))
        }
        let name = plan.references.names[cell].flatMap(text)
        let making = row.makings[cell] ?? name.map { RecordMaking(name: $0, isSure: false) }
        let column = module.fields[position].key
        return .integer(try resolver.id(own, prefix: prefix, in: registry[target], making: making, column: column))
    }

    /// Returns the company in a name as Odoo writes it, `Acme, Ana Ruiz`, where another column has the person's name;
    /// `nil` for any other text.
    private func company(before text: String, _ row: InputRow, _ plan: RowPlan) -> String? {
        guard text.utf8.contains(UInt8(ascii: ",")) else { return nil }
        let people = plan.columns.indices.filter { index in
            switch plan.columns[index] {
            case .linked(let other, "name"): other == registry.center
            case .reference(let position, "name"): module.fields[position].type.target == registry.center
            default: false
            }
        }
        return people.lazy.compactMap { row.texts[$0]?.trimmed }.compactMap { person in
            let ending = ", \(person)"
            guard !person.isEmpty, text.hasSuffix(ending), text.count > ending.count else { return nil }
            return String(text.dropLast(ending.count)).trimmed
        }.first
    }

    /// The meaning of a column for a cell that names its record by what it is called, or by its code, under a header that
    /// says no key; `nil` where the cell has a reference.
    func byName(_ column: ImportColumn, _ row: InputRow, _ cell: Int, _ plan: RowPlan) throws -> ImportColumn? {
        guard row.name(at: cell) == nil, plan.references.names[cell] == nil, let text = row.texts[cell],
            !isNothing(text)
        else {
            return nil
        }
        func prefix(_ target: ModuleName) throws -> String? {
            try resolver.prefix(at: cell, of: text.trimmed, in: registry[target], plan)
        }
        switch column {
        case .field(let position):
            guard let target = module.fields[position].type.target else { return nil }
            return try prefix(target).map { .reference(position, prefix: $0) }
        case .linked(let other, nil): return try prefix(other).map { .linked(other, prefix: $0) }
        default: return nil
        }
    }

    /// Splits a cell that names several records: people with their e-mail addresses, or others separated by semicolons
    /// or on lines of their own, unless a single record has the whole text as its name.
    func several(_ text: String, _ prefix: String?, in target: Module, isList: Bool) throws -> [String] {
        if isList { return CellValues.elements(text) }
        let addressees = ReferenceResolver.addressees(inExport: text)
        if !addressees.isEmpty { return addressees }
        guard let prefix, CellValues.mayBeSeveral(text) else { return [text] }
        let values = CellValues.values(text).map(\.trimmed).filter { !isNothing($0) }
        guard values.count > 1, try named(text, prefix, in: target) == nil else { return [text] }
        return values
    }

    /// Reads a reference by id when another cell gives the record's name. An id from another database would be that of
    /// a different record here, so the name is compared.
    ///
    /// - Parameter isMember: whether the name is given in the same cell, in JSON.
    func reference(
        _ text: String,
        called name: String,
        isMember: Bool,
        at position: Int,
        _ plan: RowPlan
    ) throws -> Value {
        let field = module.fields[position]
        let value: Value
        do {
            value = try self.value(text, at: position)
        } catch let error as CRMError where error.code == .notFound && Reference.id(ofNumber: text) != nil {
            throw error.adding(MatchRefusal.foreignReference(field.key, isMember: isMember))
        }
        // When rows are matched by their ids, another row may rename the record.
        guard let (id, target) = named(by: value, of: field), target != module.name || !plan.impliesID,
            let present = try otherName(than: name, of: id, in: target)
        else { return value }
        throw MatchRefusal.otherName(
            present,
            of: id,
            in: registry[target],
            not: name,
            key: field.key,
            isMember: isMember
        )
    }

    /// Checks the names that JSON gives for the ids of records to which rows of a part refer.
    func checkNames(in row: InputRow, _ cell: Int, of key: String, _ plan: RowPlan) throws {
        guard let part = module.parts.first(where: { $0.key == key }) else { return }
        for named in row.named where named.cell == cell {
            guard let member = named.member, let field = part.field(called: member, given: ""), field.isWritable,
                let target = field.type.target ?? named.module, registry.find(target) != nil,
                target != module.name || !plan.impliesID,
                let id = try store.present(named.id, in: registry[target]),
                let present = try otherName(than: named.name, of: id, in: target)
            else { continue }
            throw MatchRefusal.otherName(present, of: id, in: registry[target], not: named.name)
        }
    }

    /// Returns the record to which a value refers.
    private func named(by value: Value, of field: Field) -> (id: Int64, module: ModuleName)? {
        if let target = field.type.target { return value.integer.map { ($0, target) } }
        guard case .anyReference = field.type, let text = value.text, let mark = text.lastIndex(of: ":"),
            let id = Int64(text[text.index(after: mark)...]),
            let target = registry.find(ModuleName(rawValue: String(text[..<mark])))
        else { return nil }
        return (id, target.name)
    }

    /// Returns the present name of a record when it differs from the given one; `nil` when it agrees or is unknown.
    private func otherName(than name: String, of id: Int64, in target: ModuleName) throws -> String? {
        guard let present = try resolver.name(of: id, in: registry[target]), Fold.fold(present) != Fold.fold(name),
            !SpreadsheetLoss.isGuarded(name, of: present)
        else { return nil }
        return present
    }

    /// Returns the single record with a name; `nil` when there is none or several.
    private func named(_ name: String, _ prefix: String, in target: Module) throws -> Int64? {
        do {
            return try resolver.existing(name, by: [prefix], in: target)
        } catch let error as CRMError where error.code == .ambiguous {
            return nil
        }
    }
}

extension RowReader {
    /// Returns the value in a cell for an attribute of a link; `nil` if there is none for this link.
    ///
    /// - Throws: ``RowProblem`` for an invalid value of the attribute.
    func reading(
        _ given: GivenAttribute,
        of attribute: Field,
        for link: GivenLink,
        row: InputRow
    ) throws -> (value: Value, unit: Choice?)? {
        do {
            let text = try given.text(of: link, as: attribute)
            if text.isEmpty { return nil }
            return try attribute.readForLink(try cells.counted(text, for: attribute), in: context)
        } catch {
            throw row.problem(error, cell: given.cell)
        }
    }
}
