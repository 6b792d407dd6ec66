import Formats

/// A property written for a record.
struct WrittenProperty {
    let slot: CardSlot
    let property: ContentProperty
    /// Whether a reader would assign it to another field or row unless it is marked.
    var isMistakable = false

    /// The slot and value, by which a later change of the record is detected.
    var place: UnmappedProperties.Place {
        // The types beside a label only repeat it.
        let labels = property.parameters.filter { $0.isNamed(CardPoint.labelName) }
        // What the file adds to points changes by itself.
        let parameters = (labels.isEmpty ? property.parameters.filter { !$0.isOfPoint } : labels).flatMap(\.values)
            .joined(separator: ",")
        return UnmappedProperties.Place(slot: slot.text, value: "\(parameters):\(property.rawValue)")
    }

    /// Whether another property has the same content and no more. Semicolons and commas of a single text may be escaped
    /// or not.
    func says(_ other: ContentProperty) -> Bool {
        guard other.group == nil, other.name == property.name, other.parameters == property.parameters else {
            return false
        }
        return switch slot {
        case .formattedName, .field, .point: other.text == property.text
        case .name, .organization, .birthday, .categories, .address: other.rawValue == property.rawValue
        }
    }

    /// Returns a score for how much a stored property has in common with this one when the record has changed a part of
    /// it; 0 when it is a different one.
    func likeness(to entry: UnmappedProperties.Entry) -> Int {
        guard let place = entry.place, place.slot == slot.text else { return 0 }
        switch slot {
        case .point: return likenessOfPoint(to: entry.property, place)
        case .address:
            return zip(property.parts, former(place).parts).count { $0 == $1 && !$0.isEmpty }
        default: return 1
        }
    }

    /// Whether it has the number or address that the record had in a stored property's place: that one has not been edited
    /// there, but is elsewhere now, as after a merge.
    func hasFormerValue(of entry: UnmappedProperties.Entry) -> Bool {
        guard let place = entry.place, place.slot != slot.text, entry.property.isNamed(property.name) else {
            return false
        }
        return former(place).rawValue == property.rawValue
    }

    /// Returns a score for a row of the part: it is the same with another label, or has another value under the same
    /// label. A chat name elsewhere is another one.
    private func likenessOfPoint(to kept: ContentProperty, _ place: UnmappedProperties.Place) -> Int {
        guard kept.isNamed(property.name) else { return 0 }
        let (former, present) = (former(place).rawValue, property.rawValue)
        if former == present { return 2 }
        let isAtSameService = !kept.isNamed("IMPP") || former.prefix { $0 != ":" } == present.prefix { $0 != ":" }
        return isAtSameService && Self.parameters(place) == Self.parameters(self.place) ? 1 : 0
    }

    /// Returns the property that is stored in this one's place, with the record's later changes.
    func property(replacing entry: UnmappedProperties.Entry) -> ContentProperty {
        let kept = entry.property
        guard let place = entry.place, place != self.place else {
            return kept.with(parameters: withOwn(kept.parameters))
        }
        let former = former(place)
        switch slot {
        case .name:
            let name = CardName(kept.components).changed(
                from: CardName(former.components),
                to: CardName(property.components)
            )
            return ContentProperty(
                kept.name,
                components: name.components,
                group: kept.group,
                parameters: parameters(replacing: kept, place)
            )
        case .organization, .address:
            return ContentProperty(
                kept.name,
                rawValue: slot == .organization
                    ? units(of: kept, changedFrom: former) : components(of: kept, changedFrom: former),
                group: kept.group,
                parameters: parameters(replacing: kept, place)
            )
        case .categories:
            return ContentProperty(
                kept.name,
                list: elements(of: kept, changedFrom: former),
                group: kept.group,
                parameters: kept.parameters
            )
        case .field:
            return ContentProperty(
                property.name,
                rawValue: property.rawValue,
                group: kept.group,
                parameters: parameters(replacing: kept, place)
            )
        case .point:
            return propertyOfPoint(replacing: kept, former, place)
        case .formattedName, .birthday:
            return ContentProperty(
                property.name,
                rawValue: property.rawValue,
                group: kept.group,
                parameters: property.parameters
            )
        }
    }

