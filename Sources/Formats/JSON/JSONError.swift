/// An error in a JSON text.
public enum JSONError: FormatError, Equatable {
    /// The input could not be read.
    case unreadable(ReadError)
    /// The line or array element at the position is longer than the limit, in bytes.
    case tooLong(limit: Int, at: TextPosition)
    /// The input has no top-level array.
    case notAnArray(at: TextPosition)
    /// A byte that is not allowed at the position.
    case unexpectedByte(UInt8, at: TextPosition)
    /// The text ends inside a value.
    case unexpectedEnd(at: TextPosition)
    /// More text after the value.
    case trailingData(at: TextPosition)
    /// A word that is not `true`, `false` or `null`, such as `NaN`; its first 16 letters.
    case invalidLiteral(String, at: TextPosition)
    /// A number with a leading zero, or without a digit at the position.
    case invalidNumber(at: TextPosition)
    /// A name that its object already has.
    case duplicateKey(String, at: TextPosition)
    /// An array or object nested deeper than the limit.
    case tooDeep(limit: Int, at: TextPosition)
    /// A byte that is not part of well-formed UTF-8, or that the encoding of a decoded input does not define.
    case invalidUTF8(UInt8, at: TextPosition)
    /// A `\u` escape that is half of a surrogate pair without the other half.
    case loneSurrogate(at: TextPosition)
    /// A control character inside a string, which must be escaped.
    case controlCharacter(UInt8, at: TextPosition)
    /// A backslash that does not begin an escape.
    case invalidEscape(at: TextPosition)

    /// The position of the error; nil when the input could not be read.
    public var position: TextPosition? {
        switch self {
        case .unreadable: nil
        case .tooLong(_, let position), .unexpectedByte(_, let position), .unexpectedEnd(let position),
            .notAnArray(let position), .trailingData(let position), .invalidLiteral(_, let position),
            .invalidNumber(let position), .duplicateKey(_, let position), .tooDeep(_, let position),
            .invalidUTF8(_, let position), .loneSurrogate(let position), .controlCharacter(_, let position),
            .invalidEscape(let position):
            position
        }
    }

    /// Whether the error is within a value whose end is still known.
    var leavesStructureIntact: Bool {
        switch self {
        case .invalidLiteral, .invalidNumber, .duplicateKey, .tooDeep, .invalidUTF8, .loneSurrogate, .invalidEscape:
            true
        case .unreadable, .tooLong, .notAnArray, .unexpectedByte, .unexpectedEnd, .trailingData, .controlCharacter:
            false
        }
    }

    /// What is wrong, in English.
    public var reason: String {
        switch self {
        case .unreadable(let error): error.description
        case .tooLong(let limit, _): "value longer than \(limit) bytes"
        case .notAnArray: "not an array"
        case .unexpectedByte(let byte, _): "unexpected byte 0x\(String(byte, radix: 16))"
        case .unexpectedEnd: "unexpected end"
        case .trailingData: "text after the value"
        case .invalidLiteral(let word, _): "unknown word '\(word)'"
        case .invalidNumber: "malformed number"
        case .duplicateKey(let name, _): "duplicate key '\(name)'"
        case .tooDeep(let limit, _): "nested deeper than \(limit)"
        case .invalidUTF8(let byte, _): "invalid UTF-8, byte 0x\(String(byte, radix: 16))"
        case .loneSurrogate: "half a surrogate pair"
        case .controlCharacter(let byte, _): "unescaped control character 0x\(String(byte, radix: 16))"
        case .invalidEscape: "unknown escape"
        }
    }
}
