import Formats

/// The card made from a record, in the form of version 4.0.
struct RecordCard {
    let mapping: CardMapping
    private let store: Store
    private let addressModule: Module

    init(_ mapping: CardMapping, in store: Store) {
        self.mapping = mapping
        self.store = store
        addressModule = store.registry[mapping.addresses.module]
    }

    /// Returns the properties for a record's fields, addresses and points, in the order they are written.
    func properties(of record: Record) throws -> [WrittenProperty] {
        var properties = try mapping.texts.prefix(1).compactMap { try text($0.property, of: $0.field, in: record) }
        properties += try name(of: record)
        properties += try organization(of: record).map { [$0] } ?? []
        properties += try mapping.texts.dropFirst().compactMap { try text($0.property, of: $0.field, in: record) }
        properties += try emails(of: record)
        properties += try mapping.phones.compactMap { try text("TEL", type: $0.type, of: $0.field, in: record) }
        properties += try store.ids(of: addressModule, ownedBy: record.id).compactMap { id in
            try store.storedRecord(addressModule, id: id).map(address)
        }
        // Both versions have the basic format of dates (RFC 6350 section 4.3.1, RFC 2426 section 4).
        if let date = record[mapping.birthday].text {
            properties.append(
                WrittenProperty(slot: .birthday, property: ContentProperty("BDAY", text: date.filter { $0 != "-" }))
            )
        }
        if let field = record.module.field(mapping.categories) {
            let elements = field.type.elements(of: record[field.key])
            if !elements.isEmpty {
                properties.append(
                    WrittenProperty(slot: .categories, property: ContentProperty("CATEGORIES", list: elements))
                )
            }
        }
        properties += try points(of: record).compactMap { $0.property(by: mapping.points) }.map {
            WrittenProperty(slot: .point, property: $0, isMistakable: isVacant(for: $0, in: record))
        }
        return properties
    }

    /// Returns the property with the time of the record's last change: `20260102T030405Z`.
    func revision(of record: Record) -> ContentProperty? {
        record[mapping.revision].text.map { moment in
            ContentProperty("REV", text: moment.filter { $0 != "-" && $0 != ":" })
        }
    }

    /// Returns the name of the record that the organization's field refers to.
    func organizationName(of record: Record) throws -> String? {
        guard let field = record.module.field(mapping.organization.reference), let target = field.type.target,
            let id = record[field.key].integer
        else { return nil }
        return try store.storedRecord(store.registry[target], id: id)?.displayName
    }

    /// Returns the rows of the part for further addresses and numbers, in order.
    private func points(of record: Record) throws -> [CardPoint] {
        guard let part = record.module.cardPoints else { return [] }
        return try store.partReader(Table(part, of: record.module)).rows(of: record.id).compactMap { row in
            var point = CardPoint(row.values, of: part, by: mapping.points)
            let draft = PartDraft(part, values: row.values)
            for (_, field) in mapping.points.own {
                point?.own[field.key] = try text(of: field, draft[field.key], currency: record.currency)
            }
            return point
        }
    }

    /// Returns the properties for e-mail addresses. A reader assigns the first address to the first field, so later
    /// ones are marked if that is empty.
    private func emails(of record: Record) throws -> [WrittenProperty] {
        var isVacant = false
        return try mapping.emails.compactMap { key in
            guard var property = try text("EMAIL", of: key, in: record) else {
                isVacant = true
                return nil
            }
            property.isMistakable = isVacant
            return property
        }
    }

    /// Whether a reader would assign a property to a field that is empty in the record.
    private func isVacant(for property: ContentProperty, in record: Record) -> Bool {
        if property.isNamed("EMAIL") { return mapping.emails.contains { record[$0].isNull } }
        guard property.isNamed("TEL"), let field = mapping.phoneField(of: property) else { return false }
        return record[field].isNull
    }

