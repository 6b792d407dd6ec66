import Localization

/// Reads filters in the language of ``grammar``.
///
/// A word on the right of a comparison is a path if it leads to a field of the same kind as the left one, but not of
/// choices. Otherwise, and always in quotes, it is a value.
///
/// Keywords may have any case, and white space around words is free. A word extends to the next space, quote, bracket
/// or comma, and does not begin with one of `=<>!~`. Words that together read as an amount, a moment or a duration are
/// one value, including their commas outside a list. A quote inside a quoted value is doubled; there are no other
/// escapes.
public struct FilterParser {
    /// The grammar in EBNF (ISO/IEC 14977), one rule after another, for the manual.
    public static let grammar = Text(
        en: """
            filter      = conjunction, { "or", conjunction } ;
            conjunction = negation, { "and", negation } ;
            negation    = "not", negation | condition ;
            condition   = "(", filter, ")" | related | path, test ;
            related     = "has", path, [ "(", filter, ")" ] ;
            test        = comparison, ( path | value ) | "is", [ "not" ], "empty"
                        | [ "not" ], "in", "(", value, { ",", value }, ")" ;
            comparison  = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" ;
            path        = name, { ".", name } ;
            name        = letter, { letter | digit | "_" | "-" } ;
            value       = word | quoted | ? words that read as one amount, moment or length of time ? ;
            quoted      = "'", { character - "'" | "''" }, "'"
                        | '"', { character - '"' | '""' }, '"' ;
            """,
        es: """
            filtro      = conjunción, { "or", conjunción } ;
            conjunción  = negación, { "and", negación } ;
            negación    = "not", negación | condición ;
            condición   = "(", filtro, ")" | relacionado | ruta, prueba ;
            relacionado = "has", ruta, [ "(", filtro, ")" ] ;
            prueba      = comparación, ( ruta | valor ) | "is", [ "not" ], "empty"
                        | [ "not" ], "in", "(", valor, { ",", valor }, ")" ;
            comparación = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" ;
            ruta        = nombre, { ".", nombre } ;
            nombre      = letra, { letra | cifra | "_" | "-" } ;
            valor       = palabra | citado | ? palabras que se leen como un importe, momento o lapso ? ;
            citado      = "'", { carácter - "'" | "''" }, "'"
                        | '"', { carácter - '"' | '""' }, '"' ;
            """
    )

    private let text: String
    private var scanner: FilterScanner
    /// The number of open brackets and negations, limited so that no input exhausts the stack.
    private var depth = 0
    /// The first name of the current condition, if its path is a single name.
    private var lead: String?
    /// The position of the comparison that a value must follow.
    private var comparisonStart: Int?
    private static let deepest = 64
    /// Reads the left side of a test; `nil` if it is a path.
    private let subject: Subject?
    /// Whether the text is the filter that a person wrote, nothing before and behind it.
    private var isWhole: Bool

    /// Reads the left side of a test that is no path, and returns it as a path of one name.
    typealias Subject = @Sendable (inout FilterScanner) throws(CRMError) -> Path

    private init(_ text: String, scanner: FilterScanner? = nil, subject: Subject? = nil) {
        self.text = text
        self.scanner = scanner ?? FilterScanner(text)
        self.subject = subject
        isWhole = scanner == nil && subject == nil
    }

    /// Reads a filter.
    ///
    /// - Throws: ``CRMError`` of code `usage`, whose message has the column, counted in characters from 1, and what
    ///   was expected there; its details are the filter as given.
    public static func parse(_ text: String) throws(CRMError) -> Filter {
        try parse(text, subject: nil)
    }

    /// Reads a filter on something other than records.
    ///
    /// - Throws: what ``parse(_:)`` throws.
    static func parse(_ text: String, subject: Subject?) throws(CRMError) -> Filter {
        var parser = FilterParser(text, subject: subject)
        return try parser.wholeFilter()
    }

    private mutating func wholeFilter() throws(CRMError) -> Filter {
        let filter = try disjunction()
        scanner.skipSpace()
        guard scanner.isAtEnd else { throw unexpected(.connective) }
        return filter
    }

