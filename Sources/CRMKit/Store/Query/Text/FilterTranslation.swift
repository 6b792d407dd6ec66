import Localization

/// Rewrites a filter of other words and signs than those of the language, in Spanish or as other programs have them:
/// `correo no es vacío` as `correo is not empty`, `a == 1 && !b ~ c` as `a = 1 and not b ~ c`.
///
/// It serves only the error for a filter that cannot be read, which shows the whole of what to write. It reads loosely:
/// the result has to be parsed before it is shown.
struct FilterTranslation {
    private let characters: [Character]
    private var position = 0
    private var output: [String] = []
    private var depth = 0
    /// What its words mean where the filter applies.
    private var words: FilterWords

    /// Returns the filter in the filter language; `nil` if its meaning cannot be determined.
    static func text(of filter: String, _ words: FilterWords = FilterWords()) -> String? {
        guard filter.utf8.count <= 1000 else { return nil }
        var translation = FilterTranslation(filter, words)
        _ = translation.take(["where", "donde"])
        guard translation.conditions(), translation.atEnd else { return nil }
        return translation.output.reduce("") { text, word in
            let isJoined = text.isEmpty || text.hasSuffix("(") || word == ")" || word == ","
            return isJoined ? text + word : "\(text) \(word)"
        }
    }

    /// Returns the hint for a filter that compares days with a week, a month or a year; `nil` for any other.
    static func hint(atPeriodIn filter: String) -> Text? {
        let words = Fold.fold(filter).split(separator: " ").map { String($0) }
        let isPeriod = zip(words, words.dropFirst()).contains {
            ["esta", "este", "this"].contains($0) && NamedPeriod.isUnit($1)
        }
        guard isPeriod else { return nil }
        return Text(
            en: "a week, a month or a year is no day: write the day on which it begins, as 2026-11-01, or -7d",
            es: "una semana, un mes o un año no es un día: escribir el día en que empieza, como 2026-11-01, o -7d"
        )
    }

    private init(_ text: String, _ words: FilterWords) {
        characters = Array(text)
        self.words = words
    }

    private static let signs: Set<Character> = ["=", "<", ">", "!", "~", ":", "&", "|"]
    private static let conjunctions: Set<String> = ["and", "y", "e", "&&", "&"]
    private static let disjunctions: Set<String> = ["or", "o", "u", "||", "|"]
    private static let negations: Set<String> = ["not", "no", "!"]
    private static let openWords: Set<String> = ["abierta", "abiertas", "abierto", "abiertos", "open"]
    private static let closedWords: Set<String> = ["cerrada", "cerradas", "cerrado", "cerrados", "closed"]
    /// The words for an empty value. In a test of emptiness they include words that elsewhere can be values.
    private static let emptiness = Filter.nothing.union(["blanco", "none"])
    private static let comparisons: [String: String] = [
        "=": "=", "==": "=", "===": "=", ":": "=", "=:": "=", ":=": "=", "::": "=", "!=": "!=", "<>": "!=", "><": "!=",
        "=!": "!=", "!==": "!=", "<": "<", "<=": "<=", "=<": "<=", ">": ">", ">=": ">=", "=>": ">=", "~": "~",
        "=~": "~", "~=": "~", "~~": "~", "!~": "!~", "igual": "=", "igual-a": "=", "equals": "=", "distinto": "!=",
        "distinta": "!=", "diferente": "!=", "contiene": "~", "contains": "~", "like": "~", "ilike": "~", "como": "~",
        "incluye": "~", "empieza": "~", "starts": "~", "mayor": ">", "mas": ">", "greater": ">", "menor": "<",
        "menos": "<", "less": "<", "startswith": "~", "starts-with": "~", "begins": "~", "endswith": "~",
        "ends-with": "~", "containing": "~", "includes": "~", "matches": "~", "regexp": "~",
    ]
    /// The comparisons of SQL whose values have percent signs for any other text.
    private static let patterns: Set<String> = ["like", "ilike"]
    /// Words that have another meaning in a filter unless they stand in quotes.
    private static let keywords = Filter.nothing.union(["and", "or", "not", "has", "is", "in", "empty"])
    /// Words between the one for a comparison and the value.
    private static let links: Set<String> = ["que", "a", "al", "de", "con", "than", "to", "with"]
}

// MARK: - Words

extension FilterTranslation {
    private var atEnd: Bool { position == characters.count }

    private mutating func skipSpace() {
        while !atEnd, characters[position].isWhitespace { position += 1 }
    }

    private func isNext(_ character: Character) -> Bool { !atEnd && characters[position] == character }

