import Formats
import Localization

/// Stores the contents of a card that are not in fields of its record: addresses, points, and properties without a
/// field.
final class CardSettler {
    private let module: Module
    private let mapping: CardMapping
    private let options: ImportOptions
    private let transaction: Transaction
    private let kept: CardRemainder
    private let record: RecordCard
    private let addressModule: Module
    let isComplete: Bool

    /// - Returns: `nil` for a module without a mapping to cards.
    init?(_ module: Module, options: ImportOptions, in transaction: Transaction) {
        guard let mapping = module.cards, let table = module.cardRemainder else { return nil }
        self.module = module
        self.mapping = mapping
        self.options = options
        self.transaction = transaction
        kept = CardRemainder(table)
        record = RecordCard(mapping, in: transaction.store)
        addressModule = transaction.store.registry[mapping.addresses.module]
        isComplete = mapping.isComplete(options)
    }

    /// Stores the card of a record whose fields are stored.
    ///
    /// - Parameters:
    ///   - told: takes the addresses that a later card of the record does not have.
    ///   - removed: takes the numbers and addresses beside the fields, as far as there are fewer.
    /// - Returns: whether anything changed.
    func settle(
        _ contents: CardContents,
        of id: Int64,
        telling told: inout [ImportWarning],
        noting removed: inout RemovedRows
    ) throws -> Bool {
        let haveAddressesChanged = try settleAddresses(contents.addresses, of: id, telling: &told)
        let havePointsChanged = try settlePoints(contents.points, of: id, noting: &removed)
        return try settleKept(contents, of: id) || haveAddressesChanged || havePointsChanged
    }

    // MARK: - Addresses

    private func settleAddresses(
        _ addresses: [[String: String]],
        of id: Int64,
        telling told: inout [ImportWarning]
    ) throws -> Bool {
        var present = try transaction.store.ids(of: addressModule, ownedBy: id).compactMap {
            try transaction.store.storedRecord(addressModule, id: $0)
        }
        if options.fillsOnlyEmpty, !present.isEmpty { return false }
        var missing: [[String: String]] = []
        for address in addresses {
            if let index = try present.firstIndex(where: { try matches($0, address, in: mapping.addresses.fields) }) {
                present.remove(at: index)
            } else {
                missing.append(address)
            }
        }
        let haveChanged = !missing.isEmpty
        func inputs(_ address: [String: String]) -> [FieldInput] {
            mapping.addresses.fields.map { FieldInput($0, .set(address[$0] ?? "")) }
        }
        // An address that is of another kind now is the same one, and so is another text of the same kind.
        for keys in isComplete ? [mapping.addresses.components, [mapping.addresses.kind]] : [] {
            missing = try missing.filter { address in
                guard let index = try present.firstIndex(where: { try matches($0, address, in: keys) }) else {
                    return true
                }
                _ = try transaction.edit(addressModule, id: present.remove(at: index).id, inputs(address))
                return false
            }
        }
        let owner = FieldInput(transaction.store.registry.center.rawValue, .set("\(id)"))
        for address in missing { _ = try transaction.add(addressModule, [owner] + inputs(address)) }
        guard isComplete else { return haveChanged }
        for address in present {
            told.append(ImportWarning(.absent, of: Text(addressModule.name.rawValue), address.displayName))
            try transaction.delete(addressModule, id: address.id, reach: .links)
        }
        return haveChanged || !present.isEmpty
    }

    /// Restores the lost zero of postal codes by the country of their address, and removes what stands before them. Where
    /// it tells no country, that of the settings decides. A code that the record has so stays.
    ///
    /// - Parameter owner: the card's record; `nil` for a new one.
    /// - Returns: what people are told of those for which the settings decide.
    func completePostcodes(of contents: inout CardContents, _ owner: Int64?) throws -> [ImportWarning] {
        let keys = mapping.addresses
        guard let field = addressModule.field(keys.postalCode),
            let place = keys.components.firstIndex(of: keys.country)
        else { return [] }
        let properties = contents.entries.filter { $0.slot == .address }.map(\.property)
        var told: [ImportWarning] = []
        for (index, (address, property)) in zip(contents.addresses, properties).enumerated() {
            guard let text = address[field.key] else { continue }
            let tellsCountry = property.parts.dropFirst(place).first.map { !$0.trimmed.isEmpty } ?? false
            let code = PostalCode(text, in: tellsCountry ? address[keys.country] : transaction.values.country)
            guard code.text != text.trimmed, try !hasPostcode(of: address, owner) else { continue }
            contents.setAddress(index, field.key, to: code.text)
            if code.hasLostZero, !tellsCountry { told.append(ImportWarning(.completed, of: field, code.text)) }
        }
        return told
    }

    /// Whether a record has an address with the postal code and the country of one on its card.
    private func hasPostcode(of address: [String: String], _ owner: Int64?) throws -> Bool {
        guard let owner else { return false }
        let keys = [mapping.addresses.postalCode, mapping.addresses.country]
        return try transaction.store.ids(of: addressModule, ownedBy: owner).contains { id in
            guard let present = try transaction.store.storedRecord(addressModule, id: id) else { return false }
            return try matches(present, address, in: keys)
        }
    }

