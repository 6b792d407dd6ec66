import Formats
import Localization

/// What a card says of a record: texts of fields, addresses, and every property with what it is for.
struct CardContents: Sendable {
    /// A property, in the form of version 4.0, and what was read from it; without a slot it is only kept.
    struct Entry: Sendable {
        let property: VCardProperty
        var slot: CardSlot?
    }

    /// By the fields' keys; of the organization, its name.
    private(set) var texts: [String: String] = [:]
    /// By the keys of the addresses' module, one for each entry of the slot ``CardSlot/address``, in order.
    private(set) var addresses: [[String: String]] = []
    /// One for each entry of the slot ``CardSlot/point``, in order.
    private(set) var points: [CardPoint] = []
    private(set) var entries: [Entry]

    private let mapping: CardMapping
    private let module: Module

    /// Reads a card.
    ///
    /// - Throws: ``ValueError`` for a card that is of no single person or body, and for what the fields could not tell
    ///   apart from something else.
    init(_ card: VCard, by mapping: CardMapping, of module: Module) throws(ValueError) {
        self.mapping = mapping
        self.module = module
        entries = card.converted(to: .v4_0).properties
            .filter { property in !CardContents.ownProperties.contains(where: property.isNamed) }
            .map { Entry(property: CardContents.plain($0), slot: nil) }
        if let kind = first("KIND") ?? first("X-ADDRESSBOOKSERVER-KIND"),
            entries[kind].property.text.lowercased() == "group"
        {
            throw ValueError(
                en: "this is the card of a group, not of one contact",
                es: "esta es la tarjeta de un grupo, no de un contacto"
            )
        }
        for (property, field) in mapping.texts { read(property, into: field) }
        readName()
        readOrganization()
        readBirthday()
        try readCategories()
        readEmails()
        readPhones()
        readAddresses()
        readPoints()
    }

    /// What the program sets by itself: `REV`, and the reason in a file of rejected cards.
    private static let ownProperties = ["REV", RejectedCard.reason]

    /// A `UID` that is no URI says so in version 4.0 alone.
    private static func plain(_ property: VCardProperty) -> VCardProperty {
        guard property.isNamed(CardMapping.uid), property.parameterValues("VALUE").first?.lowercased() == "text" else {
            return property
        }
        return VCardProperty(
            property.name,
            rawValue: property.rawValue,
            group: property.group,
            parameters: property.parameters.filter { !$0.isNamed("VALUE") }
        )
    }

    private func first(_ name: String) -> Int? { entries.firstIndex { $0.property.isNamed(name) } }

    /// The places of the properties of a name, the preferred ones first.
    private func ranked(_ name: String) -> [Int] {
        let places = entries.indices.filter { entries[$0].property.isNamed(name) }
        return places.filter { entries[$0].property.isPreferred } + places.filter { !entries[$0].property.isPreferred }
    }

    private mutating func take(_ text: String, as field: String) {
        let text = text.trimmed
        if !text.isEmpty { texts[field] = text }
    }

    private mutating func read(_ property: String, into field: String) {
        guard let place = first(property) else { return }
        // Long text keeps the white space at its ends.
        let text = entries[place].property.text
        guard !text.trimmed.isEmpty else { return }
        texts[field] = text
        entries[place].slot = .field(field)
    }

    /// The parts of `N`; without it, and without a family name, what is there is the name that cannot be missing.
    private mutating func readName() {
        let formatted = first("FN")
        if let formatted { entries[formatted].slot = .formattedName }
        let place = first("N")
        let parts = place.map { entries[$0].property.components.map { $0.joined(separator: " ").trimmed } } ?? []
        func part(_ index: Int) -> String { index < parts.count ? parts[index] : "" }
        let given = [part(1), part(2)].filter { !$0.isEmpty }.joined(separator: " ")
        if let place { entries[place].slot = .name }
        if !part(0).isEmpty {
            take(part(0), as: mapping.name.family)
            take(given, as: mapping.name.given)
        } else {
            take(given.isEmpty ? formatted.map { entries[$0].property.text } ?? "" : given, as: mapping.name.family)
        }
        let salutation = Self.title(part(3))
        let choice = module.field(mapping.name.salutation)?.type.choices.first { choice in
            [choice.key, choice.label.en, choice.label.es].contains { Self.title($0) == salutation }
        }
        if let choice, !salutation.isEmpty { texts[mapping.name.salutation] = choice.key }
    }

    private static func title(_ text: String) -> String {
        Fold.fold(text.utf8.last == UInt8(ascii: ".") ? String(text.dropLast()) : text)
    }

