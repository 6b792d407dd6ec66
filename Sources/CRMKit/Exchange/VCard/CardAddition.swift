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

    /// Keeps the numbers and addresses of the record in their fields. Different ones on the card become further ones; an
    /// address that the record has in one of its fields is not taken into another.
    func keepNumbers(_ contents: inout CardContents, _ changes: inout [String: Value?]) throws {
        for keys in [mapping.emails, mapping.phones.map(\.field)] {
            for key in keys {
                guard let said = contents.texts[key], try !has(said, in: key) else { continue }
                let text = stored[key].text
                if text == nil, keys != mapping.emails || !isPresent(said, as: .email, in: keys) { continue }
                let other = try keys.first { try $0 != key && has(said, in: $0) }
                contents.leave(key, as: text, havingItIn: other)
                changes[key] = .some(nil)
            }
        }
    }

    /// Takes out the numbers and addresses of the card that the record has, if in other capitals or with other spaces.
    ///
    /// - Parameter rows: the further ones of the record. One that is written in the same way is left to be that row.
    func omitPresent(_ contents: inout CardContents, besides rows: [CardPoint]) {
        contents.omitPoints { point in
            guard point.own.isEmpty, let type = valueType(of: point),
                !rows.contains(where: { $0.choice == point.choice && $0.value == point.value })
            else { return false }
            let fields: [String]
            switch type {
            case .email: fields = mapping.emails
            case .phone: fields = mapping.phones.map(\.field)
            default: return false
            }
            return isPresent(point.value, as: type, in: fields)
                || rows.contains { $0.choice == point.choice && isSame($0.value, point.value, as: type) }
        }
    }

    private func valueType(of point: CardPoint) -> FieldType? {
        guard let field = stored.module.cardPoints?.field(mapping.points.value) else { return nil }
        return field.type(among: { $0 == mapping.points.kind ? .text(point.choice) : .null })
    }

    /// Whether one of some fields of the record has a value, however it is written.
    private func isPresent(_ said: String, as type: FieldType, in fields: [String]) -> Bool {
        fields.contains { field in stored[field].text.map { isSame($0, said, as: type) } ?? false }
    }

    private func isSame(_ text: String, _ other: String, as type: FieldType) -> Bool {
        type.matchKey(for: text, country: context.country) == type.matchKey(for: other, country: context.country)
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