    private func matches(_ address: Record, _ texts: [String: String], in keys: [String]) throws -> Bool {
        for key in keys {
            guard let field = addressModule.field(key) else { continue }
            let value = try field.type.parse(texts[key] ?? "", in: transaction.values)
            if address[key] != value { return false }
        }
        return true
    }

    // MARK: - Points

    /// Adds and removes rows to match the card. Rows with the same meaning keep their position and fields that cards do
    /// not have.
    private func settlePoints(
        _ points: [CardPoint],
        of id: Int64,
        noting removed: inout RemovedRows
    ) throws -> Bool {
        guard let part = module.cardPoints else { return false }
        let writer = try transaction.rows(of: part, in: module)
        let present = try writer.rows(of: id)
        if options.fillsOnlyEmpty, !present.isEmpty { return false }
        // If the card is no later state of the record, the label of a row does not count.
        var free = Dictionary(grouping: present.reversed()) { row in
            CardPoint(row.values, of: part, by: mapping.points)?.likeness(withLabel: isComplete)
        }
        var missing: [CardPoint] = []
        var isChanged = false
        let stored = try points.contains { !$0.own.isEmpty } ? transaction.record(module.name, id: id) : nil
        var owner = stored ?? Record(module)
        for point in points {
            let likeness = point.likeness(withLabel: isComplete)
            guard let row = free[likeness]?.popLast() else {
                missing.append(point)
                continue
            }
            if point.own.isEmpty { continue }
            var draft = PartDraft(part, values: row.values)
            try point.giveOwn(to: &draft, of: &owner, by: mapping.points, transaction)
            isChanged = try writer.set(draft.values, of: id, in: row) || isChanged
        }
        let gone = isComplete ? Set(free.values.joined().map(\.position)) : []
        removed.note(gone.count - missing.count, part, of: id, in: module)
        try writer.remove(of: id, at: gone)
        var last = Int64(present.count - gone.count)
        for point in missing {
            try transaction.store.checkStop()
            last += 1
            try writer.append(
                point.row(in: part, of: &owner, by: mapping.points, transaction).values,
                to: id,
                at: last
            )
        }
        if let stored { try transaction.giveCurrency(owner.currency, to: stored) }
        return isChanged || !missing.isEmpty || !gone.isEmpty
    }

    /// The numbers and addresses of a record that are in no field.
    private func points(of id: Int64) throws -> [CardPoint] {
        guard let part = module.cardPoints else { return [] }
        return try transaction.rows(of: part, in: module).rows(of: id).compactMap { row in
            CardPoint(row.values, of: part, by: mapping.points)
        }
    }

    // MARK: - Stored properties

    private func settleKept(_ contents: CardContents, of id: Int64) throws -> Bool {
        guard let stored = try transaction.store.storedRecord(module, id: id) else { return false }
        let own = try record.properties(of: stored)
        let present = try remainder(of: contents, beside: own, stored)
        let before = try kept.properties(of: stored, written: own, by: record, in: transaction.store)
        if options.fillsOnlyEmpty, !before.isEmpty { return false }
        let after = isComplete ? present : present.adding(before, besides: own)
        // Written cards are compared: the card of an edited record may have the same content with fewer stored
        // properties, or in another form in version 3.0.
        let (written, former) = (after.merged(into: own), before.merged(into: own))
        if written == former || Self.classic(written) == Self.classic(former) { return false }
        return try kept.keep(after, of: id, in: transaction)
    }

    /// Returns properties in the form of version 3.0.
    private static func classic(_ properties: [ContentProperty]) -> [ContentProperty] {
        VCard(version: .v4_0, properties: properties).converted(to: .v3_0).properties
    }

    /// Adapts the name on a card to the record where both mean the same: a family name of several words counts as a
    /// whole name on a card that has no other part.
    ///
    /// When the card is not a later state of the record, the record's other values are kept, see ``CardAddition``.
    ///
    /// - Returns: the values of fields that the card changes to something else than its own text; `nil` for a field
    ///   that it does not change.
    func reconcile(_ contents: inout CardContents, with id: Int64) throws -> [String: Value?] {
        var changes: [String: Value?] = [:]
        for key in try reconcileName(&contents, with: id) { changes[key] = .some(nil) }
        guard !isComplete, let stored = try transaction.store.storedRecord(module, id: id) else { return changes }
        let addition = CardAddition(mapping, to: stored, in: transaction.values)
        try addition.keepNumbers(&contents, &changes)
        if !contents.points.isEmpty { addition.omitPresent(&contents, besides: try points(of: id)) }
        if !options.fillsOnlyEmpty { try addition.join(&contents, &changes) }
        return changes
    }

