import Formats

/// A mapping between the records of a module and vCards (RFC 2426, RFC 6350): the field for each property.
///
/// All other properties of a card are stored in a part of the record and written out again.
public struct CardMapping: Sendable {
    /// The fields that form `N` and `FN`.
    struct Name: Sendable {
        let salutation: String
        let given: String
        let family: String

        var fields: [String] { [salutation, given, family] }
    }

    /// The reference to the record whose name, and the field whose text, form `ORG`.
    struct Organization: Sendable {
        let reference: String
        let unit: String
    }

    /// The records that form `ADR`, owned by the module's.
    struct Addresses: Sendable {
        /// The module of the addresses, without custom fields.
        let definition: Module
        /// The field for the meaning of the `TYPE` parameter, and its choices for which there is a type. RFC 9554
        /// defines `billing` and `delivery`.
        let kind: String
        let types: [(type: String, choice: String)]
        /// The choice for an address without such a type.
        let otherKind: String
        /// The flag of the preferred address of a kind.
        let primary: String
        /// The fields in the order of the value's components (RFC 6350 section 6.3.1).
        let components: [String]
        /// The key of the component that is an ISO 3166-1 code.
        let country: String
        /// The key of the component that begins with a zero in some countries.
        let postalCode: String

        var module: ModuleName { definition.name }
        var fields: [String] { [kind] + components + [primary] }
    }

    /// The part whose rows have the further `EMAIL`, `TEL`, `URL` and similar properties.
    struct Points {
        let part: String
        /// The keys of the fields of a row: its kind, its value and its label.
        let kind, value, label: String
        /// The properties for each choice of the kind. The first one of a choice is written.
        private(set) var properties: [(property: String, choice: String)]
        /// The choices whose value is a URI, which is not escaped.
        let addresses: [String]
        /// The choice for chat names, whose value is a URI, or without a scheme a name at no particular service (RFC
        /// 3860).
        let chat: String
        /// The parameters for the fields that a database file adds to the rows, `X-CRM-POINT-VERIFIED`, and for refusals.
        private(set) var own: [(parameter: String, field: Field)] = []

        /// Returns the points with properties for the kinds that a database file adds, `X-CRM-POINT-FAX`, and with
        /// parameters for the fields that it adds.
        func extended(for part: Part) -> Points {
            var points = self
            points.own = part.fields.filter(\.isOnlyOnOwnCards).map { field in
                (CardMapping.ownProperty(of: "\(part.name)_\(field.key)"), field)
            }
            let own = part.kindField?.type.choices.filter { choice in !properties.contains { $0.choice == choice.key } }
            points.properties += (own ?? []).map { choice in
                (CardMapping.ownProperty(of: "\(part.name)_\(choice.key)"), choice.key)
            }
            return points
        }

        /// Returns the texts that a property has for the fields that the file adds, by their keys.
        func ownTexts(of property: ContentProperty) -> [String: String] {
            if own.isEmpty { return [:] }
            let texts = own.map {
                ($0.field.key, property.parameterValues($0.parameter).joined(separator: ",").trimmed)
            }
            return Dictionary(uniqueKeysWithValues: texts.filter { !$0.1.isEmpty })
        }

        /// Returns a property without what it has for the fields that the file adds.
        func withoutOwn(_ property: ContentProperty) -> ContentProperty {
            if own.isEmpty { return property }
            return property.with(parameters: property.parameters.filter { !$0.isOfPoint })
        }

        func choice(of property: ContentProperty) -> String? {
            properties.first { property.isNamed($0.property) }?.choice
        }
    }

    let name: Name
    let organization: Organization
    /// The properties with a single text, and their fields.
    private(set) var texts: [(property: String, field: String)]
    let birthday: String
    let categories: String
    /// The fields for `EMAIL`, the preferred one first.
    let emails: [String]
    /// The fields for `TEL` with their types. The first one that matches applies; a field without a type matches any
    /// number.
    let phones: [(type: String?, field: String)]
    let addresses: Addresses
    private(set) var points: Points
    /// The part whose one field stores the properties of a card that have no field.
    let remainder: String
    /// The field with the moment for `REV`, which is written but not read.
    let revision: String

    /// Returns the mapping with properties for the fields that a file adds to a module, `X-CRM-REGION`, and for refusals.
    /// An amount is written with its currency and a reference as a key, since a number means nothing elsewhere.
    func extended(for module: Module) -> CardMapping {
        var mapping = self
        mapping.texts += module.fields.filter(\.isOnlyOnOwnCards).map { field in
            (Self.ownProperty(of: field.key), field.key)
        }
        if let part = module.part(named: points.part) { mapping.points = points.extended(for: part) }
        return mapping
    }

