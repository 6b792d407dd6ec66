/// Whom a card is about: a person, a company, or nobody.
extension CardContents {
    /// Whether the card is that of a company, by the properties of address books.
    var isOfBody: Bool {
        [
            first("KIND").map { entries[$0].property.text.lowercased() == "org" },
            first("X-ABShowAs").map { entries[$0].property.text.lowercased() == "company" },
        ].contains(true)
    }

    /// Whether the card has no information about anybody. Telephones and services write such cards for entries without
    /// a name.
    var isEmpty: Bool {
        texts[mapping.name.family] == nil
            && entries.allSatisfy { entry in
                entry.property.isBlank || Self.ofCardItself.contains(where: entry.property.isNamed)
            }
    }

    /// The properties that are no information about a person by themselves: identifiers, pictures, keys and the origin
    /// of the card.
    private static let ofCardItself = [
        CardMapping.uid, "PRODID", "PHOTO", "LOGO", "SOUND", "KEY", "KIND", "CLASS", "SOURCE", "MAILER", "TZ",
    ]
}