    /// Reads a filter within a longer text, and advances the scanner to its end.
    ///
    /// - Throws: what ``parse(_:)`` throws.
    static func parse(_ text: String, from scanner: inout FilterScanner) throws(CRMError) -> Filter {
        var parser = FilterParser(text, scanner: scanner)
        let filter = try parser.disjunction()
        scanner = parser.scanner
        return filter
    }

    private mutating func disjunction() throws(CRMError) -> Filter {
        var filters = [try conjunction()]
        while takes("or") { filters.append(try conjunction()) }
        return filters.count == 1 ? filters[0] : .any(filters)
    }

    private mutating func conjunction() throws(CRMError) -> Filter {
        var filters = [try negation()]
        while takes("and") { filters.append(try negation()) }
        return filters.count == 1 ? filters[0] : .all(filters)
    }

    private mutating func negation() throws(CRMError) -> Filter {
        guard takes("not") else { return try condition() }
        try enter()
        defer { depth -= 1 }
        return .not(try negation())
    }

    private mutating func condition() throws(CRMError) -> Filter {
        scanner.skipSpace()
        if scanner.next == UInt8(ascii: "(") { return try bracketed() }
        if takes("has") {
            let path = try path(.module)
            scanner.skipSpace()
            return .has(path, scanner.next == UInt8(ascii: "(") ? try bracketed() : nil)
        }
        let path = try compared()
        lead = path.names.count == 1 ? path.names[0] : nil
        defer { lead = nil }
        return .field(path, try test())
    }

    private mutating func compared() throws(CRMError) -> Path {
        guard let subject else { return try path(.condition) }
        return try subject(&scanner)
    }

    private mutating func bracketed() throws(CRMError) -> Filter {
        try enter()
        defer { depth -= 1 }
        let start = scanner.position
        try expect("(", .openingBracket)
        let filter = try disjunction()
        try checkIsClosed(from: start)
        try expect(")", .closingBracket)
        return filter
    }

    private mutating func path(_ expected: FilterExpectation) throws(CRMError) -> Path {
        scanner.skipSpace()
        guard let first = scanner.takeName() else { throw unexpected(expected) }
        var names = [first.text]
        while scanner.take(".") {
            guard let name = scanner.takeName() else { throw unexpected(.field) }
            names.append(name.text)
        }
        return Path(names, column: scanner.column(at: first.position))
    }

    private mutating func test() throws(CRMError) -> Filter.Test {
        scanner.skipSpace()
        comparisonStart = scanner.position
        defer { comparisonStart = nil }
        if let comparison = scanner.takeComparison() { return .compare(comparison, try value()) }
        if takes("is") {
            let isNegated = takes("not")
            guard takes("empty") else { throw unexpected(.empty) }
            return isNegated ? .isNotEmpty : .isEmpty
        }
        let isNegated = takes("not")
        guard takes("in") else { throw unexpected(isNegated ? .list : .test) }
        let values = try values()
        return isNegated ? .isNotIn(values) : .isIn(values)
    }

    private mutating func values() throws(CRMError) -> [Filter.Operand] {
        scanner.skipSpace()
        let start = scanner.position
        try expect("(", .openingBracket)
        var values: [Filter.Operand] = []
        repeat {
            values.append(try value(isListed: true))
            scanner.skipSpace()
        } while scanner.take(",")
        try checkIsClosed(from: start)
        try expect(")", .listEnd)
        return values
    }

    /// Reads a value.
    ///
    /// - Parameter isListed: whether a comma ends the value.
    private mutating func value(isListed: Bool = false) throws(CRMError) -> Filter.Operand {
        scanner.skipSpace()
        let quoted: FilterScanner.Word?
        do {
            quoted = try scanner.takeQuoted()
        } catch {
            throw failure(at: error.position, Text(en: "this quote is never closed", es: "esta comilla no se cierra"))
        }
        guard let word = quoted ?? scanner.takeBareWord() else { throw unexpected(.value) }
        let column = scanner.column(at: word.position)
        if quoted == nil,
            let phrase = scanner.takePhrase(from: word.position, isListed: isListed, if: WrittenPhrase.isOne)
        {
            let unit = takeUnit(after: phrase.text).map { " \($0)" } ?? ""
            return Filter.Operand(phrase.text + unit, column: column)
        }
        if quoted == nil, let code = takeCurrencyCode(after: word.text) ?? takeUnit(after: word.text) {
            return Filter.Operand("\(word.text) \(code)", column: column)
        }
        let path = quoted == nil ? FilterScanner.path(word.text, column: column) : nil
        return Filter.Operand(word.text, column: column, path: path)
    }

