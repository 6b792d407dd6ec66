import Formats

/// The day of a birthday as a card writes it.
enum CardDay {
    /// The date in the form of tables; `nil` for one without a year, in words, or of no known form.
    static func date(of property: ContentProperty) -> String? {
        let text = property.text.prefix { $0 != "T" && $0 != "t" }
        let day = text.filter { $0 != "-" }
        guard day.utf8.count == 8, day.utf8.allSatisfy(\.isDigit), text == day || isHyphenated(text),
            property.parameterValues("X-APPLE-OMIT-YEAR").isEmpty, let year = Int(day.prefix(4)),
            !yearless.contains(year)
        else { return nil }
        return "\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.suffix(2))"
    }

    /// Whether the hyphens of a day stand before its month and its day of the month.
    private static func isHyphenated(_ text: Substring) -> Bool {
        text.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count) == [4, 2, 2]
    }

    /// Returns the property with its day in standard form when it is written as people write days, with the full year:
    /// `15/01/1980`, `1980-1-15`, `15 de enero de 1980`, any of them before a time.
    ///
    /// When day and month cannot be told apart, the property is returned unchanged, since a card does not say which one
    /// its program writes first.
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
        // A year of two digits may be of either century.
        guard day.split(whereSeparator: { !$0.isNumber }).contains(where: { $0.utf8.count == 4 }),
            let tokens = WrittenTokens(day)
        else { return nil }
        do throws(ValueError) {
            return try WrittenDate.dated(tokens, order: nil)
        } catch {
            return nil
        }
    }

    /// Years that telephones write where they know none: leap years, so that each day of a year is one of theirs, and the
    /// first of all.
    private static let yearless: Set<Int> = [0, 1, 4, 1600, 1604]
}
