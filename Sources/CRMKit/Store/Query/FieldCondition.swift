import Localization

/// The condition that one field of one row passes a test. It is true, false or, where there is no value, null: what
/// denies it has to count null as false.
struct FieldCondition {
    let source: Scope.Source
    let registry: Registry
    let context: ValueContext

    private var field: Field { source.field }
    private var type: FieldType { field.type }
    private var column: SQLFragment { source.column }

    /// The condition for a test.
    ///
    /// - Throws: ``CRMError`` of code `usage` for values that the field's type cannot read and for comparisons that it
    ///   does not have.
    func condition(_ test: Filter.Test) throws(CRMError) -> SQLFragment {
        if let variants = field.variants, test.hasOperands { return try condition(test, among: variants) }
        return try plain(test)
    }

    private func plain(_ test: Filter.Test) throws(CRMError) -> SQLFragment {
        switch test {
        case .isEmpty: "\(column) IS NULL"
        case .isNotEmpty: "\(column) IS NOT NULL"
        case .isIn(let operands): try membership(operands)
        case .isNotIn(let operands): .denial(try membership(operands))
        case .compare(.notEqual, let operand): .denial(try condition(.equal, operand))
        case .compare(let comparison, let operand): try condition(comparison, operand)
        }
    }

    /// The condition for a test of what is of one type or another by a choice beside it: it is read as each of them.
    private func condition(_ test: Filter.Test, among variants: FieldVariants) throws(CRMError) -> SQLFragment {
        if let denied = test.denied { return .denial(try condition(denied, among: variants)) }
        let choice = SQLFragment.column(variants.key, of: source.alias)
        var conditions: [SQLFragment] = []
        for (key, type) in variants.types {
            let field = Field(field.key, type, en: field.label.en, es: field.label.es)
            let variant = FieldCondition(
                source: Scope.Source(field: field, alias: source.alias),
                registry: registry,
                context: context
            )
            conditions.append("\(choice) = \(bind: .text(key)) AND \(try variant.condition(test))")
        }
        return conditions.disjunction
    }

    private func membership(_ operands: [Filter.Operand]) throws(CRMError) -> SQLFragment {
        if hasOneForm, !operands.contains(where: \.text.isEmpty) {
            var values: [SQLFragment] = []
            for operand in operands { values.append(.bind(try reading(operand) { try value($0.text) })) }
            return "\(source.compared) IN (\(values.joined(", ")))"
        }
        var conditions: [SQLFragment] = []
        for operand in operands { conditions.append(try condition(.equal, operand)) }
        return conditions.disjunction
    }

    private func condition(
        _ comparison: Filter.Comparison,
        _ operand: Filter.Operand
    ) throws(CRMError) -> SQLFragment {
        // An empty text is stored as none.
        if operand.text.isEmpty, comparison == .equal { return "\(column) IS NULL" }
        return try reading(operand) { operand in
            switch type {
            case .money: try money(comparison, operand)
            case .dateTime: try moment(comparison, operand.text)
            case .reference(let target): try reference(comparison, operand, registry[target])
            case .anyReference: try anyReference(comparison, operand)
            case .list(let element): try list(comparison, operand, element)
            case .choice(let choices) where comparison != .equal: try choice(comparison, operand.text, choices)
            case .boolean where comparison != .equal: throw unordered(operand, takes: "= !=")
            default:
                comparison == .contains
                    ? try part(operand) : .comparison(source.compared, comparison, .bind(try value(operand.text)))
            }
        }
    }

    /// Does something with a value and says of what field and where it was if it cannot be read.
    private func reading<T>(
        _ operand: Filter.Operand,
        _ body: (Filter.Operand) throws -> T
    ) throws(CRMError) -> T {
        do {
            return try body(operand)
        } catch let error as ValueError {
            throw failure(operand, error.reason)
        } catch {
            throw CRMError(error, path: "")
        }
    }

    /// Whether values are compared in one form with one column.
    private var hasOneForm: Bool {
        switch type {
        case .money, .dateTime, .reference, .anyReference, .list: false
        default: true
        }
    }