    private func reconcileName(_ contents: inout CardContents, with id: Int64) throws -> [String] {
        guard let card = contents.entries.first(where: { $0.slot == .name })?.property,
            let stored = try transaction.store.storedRecord(module, id: id),
            mapping.name.fields.contains(where: { stored[$0].text != contents.texts[$0] })
        else { return [] }
        let own = try record.properties(of: stored)
        let properties = try kept.properties(of: stored, written: own, by: record, in: transaction.store).merged(
            into: own
        )
        guard properties.contains(where: { $0.isNamed("N") && $0.rawValue == card.rawValue }) else { return [] }
        for field in mapping.name.fields { contents.set(field, to: stored[field].text) }
        return mapping.name.fields
    }

    /// Returns the properties of a card to store, in the order in which they are written again.
    private func remainder(of contents: CardContents, beside own: [WrittenProperty], _ stored: Record) throws
        -> UnmappedProperties
    {
        var placed: [(rank: Int, entry: UnmappedProperties.Entry)] = []
        var others: [UnmappedProperties.Entry] = []
        var taken: [(types: Set<String>, place: UnmappedProperties.Place)] = []
        // The written properties not yet matched. Each slot's first is at the end, since cards have the same order.
        let written = Dictionary(grouping: own.indices.reversed()) { own[$0].slot }
        var free = written
        var addresses = contents.addresses.makeIterator()
        var points = contents.points.makeIterator()
        let isCalledMore = contents.entries.contains { entry in
            entry.slot == .formattedName && own.contains { $0.slot == .formattedName && !$0.says(entry.property) }
        }
        for entry in contents.entries {
            guard let slot = entry.slot else {
                others.append(UnmappedProperties.Entry(property: entry.property, place: nil))
                continue
            }
            let address = slot == .address ? addresses.next() : nil
            let point =
                slot == .point ? points.next()?.property(by: mapping.points).map(mapping.points.withoutOwn) : nil
            if slot.isSingle, written[slot] == nil, try isTaken(slot, contents.texts, in: stored) {
                // A list that a record has no element of may get some beside those of the card.
                let vacant = UnmappedProperties.Place(slot: slot.text, value: slot == .categories ? ":" : "")
                others.append(UnmappedProperties.Entry(property: entry.property, place: vacant))
                continue
            }
            guard
                let index = try free[slot]?.lastIndex(where: { rank in
                    if let point { return mapping.points.withoutOwn(own[rank].property) == point }
                    return try address.map { try says(own[rank], $0) } ?? true
                }), let rank = free[slot]?[index], try isTaken(slot, contents.texts, in: stored)
            else { continue }
            free[slot]?.remove(at: index)
            if slot == .address { taken.append((entry.property.addressTypes, own[rank].place)) }
            // Which parts a formatted name repeats can be told only by the parts of that time.
            guard !own[rank].says(entry.property) || slot == .name && isCalledMore else { continue }
            placed.append((rank, UnmappedProperties.Entry(property: entry.property, place: own[rank].place)))
        }
        if isCalledMore, let rank = free[.name]?.last, try isTaken(.name, contents.texts, in: stored) {
            placed.append((rank, UnmappedProperties.Entry(property: own[rank].property, place: own[rank].place)))
        }
        let name = own.first { $0.slot == .name }?.place
        for index in others.indices where others[index].place == nil {
            let property = others[index].property
            if WrittenProperty.describes(property, .name) {
                others[index].subject = name
            } else if WrittenProperty.describes(property, .address) {
                let same = taken.first { $0.types == property.addressTypes }
                others[index].subject = (taken.count == 1 ? taken.first : same)?.place
            }
        }
        return UnmappedProperties(placed.sorted { $0.rank < $1.rank }.map(\.entry) + others)
    }

    /// Whether a written address is the same as one of the card.
    private func says(_ written: WrittenProperty, _ texts: [String: String]) throws -> Bool {
        let type = mapping.addresses.types.first { $0.choice == texts[mapping.addresses.kind] }?.type
        guard written.property.types == (type.map { [$0] } ?? []),
            written.property.isPreferred == (texts[mapping.addresses.primary] == "true")
        else { return false }
        for (key, text) in zip(mapping.addresses.components, written.property.parts) {
            guard let field = addressModule.field(key) else { continue }
            let value = try field.type.parse(texts[key] ?? "", in: transaction.values)
            if value.text ?? "" != text { return false }
        }
        return true
    }

    /// Whether a record has the values that the card has for a slot.
    private func isTaken(_ slot: CardSlot, _ texts: [String: String], in stored: Record) throws -> Bool {
        try mapping.fields(of: slot).allSatisfy { key in
            guard let field = module.field(key) else { return false }
            if key == mapping.organization.reference { return try record.organizationName(of: stored) == texts[key] }
            if field.isToldElsewhere { return try record.text(of: field, in: stored) == texts[key] }
            return stored[key] == (try field.type.parse(texts[key] ?? "", in: transaction.values))
        }
    }
}

extension ContentProperty {
    /// The types of an address, by which its label is found.
    fileprivate var addressTypes: Set<String> { Set(types) }
}

extension CardMapping {
    /// Whether cards describe their records completely. A card matched by its `UID` is a later state of the record, and
    /// what it no longer contains is removed.
    func isComplete(_ options: ImportOptions) -> Bool { options.match == [identifier] }
}