    /// Reads a currency code after a number: three letters that are no keyword.
    private mutating func takeCurrencyCode(after word: String) -> String? {
        guard word.utf8.allSatisfy({ $0.isDigit || "+-.".utf8.contains($0) }) else { return nil }
        let start = scanner.position
        scanner.skipSpace()
        if let name = scanner.takeName()?.text, name.utf8.count == 3, name.utf8.allSatisfy(\.isLetter),
            !["and", "not", "has"].contains(name.lowercased())
        {
            return name
        }
        scanner.rewind(to: start)
        return nil
    }

    /// Reads the unit after a number: a word that ends the condition and is no connective. The file may have units of its
    /// own, and whoever reads the value says which there are.
    private mutating func takeUnit(after number: String) -> String? {
        guard number.utf8.contains(where: \.isDigit),
            number.utf8.allSatisfy({ $0.isDigit || "+-.,".utf8.contains($0) })
        else { return nil }
        let start = scanner.position
        scanner.skipSpace()
        if let name = scanner.takeName()?.text, !Self.connectives.contains(name.lowercased()), endsValue() {
            return name
        }
        scanner.rewind(to: start)
        return nil
    }

    /// The words that never are a unit, as they join conditions in either language.
    private static let connectives: Set<String> = ["and", "or", "not", "has", "is", "in", "y", "e", "o"]

    /// Whether nothing more of a condition follows.
    private mutating func endsValue() -> Bool {
        let start = scanner.position
        defer { scanner.rewind(to: start) }
        scanner.skipSpace()
        return scanner.isAtEnd || "),".utf8.contains(scanner.next)
            || scanner.take(keyword: "and") || scanner.take(keyword: "or")
    }

    private mutating func takes(_ keyword: String) -> Bool {
        scanner.skipSpace()
        return scanner.take(keyword: keyword)
    }

    private mutating func expect(_ character: Unicode.Scalar, _ expected: FilterExpectation) throws(CRMError) {
        scanner.skipSpace()
        guard scanner.take(character) else { throw unexpected(expected) }
    }

    /// Refuses a filter that ends within brackets, at the position of the opening one.
    private mutating func checkIsClosed(from start: Int) throws(CRMError) {
        scanner.skipSpace()
        guard scanner.isAtEnd else { return }
        throw failure(
            at: start,
            Text(en: "this bracket is never closed", es: "este paréntesis no se cierra"),
            hint: Text(en: "write ) where it ends", es: "escribir ) donde termina")
        )
    }

    private mutating func enter() throws(CRMError) {
        depth += 1
        guard depth <= Self.deepest else {
            throw failure(at: scanner.position, FilterScanner.nestedTooDeeply)
        }
    }
}

// MARK: - Errors

extension FilterParser {
    private mutating func unexpected(_ expected: FilterExpectation) -> CRMError {
        let position = scanner.position
        return failure(
            at: position,
            scanner.expected(expected.text, at: position),
            hint: scanner.touchesQuote(at: position)
                ? Self.quoteWithin
                : clauseHint(expected, at: position) ?? translation ?? spanishHint(at: position)
                    ?? quotedName(expected, at: position) ?? expected.hint
        )
    }

    /// Returns the option for a clause that follows the conditions in SQL, which is none of a filter; `nil` for anything
    /// else.
    private func clauseHint(_ expected: FilterExpectation, at position: Int) -> Text? {
        guard expected == .connective else { return nil }
        let words = text.split(separator: " ").map { $0.lowercased() }
        switch scanner.excerpt(at: position).lowercased() {
        case "limit": return Text(thatIs: ["--limit \(words.last ?? "")"])
        case "order", "sort": return Text(thatIs: ["--sort …"])
        case "group": return Text(thatIs: ["summarize --by …"])
        default: return nil
        }
    }

