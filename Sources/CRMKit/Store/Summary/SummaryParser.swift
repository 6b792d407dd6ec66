import Localization

/// Reads the keys and measures of summaries in the language of ``grammar``. The rule `filter` is that of
/// ``FilterParser/grammar``, and so are words and the white space between them. A minus must be separated from names,
/// which can contain hyphens.
public struct SummaryParser {
    /// The grammar in EBNF (ISO/IEC 14977), one rule after another, for the manual.
    public static let grammar = Text(
        en: """
            by         = expression, [ "as", name ], { ",", expression, [ "as", name ] } ;
            measures   = measure, [ "as", name ], { ",", measure, [ "as", name ] } ;
            measure    = "count", [ "(", [ "distinct" ], expression, ")" ]
                       | ( "sum" | "avg" | "min" | "max" | "median" ), "(", expression, ")"
                       | "percentile", "(", number, ",", expression, ")"
                       | "share", "(", measure, ")" | "rate", "(", filter, ")" ;
            expression = term, { ( "+" | "-" ), term } ;
            term       = factor, { ( "*" | "/" ), factor } ;
            factor     = number | path | "(", expression, ")"
                       | ( "year" | "quarter" | "month" | "week" | "weekday" | "day" ), "(", expression, ")"
                       | "band", "(", expression, ",", number, ")"
                       | ( "days" | "hours" ), "(", expression, ")" ;
            """,
        es: """
            grupos    = expresión, [ "as", nombre ], { ",", expresión, [ "as", nombre ] } ;
            medidas   = medida, [ "as", nombre ], { ",", medida, [ "as", nombre ] } ;
            medida    = "count", [ "(", [ "distinct" ], expresión, ")" ]
                      | ( "sum" | "avg" | "min" | "max" | "median" ), "(", expresión, ")"
                      | "percentile", "(", número, ",", expresión, ")"
                      | "share", "(", medida, ")" | "rate", "(", filtro, ")" ;
            expresión = término, { ( "+" | "-" ), término } ;
            término   = factor, { ( "*" | "/" ), factor } ;
            factor    = número | ruta | "(", expresión, ")"
                      | ( "year" | "quarter" | "month" | "week" | "weekday" | "day" ), "(", expresión, ")"
                      | "band", "(", expresión, ",", número, ")"
                      | ( "days" | "hours" ), "(", expresión, ")" ;
            """
    )

    /// The name of the option that was given the text.
    let option: String
    /// The text as given.
    let text: String
    /// The position in the text.
    var scanner: FilterScanner
    /// The number of open brackets, limited so that no input exhausts the stack.
    private var depth = 0
    private static let deepest = 32
    /// The greatest ``Expression/height``: each takes about three of the hundred places on the stack of SQLite's parser.
    private static let highest = 20

    init(_ text: String, option: String, scanner: FilterScanner? = nil) {
        self.text = text
        self.option = option
        self.scanner = scanner ?? FilterScanner(text)
    }

    /// Reads the expressions by which records are grouped.
    ///
    /// - Parameter option: the name of the option that was given the text, for messages.
    /// - Throws: ``CRMError`` of code `usage`, with the position in the text at which something else was expected.
    public static func keys(_ text: String, option: String) throws(CRMError) -> [Named<Expression>] {
        var parser = SummaryParser(text, option: option)
        return try parser.list { parser throws(CRMError) in
            try parser.named { parser throws(CRMError) in try parser.sum() }
        }
    }

    /// Reads a single expression, whose values become columns.
    ///
    /// - Throws: ``CRMError`` of code `usage`, as for ``keys(_:option:)``, and if there is more than one expression.
    public static func key(_ text: String, option: String) throws(CRMError) -> Named<Expression> {
        let keys = try keys(text, option: option)
        if keys.count == 1 { return keys[0] }
        throw CRMError(
            keys[1].origin,
            Text(en: "only one value can make columns", es: "solo un valor puede formar columnas")
        )
    }

    /// Reads measures: `sum(amount), count`.
    ///
    /// - Throws: ``CRMError`` of code `usage`, as ``keys(_:option:)`` does.
    public static func measures(_ text: String, option: String) throws(CRMError) -> [Named<Measure>] {
        var parser = SummaryParser(text, option: option)
        return try parser.list { parser throws(CRMError) in
            try parser.named { parser throws(CRMError) in
                parser.scanner.skipSpace()
                guard let measure = try parser.takeMeasure() else { throw parser.unexpected(.measure) }
                return measure
            }
        }
    }