    /// Returns the stored property of a row of the part with its present value and label.
    private func propertyOfPoint(
        replacing kept: ContentProperty,
        _ former: ContentProperty,
        _ place: UnmappedProperties.Place
    ) -> ContentProperty {
        let isSameValue = former.rawValue == property.rawValue
        let labels = Self.parameters(place) == Self.parameters(self.place) ? [] : ["TYPE", CardPoint.labelName]
        let gone = labels + (isSameValue ? [] : Self.describing)
        let rest = kept.parameters.filter { parameter in !gone.contains(where: parameter.isNamed) }
        return ContentProperty(
            kept.name,
            rawValue: isSameValue ? kept.rawValue : property.rawValue,
            group: kept.group,
            parameters: withOwn((labels.isEmpty ? [] : property.parameters.filter { !$0.isOfPoint }) + rest)
        )
    }

    /// Returns the parameters of a stored property with those for the fields that the file adds to points.
    private func withOwn(_ parameters: [ContentParameter]) -> [ContentParameter] {
        let own = property.parameters.filter(\.isOfPoint)
        return parameters.filter { parameter in
            !parameter.isOfRefusal && !own.contains { $0.isNamed(parameter.name) }
        } + own
    }

    /// Returns the property that was written for the record when a place was stored. Only its name and value are
    /// restored.
    func former(_ place: UnmappedProperties.Place) -> ContentProperty {
        ContentProperty(property.name, rawValue: String(place.value.dropFirst(Self.parameters(place).utf8.count + 1)))
    }

    /// Returns the value of a property whose components are the stored ones where the record has not changed them.
    private func components(of kept: ContentProperty, changedFrom former: ContentProperty) -> String {
        let (present, former, kept) = (property.rawParts, former.rawParts, kept.rawParts)
        func part(_ parts: [String], _ index: Int) -> String { index < parts.count ? parts[index] : "" }
        return (0..<max(present.count, kept.count)).map { index in
            part(present, index) == part(former, index) ? part(kept, index) : part(present, index)
        }.joined(separator: ";")
    }

    /// Returns the stored units of a company if it or the department of the record is still the same, otherwise the
    /// record's value. The units below a department are its own whatever the company is called.
    private func units(of kept: ContentProperty, changedFrom former: ContentProperty) -> String {
        let (present, past) = (property.rawParts, former.rawParts)
        let isSame = present.first == past.first || present.count > 1 && present.dropFirst() == past.dropFirst()
        return isSame ? components(of: kept, changedFrom: former) : property.rawValue
    }

    /// Returns the stored elements, without those removed and with those added, each in the place of one, but in the
    /// record's order.
    private func elements(of kept: ContentProperty, changedFrom former: ContentProperty) -> [String] {
        let (present, former) = (property.list, former.list)
        let all =
            kept.list.filter { !former.contains($0.trimmed) || present.contains($0.trimmed) }
            + present.filter { !former.contains($0) }
        var ordered = present[...]
        return all.compactMap { present.contains($0.trimmed) ? ordered.popFirst() : $0 }
    }

    /// Returns the parameters of a stored property for the present value. Types and preference are the record's if it
    /// has changed them. Parameters that describe the former value are left out.
    private func parameters(replacing kept: ContentProperty, _ place: UnmappedProperties.Place) -> [ContentParameter] {
        let rest = kept.parameters.filter { parameter in !Self.describing.contains(where: parameter.isNamed) }
        guard Self.parameters(place) != Self.parameters(self.place) else { return rest }
        return property.parameters + rest.filter { !$0.isNamed("TYPE") && !$0.isNamed("PREF") }
    }

    /// The parameters that repeat the value in another form, or describe its form.
    private static let describing = [
        "LABEL", "GEO", "TZ", "CC", "SORT-AS", "VALUE", "MEDIATYPE", "DERIVED", "WAID", "X-EVOLUTION-E164", "X-USER",
        "X-USERID", "X-DISPLAYNAME",
    ]

    /// Returns the parameters in a place, which precede the value; types contain no colon.
    static func parameters(_ place: UnmappedProperties.Place) -> Substring {
        place.value.prefix { $0 != ":" }
    }
}
