/// A fault in a content line of a card or of a calendar component.
public enum ContentLineFault: Equatable, Sendable, CustomStringConvertible {
    /// Not a property: there is no colon, or something other than a name at the position.
    case malformedProperty
    /// The text before the colon is not a property name, for example because it contains a blank.
    case malformedName(String)
    /// A parameter without a name, or with a quote in the middle of a value.
    case malformedParameter
    /// The quote at the position is never closed.
    case unterminatedQuote
    /// The character set of the value is unknown.
    case unknownCharset(String)
    /// A NUL byte.
    case nulByte
    /// A byte that is not part of well-formed UTF-8, or that the encoding of a decoded input does not define.
    case invalidUTF8

    /// Whether the line is no property, as opposed to one whose value cannot be read.
    var isOfProperty: Bool {
        switch self {
        case .malformedProperty, .malformedName, .malformedParameter, .unterminatedQuote: true
        case .unknownCharset, .nulByte, .invalidUTF8: false
        }
    }

    /// The fault in English, for logs.
    public var description: String {
        switch self {
        case .malformedProperty: "not a property"
        case .malformedName(let name): "malformed name '\(name)'"
        case .malformedParameter: "malformed parameter"
        case .unterminatedQuote: "quote never closed"
        case .unknownCharset(let name): "unknown character set '\(name)'"
        case .nulByte: "NUL byte"
        case .invalidUTF8: "invalid UTF-8"
        }
    }
}

/// A fault in a content line, with its position.
struct ContentLineError: Error, Equatable {
    let fault: ContentLineFault
    /// The line of the input, from 1.
    let line: Int
    /// The byte within the line, from 1.
    let column: Int
}