    private mutating func readOrganization() {
        for place in entries.indices where entries[place].property.isNamed("ORG") {
            let parts = entries[place].property.components.map { $0.joined(separator: ", ") }
            take(parts[0], as: mapping.organization.reference)
            if parts.count > 1 { take(parts[1], as: mapping.organization.unit) }
            guard texts[mapping.organization.reference] == nil, texts[mapping.organization.unit] == nil else {
                entries[place].slot = .organization
                return
            }
        }
    }

    /// A whole date; one without a year, or in words, is only kept.
    private mutating func readBirthday() {
        guard let place = first("BDAY") else { return }
        let property = entries[place].property
        let date = property.text.prefix { $0 != "T" && $0 != "t" }.filter { $0 != "-" }
        guard date.utf8.count == 8, date.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            property.parameterValues("X-APPLE-OMIT-YEAR").isEmpty
        else { return }
        texts[mapping.birthday] = "\(date.prefix(4))-\(date.dropFirst(4).prefix(2))-\(date.suffix(2))"
        entries[place].slot = .birthday
    }

    private mutating func readCategories() throws(ValueError) {
        var all: [String] = []
        for place in entries.indices where entries[place].property.isNamed("CATEGORIES") {
            let list = entries[place].property.list.map(\.trimmed).filter { !$0.isEmpty }
            if list.isEmpty { continue }
            guard !list.contains(where: { $0.utf8.contains(UInt8(ascii: ",")) }) else {
                throw ValueError(
                    en: "CATEGORIES: a comma separates tags and cannot be part of one",
                    es: "CATEGORIES: la coma separa etiquetas y no puede ser parte de una"
                )
            }
            all += list
            entries[place].slot = .categories
        }
        take(all.joined(separator: ","), as: mapping.categories)
    }

    private mutating func readEmails() {
        for place in ranked("EMAIL") {
            let text = Self.address(entries[place].property.text.trimmed)
            guard !text.isEmpty, let field = mapping.emails.first(where: { texts[$0] == nil }) else { continue }
            texts[field] = text
            entries[place].slot = .field(field)
        }
    }

    /// The address of a `mailto:` URI.
    static func address(_ text: String) -> String {
        let scheme = "mailto:"
        return text.lowercased().hasPrefix(scheme) ? String(text.dropFirst(scheme.count)) : text
    }

    /// What the fields have no place for, and rows of the part can hold.
    private mutating func readPoints() {
        for place in entries.indices where entries[place].slot == nil {
            let property = entries[place].property
            let group = property.group.flatMap { group in
                entries.first { entry in
                    entry.property.group?.lowercased() == group.lowercased() && entry.property.isNamed("X-ABLabel")
                }?.property.text
            }
            guard let point = CardPoint(property, group: group, by: mapping.points, of: module) else { continue }
            points.append(point)
            entries[place].slot = .point
        }
    }

    private mutating func readPhones() {
        for place in ranked("TEL") {
            let property = entries[place].property
            let types = property.types
            let field = mapping.phones.first { phone in phone.type.map(types.contains) ?? true }?.field
            let text = Self.number(property.text.trimmed)
            guard !text.isEmpty, let field, texts[field] == nil else { continue }
            texts[field] = text
            entries[place].slot = .field(field)
        }
    }

    /// A number of a `tel:` URI as people write it (RFC 3966). Version 3.0 has the rest of such a URI without its scheme.
    static func number(_ text: String) -> String {
        let scheme = "tel:"
        let isURI = text.lowercased().hasPrefix(scheme)
        guard isURI || text.lowercased().contains(";ext=") else { return text }
        let parts = text.dropFirst(isURI ? scheme.count : 0).split(separator: ";")
        let `extension` = parts.dropFirst().first { $0.lowercased().hasPrefix("ext=") }
        return (parts.first.map(String.init) ?? "") + (`extension`.map { " ext \($0.dropFirst("ext=".count))" } ?? "")
    }

    private mutating func readAddresses() {
        var preferred: Set<String> = []
        for place in entries.indices where entries[place].property.isNamed("ADR") {
            let property = entries[place].property
            let parts = property.components.map { $0.joined(separator: ", ") }
            var address: [String: String] = [:]
            for (field, text) in zip(mapping.addresses.components, parts) where !text.trimmed.isEmpty {
                // A country of no known name is only kept.
                let text = field == mapping.addresses.country ? CountryNames.code(of: text) : text
                if let text { address[field] = text }
            }
            guard !address.isEmpty else { continue }
            let types = property.types
            let kind = mapping.addresses.types.first { types.contains($0.type) }?.choice ?? mapping.addresses.otherKind
            address[mapping.addresses.kind] = kind
            // Only one of a kind is the first.
            let isPrimary = property.isPreferred && preferred.insert(kind).inserted
            address[mapping.addresses.primary] = isPrimary ? "true" : "false"
            addresses.append(address)
            entries[place].slot = .address
        }
    }
}