    /// What the column that is compared holds for a value.
    private func value(_ text: String) throws(ValueError) -> Value {
        switch type {
        case .text, .longText, .code, .email, .phone, .url: .text(type.matchKey(for: text, country: context.country))
        case .currency, .country: .text(text.uppercased())
        case .date: .text(try CivilDate(parsing: text, today: context.clock.date).description)
        case .boolean: .integer(try BooleanText.parse(text) ? 1 : 0)
        case .choice(let choices): .text(try ChoiceText(choices).parse(text).key)
        case .duration: .integer(try Duration(parsing: text).seconds)
        case .decimal(let digits): .integer(try ScaledDecimal(parsing: text, scale: digits).units)
        case .percent: .integer(try percentage(text))
        case .identifier, .integer: .integer(try ScaledDecimal(parsing: text, scale: 0).units)
        case .timeZone, .money, .dateTime, .reference, .anyReference, .list: .text(text)
        }
    }

    /// Unlike a percentage to be stored, one to compare with may be any number.
    private func percentage(_ text: String) throws(ValueError) -> Int64 {
        let number = text.utf8.last == UInt8(ascii: "%") ? text.dropLast() : text[...]
        return try ScaledDecimal(parsing: number, scale: FieldType.percentDigits).units
    }

    private func failure(_ operand: Filter.Operand, _ reason: Text) -> CRMError {
        CRMError(
            filter: nil,
            column: operand.column,
            Text(en: "\(field.key): \(reason.en)", es: "\(field.key): \(reason.es)")
        )
    }

    private func unordered(_ operand: Filter.Operand, takes comparisons: String) -> CRMError {
        failure(
            operand,
            Text(
                en: "it can only be compared by \(comparisons), 'in' and 'is empty'",
                es: "solo se puede comparar con \(comparisons), 'in' e 'is empty'"
            )
        )
    }
}

extension SQLFragment {
    /// True where a condition is false or null.
    static func denial(_ condition: SQLFragment) -> SQLFragment {
        "(\(condition)) IS NOT TRUE"
    }

    /// Compares two expressions of one storage class. `contains` is no order and is taken for equality.
    static func comparison(
        _ left: SQLFragment,
        _ comparison: Filter.Comparison,
        _ right: SQLFragment
    ) -> SQLFragment {
        switch comparison {
        case .equal, .contains: "\(left) = \(right)"
        case .notEqual: "\(left) <> \(right)"
        case .less: "\(left) < \(right)"
        case .lessOrEqual: "\(left) <= \(right)"
        case .greater: "\(left) > \(right)"
        case .greaterOrEqual: "\(left) >= \(right)"
        }
    }
}

// MARK: - Text

extension FieldType {
    /// The form that a part of a value has within the comparable form of the whole.
    ///
    /// - Returns: `nil` for text that can be no part of it: letters in a telephone number.
    func partKey(for text: String, country: String?) -> String? {
        guard self == .phone else { return matchKey(for: text, country: country) }
        // A part has no country code, and its digits follow each other whatever stands between them.
        let digits = text.utf8.filter(\.isDigit)
        return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
    }
}

extension FieldCondition {
    /// Whether the value contains a text.
    private func part(_ operand: Filter.Operand) throws(CRMError) -> SQLFragment {
        let text = operand.text
        switch type {
        case .text, .longText, .email, .phone:
            guard let key = type.partKey(for: text, country: context.country) else { return part(of: column, text) }
            return SQLFunctions.contains(source.compared, .bind(.text(key)))
        case .code: return part(of: column, type.matchKey(for: text, country: nil))
        case .timeZone, .currency, .country, .url, .date: return part(of: column, text)
        default: throw unordered(operand, takes: "= != < <= > >=")
        }
    }

    /// Whether a text without a folded form contains another, whatever the case of the letters of ASCII.
    private func part(of column: SQLFragment, _ text: String) -> SQLFragment {
        SQLFunctions.contains(
            SQLFunctions.lowercasedASCII(column),
            SQLFunctions.lowercasedASCII(.bind(.text(text)))
        )
    }

    /// Choices are declared in the order of the work, as stages and priorities are.
    private func choice(
        _ comparison: Filter.Comparison,
        _ text: String,
        _ choices: [Choice]
    ) throws(ValueError) -> SQLFragment {
        if comparison == .contains {
            let part = Array(Fold.fold(text).utf8)
            return column(
                in: choices.filter { choice in
                    [choice.key, choice.label.en, choice.label.es].contains { Self.isPart(part, of: Fold.fold($0)) }
                }
            )
        }
        let key = try ChoiceText(choices).parse(text).key
        let place = choices.firstIndex { $0.key == key } ?? choices.endIndex
        return switch comparison {
        case .less: column(in: choices[..<place])
        case .lessOrEqual: column(in: choices[...place])
        case .greater: column(in: choices[(place + 1)...])
        default: column(in: choices[place...])
        }
    }

