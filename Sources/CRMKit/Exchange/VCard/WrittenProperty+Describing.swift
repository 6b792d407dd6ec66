import Formats

extension WrittenProperty {
    /// Properties of the name: how it is sorted and spoken.
    private static let ofName = [
        "SORT-STRING", "FILE-AS", "X-FILE-AS", "X-EVOLUTION-FILE-AS", "X-PHONETIC-FIRST-NAME",
        "X-PHONETIC-MIDDLE-NAME", "X-PHONETIC-LAST-NAME",
    ]
    /// Properties that say whether the card is that of a company.
    private static let ofBody = ["KIND", "X-ABShowAs"]

    /// Whether a property of a card says more of what this slot has: how a name is sorted, an address in one text.
    static func describes(_ property: ContentProperty, _ slot: CardSlot) -> Bool {
        switch slot {
        case .name: (ofName + ofBody).contains(where: property.isNamed)
        case .address: ["LABEL", "GEO"].contains(where: property.isNamed)
        default: false
        }
    }

    /// Whether what a property says of a place is true of the record as it is now.
    ///
    /// - Parameter place: what the record had in this property's place when the other one came.
    func isStillTrue(_ other: ContentProperty, of place: KeptProperties.Place) -> Bool {
        switch slot {
        case .name:
            let (former, present) = (CardName(former(place).components), CardName(property.components))
            // A company that gets a given name is one no more.
            if Self.ofBody.contains(where: other.isNamed) { return !former.given.isEmpty || present.given.isEmpty }
            return former.family == present.family && former.given == present.given
        case .address:
            let (former, present) = (former(place).rawParts, property.rawParts)
            // Apple's code of a country says how the address is laid out.
            if other.isNamed("X-ABADR") { return former.last == present.last }
            let isOfKind = Self.types(place) == Self.types(self.place)
            return other.isNamed("X-ABLabel") ? isOfKind : isOfKind && former == present
        default: return true
        }
    }

    /// The types in a place, without the preference.
    private static func types(_ place: KeptProperties.Place) -> [Substring] {
        parameters(place).split(separator: ",").filter { $0 != "1" }
    }
}