    /// The next word, name or run of signs, folded, and the position after it; `nil` before a bracket, a quote, a comma
    /// and the end.
    private func peek() -> (word: String, end: Int)? {
        guard !atEnd else { return nil }
        let hasSigns = Self.signs.contains(characters[position])
        var end = position
        while end < characters.count, !Self.endsWord(characters[end]),
            Self.signs.contains(characters[end]) == hasSigns
        {
            end += 1
        }
        return end == position ? nil : (Fold.fold(String(characters[position..<end])), end)
    }

    private static func endsWord(_ character: Character) -> Bool {
        character.isWhitespace || "(),'\"".contains(character)
    }

    /// Consumes the next word if it is one of some.
    private mutating func take(_ words: Set<String>) -> Bool {
        skipSpace()
        guard let next = peek(), words.contains(next.word) else { return false }
        position = next.end
        return true
    }

    private mutating func take(_ character: Character) -> Bool {
        skipSpace()
        guard isNext(character) else { return false }
        position += 1
        output.append(String(character))
        return true
    }
}

// MARK: - Grammar

extension FilterTranslation {
    private mutating func conditions() -> Bool {
        depth += 1
        defer { depth -= 1 }
        guard depth < 16 else { return false }
        repeat {
            guard condition() else { return false }
        } while connective()
        return true
    }

    private mutating func connective() -> Bool {
        if take(Self.conjunctions) {
            output.append("and")
        } else if take(Self.disjunctions) {
            output.append("or")
        } else {
            return false
        }
        return true
    }

    private mutating func condition() -> Bool {
        while take(Self.negations) { output.append("not") }
        if take("(") { return conditions() && take(")") }
        if take(["sin", "without"]) { return presence(isNegated: true) }
        if take(["has", "tiene", "con", "with"]) { return presence(isNegated: false) }
        let start = output.count
        guard path() else { return false }
        if let field = words.field?(output[start]) { output[start] = field }
        return test(from: start)
    }

    /// Reads what there is or is not: records, which may be called open or closed, or the value of a field.
    private mutating func presence(isNegated: Bool) -> Bool {
        var isOpen = openness()
        guard path(), let word = output.popLast() else { return false }
        guard let name = words.records(word) else {
            guard let field = words.field else {
                output += isNegated ? [word, "is empty"] : ["has", word]
                return isNegated || bracketed()
            }
            guard let key = field(word) else { return false }
            output += [key, isNegated ? "is empty" : "is not empty"]
            return true
        }
        output += isNegated ? ["not", "has", name] : ["has", name]
        isOpen = isOpen ?? openness()
        guard let isOpen else { return bracketed() }
        guard let field = words.closing(name) else { return false }
        output[output.count - 1] = "\(name)(\(field) is \(isOpen ? "" : "not ")empty)"
        return true
    }

    private mutating func openness() -> Bool? {
        take(Self.openWords) ? true : take(Self.closedWords) ? false : nil
    }

    /// Reads the conditions on related records, if there are any: of their fields nothing is known.
    private mutating func bracketed() -> Bool {
        guard take("(") else { return true }
        let outer = words
        words = FilterWords(today: outer.today)
        defer { words = outer }
        return conditions() && take(")")
    }

    private mutating func path() -> Bool {
        skipSpace()
        guard let next = peek(), let first = characters[position..<next.end].first, first.isLetter else { return false }
        output.append(String(characters[position..<next.end]))
        position = next.end
        return true
    }

    /// Reads the test after a path, which is the last of the output.
    ///
    /// - Parameter start: the place of the path in the output, before which a negation goes.
    private mutating func test(from start: Int) -> Bool {
        var isNegated = take(["not", "no"])
        if standsPeriod { return compare("=", isNegated: isNegated, from: start) }
        let isStated = take(["is", "es", "esta", "are"])
        isNegated = isStated && take(["not", "no"]) || isNegated
        // Correo no está en blanco; the list begins with a bracket instead.
        let before = position
        if !(isStated && take(["en"])) || !stands(Self.emptiness) { position = before }
        if take(Self.emptiness) {
            if let name = words.records(output[start]) {
                output[start] = name
                output.insert(contentsOf: isNegated ? ["has"] : ["not", "has"], at: start)
            } else {
                output.append(isNegated ? "is not empty" : "is empty")
            }
            return true
        }
        if take(["in", "en"]) {
            if standsPeriod { return compare("=", isNegated: isNegated, from: start) }
            output.append(isNegated ? "not in" : "in")
            return list()
        }
        if take(["entre", "between"]) { return range(from: start, isNegated) }
        let takesPattern = stands(Self.patterns)
        guard var sign = comparison(orElse: isStated ? "=" : nil) else { return false }
        if sign == "!~" { (sign, isNegated) = ("~", !isNegated) }
        guard compare(sign, isNegated: isNegated, from: start) else { return false }
        if takesPattern, let pattern = output.popLast() { output.append(Self.part(ofPattern: pattern)) }
        return true
    }