    private static func isPart(_ part: [UInt8], of text: String) -> Bool {
        let bytes = Array(text.utf8)
        return part.isEmpty || bytes.indices.contains { bytes[$0...].starts(with: part) }
    }

    private func column(in choices: some Collection<Choice>) -> SQLFragment {
        let keys = choices.map { SQLFragment.bind(.text($0.key)) }
        return "\(column) IN (\(keys.joined(", ")))"
    }

    private func list(
        _ comparison: Filter.Comparison,
        _ operand: Filter.Operand,
        _ element: FieldType.ListElement
    ) throws -> SQLFragment {
        let alias = "\(source.alias)e"
        switch (element, comparison) {
        case (.text, .equal):
            let key = Fold.fold(operand.text)
            return SQLFunctions.anyElement(of: column, alias: alias) {
                .comparison(SQLFunctions.folded($0), .equal, .bind(.text(key)))
            }
        case (.text, .contains):
            let key = Fold.fold(operand.text)
            return SQLFunctions.anyElement(of: column, alias: alias) {
                SQLFunctions.contains(SQLFunctions.folded($0), .bind(.text(key)))
            }
        case (.duration, let comparison) where comparison != .contains:
            let seconds = try Duration(parsing: operand.text).seconds
            return SQLFunctions.anyElement(of: column, alias: alias) {
                .comparison($0, comparison, .bind(.integer(seconds)))
            }
        default: throw unordered(operand, takes: element == .text ? "= != ~" : "= != < <= > >=")
        }
    }
}

// MARK: - Money

extension FieldCondition {
    private func money(_ comparison: Filter.Comparison, _ operand: Filter.Operand) throws -> SQLFragment {
        guard comparison != .contains else { throw unordered(operand, takes: "= != < <= > >=") }
        guard operand.text.utf8.contains(where: \.isLetter) else {
            let amount = try ScaledDecimal(parsing: operand.text, scale: MoneyOrder.scale).units
            return .comparison(MoneyOrder.amount(of: source), comparison, .bind(.integer(amount)))
        }
        let money = try Money(parsing: operand.text, assuming: context.currency)
        let currency = source.currency
        let amount = SQLFragment.comparison(column, comparison, .bind(.integer(money.minorUnits)))
        return "(\(currency) = \(bind: .text(money.currency.code)) AND \(amount))"
    }
}

/// Amounts in different currencies on one scale, so that 10 is 10 whatever the minor unit.
enum MoneyOrder {
    /// Digits after the point: those of the currency that has most.
    static let scale = 4
    private static let usualExponent = 2

    /// The amount of a field as an integer with ``scale`` digits after the point.
    static func amount(of source: Scope.Source) -> SQLFragment {
        let currency = source.currency
        let byExponent = Dictionary(grouping: Currency.exponents.filter { $0.value != usualExponent }, by: \.value)
        let cases = byExponent.sorted { $0.key < $1.key }.map { exponent, currencies in
            let codes = currencies.map(\.key).sorted().map { SQLFragment.bind(.text($0)) }
            return "WHEN \(currency) IN (\(codes.joined(", "))) THEN \(factor(exponent)) " as SQLFragment
        }
        return "\(source.column) * CASE \(cases.joined(""))ELSE \(factor(usualExponent)) END"
    }

    private static func factor(_ exponent: Int) -> SQLFragment {
        .bind(.integer((exponent..<scale).reduce(1) { product, _ in product * 10 }))
    }
}

// MARK: - Time

extension FieldCondition {
    /// A day stands for its whole length in the user's zone.
    private func moment(_ comparison: Filter.Comparison, _ text: String) throws(ValueError) -> SQLFragment {
        if comparison == .contains { return part(of: column, text) }
        guard let day = day(text) else {
            let moment = try Moment(parsing: text, clock: context.clock)
            return .comparison(column, comparison, .bind(.text(moment.description)))
        }
        let start = SQLFragment.bind(.text(day.start))
        let end = SQLFragment.bind(.text(day.end))
        return switch comparison {
        case .less: "\(column) < \(start)"
        case .lessOrEqual: "\(column) < \(end)"
        case .greater: "\(column) >= \(end)"
        case .greaterOrEqual: "\(column) >= \(start)"
        default: "(\(column) >= \(start) AND \(column) < \(end))"
        }
    }

