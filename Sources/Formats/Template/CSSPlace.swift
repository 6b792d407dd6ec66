/// A place in a style sheet, as far as it decides whether a value may be inserted: only in a displayed string, the
/// value of `content`. Any other string may be an address that is fetched.
struct CSSPlace: Sendable, Equatable {
    private enum State: Sendable, Equatable {
        case plain
        /// A comment, with its last character, which may begin its end.
        case comment(last: Character?)
        case string(quote: Character, isEscaped: Bool)
    }

    private var state = State.plain
    private var last: Character?
    /// The text since the end of the last declaration or the beginning of a block, without strings.
    private(set) var declaration = ""

    /// Whether a value may be inserted here.
    var takesValues: Bool {
        guard case .string(_, isEscaped: false) = state, !declaration.contains("(") else { return false }
        let words = declaration.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.hasPrefix("content:") || words.hasPrefix("content :")
    }

    /// Whether the last character means nothing for the next one: it begins no comment and no escape.
    var isSettled: Bool {
        if case .comment = state { return false }
        if case .string(_, isEscaped: true) = state { return false }
        return last != "\\" && last != "/"
    }

    /// Whether the next declaration is still to come.
    var isBetweenDeclarations: Bool { state == .plain && declaration.allSatisfy(\.isWhitespace) }

    /// The place if no value may be inserted up to the end of the declaration.
    var unshown: CSSPlace {
        var place = self
        place.declaration = "("
        return place
    }

    /// Whether the two are in the same kind of place: both between strings, or in strings with the same quotes.
    func hasState(of other: CSSPlace) -> Bool { state == other.state }

    /// Returns a value escaped for a string (CSS Syntax Level 3, section 4.3.7): nothing in it ends the string or the
    /// element, or continues an escape.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            if !scalar.isASCII || scalar == " " || UInt8(ascii: scalar).isLetterOrDigit {
                escaped.unicodeScalars.append(scalar)
            } else {
                escaped += "\\" + String(scalar.value, radix: 16) + " "
            }
        }
        return escaped
    }

    /// Processes the next character of the template.
    mutating func step(_ character: Character) {
        switch state {
        case .plain: stepInPlain(character)
        case .comment(let before):
            guard before == "*", character == "/" else { return state = .comment(last: character) }
            state = .plain
            return last = nil
        case .string(let quote, let isEscaped):
            if isEscaped {
                state = .string(quote: quote, isEscaped: false)
            } else if character == quote || character.isNewline {
                state = .plain
            } else {
                state = .string(quote: quote, isEscaped: character == "\\")
            }
        }
        last = last == "\\" ? nil : character
    }

    private mutating func stepInPlain(_ character: Character) {
        switch character {
        case _ where last == "\\":
            // An escaped character has no meaning, and an escaped backslash does not escape.
            declaration += character == "\\" ? " " : character.lowercased()
        case "*" where last == "/":
            state = .comment(last: nil)
            declaration.removeLast()
        case "\"", "'": state = .string(quote: character, isEscaped: false)
        case ";", "{", "}": declaration = ""
        default: declaration += character.lowercased()
        }
    }
}