    /// Returns the hint for a name in quotes where a field should stand; `nil` for anything else.
    private func quotedName(_ expected: FilterExpectation, at position: Int) -> Text? {
        guard expected == .condition, let first = scanner.excerpt(at: position).first, "\"'`“«".contains(first) else {
            return nil
        }
        return Text(
            en: "only values go in quotes, not fields",
            es: "solo los valores van entre comillas, no los campos"
        )
    }

    /// The whole filter to write instead of this one, if its words and signs can be understood; for a comparison of
    /// days with a longer time, what to write in its place.
    private var translation: Text? {
        if let hint = FilterTranslation.hint(atPeriodIn: text) { return hint }
        guard isWhole, let meant = FilterTranslation.text(of: text), meant != text, Self.isOne(meant) else {
            return nil
        }
        return Text(en: "write: \(meant.abridged)", es: "escribir: \(meant.abridged)")
    }

    /// Whether a text can be read as a filter.
    static func isOne(_ text: String) -> Bool {
        var parser = FilterParser(text)
        parser.isWhole = false
        return (try? parser.wholeFilter()) != nil
    }

    private static let quoteWithin = Text(
        en: "a value with a quote in it goes in the other quotes, or the quote is written twice: name=\"O'Brien\"",
        es: "un valor con una comilla va entre las otras comillas, o la comilla se escribe dos veces: name=\"O'Brien\""
    )

    /// Returns the keyword or operator to write instead of a Spanish word or a sign of another language at a position;
    /// `nil` when there is none.
    private func spanishHint(at position: Int) -> Text? {
        let found = scanner.excerpt(at: position).split(separator: " ").first.map(MeantWord.init)
        // After two comparison signs in a row both count: <>, ==.
        let signs = scanner.signs(from: comparisonStart ?? position)
        let words = [lead.map { MeantWord($0) }, signs.isEmpty ? nil : MeantWord(signs), found].compactMap { $0 }
        for word in words {
            if let meant = Self.otherWords.first(where: { word.means(oneOf: $0.others) }) {
                return Text(thatIs: [meant.keyword])
            }
        }
        return nil
    }

    /// Other words and signs for keywords and comparisons.
    private static let otherWords: [(keyword: String, others: [String])] = [
        ("and", ["y", "e", "&&"]), ("or", ["o", "u", "||"]), ("not", ["no", "sin"]), ("has", ["tiene", "con"]),
        ("~", ["contiene", "contains", "like", "como", "empieza", "starts", "=~", "~=", "~~"]), ("not … ~", ["!~"]),
        ("=", ["==", "===", ":", "=:", ":=", "::", "igual", "igual-a", "equals"]),
        ("!=", ["<>", "><", "=!", "!==", "!", "distinto", "diferente"]), ("<=", ["=<"]), (">=", ["=>"]),
        ("in", ["en"]), (">= … and … <=", ["entre", "between"]),
        ("is empty", ["vacío", "vacía", "nulo", "nula", "null", "blank"]),
        ("is", ["es", "está"]), (">", ["mayor", "más"]),
        ("<", ["menor", "menos"]),
    ]

    private mutating func failure(at position: Int, _ reason: Text, hint: Text? = nil) -> CRMError {
        CRMError(filter: text, column: scanner.column(at: position), reason, hint: hint)
    }
}

extension CRMError {
    /// Creates the error about a position in a filter.
    ///
    /// - Parameter column: counted in characters from 1; 0 for a filter that was never text.
    init(filter: String?, column: Int, _ reason: Text, hint: Text? = nil) {
        let place =
            column == 0
            ? Text(en: "filter", es: "filtro") : Text(en: "filter, column \(column)", es: "filtro, columna \(column)")
        self.init(
            .usage,
            Text(en: "\(place.en): \(reason.en)", es: "\(place.es): \(reason.es)"),
            hint: hint,
            details: filter.map { [Text($0.abridged)] } ?? []
        )
    }
}
