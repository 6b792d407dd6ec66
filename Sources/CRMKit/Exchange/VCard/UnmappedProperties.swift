import Formats

/// The stored properties of a card: those without a field, and those that contain more than a field's value, such as an
/// unusual type, a group or a middle name.
///
/// The latter are written instead of the field's own property as long as the field has the value that it had when they
/// were stored.
struct UnmappedProperties {
    /// A property in the form of version 4.0.
    struct Entry: Equatable {
        let property: ContentProperty
        /// The slot that the property fills, and the value written for the record there; `nil` for a property that is
        /// only stored.
        let place: Place?
        /// The slot that the property describes, a name or an address, and the record's value there; `nil` for a
        /// property with a meaning of its own.
        var subject: Place?
    }

    /// The name of a slot and the record's value in it.
    struct Place: Hashable {
        let slot: String
        /// The value; empty if the record's field could not hold anything of the property and has no value.
        let value: String

        var isVacant: Bool { value.isEmpty }
    }

    private(set) var entries: [Entry]

    var isEmpty: Bool { entries.isEmpty }

    init(_ entries: [Entry]) { self.entries = entries }

    private static let slot = "X-CRM-SLOT"
    private static let value = "X-CRM-VALUE"
    private static let subject = "X-CRM-OF"
    /// The maximum length in bytes: a card of 16 MiB, and what the program adds to it.
    private static let longest = 64 * 1024 * 1024

    /// Reads the properties from what ``text()`` has written.
    init(_ text: String) throws(VCardError) {
        var reader = VCardReader(ByteSource(bytes: Array(text.utf8)), maximumLength: Self.longest)
        entries = (try reader.next()?.properties ?? []).map { property in
            func place(_ name: String) -> Place? {
                property.parameterValues(name).first.flatMap { slot in
                    property.parameterValues(Self.value).first.map { Place(slot: slot, value: $0) }
                }
            }
            let parameters = property.parameters.filter { parameter in
                ![Self.slot, Self.subject, Self.value].contains(where: parameter.isNamed)
            }
            return Entry(
                property: property.with(parameters: parameters),
                place: place(Self.slot),
                subject: place(Self.subject)
            )
        }
    }

