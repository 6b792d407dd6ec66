/// The numbers, words and marks of a text for a day, a time or a duration, without regard to case, accents and spaces.
struct WrittenTokens {
    enum Token: Hashable {
        /// A number with the number of its digits.
        case number(Int, digits: Int)
        case word(String)
        case mark(UInt8)
    }

    private(set) var tokens: ArraySlice<Token>

    /// - Returns: `nil` for a text with a number of more than nine digits, which no such text has.
    init?(_ text: String) {
        var tokens: [Token] = []
        var word: [UInt8] = []
        var number: (value: Int, digits: Int)?
        func endWord() {
            if !word.isEmpty { tokens.append(.word(String(decoding: word, as: UTF8.self))) }
            word = []
        }
        func endNumber() {
            if let number { tokens.append(.number(number.value, digits: number.digits)) }
            number = nil
        }
        for byte in Fold.fold(text).utf8 {
            if byte.isDigit {
                endWord()
                number = ((number?.value ?? 0) * 10 + byte.digit, (number?.digits ?? 0) + 1)
                if let number, number.digits > 9 { return nil }
            } else if byte.isLetter || byte >= 0x80 {
                endNumber()
                word.append(byte)
            } else {
                endWord()
                endNumber()
                if byte != UInt8(ascii: " ") { tokens.append(.mark(byte)) }
            }
        }
        endWord()
        endNumber()
        self.tokens = tokens[...]
    }

    init(_ tokens: ArraySlice<Token>) { self.tokens = tokens }

    var isAtEnd: Bool { tokens.isEmpty }

    /// Consumes one of some words, if it comes next.
    mutating func take(anyOf words: Set<String>) -> Bool {
        guard case .word(let word) = tokens.first, words.contains(word) else { return false }
        tokens.removeFirst()
        return true
    }

    /// Consumes some words in a row, if they come next.
    mutating func take(_ words: String...) -> Bool {
        guard tokens.count >= words.count, zip(tokens, words).allSatisfy({ $0 == .word($1) }) else { return false }
        tokens.removeFirst(words.count)
        return true
    }

    /// Consumes one of some marks, if it comes next.
    mutating func take(mark marks: Unicode.Scalar...) -> UInt8? {
        guard case .mark(let mark) = tokens.first, marks.contains(Unicode.Scalar(mark)) else { return nil }
        tokens.removeFirst()
        return mark
    }

    /// Consumes a number, if it comes next.
    mutating func number() -> (value: Int, digits: Int)? {
        guard case .number(let value, let digits) = tokens.first else { return nil }
        tokens.removeFirst()
        return (value, digits)
    }

    /// Consumes a word that a table has, if it comes next.
    mutating func word<Meaning>(in table: [String: Meaning]) -> Meaning? {
        guard case .word(let word) = tokens.first, let meaning = table[word] else { return nil }
        tokens.removeFirst()
        return meaning
    }
}
