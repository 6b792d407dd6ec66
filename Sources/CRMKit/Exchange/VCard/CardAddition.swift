import Formats

/// The changes that a card makes to a record when it is not a later state of the record: it adds values and removes
/// none.
struct CardAddition {
    private let mapping: CardMapping
    private let stored: Record
    private let context: ValueContext

    init(_ mapping: CardMapping, to stored: Record, in context: ValueContext) {
        self.mapping = mapping
        self.stored = stored
        self.context = context
    }

    /// Keeps the numbers and addresses of the record in their fields. Different ones on the card become further ones.
    func keepNumbers(_ contents: inout CardContents, _ changes: inout [String: Value?]) throws {
        for keys in [mapping.emails, mapping.phones.map(\.field)] {
            for key in keys {
                guard let text = stored[key].text, let said = contents.texts[key], try !has(said, in: key)
                else { continue }
                let other = try keys.first { try $0 != key && has(said, in: $0) }
                contents.leave(key, as: text, havingItIn: other)
                changes[key] = .some(nil)
            }
        }
    }

    private func has(_ said: String, in key: String) throws -> Bool {
        guard let field = stored.module.field(key), !stored[key].isNull else { return false }
        return try field.type.parse(said, in: context) == stored[key]
    }

    /// Adds the card's tags to those of the record, and its note below that of the record unless it is contained
    /// already.
    func join(_ contents: inout CardContents, _ changes: inout [String: Value?]) throws {
        if let said = contents.texts[mapping.categories], let field = stored.module.field(mapping.categories) {
            let present = field.type.elements(of: stored[field.key])
            let come = field.type.elements(of: try field.type.parse(said, in: context))
            let tags = present + come.filter { !present.contains($0) }
            let property = ContentProperty("CATEGORIES", list: tags)
            try join(tags.joined(separator: ","), as: property, field, &contents, &changes)
        }
        guard let key = mapping.texts.first(where: { $0.property == "NOTE" })?.field,
            let field = stored.module.field(key), let present = stored[key].text, let said = contents.texts[key]
        else { return }
        let text = present.contains(said.trimmed) ? present : said.contains(present) ? said : "\(present)\n\(said)"
        try join(text, as: ContentProperty("NOTE", text: text), field, &contents, &changes)
    }

    private func join(
        _ text: String,
        as property: ContentProperty,
        _ field: Field,
        _ contents: inout CardContents,
        _ changes: inout [String: Value?]
    ) throws {
        guard !stored[field.key].isNull, text != contents.texts[field.key] else { return }
        contents.join(field.key, to: text, as: property)
        changes[field.key] = try field.type.parse(text, in: context)
    }
}