    /// The first moment of a day and that of the next one, where the text is a day.
    private func day(_ text: String) -> (start: String, end: String)? {
        guard let date = try? CivilDate(parsing: text, today: context.clock.date),
            let start = Moment(date, secondOfDay: 0, in: context.clock.zone)
        else { return nil }
        // After the calendar's last day comes nothing that could be stored; `:` follows the digits.
        let end = date.adding(days: 1).flatMap { Moment($0, secondOfDay: 0, in: context.clock.zone) }
        return (start.description, end?.description ?? ":")
    }
}

// MARK: - References

extension FieldCondition {
    private func reference(
        _ comparison: Filter.Comparison,
        _ operand: Filter.Operand,
        _ target: Module
    ) throws -> SQLFragment {
        guard comparison == .equal || comparison == .contains else { throw unordered(operand, takes: "= != ~") }
        if comparison == .equal, operand.text.utf8.allSatisfy(\.isDigit), let id = Int64(operand.text) {
            return "\(column) = \(bind: .integer(id))"
        }
        let (fields, parts, text) = key(named: operand.text, in: target)
        let alias = "\(source.alias)n"
        let key = Filter.Operand(text, column: operand.column)
        let condition = { (field: Field, alias: String) throws(CRMError) in
            let source = Scope.Source(field: field, alias: alias)
            return try FieldCondition(source: source, registry: registry, context: context)
                .condition(.compare(comparison, key))
        }
        var conditions: [SQLFragment] = []
        for field in fields { conditions.append(try condition(field, alias)) }
        for place in parts {
            let row = "\(alias)p"
            let field = Field(place.field.key, place.type, en: place.field.label.en, es: place.field.label.es)
            conditions.append(
                """
                \(column: "id", of: alias) IN (SELECT \(column: place.table.owners[0].key, of: row) \
                FROM \(name: place.table.name) AS \(name: row) \
                WHERE \(column: place.kind.field.key, of: row) = \(bind: .text(place.kind.choice)) \
                AND \(try condition(field, row)))
                """
            )
        }
        return """
            \(column) IN (SELECT \(column: "id", of: alias) FROM \(target.rows) AS \(name: alias) \
            WHERE \(conditions.disjunction))
            """
    }

    /// Where a reference looks, and for what: `ext:K-1`, an e-mail address, else what records are called.
    private func key(
        named text: String,
        in target: Module
    ) -> (fields: [Field], parts: [KeyPlaces.PartPlace], text: String) {
        if case .key(let places, let value)? = try? Reference(text, in: target) {
            return (places.fields, places.parts, value)
        }
        return ([target.field(target.displayKey)].compactMap { $0 }, [], text)
    }

    /// `case:3`, as it is given when the field is set, or with any other reference to the record; what it is called for a
    /// part of that.
    private func anyReference(_ comparison: Filter.Comparison, _ operand: Filter.Operand) throws -> SQLFragment {
        if comparison == .contains {
            let name = source.referred(.name, in: registry)
            return try FieldCondition(source: name, registry: registry, context: context)
                .condition(.compare(comparison, operand))
        }
        guard comparison == .equal else { throw unordered(operand, takes: "= != ~") }
        let colon = operand.text.firstIndex(of: ":") ?? operand.text.endIndex
        let rest = String(operand.text[colon...].dropFirst())
        guard let target = registry.find(ModuleName(rawValue: String(operand.text[..<colon]))), !rest.isEmpty else {
            throw failure(
                operand,
                Text(
                    en: "expected a module and a reference, as in case:3",
                    es: "se esperaba un módulo y una referencia, como case:3"
                )
            )
        }
        let (module, id) = source.parts
        let record = FieldCondition(
            source: Scope.Source(
                field: .reference(field.key, to: target.name, en: field.label.en, es: field.label.es),
                alias: source.alias,
                column: id,
                compared: id
            ),
            registry: registry,
            context: context
        )
        let condition = try record.reference(comparison, Filter.Operand(rest, column: operand.column), target)
        return "(\(module) = \(bind: .text(target.name.rawValue)) AND \(condition))"
    }
}
