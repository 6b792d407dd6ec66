extension FieldType {
    /// Returns the machine text of a stored value, as in CSV and TSV: numbers without needless zeros, money with the
    /// decimals of its currency, `true` and `false`, ISO 8601 durations, keys of choices, lists joined by commas.
    ///
    /// - Parameter currency: the record's ISO 4217 code, which only money needs.
    /// - Returns: empty text for null. A value of another storage class than that of the type, which only another
    ///   program can have written, is returned as it is.
    public func text(of value: Value, currency: String?) -> String {
        switch value {
        case .null: ""
        case .integer(let number): definition.text(ofNumber: number, currency: currency)
        case .real(let number): number.description
        case .text(let text): isList ? joined(value) ?? text : text
        case .blob(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Returns the elements of a stored list in the machine's form; none for types that are not lists.
    public func elements(of value: Value) -> [String] {
        if case .list(let element) = self { StoredList(value, of: element).elements } else { [] }
    }

    /// Returns the elements of a list as one text; `nil` for no elements.
    private func joined(_ value: Value) -> String? {
        let elements = elements(of: value)
        if elements.isEmpty { return nil }
        return self == .list(.text) ? ForeignListMarks.cell(of: elements) : elements.joined(separator: ",")
    }

    /// Returns the text shown to the user: labels of choices, yes and no, percentages with their sign, money with its
    /// currency, short durations, times to the minute in the user's zone. Numbers and dates are the same as in
    /// ``text(of:currency:)`` in every language.
    ///
    /// - Parameter dayZone: the time zone of a moment that stands for a whole day, so that only the day is shown;
    ///   empty for the user's zone.
    public func label(
        of value: Value,
        currency: String?,
        dayZone: String? = nil,
        for audience: Audience
    ) -> String {
        if let dayZone, form == .moment, let text = value.text {
            return audience.clock.day(ofStored: text, in: dayZone)
        }
        return definition.label(of: value, currency: currency, for: audience) ?? text(of: value, currency: currency)
    }
}
