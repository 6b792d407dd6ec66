/// What is wrong with a file of cards.
public enum VCardError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A place in a file of cards.
    public struct Position: Equatable, Sendable, CustomStringConvertible {
        /// The card, from 1.
        public let card: Int
        /// The line of the input, from 1.
        public let line: Int
        /// The byte within the line, from 1.
        public let column: Int

        /// A place given by its three numbers.
        public init(card: Int, line: Int, column: Int) {
            self.card = card
            self.line = line
            self.column = column
        }

        /// `card N (line L, column C)`.
        public var description: String { "card \(card) (line \(line), column \(column))" }
    }

    /// The input could not be read. Ends the reading.
    case unreadable(ReadError)
    /// The line at the position is longer than the limit, in bytes. Ends the reading.
    case lineTooLong(limit: Int, at: Position)
    /// The card that begins at the position is longer than the limit, in bytes.
    case cardTooLong(limit: Int, at: Position)
    /// Text that is not inside a card, before the card of the position.
    case textOutsideCard(at: Position)
    /// The card that begins at the position has no end.
    case missingEnd(at: Position)
    /// The card is of an edition that is not known.
    case unsupportedVersion(String, at: Position)
    /// A line that is no property: it has no colon, or something other than a name at the position.
    case malformedProperty(at: Position)
    /// A parameter without a name, or with a quote in the middle of a value.
    case malformedParameter(at: Position)
    /// The quote at the position is never closed.
    case unterminatedQuote(at: Position)
    /// The value is in a character set that is not known.
    case unknownCharset(String, at: Position)
    /// A NUL byte.
    case nulByte(at: Position)
    /// A byte that is not part of well-formed UTF-8, or that the encoding of a decoded input does not define.
    case invalidUTF8(at: Position)

    /// Where the error is; nil when the input could not be read.
    public var position: Position? {
        switch self {
        case .unreadable: nil
        case .lineTooLong(_, let position), .cardTooLong(_, let position), .textOutsideCard(let position),
            .missingEnd(let position), .unsupportedVersion(_, let position), .malformedProperty(let position),
            .malformedParameter(let position), .unterminatedQuote(let position), .unknownCharset(_, let position),
            .nulByte(let position), .invalidUTF8(let position):
            position
        }
    }

    /// The error in English, for logs.
    public var description: String {
        guard let position else { return reason }
        return "\(position): \(reason)"
    }

    private var reason: String {
        switch self {
        case .unreadable(let error): error.description
        case .lineTooLong(let limit, _): "line longer than \(limit) bytes"
        case .cardTooLong(let limit, _): "card longer than \(limit) bytes"
        case .textOutsideCard: "text outside a card"
        case .missingEnd: "card never ended"
        case .unsupportedVersion(let version, _): "unknown version '\(version)'"
        case .malformedProperty: "not a property"
        case .malformedParameter: "malformed parameter"
        case .unterminatedQuote: "quote never closed"
        case .unknownCharset(let name, _): "unknown character set '\(name)'"
        case .nulByte: "NUL byte"
        case .invalidUTF8: "invalid UTF-8"
        }
    }
}

extension VCardError {
    /// What is wrong with a line of a card.
    init(_ error: ContentLineError, card: Int) {
        let position = Position(card: card, line: error.line, column: error.column)
        self =
            switch error.reason {
            case .malformedProperty: .malformedProperty(at: position)
            case .malformedParameter: .malformedParameter(at: position)
            case .unterminatedQuote: .unterminatedQuote(at: position)
            case .unknownCharset(let name): .unknownCharset(name, at: position)
            case .nulByte: .nulByte(at: position)
            case .invalidUTF8: .invalidUTF8(at: position)
            }
    }
}
