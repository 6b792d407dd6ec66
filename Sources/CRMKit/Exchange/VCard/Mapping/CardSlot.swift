/// The place in a record for a property of a card.
enum CardSlot: Hashable, Sendable {
    case name
    case formattedName
    case organization
    case birthday
    case categories
    case address
    /// A row of the part for further addresses and numbers.
    case point
    /// A field whose text is the value.
    case field(String)

    /// Whether a record has at most one property for the slot.
    var isSingle: Bool { self != .address && self != .point }

    /// The name of the slot in stored properties.
    var text: String {
        switch self {
        case .name: "N"
        case .formattedName: "FN"
        case .organization: "ORG"
        case .birthday: "BDAY"
        case .categories: "CATEGORIES"
        case .address: "ADR"
        case .point: "POINT"
        case .field(let key): key
        }
    }
}
