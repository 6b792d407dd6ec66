import Localization

/// How the records of a module are related to contacts.
public enum ContactRelation: Sendable {
    /// The module of contacts itself.
    case center
    /// Contacts point at the record by a field of their own; there is nothing to link.
    case referred
    /// Each record belongs to one contact, referred to by a required field named after the module, and is deleted with
    /// it.
    case owned(by: ModuleName, Text)
    /// Any number of contacts to any number of records, each link with attributes of its own.
    case many(LinkDefinition)

    /// The link's definition where records are linked.
    public var link: LinkDefinition? {
        if case .many(let link) = self { link } else { nil }
    }
}

/// The attributes of the link between a contact and a record of one module.
public struct LinkDefinition: Sendable {
    /// In declared order: the relation's own, then `since` and `until` where it has a period, then `note`.
    public let attributes: [Field]
    /// What the links' period says; `nil` for links without one.
    let period: Period?
    /// The keys of the fields that a new record copies from the contact it is linked with when they are not given.
    let brought: [String]
    /// The records whose contacts a new record is linked with when none is named.
    let followed: [Following]
    /// Whether the records belong to their contact when they are linked with one contact alone.
    let ownership: Ownership
    /// Positions of attributes by key.
    let index: KeyPositions

    /// What the period of a link says: `since` and `until`, half-open.
    public enum Period: Sendable, Equatable {
        /// When the link holds. Without a beginning it has held from ever.
        case validity
        /// When there came about what a choice of the link says, as a purchase does, and when that ended. Without a
        /// beginning the day is not known. The choices are declared in the order in which one follows another.
        case happening(of: String)
    }

    /// Which contacts a new record is linked with when none are given: the contacts of another record that it refers
    /// to.
    struct Following: Sendable {
        /// The key of the reference field that names the other record.
        let reference: String
        /// The role of each new link, by the contact's role on the other record. Contacts with a role that is not a key
        /// are not linked.
        let roles: [String: String]
    }

    /// The ownership of a record that is linked with one contact alone.
    enum Ownership: Sendable, Equatable {
        /// Nobody's: it stays when the contact is erased.
        case shared
        /// The record is the contact's own, as a letter is, and is erased with the contact. Where the module's own and
        /// shared records are told apart by a choice field, only records with that choice are the contact's own.
        case own(where: String? = nil, is: String = "")
    }

    /// Declares a link.
    ///
    /// - Parameters:
    ///   - attributes: the relation's own. One named `role` is part of a link's identity.
    ///   - period: what `since` and `until` say; `nil` for a link without them.
    public init(_ attributes: [Field] = [], period: Period? = nil) {
        self.init(attributes, period: period, ownership: .shared)
    }

    /// - Parameters:
    ///   - brought: the keys of fields whose values a new record takes from the contact it is linked with, if they are
    ///     not given.
    ///   - followed: the references of a new record to records with whose contacts it is linked if no contact is given;
    ///     the first one that has contacts counts.
    ///   - ownership: whose a record is that one contact alone is linked with.
    init(
        _ attributes: [Field] = [],
        period: Period? = nil,
        bringing brought: [String] = [],
        following followed: [Following] = [],
        ownership: Ownership = .shared
    ) {
        var all = attributes
        if period != nil {
            let own = all.firstIndex { $0.key == "role" || $0.key == "status" }.map { $0 + 1 } ?? 0
            all.insert(
                contentsOf: [
                    .date("since", en: "Since", es: "Desde"),
                    .date("until", en: "Until", es: "Hasta"),
                ],
                at: own
            )
        }
        all.append(.text("note", en: "Note", es: "Nota"))
        self.init(all: all, period: period, brought: brought, followed: followed, ownership: ownership)
    }

    private init(
        all attributes: [Field],
        period: Period?,
        brought: [String],
        followed: [Following],
        ownership: Ownership
    ) {
        self.attributes = attributes
        self.period = period
        self.brought = brought
        self.followed = followed
        self.ownership = ownership
        index = KeyPositions(attributes.map(\.key))
    }

    /// Returns the link definition with some of its attributes replaced by others with the same keys.
    ///
    /// - Parameter other: returns the replacement of an attribute, or `nil` to keep it.
    func replacing(_ other: (Field) -> Field?) -> LinkDefinition {
        LinkDefinition(
            all: attributes.map { other($0) ?? $0 },
            period: period,
            brought: brought,
            followed: followed,
            ownership: ownership
        )
    }

    /// Whether links have a period, and are ended rather than deleted.
    public var hasPeriod: Bool { period != nil }

    /// The attribute with a key.
    public func attribute(_ key: String) -> Field? {
        index[key].map { attributes[$0] }
    }

    /// Whether links of one pair are told apart by a role.
    public var hasRole: Bool { index["role"] != nil }
}
