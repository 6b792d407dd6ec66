import Localization

extension Field {
    /// The value that means "deliberately empty" in a field that overrides one of another record; `nil` for any other
    /// field.
    var emptyOverride: Value? {
        guard traits.contains(.overriding) else { return nil }
        return type.isList ? StoredList.empty : .text("")
    }

    /// The text shown for a value that is deliberately empty.
    static let nothing = Text(en: "none", es: "ninguno")

    /// Reads a text given for the field by a person or a file, as ``FieldType/parse(_:in:)`` does, and checks its
    /// bounds.
    ///
    /// - Throws: ``ValueError`` saying what is expected.
    func parse(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        let value = try type.parse(withoutBrackets(text), in: context)
        if let fault = fault(of: value, today: context.clock.today) { throw fault }
        return value
    }

    /// Returns the text given for the field without the angle brackets that mail headers put around ids.
    func withoutBrackets(_ text: String) -> String { traits.contains(.bracketed) ? MessageIDs.plain(text) : text }

    /// Reads a text given for the field by a person or a table, as ``FieldType/parse(_:in:)`` does. A postal code or a
    /// long code that a spreadsheet has turned into a number is read as the code. In a field without future days, a day
    /// with a two-digit year is the last such day that is not in the future.
    ///
    /// - Throws: ``ValueError`` saying what is expected.
    func read(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        let text = withoutBrackets(text)
        if traits.contains(.numeral) { return try type.parse(SpreadsheetNumber.digits(text.trimmed), in: context) }
        if type == .code {
            // In a short code the zeros may have been typed: `1.0`.
            let code = codeOfNumber(text)
            return try type.parse(code.utf8.count >= Self.fewestOfNumber ? code : text, in: context)
        }
        if let emptyOverride, text.trimmed == StoredList.emptyText { return emptyOverride }
        let isPast = traits.contains(.notFuture)
        // The error for an ambiguous day names both days in the century in which they can be.
        let past = isPast ? WrittenDate.withPastYear(text, today: context.clock.date) : nil
        let value = try type.parse(past ?? text, in: context)
        guard isPast, let day = value.text, day > context.clock.today,
            WrittenDate.hasShortYear(text)
        else { return value }
        return CivilDate.aCenturyBefore(day).map { .text($0.description) } ?? value
    }

    private static let fewestOfNumber = 6

    /// Returns the code that a spreadsheet has turned into a number: `10023.0` is `10023`. Any other text, and any text
    /// for a field without codes or with codes that have periods, is returned unchanged.
    func codeOfNumber(_ text: String) -> String {
        guard type == .code, !traits.contains(.pointed) else { return text }
        return SpreadsheetNumber.digits(text.trimmed)
    }

    /// Returns a stored number after an adjustment, see ``FieldType/adjusted(_:by:in:)``, checked against the field's
    /// bounds.
    ///
    /// - Throws: ``ValueError`` with the resulting value and what is expected.
    func adjusted(_ stored: Value, by text: String, in context: ValueContext) throws(ValueError) -> Value {
        let value = try type.adjusted(stored, by: text, in: context)
        if let fault = fault(of: value, today: context.clock.today) {
            throw fault.explained(by: type.text(of: value, currency: context.currency))
        }
        return value
    }

    /// Returns the reason why the field cannot hold a stored value: a negative number, a day in the future, a text that
    /// is too long.
    ///
    /// - Parameter today: the day in the user's zone, `YYYY-MM-DD`.
    /// - Returns: `nil` for an acceptable value.
    func fault(of value: Value, today: String) -> ValueError? {
        switch value {
        case .integer(let number) where traits.contains(.notNegative) && number < 0:
            ValueError(en: "cannot be less than zero", es: "no puede ser menor que cero")
        case .text(let day) where traits.contains(.notFuture) && day > today:
            ValueError(
                en: "\(day) is in the future: today is \(today)",
                es: "\(day) está en el futuro: hoy es \(today)"
            )
        case .text(let text) where text.utf8.count > PlainText.newLimit && isLongText:
            ValueError(
                en: "too long: at most 1 MiB (\(PlainText.newLimit) bytes) fits",
                es: "demasiado largo: cabe a lo sumo 1 MiB (\(PlainText.newLimit) bytes)"
            )
        default: nil
        }
    }
}