    /// Returns the text of a field on a card. An amount has its currency, and a reference is a key that is valid
    /// elsewhere too.
    ///
    /// - Returns: `nil` for a field without a value.
    func text(of field: Field, in record: Record) throws -> String? {
        try text(of: field, record[field.key], currency: record.currency)
    }

    private func text(of field: Field, _ value: Value, currency: String?) throws -> String? {
        if value.isNull { return nil }
        // That nothing is refused goes without saying.
        if field.traits.contains(.refusal), value == .integer(0) { return nil }
        if let target = field.type.target {
            guard let id = value.integer else { return nil }
            return try store.storedRecord(store.registry[target], id: id)?.portableReference
        }
        let text = field.type.text(of: value, currency: currency)
        guard field.type == .money, let currency else { return text }
        return "\(text) \(currency)"
    }

    private func text(
        _ name: String,
        type kind: String? = nil,
        of field: String,
        in record: Record
    ) throws -> WrittenProperty? {
        guard let text = try record.module.field(field).flatMap({ try self.text(of: $0, in: record) }) else {
            return nil
        }
        let parameters = kind.map { [ContentParameter("TYPE", [$0])] } ?? []
        return WrittenProperty(slot: .field(field), property: ContentProperty(name, text: text, parameters: parameters))
    }

    /// Returns the properties for a record's name: the formatted one and that in parts.
    func name(of record: Record) throws -> [WrittenProperty] {
        let choice = record.module.field(mapping.name.salutation)?.type.choices.first { choice in
            record[mapping.name.salutation] == .text(choice.key)
        }
        let parts = [
            record[mapping.name.family].text ?? "", record[mapping.name.given].text ?? "", "", choice?.label.en ?? "",
            "",
        ]
        let components = parts.map { [$0] }
        return [
            WrittenProperty(slot: .formattedName, property: ContentProperty("FN", text: record.displayName)),
            WrittenProperty(
                slot: .name,
                property: ContentProperty("N", components: components),
                isMistakable: try isMistakable(CardName(components), of: record)
            ),
        ]
    }

    /// Whether a reader would split a name that the record has in one field.
    private func isMistakable(_ name: CardName, of record: Record) throws -> Bool {
        if !name.family.isEmpty, !name.given.isEmpty, !name.given.hasWhiteSpace { return false }
        let read = name.fields(
            called: record.displayName,
            by: mapping.name,
            in: record.module,
            at: try organizationName(of: record),
            isOfBody: false
        )
        return [mapping.name.family, mapping.name.given].contains { record[$0].text ?? "" != read[$0] ?? "" }
    }

    private func organization(of record: Record) throws -> WrittenProperty? {
        let name = try organizationName(of: record)
        let unit = record[mapping.organization.unit].text
        guard name != nil || unit != nil else { return nil }
        let components = [[name ?? ""]] + (unit.map { [[$0]] } ?? [])
        return WrittenProperty(slot: .organization, property: ContentProperty("ORG", components: components))
    }

    private func address(_ record: Record) -> WrittenProperty {
        let type = mapping.addresses.types.first { record[mapping.addresses.kind] == .text($0.choice) }?.type
        var parameters = type.map { [ContentParameter("TYPE", [$0])] } ?? []
        if record[mapping.addresses.primary] == .integer(1) { parameters.append(ContentParameter("PREF", ["1"])) }
        let components = mapping.addresses.components.map { [record[$0].text ?? ""] }
        return WrittenProperty(
            slot: .address,
            property: ContentProperty("ADR", components: components, parameters: parameters)
        )
    }
}

extension Record {
    /// A reference that can identify the record in another database: by a unique key, otherwise by its name.
    fileprivate var portableReference: String {
        for key in module.referenceKeys where key.fields.count == 1 && key.parts.isEmpty {
            guard let field = module.field(key.fields[0]), field.traits.contains(.unique),
                let text = self[field.key].text
            else { continue }
            return "\(key.prefix.hyphenated):\(text)"
        }
        return self["external_id"].text.map { "ext:\($0)" } ?? "name:\(displayName)"
    }
}
