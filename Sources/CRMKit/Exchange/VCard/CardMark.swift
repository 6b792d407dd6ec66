import Formats

/// What tells on the cards of this program which address or number is in which field and which in a row of a part, where
/// their order alone does not.
enum CardMark: Equatable {
    /// No field is to take the property.
    case point
    /// This field is.
    case field(String)

    private static let pointName = "X-CRM-POINT"
    private static let fieldName = "X-CRM-FIELD"

    /// The mark of what fills a slot; `nil` for what has none.
    init?(_ slot: CardSlot) {
        switch slot {
        case .point: self = .point
        case .field(let key): self = .field(key)
        case .name, .formattedName, .organization, .birthday, .categories, .address: return nil
        }
    }

    /// Takes the mark off a property.
    ///
    /// - Returns: `nil` for one that has none.
    init?(takenOff property: inout ContentProperty) {
        let marks = property.parameters.filter { $0.isNamed(Self.pointName) || $0.isNamed(Self.fieldName) }
        guard let mark = marks.first else { return nil }
        self = mark.isNamed(Self.pointName) ? .point : .field(mark.values.first ?? "")
        property = property.with(
            parameters: property.parameters.filter { !$0.isNamed(Self.pointName) && !$0.isNamed(Self.fieldName) }
        )
    }

    /// A property with the mark.
    func put(on property: ContentProperty) -> ContentProperty {
        let parameter =
            switch self {
            case .point: ContentParameter(Self.pointName, ["1"])
            case .field(let key): ContentParameter(Self.fieldName, [key])
            }
        return property.with(parameters: property.parameters + [parameter])
    }
}
