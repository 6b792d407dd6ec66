import Formats

/// A row of the part for further addresses and numbers, in the form of cards.
struct CardPoint: Hashable, Sendable {
    /// The choice for the kind of row.
    let choice: String
    let value: String
    let label: String?
    /// The texts of the fields that the file adds to the rows, by their keys; none for those that a card does not have.
    var own: [String: String] = [:]

    init(choice: String, value: String, label: String?) {
        self.choice = choice
        self.value = value
        self.label = label
    }

    /// Reads a stored row.
    ///
    /// - Returns: `nil` for a row without a value.
    init?(_ values: [Value], of part: Part, by mapping: CardMapping.Points) {
        let row = PartDraft(part, values: values)
        guard let choice = row[mapping.kind].text, let value = row[mapping.value].text else { return nil }
        self.init(choice: choice, value: value, label: row[mapping.label].text)
    }

    /// Reads a property.
    ///
    /// - Parameters:
    ///   - group: the label of the property's group in Apple's address book, its `X-ABLabel`.
    ///   - module: the module of the card's record.
    /// - Returns: `nil` for a property that no row can hold.
    init?(_ property: ContentProperty, group: String?, by mapping: CardMapping.Points, of module: Module) {
        guard let choice = mapping.choice(of: property), let text = Self.value(of: property, choice, mapping) else {
            return nil
        }
        let values = property.isNamed("TEL") ? [text, CardValue.numberBeforePause(text)] : [text]
        guard let value = values.lazy.compactMap({ Self.held($0, choice, mapping, module) }).first else { return nil }
        let label =
            group.flatMap(Self.label(ofGroup:)) ?? property.parameterValues(Self.labelName).first.flatMap(Self.word)
        self.init(choice: choice, value: value, label: label ?? Self.label(of: property))
        own = mapping.ownTexts(of: property)
    }

    /// Returns the property that represents the row.
    func property(by mapping: CardMapping.Points) -> ContentProperty? {
        guard let name = mapping.properties.first(where: { $0.choice == choice })?.property else { return nil }
        let parameters =
            (label.map(Self.parameters) ?? [])
            + mapping.own.compactMap { parameter, field in own[field.key].map { ContentParameter(parameter, [$0]) } }
        if mapping.addresses.contains(choice), !value.contains("\\") {
            return ContentProperty(name, rawValue: value, parameters: parameters)
        }
        let isName = choice == mapping.chat && !Self.hasScheme(value)
        return ContentProperty(name, text: isName ? Self.nameScheme + value : value, parameters: parameters)
    }

    /// Whether another point has the same meaning on a card, regardless of the case of types.
    func isSame(as other: CardPoint) -> Bool { likeness(withLabel: true) == other.likeness(withLabel: true) }

    /// Returns a key that is equal for points with the same meaning on a card.
    func likeness(withLabel: Bool) -> [String?] { [choice, value, withLabel ? label?.lowercased() : nil] }

    /// Returns the parameters for a label: the types of the standard that it means, which every telephone knows, and the
    /// label itself where it cannot be read from them.
    private static func parameters(_ label: String) -> [ContentParameter] {
        let types = CardTypes.listed(CardTypes.standard(label) ?? [])
        if types.isEmpty || types == [label] || !isType(label) {
            return [ContentParameter(isType(label) ? "TYPE" : labelName, [label])]
        }
        return [ContentParameter("TYPE", types), ContentParameter(labelName, [label])]
    }

    /// Whether a label can be written as a type. Commas separate types, some programs put a backslash before them, and
    /// `pref` does not describe a purpose.
    private static func isType(_ label: String) -> Bool {
        !label.contains(",") && !label.contains("\\") && label.lowercased() != preferred
    }

    /// The program's own parameter for a label that is no type.
    static let labelName = "X-CRM-LABEL"

    // MARK: - Values

    /// The scheme of a chat name at no particular service (RFC 3860).
    private static let nameScheme = "im:"

    private static func value(
        of property: ContentProperty,
        _ choice: String,
        _ mapping: CardMapping.Points
    ) -> String? {
        var text = property.text.trimmed
        if property.isNamed("EMAIL") { text = EmailAddress.bare(text) }
        if property.isNamed("TEL") { text = WrittenPhone.plain(text) }
        if choice == mapping.chat, text.lowercased().hasPrefix(nameScheme) {
            let name = String(text.dropFirst(nameScheme.count))
            if !hasScheme(name) { text = name }
        }
        return text.isEmpty ? nil : text
    }

    /// Whether a text may begin with the scheme of a URI.
    private static func hasScheme(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), text.utf8.first?.isLetter == true else {
            return false
        }
        return text.utf8[..<colon].allSatisfy { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
    }

