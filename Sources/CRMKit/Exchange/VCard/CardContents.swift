import Formats
import Localization

/// The contents of a card in terms of a record: texts of fields, addresses, and every property with its slot.
///
/// Values that a field cannot hold are left out of its text, or cut to what it can hold; the property itself is stored
/// unchanged.
struct CardContents: Sendable {
    /// A property, in the form of version 4.0, with its slot, even when its field cannot hold its value. A property
    /// without a slot is only stored.
    struct Entry: Sendable {
        fileprivate(set) var property: ContentProperty
        var slot: CardSlot?
        /// The mark by which this program recognizes the place of the property.
        var mark: CardMark?
    }

    /// The texts by the keys of their fields; for the organization, its name.
    private(set) var texts: [String: String] = [:]
    /// The addresses by the keys of their module's fields, one for each entry of the slot ``CardSlot/address``, in
    /// order.
    private(set) var addresses: [[String: String]] = []
    /// The points, one for each entry of the slot ``CardSlot/point``, in order.
    private(set) var points: [CardPoint] = []
    private(set) var entries: [Entry]
    /// The reason for which an earlier import has refused the card; `nil` if it says none.
    let formerReason: String?

    let mapping: CardMapping
    private let module: Module
    private let labels: GroupLabels

    /// Reads a card.
    init(_ card: VCard, by mapping: CardMapping, of module: Module) {
        self.mapping = mapping
        self.module = module
        formerReason = card.properties.first { $0.isNamed(RejectedCard.reason) }?.text
        let isOwn = CardIdentity.isOwn(card)
        let entries = card.converted(to: .v4_0).properties
            .filter { property in
                !CardContents.ownProperties.contains(where: property.isNamed) && !property.givesWay
            }
            .flatMap { property in
                var property = property
                let mark = CardMark(takenOff: &property)
                let written = property.withPlainIdentifier
                let plain = isOwn ? written : written.withoutEntities
                return CardDay.standardised(plain).separated.map { Entry(property: $0, mark: mark) }
            }
        self.entries = entries
        labels = GroupLabels(entries.lazy.map(\.property))
        for (property, field) in mapping.texts { read(property, into: field) }
        readOrganization()
        readName()
        readBirthday()
        readCategories(areExact: isOwn)
        readMarked()
        readEmails()
        readPhones()
        readAddresses()
        readPoints()
        nameNameless()
    }

    /// The categories with a comma, which tags cannot contain.
    private var divided: [String] = []
    /// The values that fields hold only in part: a number without its extension, an address without its country, a name
    /// without its form of address.
    private var cut: [(field: String, text: String)] = []
    /// The codes of addresses that a spreadsheet had turned into numbers, as they are taken.
    private(set) var codesOfNumbers: [(field: Field, text: String)] = []

    /// The values that their fields cannot hold, each with the key of the field.
    var unheld: [(field: String, text: String)] {
        let tags = texts[mapping.categories] == nil ? [] : divided.map { (mapping.categories, $0) }
        return tags + cut
            + entries.compactMap { entry in
                let text = entry.property.text.trimmed
                guard let field = field(of: entry), texts[field] == nil || entry.slot == nil, !entry.property.isBlank
                else {
                    return nil
                }
                return (field, text)
            }
    }

    /// Returns the key of the field for a property, if there is only one.
    private func field(of entry: Entry) -> String? {
        switch entry.slot {
        case .field(let key): key
        case .birthday: mapping.birthday
        case .categories: mapping.categories
        case .organization:
            texts[mapping.organization.unit] == nil ? mapping.organization.reference : nil
        case nil where entry.property.isNamed("EMAIL"): mapping.emails.first
        case nil where entry.property.isNamed("TEL"): phoneField(of: entry.property)
        case nil where entry.property.isNamed("ADR"): mapping.addresses.module.rawValue
        case nil where entry.property.isNamed("ORG"): mapping.organization.reference
        case nil: mapping.texts.first { entry.property.isNamed($0.property) }?.field
        case .name, .formattedName, .address, .point: nil
        }
    }

    /// Sets the text of a field to the record's value, or removes it when the record refuses the card's.
    mutating func set(_ field: String, to text: String?) { texts[field] = text }

