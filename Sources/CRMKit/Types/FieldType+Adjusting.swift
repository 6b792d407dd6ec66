import Localization

extension FieldType {
    /// Whether a signed number in an edit is added to the stored value. It is not where the sign is part of a value, as
    /// of a coordinate.
    public var isAdjustable: Bool {
        switch form {
        case .number, .money: self != .coordinate
        default: false
        }
    }

    /// Returns a stored number after an adjustment; null counts as zero.
    ///
    /// - Parameters:
    ///   - text: the number to add, with its sign.
    ///   - context: the context, whose currency must be that of the record when the type is money.
    /// - Throws: ``ValueError`` for text that is no number of the type, and for a sum that the type cannot hold, naming
    ///   the sum.
    func adjusted(_ stored: Value, by text: String, in context: ValueContext) throws(ValueError) -> Value {
        let change: Int64
        if self == .money {
            change = try Money(parsing: text, in: context.currency).minorUnits
        } else {
            change = try definition.comparand(text, in: context).integer ?? 0
        }
        let (sum, overflow) = (stored.integer ?? 0).addingReportingOverflow(change)
        guard !overflow else { throw ScaledDecimal.tooLarge }
        let written = self.text(of: .integer(sum), currency: context.currency)
        do {
            return try parse(written, in: context)
        } catch {
            throw error.explained(by: written)
        }
    }
}

extension FieldInput {
    /// Returns the input for a field from the text of an edit: a number that begins with a sign adjusts the stored
    /// value; any other text is the value itself, including a number with `=` before its sign.
    public static func edit(_ field: Field, as text: String) -> FieldInput {
        let number = text.trimmed
        guard field.type.isAdjustable, let first = number.unicodeScalars.first else {
            return FieldInput(field.key, .set(text))
        }
        switch first {
        // A blank behind the sign changes nothing, and without the sign the number would be the value.
        case "+", "-", "\u{2212}":
            let rest = String(number.unicodeScalars.dropFirst()).trimmed
            return FieldInput(field.key, .adjustNumber(by: String(first) + rest))
        default: return FieldInput(field.key, .set(text))
        }
    }
}

extension ValueError {
    /// Returns the error for a value that was computed instead of given.
    func explained(by result: String) -> ValueError {
        ValueError(en: "that would make \(result): \(reason.en)", es: "resultaría \(result): \(reason.es)")
    }
}
