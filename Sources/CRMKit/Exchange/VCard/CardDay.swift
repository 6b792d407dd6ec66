import Formats

/// The day of a birthday as a card writes it.
enum CardDay {
    /// The date in the form of tables; `nil` for one without a year, in words, or of no known form.
    static func date(of property: ContentProperty) -> String? {
        let day = property.text.prefix { $0 != "T" && $0 != "t" }.filter { $0 != "-" }
        guard day.utf8.count == 8, day.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            property.parameterValues("X-APPLE-OMIT-YEAR").isEmpty, !yearless.contains(String(day.prefix(4)))
        else { return nil }
        return "\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.suffix(2))"
    }

    /// Years that telephones write where they know none: leap years, so that each day of a year is one of theirs, and the
    /// first of all.
    private static let yearless: Set<String> = ["0000", "0001", "0004", "1600", "1604"]
}