    /// Treats the card's value for a field as a further number or address, since the record has another one. It becomes
    /// no point when another field of the record has it.
    ///
    /// - Parameters:
    ///   - text: the record's value; `nil` for none.
    ///   - other: the key of the field with the card's value.
    mutating func leave(_ field: String, as text: String?, havingItIn other: String?) {
        texts[field] = text
        guard let place = entries.firstIndex(where: { $0.slot == .field(field) }) else { return }
        if let other {
            entries[place].slot = .field(other)
            return
        }
        let property = entries[place].property
        entries[place].slot = nil
        guard
            let point = CardPoint(property, group: labels.label(of: property), by: mapping.points, of: module)
        else { return }
        points.insert(point, at: entries[..<place].count { $0.slot == .point })
        entries[place].slot = .point
    }

    /// Sets a component of an address, in its property as well.
    mutating func setAddress(_ index: Int, _ key: String, to text: String) {
        addresses[index][key] = text
        let place = entries.indices.filter { entries[$0].slot == .address }[index]
        entries[place].property = CardAddress.amended(key, to: text, in: entries[place].property, by: mapping.addresses)
    }

    /// Takes out points, and the labels of their groups.
    mutating func omitPoints(where isOmitted: (CardPoint) -> Bool) {
        var (kept, gone): ([CardPoint], Set<Int>) = ([], [])
        for (place, point) in zip(entries.indices.filter { entries[$0].slot == .point }, points) {
            if isOmitted(point) { gone.insert(place) } else { kept.append(point) }
        }
        if gone.isEmpty { return }
        let groups = Set(gone.compactMap { entries[$0].property.group?.lowercased() })
        points = kept
        let remaining = entries.indices.filter { place in
            let property = entries[place].property
            let hasGroup = property.group.map { groups.contains($0.lowercased()) } ?? false
            return !gone.contains(place) && !(hasGroup && property.isNamed("X-ABLabel"))
        }
        entries = remaining.map { entries[$0] }
    }

    /// Sets the text of a field to the card's value joined with the record's.
    mutating func join(_ field: String, to text: String, as property: ContentProperty) {
        texts[field] = text
        let slot: CardSlot = field == mapping.categories ? .categories : .field(field)
        guard let place = entries.firstIndex(where: { $0.slot == slot }) else { return }
        let kept = entries[place].property
        let isList = slot == .categories
        let divided = kept.list.map(\.trimmed).filter { self.divided.contains($0) }
        entries[place] = Entry(
            property: ContentProperty(
                kept.name,
                rawValue: isList
                    ? ContentProperty(kept.name, list: property.list + divided).rawValue : property.rawValue,
                group: kept.group,
                parameters: kept.parameters
            ),
            slot: slot,
            mark: entries[place].mark
        )
    }

    /// Removes the `UID`, if the program made it for a record without a key.
    mutating func forgetIdentifier() {
        texts[mapping.identifier] = nil
        entries.removeAll { $0.property.isNamed(CardMapping.uid) }
    }

    /// The properties that the program sets itself: `REV`, and the reason in a file of rejected cards.
    private static let ownProperties = ["REV", RejectedCard.reason]

    func first(_ name: String) -> Int? { entries.firstIndex { $0.property.isNamed(name) } }

    /// Returns the indexes of the unassigned properties with a name, the preferred ones first.
    private func ranked(_ name: String) -> [Int] {
        let places = entries.indices.filter {
            entries[$0].property.isNamed(name) && entries[$0].slot == nil && entries[$0].mark != .point
        }
        return places.filter { entries[$0].property.isPreferred } + places.filter { !entries[$0].property.isPreferred }
    }

    /// Returns as much of a text as a field can hold. References and amounts can be checked only with the record, so
    /// their text is returned as it is.
    private func held(_ text: String, by field: String) -> String? {
        module.field(field).flatMap { StorableText.held(text, as: $0.isToldElsewhere ? .text : $0.type) }
    }

    private mutating func read(_ property: String, into field: String) {
        guard let place = first(property) else { return }
        // The white space at the ends of long text is preserved.
        let text = entries[place].property.text
        guard !text.trimmed.isEmpty else { return }
        entries[place].slot = .field(field)
        // The identifier must not be cut, since each import would create another record then.
        texts[field] = field == mapping.identifier ? text : held(text, by: field)
    }

