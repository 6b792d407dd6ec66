import Formats

/// Interpretation of the addresses on cards.
enum CardAddress {
    /// Returns an address whose whole text is in the first component, that of the post office box, with its lines moved
    /// to their proper components. Any other address is returned unchanged.
    static func arranged(_ property: ContentProperty) -> ContentProperty {
        let parts = property.parts
        let first = parts[0]
        guard parts.dropFirst().allSatisfy(\.trimmed.isEmpty), parts.count == 1 || first.contains("\n"),
            !first.trimmed.isEmpty
        else { return property }
        var lines = first.split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
        var (town, code, country) = ("", "", "")
        if lines.count > 1, let last = lines.last, CountryNames.code(of: last) != nil { country = lines.removeLast() }
        if lines.count > 1, let last = lines.last, let place = place(last) {
            (code, town) = place
            lines.removeLast()
        }
        let components = ["", "", lines.joined(separator: "\n"), town, "", code, country]
        return ContentProperty(
            property.name,
            components: components.map { [$0] },
            group: property.group,
            parameters: property.parameters
        )
    }

    /// Removes the decimals that a spreadsheet has given to the postal code or the post office box of an address.
    ///
    /// - Returns: the fields of what was changed, each with its text now.
    static func takeDecimals(
        off property: inout ContentProperty,
        by mapping: CardMapping.Addresses
    ) -> [(field: Field, text: String)] {
        var components = property.components
        var taken: [(field: Field, text: String)] = []
        for (place, key) in mapping.components.enumerated() where place < components.count {
            guard let field = mapping.definition.field(key), field.traits.contains(.numeral),
                components[place].count == 1
            else { continue }
            let text = components[place][0].trimmed
            let digits = SpreadsheetNumber.digits(text)
            guard digits != text else { continue }
            components[place] = [digits]
            taken.append((field, digits))
        }
        if taken.isEmpty { return [] }
        property = ContentProperty(
            property.name,
            components: components,
            group: property.group,
            parameters: property.parameters
        )
        return taken
    }

    /// Returns an address with another text in one of its components.
    static func amended(
        _ key: String,
        to text: String,
        in property: ContentProperty,
        by mapping: CardMapping.Addresses
    ) -> ContentProperty {
        var components = property.components
        guard let place = mapping.components.firstIndex(of: key), place < components.count else { return property }
        components[place] = [text]
        return ContentProperty(
            property.name,
            components: components,
            group: property.group,
            parameters: property.parameters
        )
    }

    /// Returns the code of a country; empty for an empty text, and `nil` for an unknown name.
    static func country(_ text: String) -> String? {
        if text.trimmed.isEmpty { return "" }
        return CountryNames.code(of: text) ?? CountryNames.code(of: text.filter { $0 != "." })
    }

    /// Returns the parts of a line with a postal code before a town: `28001 Madrid`.
    private static func place(_ line: String) -> (code: String, town: String)? {
        let words = line.split(separator: " ", maxSplits: 1).map { String($0).trimmed }
        guard words.count == 2, (4...6).contains(words[0].utf8.count), words[0].utf8.allSatisfy(\.isDigit),
            words[1].allSatisfy({ !$0.isNumber })
        else { return nil }
        return (words[0], words[1])
    }
}