    /// Returns a value in the form that a row holds; `nil` when no row can hold it.
    private static func held(
        _ value: String,
        _ choice: String,
        _ mapping: CardMapping.Points,
        _ module: Module
    ) -> String? {
        guard let field = module.cardPoints?.field(mapping.value) else { return nil }
        do throws(ValueError) {
            switch field.type(among: { $0 == mapping.kind ? .text(choice) : .null }) {
            case .email: return try EmailAddress(parsing: value).text
            case .phone: return try PhoneNumber(parsing: value).text
            case .url: return try WebAddress(parsing: value).text
            default: return try PlainText.line(value) == value ? value : nil
            }
        } catch {
            return nil
        }
    }

    // MARK: - Labels

    /// The type that in version 3.0 marks the preferred one of several properties.
    private static let preferred = "pref"
    /// The types without meaning for a user.
    private static let silentTypes: Set<String> = ["internet", "voice", "msg", "text", preferred]
    /// The types of the standard or in common use, regardless of case (RFC 6350 section 6.4.1).
    private static let knownTypes: Set<String> = [
        "home", "work", "cell", "fax", "pager", "video", "textphone", "main", "other", "school",
    ]

    /// Returns the most significant type: the kind of device rather than its location.
    private static func label(of property: ContentProperty) -> String? {
        let types = property.writtenTypes.filter { !silentTypes.contains($0.lowercased()) }
        let main = CardTypes.main(of: Set(types.flatMap { CardTypes.standard($0) ?? [] }))
        let type = types.first { type in main.map { CardTypes.standard(type)?.contains($0) ?? false } ?? true }
        guard let type else { return nil }
        let word = type.lowercased()
        if word.hasPrefix("x-"), let main { return main }
        return self.word(knownTypes.contains(word) ? word : type)
    }

    /// Returns a label in readable form or, if it is a list of types, the most significant one.
    private static func label(ofGroup label: String) -> String? {
        if label.contains(";"), let main = CardTypes.standard(label).flatMap(CardTypes.main) { return main }
        return word(label)
    }

    /// Returns a label in readable form; Apple's own are written as `_$!<Home>!$_`.
    private static func word(_ label: String) -> String? {
        var label = label.trimmed
        let (lead, tail) = ("_$!<", ">!$_")
        if label.hasPrefix(lead), label.hasSuffix(tail) {
            label = String(label.dropFirst(lead.count).dropLast(tail.count)).lowercased()
        }
        guard !label.isEmpty, let line = try? PlainText.line(label), line == label else { return nil }
        return label
    }
}

extension CardPoint {
    /// Returns the checked row for the point.
    ///
    /// - Parameter owner: the record. Where it has no currency, it gets that of the row's amounts, which
    ///   ``Transaction/giveCurrency(_:to:)`` stores.
    func row(in part: Part, of owner: inout Record, by mapping: CardMapping.Points, _ transaction: Transaction) throws
        -> PartDraft
    {
        var row = PartDraft(new: part, in: transaction.values)
        row.give(mapping.kind, .text(choice))
        row.give(mapping.value, .text(value))
        row.give(mapping.label, label.map(Value.text) ?? .null)
        try giveOwn(to: &row, of: &owner, by: mapping, transaction)
        try row.check(of: owner, transaction)
        return row
    }

    /// Gives a row the values of the fields that the file adds. One that its field cannot hold, or that names a record
    /// which is not here, is left to the card.
    ///
    /// - Parameter owner: as for ``row(in:of:by:_:)``.
    func giveOwn(
        to row: inout PartDraft,
        of owner: inout Record,
        by mapping: CardMapping.Points,
        _ transaction: Transaction
    ) throws {
        for (_, field) in mapping.own {
            guard let text = own[field.key] else { continue }
            let input = FieldInput(field.key, .set(field.type.withSign(text)))
            let reading = try transaction.store.read([input], into: &row, of: owner)
            owner.take(reading.currency, of: row)
            let causes = reading.problems.compactMap(\.cause)
            if let cause = causes.first(where: { ![.notFound, .ambiguous, .usage].contains($0.code) }) { throw cause }
        }
    }
}

/// The labels of property groups in Apple's address book, each in an `X-ABLabel`.
struct GroupLabels {
    private let labels: [String: String]

    init(_ properties: some Sequence<ContentProperty>) {
        let named = properties.filter { $0.isNamed("X-ABLabel") }
        let pairs = named.compactMap { property in property.group.map { ($0.lowercased(), property.text) } }
        labels = Dictionary(pairs) { first, _ in first }
    }

    /// Returns the label of a property's group; `nil` if there is none.
    func label(of property: ContentProperty) -> String? {
        labels.isEmpty ? nil : property.group.flatMap { labels[$0.lowercased()] }
    }
}
