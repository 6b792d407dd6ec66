import Formats
import Localization

/// Words that must occur together.
struct SearchPattern: Sendable, Hashable {
    /// The words, folded.
    let words: [String]
    /// Whether the last word is a prefix.
    let isPrefix: Bool

    /// The query for the index. Words are letters, digits and the mark of codes, so they contain no quotes.
    fileprivate var query: String { "\"\(words.joined(separator: " "))\"\(isPrefix ? " *" : "")" }
    /// The query for the words of names and keys.
    fileprivate var nameQuery: String {
        if isPrefix, words.count == 1, let initial = NameMark.initial(words[0]) { return "\"\(initial)\"" }
        return SearchPattern(words: words.map(NameMark.marked), isPrefix: isPrefix).query
    }

    /// The bytes to find in the words of a record, which are surrounded by spaces.
    var needle: [UInt8] { Array((" " + words.joined(separator: " ") + (isPrefix ? "" : " ")).utf8) }
}

/// The parsed text of a search.
///
/// Words separated by white space must all occur, in any order and as whole words: `mar*` is a prefix, text in quotes
/// must occur as a phrase, and a word after `-` must not occur. A word divided by punctuation is a phrase. A document
/// number or telephone number, possibly of several words, is found in any spelling, both in fields of its kind and in
/// texts.
public struct SearchWords: Sendable {
    /// A condition on the words of a record.
    indirect enum Condition: Sendable, Hashable {
        case has(SearchPattern)
        case all([Condition])
        case any([Condition])
    }

    /// The conditions that must all hold.
    let wanted: [Condition]
    /// The conditions that must not hold.
    let unwanted: [Condition]

    /// Reads the text of a search.
    ///
    /// - Parameter country: the code of the country of telephone numbers without a country code.
    /// - Throws: ``CRMError`` `usage` if no word is required.
    init(parsing text: String, country: String?) throws(CRMError) {
        var wanted: [Condition] = []
        var unwanted: [Condition] = []
        var digits: [Piece] = []
        var lead: Piece?
        func finishNumber() {
            let number = Self.number(digits, country: country)
            if let lead, let first = digits.first, number.count == digits.count, let last = wanted.popLast() {
                let together = lead.joined(with: first).condition.map { [$0] } ?? []
                wanted += [.any([last] + together), .any([number[0]] + together)] + number.dropFirst()
            } else {
                wanted += number
            }
            (lead, digits) = (nil, [])
        }
        for piece in Piece.all(in: text) {
            if piece.isPartOfNumber {
                digits.append(piece)
                continue
            }
            finishNumber()
            guard let condition = piece.condition else { continue }
            if piece.isUnwanted { unwanted.append(condition) } else { wanted.append(condition) }
            lead = piece.mayBeginCode ? piece : nil
        }
        finishNumber()
        guard !wanted.isEmpty else {
            throw CRMError(
                .usage,
                Text(en: "there is no word to look for", es: "no hay ninguna palabra que buscar"),
                hint: Text(
                    en: "write a word that must be there: -WORD only leaves records out",
                    es: "escribir una palabra que deba estar: -PALABRA solo excluye registros"
                )
            )
        }
        self.wanted = wanted
        self.unwanted = unwanted
    }

    /// The patterns of the required conditions, for marking matches in a text.
    var patterns: [SearchPattern] { wanted.flatMap(\.patterns) }

    /// Whether the conditions hold in a document.
    func hold(in document: SearchDocument) -> Bool {
        wanted.allSatisfy { $0.holds(document.has) } && !unwanted.contains { $0.holds(document.has) }
    }

    /// Returns the conditions for consecutive pieces of digits: one number if they have enough digits for a telephone
    /// number, otherwise each piece by itself.
    private static func number(_ pieces: [Piece], country: String?) -> [Condition] {
        let apart = pieces.compactMap(\.condition)
        let text = pieces.map(\.text).joined(separator: " ")
        guard text.utf8.count(where: \.isDigit) >= WrittenKey.fewestDigits, (try? PhoneNumber(parsing: text)) != nil
        else {
            return apart
        }
        let words =
            WrittenKey.phone(text, country: country).map { [$0] } + WrittenKey.phoneInText(text, country: country)
        let forms = words.uniqued.map { Condition.has(SearchPattern(words: $0, isPrefix: false)) }
        return [.any(forms + [apart.count == 1 ? apart[0] : .all(apart)])]
    }
}

extension SearchWords.Condition {
    fileprivate var patterns: [SearchPattern] {
        switch self {
        case .has(let pattern): [pattern]
        case .all(let conditions), .any(let conditions): conditions.flatMap(\.patterns)
        }
    }

    /// Whether the condition holds, given which patterns occur.
    func holds(_ has: (SearchPattern) -> Bool) -> Bool {
        switch self {
        case .has(let pattern): has(pattern)
        case .all(let conditions): conditions.allSatisfy { $0.holds(has) }
        case .any(let conditions): conditions.contains { $0.holds(has) }
        }
    }