    /// Reads a list of expressions and returns one measure for each, with the same aggregate.
    ///
    /// - Throws: ``CRMError`` of code `usage`, as ``keys(_:option:)`` does.
    public static func measures(
        of text: String,
        _ aggregate: Measure.Aggregate,
        option: String
    ) throws(CRMError) -> [Named<Measure>] {
        try keys(text, option: option).map {
            Named(content: .aggregate(aggregate, $0.content), name: $0.name, origin: $0.origin)
        }
    }

    /// Reads the order of groups: column names, with `-` before those in descending order.
    ///
    /// - Throws: ``CRMError`` of code `usage`, as ``keys(_:option:)`` does.
    static func order(_ text: String, option: String) throws(CRMError) -> [(column: Path, isDescending: Bool)] {
        var parser = SummaryParser(text, option: option)
        return try parser.list { parser throws(CRMError) in
            parser.scanner.skipSpace()
            let isDescending = parser.scanner.take("-")
            return (try parser.column(), isDescending)
        }
    }

    /// Reads a filter over the columns of groups or of a report's rows.
    ///
    /// - Throws: ``CRMError`` of code `usage`, as ``keys(_:option:)`` does.
    static func having(_ text: String) throws(CRMError) -> Filter {
        try FilterParser.parse(text) { scanner throws(CRMError) in
            try column(&scanner, in: text, option: "--having")
        }
    }

    /// Reads a column name in the order or in a filter on groups as a measure.
    ///
    /// - Parameter column: the column, with its position in the text.
    /// - Returns: `nil` if it is no measure.
    /// - Throws: ``CRMError`` of code `usage`, as ``keys(_:option:)`` does.
    static func measure(of column: Path, in text: String, option: String) throws(CRMError) -> Named<Measure>? {
        let place = column.column ?? 1
        var scanner = FilterScanner(text)
        scanner.rewind(toColumn: place)
        var parser = SummaryParser(text, option: option, scanner: scanner)
        return try parser.takeMeasure().map {
            Named(content: $0, name: nil, origin: ExpressionOrigin(option: option, text: text, column: place))
        }
    }

    /// Reads the name of a column within a filter.
    private static func column(_ scanner: inout FilterScanner, in text: String, option: String) throws(CRMError) -> Path
    {
        var parser = SummaryParser(text, option: option, scanner: scanner)
        let column = try parser.column()
        scanner = parser.scanner
        return column
    }
}

// MARK: - Rules

extension SummaryParser {
    private mutating func list<Item>(
        _ item: (inout SummaryParser) throws(CRMError) -> Item
    ) throws(CRMError) -> [Item] {
        var items: [Item] = []
        repeat {
            items.append(try item(&self))
            scanner.skipSpace()
        } while scanner.take(",")
        guard scanner.isAtEnd else { throw unexpected(.listEnd) }
        return items
    }

    private mutating func named<Content: Sendable & Hashable>(
        _ content: (inout SummaryParser) throws(CRMError) -> Content
    ) throws(CRMError) -> Named<Content> {
        scanner.skipSpace()
        let origin = ExpressionOrigin(option: option, text: text, column: scanner.column(at: scanner.position))
        let read = try content(&self)
        scanner.skipSpace()
        guard scanner.take(keyword: "as") else { return Named(content: read, name: nil, origin: origin) }
        scanner.skipSpace()
        guard let name = scanner.takeName() else { throw unexpected(.name) }
        return Named(content: read, name: name.text, origin: origin)
    }

    /// Reads a column, whose name is in canonical spelling.
    private mutating func column() throws(CRMError) -> Path {
        scanner.skipSpace()
        let column = scanner.column(at: scanner.position)
        if let measure = try takeMeasure() { return Path([measure.text], column: column) }
        return Path([try sum().text], column: column)
    }

    /// Reads a measure if the name of one comes next; `count` alone is one.
    private mutating func takeMeasure() throws(CRMError) -> Measure? {
        let start = scanner.position
        guard let name = scanner.takeName()?.text else { return nil }
        scanner.skipSpace()
        guard scanner.next == UInt8(ascii: "("), name == "percentile" || Self.measures.contains(name) else {
            if name == "count", !scanner.take(".") { return .count }
            scanner.rewind(to: start)
            return nil
        }
        try open()
        let measure = try measure(called: name)
        try close()
        return measure
    }

    static let measures = ["count", "share", "rate"] + Measure.Aggregate.allCases.map(\.rawValue)

