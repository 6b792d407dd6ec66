import Formats

/// A mark on cards of this program for the field of an address or number, or for a row of a part, when their order
/// alone is ambiguous.
enum CardMark: Equatable {
    /// The property belongs to no field.
    case point
    /// The property belongs to this field.
    case field(String)
    /// The components of the name are final, even if one of them looks like a whole name.
    case parts
    /// The same, and the field of given names lacks the additional ones, which only the card has.
    case givenAlone

    private static let pointName = "X-CRM-POINT"
    private static let partsName = "X-CRM-PARTS"
    private static let fieldName = "X-CRM-FIELD"
    /// The value of the mark for a name whose additional names only the card has.
    private static let given = "given"

    /// Creates the mark for a slot; `nil` for slots without marks.
    init?(_ slot: CardSlot) {
        switch slot {
        case .point: self = .point
        case .field(let key): self = .field(key)
        case .name: self = .parts
        case .formattedName, .organization, .birthday, .categories, .address: return nil
        }
    }

    /// Removes the mark from a property.
    ///
    /// - Returns: `nil` for a property without a mark.
    init?(takenOff property: inout ContentProperty) {
        let isMark = { (parameter: ContentParameter) in
            [Self.pointName, Self.fieldName, Self.partsName].contains(where: parameter.isNamed)
        }
        guard let mark = property.parameters.first(where: isMark) else { return nil }
        if mark.isNamed(Self.fieldName) {
            self = .field(mark.values.first ?? "")
        } else {
            let ofName: Self = mark.values.first?.lowercased() == Self.given ? .givenAlone : .parts
            self = mark.isNamed(Self.pointName) ? .point : ofName
        }
        property = property.with(parameters: property.parameters.filter { !isMark($0) })
    }

    /// Returns a property with the mark.
    func put(on property: ContentProperty) -> ContentProperty {
        let parameter =
            switch self {
            case .point: ContentParameter(Self.pointName, ["1"])
            case .field(let key): ContentParameter(Self.fieldName, [key])
            case .parts: ContentParameter(Self.partsName, ["1"])
            case .givenAlone: ContentParameter(Self.partsName, [Self.given])
            }
        return property.with(parameters: property.parameters + [parameter])
    }
}