    /// The condition as an FTS5 query over the whole document: https://www.sqlite.org/fts5.html#full_text_query_syntax
    var query: String {
        switch self {
        case .has(let pattern): "(\(pattern.query) OR \(pattern.nameQuery))"
        case .all(let conditions): Self.conjunction(conditions.map(\.query))
        case .any(let conditions): Self.disjunction(conditions.map(\.query))
        }
    }

    /// The condition as a query over the words in the record's name and keys only.
    var nameQuery: String {
        switch self {
        case .has(let pattern): pattern.nameQuery
        case .all(let conditions): Self.conjunction(conditions.map(\.nameQuery))
        case .any(let conditions): Self.disjunction(conditions.map(\.nameQuery))
        }
    }

    /// The condition as a query for documents in which not all alternatives match in the name and keys.
    var bodyQuery: String {
        switch self {
        case .has(let pattern): pattern.query
        case .all(let conditions): Self.conjunction(conditions.map(\.query))
        case .any(let conditions): Self.disjunction(conditions.map(\.bodyQuery))
        }
    }

    /// Returns the query that matches if all of some queries do.
    static func conjunction(_ queries: [String]) -> String { "(\(queries.joined(separator: " AND ")))" }
    /// Returns the query that matches if any of some queries does.
    static func disjunction(_ queries: [String]) -> String { "(\(queries.joined(separator: " OR ")))" }
}

/// A piece of the search text, delimited by white space or quotes.
private struct Piece {
    let text: String
    let isQuoted: Bool
    let isUnwanted: Bool
    let isPrefix: Bool

    /// Whether the piece may be part of a telephone number.
    var isPartOfNumber: Bool {
        !isQuoted && !isUnwanted && !isPrefix && text.utf8.contains(where: \.isDigit)
            && text.utf8.allSatisfy { $0.isDigit || "+()-./".utf8.contains($0) }
    }

    /// The condition for the piece of the search text; `nil` when it contains no words.
    var condition: SearchWords.Condition? {
        var folded: [UInt8] = []
        FoldedWords.append(text, to: &folded)
        let words = folded.split(separator: Fold.space).map { String(decoding: $0, as: UTF8.self) }
        if words.isEmpty { return nil }
        let written = SearchPattern(words: words, isPrefix: isPrefix)
        guard !isQuoted, folded.contains(where: \.isDigit) else { return .has(written) }
        let apart = SearchPattern(words: words.flatMap(WrittenKey.parts), isPrefix: isPrefix)
        let whole = isPrefix ? [] : WrittenKey.sought(code: folded, as: text)
        let forms = [written, apart] + whole.map { SearchPattern(words: [$0], isPrefix: false) }
        let conditions = forms.uniqued.map(SearchWords.Condition.has)
        return conditions.count == 1 ? conditions[0] : .any(conditions)
    }

    /// Whether a number after the piece may be one code with it: `OC 881`.
    var mayBeginCode: Bool {
        !isQuoted && !isUnwanted && !isPrefix && !text.isEmpty && text.utf8.allSatisfy(\.isLetter)
    }

    /// Returns the piece joined with the next one.
    func joined(with next: Piece) -> Piece {
        Piece(text: text + next.text, isQuoted: false, isUnwanted: false, isPrefix: false)
    }

    /// The schemes before a telephone number or an address as programs show them (RFC 3966, RFC 6068).
    private static let schemes = ["tel:", "callto:", "sms:", "mailto:"]

    /// Returns a piece without the scheme before it and the parameters after its number.
    private static func bare(_ text: Substring) -> Substring {
        guard let rest = schemes.lazy.compactMap(text.after(scheme:)).first else { return text }
        return rest.prefix { $0 != ";" && $0 != "?" }
    }

    /// Returns the pieces of a text. A quote that is not closed extends to the end.
    static func all(in text: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let start = rest.firstIndex(where: { !$0.isWhitespace }) {
            rest = rest[start...]
            let isUnwanted = rest.first == "-" && rest.dropFirst().first.map { !$0.isWhitespace } ?? false
            if isUnwanted { rest = rest.dropFirst() }
            let isQuoted = rest.first.map(isQuote) ?? false
            let end: Substring.Index
            let body: Substring
            if isQuoted {
                rest = rest.dropFirst()
                end = rest.firstIndex(where: isQuote) ?? rest.endIndex
                body = rest[..<end]
                rest = rest[end...].dropFirst()
            } else {
                end = rest.firstIndex { $0.isWhitespace } ?? rest.endIndex
                body = bare(rest[..<end])
                rest = rest[end...]
            }
            var isPrefix = body.last == "*"
            if isQuoted, rest.first == "*" {
                rest = rest.dropFirst()
                isPrefix = true
            }
            // A star that ends no word does not begin one.
            let last = body.last { $0 != "*" }
            isPrefix = isPrefix && last.map { $0.isLetter || $0.isNumber } ?? false
            pieces.append(Piece(text: String(body), isQuoted: isQuoted, isUnwanted: isUnwanted, isPrefix: isPrefix))
        }
        return pieces
    }

    private static func isQuote(_ character: Character) -> Bool {
        character == "\"" || character == "“" || character == "”" || character == "«" || character == "»"
    }
}