    private mutating func measure(called name: String) throws(CRMError) -> Measure {
        scanner.skipSpace()
        switch name {
        case "count":
            return scanner.take(keyword: "distinct") ? .distinct(try sum()) : .present(try sum())
        case "percentile":
            let start = scanner.position
            let part = try number()
            guard (0...100_000_000).contains(part.units) else { throw unexpectedNumber(.percentage, from: start) }
            try comma()
            return .percentile(part, try sum())
        case "share":
            guard let measure = try takeMeasure() else { throw unexpected(.measure) }
            return .share(measure)
        case "rate":
            let start = scanner.position
            let filter = try FilterParser.parse(text, from: &scanner)
            return .rate(filter, text: scanner.text(from: start))
        default:
            guard let aggregate = Measure.Aggregate(rawValue: name) else { throw unexpected(.measure) }
            return .aggregate(aggregate, try sum())
        }
    }

    private mutating func sum() throws(CRMError) -> Expression {
        var left = try product()
        while let sign = takeSign([.plus, .minus]) { left = try bounded(.operation(left, sign, try product())) }
        return left
    }

    private mutating func product() throws(CRMError) -> Expression {
        var left = try factor()
        while let sign = takeSign([.times, .over]) { left = try bounded(.operation(left, sign, try factor())) }
        return left
    }

    /// Returns the expression unless it is nested more deeply than the database can compute.
    private mutating func bounded(_ expression: Expression) throws(CRMError) -> Expression {
        let most = Self.highest
        guard expression.height > most else { return expression }
        throw failure(
            at: scanner.position,
            Text(
                en: "at most \(most) operations are computed in a row, or \(most / 2) in brackets or functions",
                es: "se calculan a lo sumo \(most) operaciones seguidas, o \(most / 2) entre paréntesis o funciones"
            )
        )
    }

    private mutating func takeSign(_ signs: [Expression.Operator]) -> Expression.Operator? {
        scanner.skipSpace()
        return signs.first { scanner.take(Unicode.Scalar($0.rawValue) ?? " ") }
    }

    private mutating func factor() throws(CRMError) -> Expression {
        scanner.skipSpace()
        if scanner.next == UInt8(ascii: "(") {
            try open()
            let inner = try sum()
            try close()
            return inner
        }
        if scanner.next.isDigit { return .number(try number()) }
        let start = scanner.position
        guard let first = scanner.takeName() else { throw unexpected(.expression) }
        scanner.skipSpace()
        if scanner.next == UInt8(ascii: "(") { return try function(called: first) }
        scanner.rewind(to: start)
        return .path(try path())
    }

    private mutating func path() throws(CRMError) -> Path {
        let column = scanner.column(at: scanner.position)
        var names: [String] = []
        repeat {
            guard let name = scanner.takeName() else { throw unexpected(.field) }
            names.append(name.text)
        } while scanner.take(".")
        return Path(names, column: column)
    }

    private mutating func function(called name: FilterScanner.Word) throws(CRMError) -> Expression {
        let period = Period(rawValue: name.text)
        let unit = Expression.LengthUnit(rawValue: name.text)
        guard period != nil || unit != nil || name.text == "band" else { throw unknownFunction(name) }
        try open()
        let inner = try sum()
        let expression: Expression
        if let period {
            expression = .period(period, inner)
        } else if let unit {
            expression = .length(inner, in: unit)
        } else {
            try comma()
            scanner.skipSpace()
            let start = scanner.position
            let width = try number()
            guard width.units > 0 else { throw unexpectedNumber(.width, from: start) }
            expression = .band(inner, width: width)
        }
        try close()
        return try bounded(expression)
    }

    private mutating func number() throws(CRMError) -> ScaledDecimal {
        scanner.skipSpace()
        let start = scanner.position
        guard let word = scanner.takeNumber() else { throw unexpected(.number) }
        do {
            return try ScaledDecimal(parsing: word.text, scale: 6)
        } catch {
            throw failure(at: start, error.reason)
        }
    }

    private mutating func open() throws(CRMError) {
        depth += 1
        guard depth <= Self.deepest else {
            throw failure(at: scanner.position, FilterScanner.nestedTooDeeply)
        }
        scanner.skipSpace()
        guard scanner.take("(") else { throw unexpected(.openingBracket) }
        scanner.skipSpace()
    }

    private mutating func close() throws(CRMError) {
        depth -= 1
        scanner.skipSpace()
        guard scanner.take(")") else { throw unexpected(.closingBracket) }
    }

    private mutating func comma() throws(CRMError) {
        scanner.skipSpace()
        guard scanner.take(",") else { throw unexpected(.comma) }
    }
}

extension CRMError {
    /// Creates the error about a position in the text of an option.
    init(_ origin: ExpressionOrigin, _ reason: Text, hint: Text? = nil) {
        self.init(
            .usage,
            Text(
                en: "\(origin.option), column \(origin.column): \(reason.en)",
                es: "\(origin.option), columna \(origin.column): \(reason.es)"
            ),
            hint: hint,
            details: [Text(origin.text)]
        )
    }
}
