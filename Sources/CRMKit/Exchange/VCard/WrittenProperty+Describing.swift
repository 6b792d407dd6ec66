import Formats

extension WrittenProperty {
    /// The properties that describe a name: how it is sorted and pronounced.
    private static let ofName =
        ["SORT-STRING", "FILE-AS", "X-FILE-AS", "X-EVOLUTION-FILE-AS", ofFamily] + ofGiven
    /// The property that describes the family name alone.
    private static let ofFamily = "X-PHONETIC-LAST-NAME"
    /// The properties that describe the given names alone.
    private static let ofGiven = ["X-PHONETIC-FIRST-NAME", "X-PHONETIC-MIDDLE-NAME"]
    /// The properties that say whether the card is that of a company.
    private static let ofBody = ["KIND", "X-ABShowAs"]

    /// Whether a property describes what this slot has: how a name is sorted, an address as a single text.
    static func describes(_ property: ContentProperty, _ slot: CardSlot) -> Bool {
        switch slot {
        case .name: (ofName + ofBody).contains(where: property.isNamed)
        case .address: ["LABEL", "GEO"].contains(where: property.isNamed)
        default: false
        }
    }

    /// Whether a description of an earlier value is still true of the record.
    ///
    /// - Parameter place: the record's value in the slot when the description was stored.
    func isStillTrue(_ other: ContentProperty, of place: UnmappedProperties.Place) -> Bool {
        switch slot {
        case .name:
            let (former, present) = (CardName(former(place).components), CardName(property.components))
            // A company that gets a given name is a person.
            if Self.ofBody.contains(where: other.isNamed) { return !former.given.isEmpty || present.given.isEmpty }
            return (Self.ofGiven.contains(where: other.isNamed) || former.family == present.family)
                && (other.isNamed(Self.ofFamily) || former.given == present.given)
        case .address:
            let (former, present) = (former(place).rawParts, property.rawParts)
            // Apple's country code describes the layout of the address.
            if other.isNamed("X-ABADR") { return former.last == present.last }
            let isOfKind = Self.types(place) == Self.types(self.place)
            return other.isNamed("X-ABLabel") ? isOfKind : isOfKind && former == present
        case .point:
            return !other.isNamed("X-ABLabel") || Self.parameters(place) == Self.parameters(self.place)
        default: return true
        }
    }

    /// Returns the types in a place, without the preference.
    private static func types(_ place: UnmappedProperties.Place) -> [Substring] {
        parameters(place).split(separator: ",").filter { $0 != "1" }
    }
}
