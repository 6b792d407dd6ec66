import Localization

/// A typed number with its unit after it: `3 pzas`, `1.5 horas`.
struct WrittenQuantity {
    /// The number as typed.
    let number: String
    /// The word after the number.
    let word: String

    /// - Returns: `nil` for a text without a word after its last digit.
    init?(_ text: String) {
        guard let last = text.lastIndex(where: { $0.isASCII && $0.isNumber }) else { return nil }
        let word = String(text[text.index(after: last)...]).trimmed
        guard word.first?.isLetter == true else { return nil }
        (number, self.word) = (String(text[...last]), word)
    }

    /// Returns the unit that the word means: by its key, a label, or another word or abbreviation.
    ///
    /// - Throws: ``ValueError`` listing the possible units.
    func unit(among units: [Choice]) throws(ValueError) -> Choice {
        let spelling = Choice.spelling(word)
        if let unit = units.first(where: { $0.spellings.contains(spelling) }) { return unit }
        if let unit = units.first(where: { $0.isMeant(by: spelling) }) { return unit }
        if let fault = WrittenMultiple.fault(of: number, before: word) { throw fault }
        let known = ChoiceText.offered(units)
        throw ValueError(
            en: "\(word) is none of its units: write the number alone" + (known.map { ", or with \($0.en)" } ?? ""),
            es: "\(word) no es ninguna de sus unidades: escribir solo el número"
                + (known.map { ", o con \($0.es)" } ?? "")
        )
    }
}

extension Field {
    /// Reads an attribute of a link. The unit of the linked record may follow the number.
    ///
    /// - Returns: the value, and the unit, which must be compared with that of the record.
    /// - Throws: ``ValueError`` saying what is expected.
    func readForLink(_ text: String, in context: ValueContext) throws(ValueError) -> (value: Value, unit: Choice?) {
        guard case .ofRecord(_, let units)? = unit, let quantity = WrittenQuantity(text) else {
            return (try parse(text, in: context), nil)
        }
        return (try parse(quantity.number, in: context), try quantity.unit(among: units))
    }

    /// Returns the text of a number without the unit after it, if that is the unit of the row.
    ///
    /// - Parameters:
    ///   - sibling: returns another field of the row by its key.
    ///   - value: returns the value of another field of the row.
    /// - Throws: ``ValueError`` for a unit other than the row's; also if the row has no unit yet, with the text to
    ///   write instead.
    func withoutUnit(
        _ text: String,
        sibling: (String) -> Field?,
        value: (String) -> Value
    ) throws(ValueError) -> String {
        if let hours = hoursOnClock(text) { return hours }
        guard let unit, let quantity = WrittenQuantity(text) else { return text }
        switch unit {
        case .ofRecord: return text
        case .always(let unit):
            _ = try quantity.unit(among: [unit])
        case .chosen(let key):
            let units = sibling(key)?.type.terms ?? []
            let named = try quantity.unit(among: units)
            guard let counted = value(key).text else {
                throw Self.uncounted(named, "\(key) \(named.key)")
                    .toldInOptions(Self.uncounted(named, "--\(sibling(key)?.flag ?? key) \(named.key)"))
            }
            guard counted == named.key else {
                let label = units.first { $0.key == counted }?.label ?? Text(counted)
                throw ValueError(
                    en: "it counts in \(key) \(counted) (\(label.en)), not in \(named.label.en): "
                        + "write the number of those alone",
                    es: "se cuenta en \(key) \(counted) (\(label.es)), no en \(named.label.es): "
                        + "escribir solo el número de esas"
                )
            }
        }
        return quantity.number
    }

    /// Returns the error for a number in a unit that the row does not have.
    ///
    /// - Parameter remedy: what gives the row the unit.
    private static func uncounted(_ unit: Choice, _ remedy: String) -> ValueError {
        ValueError(
            en: "nothing says that it counts \(unit.label.en): give \(remedy) too, or write the number alone",
            es: "nada dice que se cuente en \(unit.label.es): indicar también \(remedy), "
                + "o escribir solo el número"
        )
    }

    /// Returns hours and minutes as a number of hours, `1:30` as `1.5`; `nil` for any other text, and for a field that
    /// counts something else.
    func hoursOnClock(_ text: String) -> String? {
        // The unit that people abbreviate as h is the hour, of which a clock writes the minutes.
        guard case .always(let unit)? = unit, unit.isMeant(by: "h") else { return nil }
        var reader = ByteReader(text.trimmed)
        guard let hours = reader.number(), hours < 1_000_000, reader.take(":"), let minutes = reader.digits(2),
            minutes < 60, reader.isAtEnd
        else { return nil }
        // To the thousandth: minutes are rarely a short decimal of an hour.
        return ScaledDecimal(units: hours * 1000 + (Int64(minutes) * 1000 + 30) / 60, scale: 3).text()
    }
}