    /// Returns the properties as one vCard 4.0, with their places in parameters.
    func text() throws -> String {
        let properties = entries.map { entry in
            guard let place = entry.place ?? entry.subject else { return entry.property }
            return entry.property.with(
                parameters: entry.property.parameters + [
                    ContentParameter(entry.place == nil ? Self.subject : Self.slot, [place.slot]),
                    ContentParameter(Self.value, [place.value]),
                ]
            )
        }
        let sink = ByteSink.memory()
        try VCardWriter(sink, version: .v4_0).write(VCard(version: .v4_0, properties: properties))
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    /// Returns the properties of a card: each of the record's own, or the one stored in its place, then all that are
    /// only stored.
    func merged(into own: [WrittenProperty]) -> [ContentProperty] {
        let partners = partners(of: own)
        var properties = zip(own, partners).map { written, partner in
            partner.map { written.property(replacing: entries[$0]) } ?? written.property
        }
        settleFormattedName(in: &properties, of: own, partners)
        mark(&properties, of: own, partners)
        return properties + rest(of: properties, beside: own, partners)
    }

    /// Returns the properties that are only stored, without those describing a property that the record no longer has.
    private func rest(
        of properties: [ContentProperty],
        beside own: [WrittenProperty],
        _ partners: [Int?]
    ) -> [ContentProperty] {
        let rest = entries.filter { $0.isOnlyKept(beside: own) }.map { $0.unheldList ?? $0.property }
        var described: [String?: [(written: WrittenProperty, place: Place)]] = [:]
        for (written, partner) in zip(own, partners) {
            guard let entry = partner.map({ entries[$0] }), let place = entry.place else { continue }
            described[entry.groupKey, default: []].append((written, place))
        }
        let others = rest.filter { property in
            guard property.describesGroup else { return true }
            return described[property.groupKey, default: []].allSatisfy {
                $0.written.isStillTrue(property, of: $0.place)
            }
        }
        let met = Set(partners)
        let gone = Set(
            entries.indices.filter { !met.contains($0) && !entries[$0].isOnlyKept(beside: own) }
                .compactMap { entries[$0].groupKey }
        )
        if gone.isEmpty { return others }
        let present = Set((properties + rest.filter { !$0.describesGroup }).compactMap(\.groupKey))
        return others.filter { property in
            guard property.describesGroup, let group = property.groupKey else { return true }
            return present.contains(group) || !gone.contains(group)
        }
    }

    /// Adapts the formatted name to the components, when one of them was edited and the card has more of them than the
    /// record.
    private func settleFormattedName(
        in properties: inout [ContentProperty],
        of own: [WrittenProperty],
        _ partners: [Int?]
    ) {
        guard let parts = own.firstIndex(where: { $0.slot == .name }), let partner = partners[parts],
            let place = entries[partner].place, place != own[parts].place,
            let whole = own.firstIndex(where: { $0.slot == .formattedName })
        else { return }
        let kept = partners[whole].map { entries[$0].property }
        let name = CardName(properties[parts].components)
        let record = CardName(own[parts].former(place).components)
        let former = CardName(entries[partner].property.components).followed(beside: record)
        let text = name.formatted(as: kept?.text, of: former)
        properties[whole] = ContentProperty(
            properties[whole].name,
            text: text,
            group: properties[whole].group,
            parameters: properties[whole].parameters
        )
    }

    /// Adds marks to properties that a reader would otherwise assign to another field, because it takes preferred
    /// properties first, and to those that belong to the card alone.
    private func mark(_ properties: inout [ContentProperty], of own: [WrittenProperty], _ partners: [Int?]) {
        var passed: Set<String> = []
        for (index, written) in own.enumerated() {
            guard let mark = CardMark(written.slot) else { continue }
            if mark == .parts, properties[index].holdsMore(thanGivenOf: written.property) {
                properties[index] = CardMark.givenAlone.put(on: properties[index])
                continue
            }
            // A name that is written as it was read is read again in the same way.
            if mark == .parts, let partner = partners[index], entries[partner].place == written.place,
                !written.says(entries[partner].property)
            {
                continue
            }
            let (name, isPreferred) = (properties[index].name.uppercased(), properties[index].isPreferred)
            let isFirst = name != "EMAIL" && name != "TEL" || !isPreferred || !passed.contains(name)
            if !isPreferred { passed.insert(name) }
            if written.isMistakable || !isFirst { properties[index] = mark.put(on: properties[index]) }
        }
    }

    /// Returns these properties with those of another set that still have their place in a record. What both sets have
    /// stays where the other has it, and groups keep to their own, see ``regrouped(beside:)``.
    func adding(_ other: UnmappedProperties, besides own: [WrittenProperty]) -> UnmappedProperties {
        let added = regrouped(beside: other).entries
        let taken = partners(of: own)
        let placed = zip(taken, other.partners(of: own)).compactMap { taken, place in taken == nil ? place : nil }
        func isSame(_ entry: Entry, _ other: Entry) -> Bool {
            entry.property == other.property && entry.place == other.place
        }
        let present = other.entries.indices.compactMap { index -> Entry? in
            let entry = other.entries[index]
            let same = added.first { isSame($0, entry) }
            return same ?? (placed.contains(index) || entry.isOnlyKept(beside: own) ? entry : nil)
        }
        let all = present + added.filter { entry in !present.contains { isSame($0, entry) } }
        let emptied = Self.describedGroups(of: other.entries).subtracting(Self.describedGroups(of: all))
        return UnmappedProperties(
            all.filter { entry in
                guard entry.property.describesGroup, let group = entry.groupKey else { return true }
                return !emptied.contains(group)
            }
        )
    }

    /// Returns the groups that have more than their own descriptions.
    private static func describedGroups(of entries: [Entry]) -> Set<String> {
        Set(entries.filter { !$0.property.describesGroup }.compactMap(\.groupKey))
    }

    /// Returns these properties with other names for the groups that a second card of the same record calls alike: what
    /// one card has in `item1` has nothing to do with what is in that of the other. A group with nothing but what the
    /// other card has in one goes by the name that it has there.
    func regrouped(beside other: UnmappedProperties) -> UnmappedProperties {
        let theirs = other.groups
        if theirs.isEmpty { return self }
        let own = groups
        let keys = theirs.keys.sorted()
        var used = Set(keys).union(own.keys)
        var names: [String: String] = [:]
        for (key, contents) in own.sorted(by: { $0.key < $1.key }) {
            func isContained(in group: [Entry]?) -> Bool {
                group.map { group in contents.allSatisfy { group.contains($0) } } ?? false
            }
            let same = isContained(in: theirs[key]) ? key : keys.first { isContained(in: theirs[$0]) }
            if let same {
                names[key] = other.entries.first { $0.groupKey == same }?.property.group
            } else if theirs[key] != nil {
                var number = 1
                while used.contains("item\(number)") { number += 1 }
                used.insert("item\(number)")
                names[key] = "item\(number)"
            }
        }
        return UnmappedProperties(
            entries.map { entry in
                guard let name = entry.groupKey.flatMap({ names[$0] }) else { return entry }
                return entry.inGroup(name)
            }
        )
    }

    /// What is in each group, as if it were in none.
    private var groups: [String: [Entry]] {
        let grouped = entries.compactMap { entry in entry.groupKey.map { (key: $0, entry: entry.inGroup(nil)) } }
        return Dictionary(grouping: grouped) { $0.key }.mapValues { $0.map(\.entry) }
    }

    /// Returns for each of the record's own properties the index of its stored counterpart: one with the same value,
    /// otherwise one whose value the record has changed in part.
    private func partners(of own: [WrittenProperty]) -> [Int?] {
        let placed = entries.indices.filter { entries[$0].place.map { !$0.isVacant } ?? false }
        // The first of equal ones is taken first.
        var equal = Dictionary(grouping: placed.reversed()) { entries[$0].place }
        var partners: [Int?] = own.map { equal[$0.place]?.popLast() }
        let met = Set(partners)
        var free = placed.filter { place in
            !met.contains(place) && !own.contains { $0.hasFormerValue(of: entries[place]) }
        }
        for (index, written) in own.enumerated() where partners[index] == nil {
            let likely = free.map { (place: $0, likeness: written.likeness(to: entries[$0])) }.filter {
                $0.likeness > 0
            }
            // The first of those that are equally like it, as both have one order.
            guard let best = likely.reversed().max(by: { $0.likeness < $1.likeness }) else { continue }
            partners[index] = best.place
            free.removeAll { $0 == best.place }
        }
        return partners
    }
}

extension ContentProperty {
    /// Whether a name has additional names beside a given name that is all a record has.
    fileprivate func holdsMore(thanGivenOf record: ContentProperty) -> Bool {
        CardName(components).holdsMore(thanGivenOf: CardName(record.components))
    }

