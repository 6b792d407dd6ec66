import Formats
import Localization

extension NumberPattern {
    /// The maximum width of a padded counter.
    private static let mostZeros = 12

    /// Reads a pattern.
    ///
    /// `{n}` or `{n:WIDTH}` is the counter; `{year}`, `{year:2}`, `{month}` and `{day}` are those of the day on which a
    /// number is assigned; `{{` and `}}` are braces; any other text stands for itself.
    ///
    /// - Throws: ``ValueError`` for an unknown placeholder, for a single brace, and unless there is exactly one
    ///   counter.
    public init(parsing text: String) throws(ValueError) {
        let tokens = try Self.tokens(of: text)
        let counters = tokens.indices.filter { tokens[$0].width != nil }
        guard let first = counters.first, counters.count == 1 else {
            throw counters.isEmpty
                ? ValueError(
                    en: "lacks the counter: write {n} or {n:4} where the number counts",
                    es: "falta el contador: escribir {n} o {n:4} donde el número cuenta"
                )
                : ValueError(en: "has more than one counter {n}", es: "tiene más de un contador {n}")
        }
        self.init(
            before: tokens[..<first].compactMap(\.piece),
            width: tokens[first].width ?? 1,
            after: tokens[(first + 1)...].compactMap(\.piece)
        )
    }

    /// The text of the pattern, as ``init(parsing:)`` reads it.
    public var text: String {
        let counter = width > 1 ? "{n:\(width)}" : "{n}"
        return before.map(\.spelling).joined() + counter + after.map(\.spelling).joined()
    }

    /// A part of a pattern; a counter has its width.
    fileprivate enum Token {
        case piece(Piece)
        case counter(Int)

        var piece: Piece? { if case .piece(let piece) = self { piece } else { nil } }
        var width: Int? { if case .counter(let width) = self { width } else { nil } }
    }

    fileprivate static func tokens(of text: String) throws(ValueError) -> [Token] {
        var tokens: [Token] = []
        var literal = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            guard character == "{" || character == "}" else {
                literal.append(character)
                continue
            }
            if rest.first == character {
                literal.append(rest.removeFirst())
                continue
            }
            guard character == "{", let end = rest.firstIndex(of: "}") else {
                throw ValueError(
                    en: "a brace stands alone: write {{ or }} for a brace",
                    es: "una llave está sola: escribir {{ o }} para una llave"
                )
            }
            if !literal.isEmpty { tokens.append(.piece(.text(literal))) }
            literal = ""
            tokens.append(try token(String(rest[..<end])))
            rest = rest[rest.index(after: end)...]
        }
        if !literal.isEmpty { tokens.append(.piece(.text(literal))) }
        return tokens
    }

    private static func token(_ name: String) throws(ValueError) -> Token {
        switch name {
        case "year": return .piece(.year)
        case "year:2": return .piece(.shortYear)
        case "month": return .piece(.month)
        case "day": return .piece(.day)
        case "n": return .counter(1)
        default:
            if name.hasPrefix("n:"), name.dropFirst(2).isASCIIDigits,
                let width = Int(name.dropFirst(2)), (1...mostZeros).contains(width)
            {
                return .counter(width)
            }
            throw ValueError(
                en: """
                    there is no {\(name)}: write {n}, {n:WIDTH} with a width from 1 to \(mostZeros), {year}, {year:2}, \
                    {month} or {day}, and {{ or }} for a brace
                    """,
                es: """
                    no existe {\(name)}: escribir {n}, {n:ANCHO} con un ancho de 1 a \(mostZeros), {year}, {year:2}, \
                    {month} o {day}, y {{ o }} para una llave
                    """
            )
        }
    }
}

extension NumberPattern.Piece {
    fileprivate var spelling: String {
        switch self {
        case .text(let text): text.map { $0 == "{" || $0 == "}" ? "\($0)\($0)" : String($0) }.joined()
        case .year: "{year}"
        case .shortYear: "{year:2}"
        case .month: "{month}"
        case .day: "{day}"
        }
    }
}

extension DefaultText {
    /// Reads the text of a default: plain text, or a pattern of numbers.
    ///
    /// - Throws: ``ValueError`` for an unknown placeholder, for a single brace, and for placeholders without exactly
    ///   one counter.
    init(parsing text: String) throws(ValueError) {
        let tokens = try NumberPattern.tokens(of: text)
        if tokens.isEmpty {
            self = .text(text)
        } else if tokens.count == 1, case .text(let plain)? = tokens[0].piece {
            self = .text(plain)
        } else {
            self = .numbers(try NumberPattern(parsing: text))
        }
    }
}
