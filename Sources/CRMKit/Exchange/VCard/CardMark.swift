import Formats

/// A mark on cards of this program that says which address or number is in which field or in a row of a part, when
/// their order alone does not.
enum CardMark: Equatable {
    /// No field is to take the property.
    case point
    /// This field is.
    case field(String)
    /// The parts of the name are final, though one of them looks like a whole name.
    case parts

    private static let pointName = "X-CRM-POINT"
    private static let partsName = "X-CRM-PARTS"
    private static let fieldName = "X-CRM-FIELD"

    /// The mark of what fills a slot; `nil` for what has none.
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
    /// - Returns: `nil` for a property without one.
    init?(takenOff property: inout ContentProperty) {
        let isMark = { (parameter: ContentParameter) in
            [Self.pointName, Self.fieldName, Self.partsName].contains(where: parameter.isNamed)
        }
        guard let mark = property.parameters.first(where: isMark) else { return nil }
        if mark.isNamed(Self.fieldName) {
            self = .field(mark.values.first ?? "")
        } else {
            self = mark.isNamed(Self.pointName) ? .point : .parts
        }
        property = property.with(parameters: property.parameters.filter { !isMark($0) })
    }

    /// A property with the mark.
    func put(on property: ContentProperty) -> ContentProperty {
        let parameter =
            switch self {
            case .point: ContentParameter(Self.pointName, ["1"])
            case .field(let key): ContentParameter(Self.fieldName, [key])
            case .parts: ContentParameter(Self.partsName, ["1"])
            }
        return property.with(parameters: property.parameters + [parameter])
    }
}