    /// Returns the name of the program's own property or parameter for a key.
    private static func ownProperty(of key: String) -> String {
        ownPrefix + key.uppercased().hyphenated
    }

    /// Whether a field is only on cards of this program, so that its absence from other cards means nothing.
    func isOwn(_ field: String) -> Bool {
        texts.contains { $0.field == field && $0.property.hasPrefix(Self.ownPrefix) }
    }

    private static let ownPrefix = "X-CRM-"

    /// The field for `UID`, which identifies cards.
    public var identifier: String { texts.first { $0.property == CardMapping.uid }?.field ?? "" }

    static let uid = "UID"

    /// Returns the key of the field for a `TEL` property, according to its types.
    ///
    /// - Parameter label: the label of the property's group in Apple's address book.
    func phoneField(of property: ContentProperty, label: String? = nil) -> String? {
        let types = CardTypes.words(of: property, label: label)
        return phones.first { phone in phone.type.map(types.contains) ?? true }?.field
    }

    /// Returns the keys of the fields that the property of a slot tells of.
    func fields(of slot: CardSlot) -> [String] {
        switch slot {
        case .name, .formattedName: name.fields
        case .organization: [organization.reference, organization.unit]
        case .birthday: [birthday]
        case .categories: [categories]
        case .field(let key): [key]
        case .address, .point: []
        }
    }

    /// Returns the same by the slot's name in stored properties.
    func fields(ofSlot text: String) -> [String] {
        let slots = [CardSlot.name, .formattedName, .organization, .birthday, .categories, .address, .point]
        return fields(of: slots.first { $0.text == text } ?? .field(text))
    }

    /// The keys of all fields that a card can have.
    var fields: [String] {
        name.fields + [organization.reference, organization.unit] + texts.map(\.field) + [birthday, categories] + emails
            + phones.map(\.field)
    }
}

extension Module {
    /// The mapping of the module's records to vCards; `nil` if there is none.
    public var cards: CardMapping? { CardMapping.standard[name]?.extended(for: self) }

    /// The part for further addresses and numbers on cards.
    var cardPoints: Part? {
        guard let name = cards?.points.part else { return nil }
        return part(named: name)
    }

    /// The table of the part that stores the properties without a field.
    var cardRemainder: Table? {
        guard let name = cards?.remainder else { return nil }
        return part(named: name).map { Table($0, of: self) }
    }
}

extension CardMapping {
    /// The mappings of the program's modules.
    static let standard: [ModuleName: CardMapping] = [.contact: .contact]

    /// The mapping of contacts and their addresses.
    static let contact = CardMapping(
        name: Name(salutation: "salutation", given: "first_name", family: "last_name"),
        organization: Organization(reference: "organization", unit: "department"),
        texts: [(uid, "external_id"), ("TITLE", "title"), ("NOTE", "description")],
        birthday: "birthdate",
        categories: "tags",
        emails: ["email", "email_secondary"],
        phones: [
            ("fax", "fax"), ("assistant", "assistant_phone"), ("cell", "mobile"), ("work", "phone"),
            ("home", "home_phone"), (nil, "other_phone"),
        ],
        addresses: Addresses(
            definition: .address,
            kind: "kind",
            types: [
                ("home", "home"), ("work", "work"), ("billing", "billing"), ("delivery", "shipping"),
                ("x-visit", "visit"),
            ],
            otherKind: "other",
            primary: "primary",
            components: ["po_box", "neighborhood", "street", "city", "state", "postal_code", "country"],
            country: "country",
            postalCode: "postal_code"
        ),
        points: Points(
            part: "point",
            kind: "kind",
            value: "value",
            label: "label",
            properties: [
                ("EMAIL", "email"), ("TEL", "phone"), ("URL", "url"), ("X-SOCIALPROFILE", "profile"),
                // RFC 9554 section 3.6
                ("SOCIALPROFILE", "profile"), ("IMPP", "chat"),
            ],
            addresses: ["url", "profile"],
            chat: "chat"
        ),
        remainder: "vcard",
        revision: "updated_at"
    )
}

extension Field {
    /// Whether the field is on cards of this program alone: cards have no property for what files add, and none for a
    /// refusal.
    fileprivate var isOnlyOnOwnCards: Bool { traits.contains(.custom) || traits.contains(.refusal) }
}

extension ContentParameter {
    /// Whether the parameter is for a field of the rows of points that is on cards of this program alone.
    var isOfPoint: Bool { name.uppercased().hasPrefix("X-CRM-POINT-") }

    /// Whether the parameter says that a point is not to be used. It is only written where that is so.
    var isOfRefusal: Bool { isNamed("X-CRM-POINT-OPTED-OUT") }
}
