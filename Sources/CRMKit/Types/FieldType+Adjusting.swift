import Localization

extension FieldType {
    /// Whether a signed number given in an edit changes a value by that much: not where the sign is a part of what is
    /// written, as of a coordinate.
    public var isAdjustable: Bool {
        switch form {
        case .number, .money: self != .coordinate
        default: false
        }
    }

    /// What a stored number becomes by a change; where there is none, it begins at zero.
    ///
    /// - Parameters:
    ///   - text: the number that is added, with its sign.
    ///   - context: its currency must be that of the record where the type is money.
    /// - Throws: ``ValueError`` for what is no number of the type, and for a sum that the type does not take, which is
    ///   told.
    func adjusted(_ stored: Value, by text: String, in context: ValueContext) throws(ValueError) -> Value {
        let change: Int64
        if self == .money {
            let money = try Money(parsing: text, assuming: context.currency)
            guard money.currency.code == context.currency else { throw .amounts(in: context.currency) }
            change = money.minorUnits
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
    /// What a text asks of a field in an edit: a number that begins with its sign changes what is stored by that much;
    /// any other text is the value itself, a number with `=` before its sign too.
    public static func edit(_ field: Field, as text: String) -> FieldInput {
        let number = text.trimmed
        guard field.type.isAdjustable, let first = number.unicodeScalars.first else {
            return FieldInput(field.key, .set(text))
        }
        switch first {
        case "+", "-", "\u{2212}": return FieldInput(field.key, .adjustNumber(by: number))
        default: return FieldInput(field.key, .set(text))
        }
    }
}

extension ValueError {
    /// An amount is given in another currency than the others of its record.
    static func amounts(in currency: String) -> ValueError {
        ValueError(
            en: "the amounts of this record are in \(currency)",
            es: "los importes de este registro están en \(currency)"
        )
    }

    /// The same of a value that was not given but computed.
    func explained(by result: String) -> ValueError {
        ValueError(en: "that would make \(result): \(reason.en)", es: "resultaría \(result): \(reason.es)")
    }
}
