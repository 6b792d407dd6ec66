/// The place of a text in a style sheet, as far as it decides whether a value may be inserted: only in a string that is
/// shown, as the value of `content`. Any other string may be an address that is fetched.
struct CSSPlace: Sendable, Equatable {
    private enum State: Sendable, Equatable {
        case plain
        /// A comment, with its last character, by which its end is recognized.
        case comment(last: Character?)
        case string(quote: Character, isEscaped: Bool)
    }

    private var state = State.plain
    private var last: Character?
    /// The text since the last declaration ended or a block began, without strings.
    private var declaration = ""

    /// Whether a value can stand here.
    var takesValues: Bool {
        guard case .string(_, isEscaped: false) = state, !declaration.contains("(") else { return false }
        let words = declaration.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.hasPrefix("content:") || words.hasPrefix("content :")
    }

    /// A value as it is written in a string (CSS Syntax Level 3, section 4.3.7): nothing in it ends the string, the element
    /// or an escape.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            if !scalar.isASCII || scalar == " " || UInt8(ascii: scalar).isASCIILetterOrDigit {
                escaped.unicodeScalars.append(scalar)
            } else {
                escaped += "\\" + String(scalar.value, radix: 16) + " "
            }
        }
        return escaped
    }

    /// Goes on through a text of the template.
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
            // Escaped, it means nothing; nor does it escape.
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