    /// Reads the name from the components of `N`. If they are missing or one of them has the whole name, it is split as
    /// in tables.
    private mutating func readName() {
        let formatted = first("FN")
        if let formatted { entries[formatted].slot = .formattedName }
        let place = first("N")
        if let place { entries[place].slot = .name }
        let parts = CardName(place.map { entries[$0].property.components } ?? [])
        let mark = place.flatMap { entries[$0].mark }
        let fields =
            mark == .parts || mark == .givenAlone
            ? parts.partFields(by: mapping.name, in: module, isGivenAlone: mark == .givenAlone)
            : parts.fields(
                called: formatted.map { entries[$0].property.text.trimmed } ?? "",
                by: mapping.name,
                in: module,
                at: texts[mapping.organization.reference],
                isOfBody: isOfBody
            )
        for (key, text) in fields { texts[key] = held(text.withoutMarks, by: key) }
        if !parts.prefix.isEmpty, texts[mapping.name.salutation] == nil {
            cut.append((mapping.name.salutation, parts.prefix))
        }
        // On the card of a company the name is that of the company.
        if isOfBody, texts[mapping.organization.reference] == nil {
            texts[mapping.organization.reference] = texts[mapping.name.family]
        }
    }

    /// Names a contact without a name by another value of the card. Telephones store such numbers.
    private mutating func nameNameless() {
        guard texts[mapping.name.family] == nil else { return }
        let values =
            [first("NICKNAME").map { entries[$0].property.text }, texts[mapping.organization.reference]]
            + (mapping.emails + mapping.phones.map(\.field)).map { texts[$0] } + points.map(\.value)
        let rest =
            ["ADR", "NOTE", "TITLE", "ROLE", "EMAIL", "TEL", "URL", "CATEGORIES", "BDAY"].map { name in
                first(name).flatMap { entries[$0].property.firstLine }
            }
            + entries.filter { $0.slot == nil && $0.property.name.hasPrefix("X-") }.map(\.property.firstLine)
        let names = (values + rest).compactMap { $0.flatMap { held($0.trimmed, by: mapping.name.family) } }
        texts[mapping.name.family] = names.first
    }

    private mutating func readOrganization() {
        for place in entries.indices where entries[place].property.isNamed("ORG") {
            let parts = entries[place].property.parts
            guard !parts.prefix(2).allSatisfy(\.trimmed.isEmpty) else { continue }
            entries[place].slot = .organization
            texts[mapping.organization.reference] = StorableText.held(parts[0].trimmed, as: .text)
            if parts.count > 1 {
                texts[mapping.organization.unit] = held(parts[1].trimmed, by: mapping.organization.unit)
            }
            return
        }
    }

    /// Reads a complete date; one without a year, or in words, is only stored.
    private mutating func readBirthday() {
        guard let place = first("BDAY") else { return }
        entries[place].slot = .birthday
        guard let day = CardDay.date(of: entries[place].property) else { return }
        texts[mapping.birthday] = held(day, by: mapping.birthday)
    }

    /// Reads the categories as a list, which some programs divide at semicolons; its elements cannot contain commas.
    ///
    /// - Parameter areExact: whether this program wrote them, in which a mark of other programs is part of a tag.
    private mutating func readCategories(areExact: Bool) {
        let places = entries.indices.filter { place in
            entries[place].property.isNamed("CATEGORIES")
                && entries[place].property.list.contains { !$0.trimmed.isEmpty }
        }
        guard let first = places.first else { return }
        if places.count > 1 || entries[first].property.components.count > 1 {
            let all = places.flatMap { entries[$0].property.components.joined().map(\.trimmed) }.filter { !$0.isEmpty }
            entries[first] = Entry(property: ContentProperty("CATEGORIES", list: all), slot: nil)
            for place in places.dropFirst().reversed() { entries.remove(at: place) }
        }
        entries[first].slot = .categories
        // Google's groups have the same marks as in its tables.
        let tags = entries[first].property.list.map(\.trimmed)
            .flatMap { !areExact && $0.hasPrefix(ForeignList.systemGroup) ? ForeignList($0).elements : [$0] }
            .compactMap { StorableText.held($0, as: .text) }
        let isDivided = { (tag: String) in tag.utf8.contains(UInt8(ascii: ",")) }
        divided = tags.filter(isDivided)
        let whole = tags.filter { !isDivided($0) }
        texts[mapping.categories] = whole.isEmpty ? nil : whole.joined(separator: ",")
    }