    /// Whether the property only describes others of its group, as in Apple's address book.
    fileprivate var describesGroup: Bool { isNamed("X-ABLabel") || isNamed("X-ABADR") }

    /// The group by which properties find each other, whatever the case of its letters; nil if there is none.
    fileprivate var groupKey: String? { group?.lowercased() }
}

extension UnmappedProperties.Entry {
    fileprivate var groupKey: String? { property.groupKey }

    /// Returns the entry with its property in another group, or in none.
    fileprivate func inGroup(_ group: String?) -> Self {
        Self(
            property: ContentProperty(
                property.name,
                rawValue: property.rawValue,
                group: group,
                parameters: property.parameters
            ),
            place: place,
            subject: subject
        )
    }

    /// Whether the property is written besides the record's own. If its field could not hold it, the field must still
    /// be empty; if it describes a slot, the description must still be true.
    fileprivate func isOnlyKept(beside own: [WrittenProperty]) -> Bool {
        if let subject {
            return own.contains { $0.slot.text == subject.slot && $0.isStillTrue(property, of: subject) }
        }
        guard let place else { return true }
        return (place.isVacant || unheldList != nil) && !own.contains { $0.slot.text == place.slot }
    }

    /// The categories that the record never had as tags, which stay when it has no more tags; nil if there are none.
    fileprivate var unheldList: ContentProperty? {
        guard let place, place.slot == CardSlot.categories.text, !place.isVacant else { return nil }
        let former = ContentProperty(property.name, rawValue: String(place.value.drop { $0 != ":" }.dropFirst())).list
        let rest = property.list.filter { !$0.trimmed.isEmpty && !former.contains($0.trimmed) }
        if rest.isEmpty { return nil }
        return ContentProperty(property.name, list: rest, group: property.group, parameters: property.parameters)
    }
}
