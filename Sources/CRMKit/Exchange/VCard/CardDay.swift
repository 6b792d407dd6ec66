import Formats

/// Interpretation of the birthdays on cards.
enum CardDay {
    /// Returns the date in the form of tables; `nil` for one without a year, in words, or in an unknown form.
    static func date(of property: ContentProperty) -> String? {
        let text = property.text.prefix { $0 != "T" && $0 != "t" }
        let day = text.filter { $0 != "-" }
        guard day.utf8.count == 8, day.utf8.allSatisfy(\.isDigit), text == day || isHyphenated(text),
            property.parameterValues("X-APPLE-OMIT-YEAR").isEmpty, let year = Int(day.prefix(4)),
            !yearless.contains(year)
        else { return nil }
        return "\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.suffix(2))"
    }

    /// Whether hyphens separate year, month and day.
    private static func isHyphenated(_ text: Substring) -> Bool {
        text.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count) == [4, 2, 2]
    }

    /// Returns the property with its day in standard form if it is in a common written form with the full year:
    /// `15/01/1980`, `1980-1-15`, `15 de enero de 1980`, any of them before a time.
    ///
    /// When day and month are ambiguous, the property is returned unchanged, since a card does not say which one its
    /// program writes first.
    static func standardised(_ property: ContentProperty) -> ContentProperty {
        guard property.isNamed("BDAY"), property.parameterValues("X-APPLE-OMIT-YEAR").isEmpty,
            date(of: property) == nil, let date = written(property.text.trimmed), !yearless.contains(date.year)
        else { return property }
        return ContentProperty(
            property.name,
            text: date.description.filter { $0 != "-" },
            group: property.group,
            parameters: property.parameters.filter { !$0.isNamed("VALUE") }
        )
    }

    private static func written(_ text: String) -> CivilDate? {
        var words = text.split(separator: " ")
        if words.count > 1, let last = words.last, last.contains(":") { words.removeLast() }
        let day = words.joined(separator: " ")
        // A year of two digits may be in either century.
        guard day.split(whereSeparator: { !$0.isNumber }).contains(where: { $0.utf8.count == 4 }),
            let tokens = WrittenTokens(day)
        else { return nil }
        do throws(ValueError) {
            return try WrittenDate.dated(tokens, order: nil)
        } catch {
            return nil
        }
    }

    /// The years that telephones write for an unknown year: leap years, so that they contain every day, and the first
    /// of all.
    private static let yearless: Set<Int> = [0, 1, 4, 1600, 1604]
}