    /// Assigns the properties that this program has marked with their field.
    private mutating func readMarked() {
        for place in entries.indices {
            guard case .field(let field)? = entries[place].mark else { continue }
            if mapping.emails.contains(field) { readEmail(at: place, into: field) }
            if mapping.phones.contains(where: { $0.field == field }) { readPhone(at: place, into: field) }
        }
    }

    private mutating func readEmails() {
        let places = ranked("EMAIL")
        var keys: Set<String> = []
        // An address that differs only in its spelling is not a second one.
        let again =
            places.count < 2
            ? []
            : places.filter { place in
                let text = EmailAddress.bare(entries[place].property.text.trimmed)
                return !text.isEmpty && !keys.insert(EmailAddress.matchKey(for: text)).inserted
            }
        for place in again.sorted(by: >) { entries.remove(at: place) }
        for place in ranked("EMAIL") {
            guard let field = mapping.emails.first(where: { texts[$0] == nil }) else { return }
            readEmail(at: place, into: field)
        }
    }

    private mutating func readEmail(at place: Int, into field: String) {
        let text = EmailAddress.bare(entries[place].property.text.trimmed)
        guard texts[field] == nil, let held = held(text, by: field) else { return }
        texts[field] = held
        entries[place].slot = .field(field)
    }

    /// Assigns values without a field of their own to rows of the part.
    private mutating func readPoints() {
        for place in entries.indices where entries[place].slot == nil {
            let property = entries[place].property
            let group = labels.label(of: property)
            guard let point = CardPoint(property, group: group, by: mapping.points, of: module) else { continue }
            points.append(point)
            entries[place].slot = .point
            noteUnheld(of: point)
        }
    }

    /// Notes the values that the fields which the file adds to points cannot hold, as far as this can be told without the
    /// other records.
    private mutating func noteUnheld(of point: CardPoint) {
        for (_, field) in mapping.points.own where !field.isToldElsewhere {
            guard let text = point.own[field.key], StorableText.held(text, as: field.type) == nil else { continue }
            cut.append(("\(mapping.points.part).\(field.key)", text))
        }
    }

    private func phoneField(of property: ContentProperty) -> String? {
        mapping.phoneField(of: property, label: labels.label(of: property))
    }

    private mutating func readPhones() {
        for place in ranked("TEL") {
            guard let field = phoneField(of: entries[place].property) else { continue }
            readPhone(at: place, into: field)
        }
    }

    private mutating func readPhone(at place: Int, into field: String) {
        let text = WrittenPhone.plain(entries[place].property.text)
        guard texts[field] == nil,
            let held = held(text, by: field) ?? held(CardValue.numberBeforePause(text), by: field)
        else { return }
        texts[field] = held
        if self.held(text, by: field) == nil { cut.append((field, text)) }
        entries[place].slot = .field(field)
    }

    private mutating func readAddresses() {
        var preferred: Set<String> = []
        for place in entries.indices where entries[place].property.isNamed("ADR") {
            var property = CardAddress.arranged(entries[place].property)
            codesOfNumbers += CardAddress.takeDecimals(off: &property, by: mapping.addresses)
            entries[place] = Entry(property: property, slot: nil, mark: entries[place].mark)
            var address: [String: String] = [:]
            for (key, part) in zip(mapping.addresses.components, property.parts) {
                guard let field = mapping.addresses.definition.field(key) else { continue }
                // A country with an unknown name is only stored.
                let code = key == mapping.addresses.country ? CardAddress.country(part) : part
                if code == nil { cut.append((mapping.addresses.module.rawValue, part.trimmed)) }
                address[key] = StorableText.held(code ?? "", as: field.type, joiningLinesBy: ", ")
            }
            guard !address.isEmpty else { continue }
            let types = CardTypes.words(of: property, label: labels.label(of: property))
            let kind = mapping.addresses.types.first { types.contains($0.type) }?.choice ?? mapping.addresses.otherKind
            address[mapping.addresses.kind] = kind
            // Only one address of a kind can be the primary one.
            let isPrimary = property.isPreferred && preferred.insert(kind).inserted
            address[mapping.addresses.primary] = isPrimary ? "true" : "false"
            addresses.append(address)
            entries[place].slot = .address
        }
    }
}
