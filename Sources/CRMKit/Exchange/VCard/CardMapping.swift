import Formats

/// A mapping between the records of a module and vCards (RFC 2426, RFC 6350): which property holds which field.
///
/// Everything else on a card is kept in a part of the record and written out again.
public struct CardMapping: Sendable {
    /// The fields that together make `N` and `FN`.
    struct Name: Sendable {
        let salutation: String
        let given: String
        let family: String

        var fields: [String] { [salutation, given, family] }
    }

    /// The reference whose record's name, and the field that, together make `ORG`.
    struct Organization: Sendable {
        let reference: String
        let unit: String
    }

    /// The records that make `ADR`, owned by the module's.
    struct Addresses: Sendable {
        /// The module of the addresses, without what the database file adds to it.
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

        var module: ModuleName { definition.name }
        var fields: [String] { [kind] + components + [primary] }
    }

    /// The part whose rows hold what is beyond the fields: further `EMAIL`, `TEL`, `URL` and the like.
    struct Points {
        let part: String
        /// The keys of the row's fields: its kind, its value and its label.
        let kind, value, label: String
        /// The properties by the choice of the kind. The first of each choice is the one that is written.
        private(set) var properties: [(property: String, choice: String)]
        /// The choices whose value is a URI, in which nothing is escaped.
        let addresses: [String]
        /// The choice whose value is a URI of some scheme, or without one a name at no service in particular (RFC 3860).
        let chat: String

        /// Returns the points with properties for the kinds that a database file adds: `X-CRM-POINT-FAX`.
        func extended(for part: Part) -> Points {
            var points = self
            let own = part.kindField?.type.choices.filter { choice in !properties.contains { $0.choice == choice.key } }
            points.properties += (own ?? []).map { choice in
                (CardMapping.ownProperty(of: "\(part.name)_\(choice.key)"), choice.key)
            }
            return points
        }

        func choice(of property: ContentProperty) -> String? {
            properties.first { property.isNamed($0.property) }?.choice
        }
    }

    let name: Name
    let organization: Organization
    /// Properties with one text, and their fields.
    private(set) var texts: [(property: String, field: String)]
    let birthday: String
    let categories: String
    /// The fields of `EMAIL`, the preferred one first.
    let emails: [String]
    /// The fields of `TEL` by a type, the first that fits deciding; that without a type takes all others.
    let phones: [(type: String?, field: String)]
    let addresses: Addresses
    private(set) var points: Points
    /// The part that keeps what a card holds beside the fields, in its one field.
    let remainder: String
    /// The field of the moment that `REV` gives, which is written only.
    let revision: String

    /// The mapping with properties for the fields that a file adds to a module: `X-CRM-REGION`. An amount is written with its
    /// currency and a reference as a key, since a number means nothing elsewhere.
    func extended(for module: Module) -> CardMapping {
        var mapping = self
        mapping.texts += module.fields.filter { $0.traits.contains(.custom) }.map { field in
            (Self.ownProperty(of: field.key), field.key)
        }
        if let part = module.part(named: points.part) { mapping.points = points.extended(for: part) }
        return mapping
    }

    /// The property that only cards of this program have for a key.
    private static func ownProperty(of key: String) -> String {
        ownPrefix + String(key.uppercased().map { $0 == "_" ? "-" : $0 })
    }

    /// Whether only cards of this program say anything of a field, so that the silence of another card means nothing.
    func isOwn(_ field: String) -> Bool {
        texts.contains { $0.field == field && $0.property.hasPrefix(Self.ownPrefix) }
    }

    private static let ownPrefix = "X-CRM-"

    /// The field that tells cards apart, `UID`.
    public var identifier: String { texts.first { $0.property == CardMapping.uid }?.field ?? "" }

    static let uid = "UID"

    /// Returns the key of the field for a `TEL` property, according to its types.
    ///
    /// - Parameter label: the label of the property's group in Apple's address book.
    func phoneField(of property: ContentProperty, label: String? = nil) -> String? {
        let types = CardTypes.words(of: property, label: label)
        return phones.first { phone in phone.type.map(types.contains) ?? true }?.field
    }

    /// Every field that a card can hold.
    var fields: [String] {
        name.fields + [organization.reference, organization.unit] + texts.map(\.field) + [birthday, categories] + emails
            + phones.map(\.field)
    }
}

extension Module {
    /// The mapping of the module's records to vCards; `nil` when they are not on cards.
    public var cards: CardMapping? { CardMapping.standard[name]?.extended(for: self) }

    /// The part of what the cards of records hold beyond the fields.
    var cardPoints: Part? {
        guard let name = cards?.points.part else { return nil }
        return part(named: name)
    }

    /// The table of what the cards of records hold beside the fields.
    var cardRemainder: Table? {
        guard let name = cards?.remainder else { return nil }
        return part(named: name).map { Table($0, of: self) }
    }
}

extension CardMapping {
    /// The modules whose records are told on cards.
    static let standard: [ModuleName: CardMapping] = [.contact: .contact]

    /// Contacts and their addresses.
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
            country: "country"
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
