import Localization

/// The SQL of an expression: its value for each row of a query.
struct Term {
    /// The value in the form that distinguishes different values.
    let sql: SQLFragment
    /// The value as stored, if it is compared in another form, as ``Spelling`` marks it.
    var shown: SQLFragment?
    /// The type of the value.
    let type: FieldType
    /// The column's heading.
    let label: Text
    /// The other records that have the value; `nil` for the summarized records.
    var grain: Grain?
    /// For an amount, the path to its currency.
    var currency: Path?
    /// The ISO 4217 code of an amount.
    var code: SQLFragment?
    /// The period, if the term is one.
    var period: Period?
    /// For a period, a shorter value that separates the same groups: ``PeriodFunctions/mark(of:at:)``.
    var mark: SQLFragment?
    /// Whether the value is one element of a list, of which a record may have several.
    var isElement = false
    /// Whether the value may be missing though its operands are not, as after a division by zero.
    var isPartial = false

    init(_ sql: SQLFragment, _ type: FieldType, label: Text) {
        self.sql = sql
        self.type = type
        self.label = label
    }

    /// Whether the values are words or periods, which are never empty and have no control characters.
    var isWord: Bool { period != nil || type.isWord && shown == nil }

    /// Returns the term with the value in another form.
    func with(_ sql: SQLFragment, _ type: FieldType, label: Text? = nil) -> Term {
        var term = Term(sql, type, label: label ?? self.label)
        term.grain = grain
        term.isPartial = isPartial
        if type == .money { (term.currency, term.code) = (currency, code) }
        return term
    }

    /// The records that have the values of a term, other than the summarized ones.
    struct Grain {
        /// The aliases of the rows over which they are reached, one for each step to several records.
        let chain: [String]
        /// The expression that identifies the records.
        let id: SQLFragment
        /// Whether the same record may be reached more than once.
        let isRepeated: Bool
    }
}

/// The reason why an expression has no value.
struct TermError: Error {
    let reason: Text
    let hint: Text?
    /// The position of the faulty part of the expression, counted in characters from 1.
    let column: Int?

    init(_ expression: Expression, en: String, es: String, hint: Text? = nil) {
        reason = Text(en: en, es: es)
        self.hint = hint
        column = expression.paths.first?.column
    }

    init(_ error: CRMError, at path: Path) {
        reason = error.message
        hint = error.hint
        column = path.column
    }
}

extension CRMError {
    /// Creates the error for an expression without a value.
    init(_ error: TermError, _ origin: ExpressionOrigin) {
        self.init(
            ExpressionOrigin(option: origin.option, text: origin.text, column: error.column ?? origin.column),
            error.reason,
            hint: error.hint
        )
    }
}