    /// Reads the value of a comparison with a path, which is the last of the output. A value that is a week or a month
    /// becomes its days.
    private mutating func compare(_ sign: String, isNegated: Bool, from start: Int) -> Bool {
        if isNegated, sign != "=" { output.insert("not", at: start) }
        let sign = isNegated && sign == "=" ? "!=" : sign
        guard let path = output.last, value(), let written = output.popLast() else { return false }
        let text = Self.unquoted(written)
        guard NamedPeriod.isOne(text) else {
            output += [sign, written]
            return true
        }
        guard let today = words.today, let (first, last) = NamedPeriod.days(of: text, today: today) else {
            return false
        }
        switch sign {
        case "<", ">=": output += [sign, "\(first)"]
        case ">", "<=": output += [sign, "\(last)"]
        case "=", "!=":
            output.removeLast()
            if sign == "!=" { output.append("not") }
            output += ["(", path, ">=", "\(first)", "and", path, "<=", "\(last)", ")"]
        default: return false
        }
        return true
    }

    /// Whether a week or a month comes next, and nothing else is said of the condition.
    private var standsPeriod: Bool {
        var ahead = self
        return ahead.value() && ahead.output.last.map { NamedPeriod.isOne(Self.unquoted($0)) } ?? false
    }

    private static func unquoted(_ value: String) -> String {
        value.first.map { "'\"".contains($0) } ?? false ? String(value.dropFirst().dropLast()) : value
    }

    /// Returns the text that a pattern of SQL looks for at the beginning, at the end or anywhere: `Ruiz` for `'%Ruiz%'`.
    private static func part(ofPattern pattern: String) -> String {
        let quote = pattern.first.flatMap { "'\"".contains($0) ? String($0) : nil } ?? ""
        let inner = pattern.dropFirst(quote.count).dropLast(quote.count)
        var part = inner.drop { $0 == "%" }
        while part.last == "%" { part.removeLast() }
        if part.isEmpty || part.count == inner.count { return pattern }
        let isWord = part.allSatisfy { $0.isLetter || $0.isNumber } && !keywords.contains(Fold.fold(String(part)))
        return isWord ? String(part) : "\(quote)\(part)\(quote)"
    }

    private mutating func stands(_ words: Set<String>) -> Bool {
        skipSpace()
        return peek().map { words.contains($0.word) } ?? false
    }

    /// Reads a comparison in signs or words.
    ///
    /// - Parameter other: the sign if there is none.
    private mutating func comparison(orElse other: String?) -> String? {
        skipSpace()
        guard let next = peek(), let sign = Self.comparisons[next.word] else { return other }
        position = next.end
        guard characters[next.end - 1].isLetter else { return sign }
        let isInclusive = take(["o", "or"]) && take(["igual", "equal"])
        while take(Self.links) {}
        return isInclusive ? sign + "=" : sign
    }

    private mutating func range(from start: Int, _ isNegated: Bool) -> Bool {
        let path = output[start]
        if isNegated { output.insert("not", at: start) }
        output.insert("(", at: isNegated ? start + 1 : start)
        output.append(">=")
        guard value(), take(["y", "and", "e"]) else { return false }
        output += ["and", path, "<="]
        guard value() else { return false }
        output.append(")")
        return true
    }

    private mutating func list() -> Bool {
        guard take("(") else { return false }
        repeat {
            guard value() else { return false }
        } while take(",")
        return take(")")
    }

    /// Reads a value: one in quotes, or the words up to a connective, a comma or a bracket.
    private mutating func value() -> Bool {
        skipSpace()
        if isNext("'") || isNext("\"") { return quoted() }
        var words: [String] = []
        while !atEnd, !Self.endsWord(characters[position]) {
            if !words.isEmpty, stands(Self.conjunctions.union(Self.disjunctions)) { break }
            let end = characters[position...].firstIndex(where: Self.endsWord) ?? characters.count
            words.append(String(characters[position..<end]))
            position = end
            skipSpace()
        }
        let text = words.joined(separator: " ")
        guard let first = text.first, !Self.signs.contains(first) else { return false }
        output.append(words.count > 1 && !WrittenPhrase.isOne(text) ? "'\(text)'" : text)
        return true
    }

    private mutating func quoted() -> Bool {
        let quote = characters[position]
        let start = position
        position += 1
        while !atEnd {
            position += 1
            guard characters[position - 1] == quote else { continue }
            if isNext(quote) {
                position += 1
            } else {
                output.append(String(characters[start..<position]))
                return true
            }
        }
        return false
    }
}
