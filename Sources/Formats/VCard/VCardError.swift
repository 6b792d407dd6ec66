/// An error in a vCard file.
public enum VCardError: FormatError, Equatable {
    /// A position in a vCard file.
    public struct Position: InputPosition, Equatable {
        /// The card, from 1.
        public let card: Int
        /// The line of the input, from 1.
        public let line: Int
        /// The byte within the line, from 1.
        public let column: Int

        /// Creates a position from its three numbers.
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
    /// Text outside any card, before the card of the position.
    case textOutsideCard(at: Position)
    /// A MECARD, the format of QR codes, instead of a card.
    case mecard(at: Position)
    /// The card that begins at the position has no end.
    case missingEnd(at: Position)
    /// The version of the card is unknown.
    case unsupportedVersion(String, at: Position)
    /// The line at the position is malformed.
    case malformed(ContentLineFault, at: Position)

    /// The position of the error; nil when the input could not be read.
    public var position: Position? {
        switch self {
        case .unreadable: nil
        case .lineTooLong(_, let position), .cardTooLong(_, let position), .textOutsideCard(let position),
            .mecard(let position), .missingEnd(let position), .unsupportedVersion(_, let position),
            .malformed(_, let position):
            position
        }
    }

    /// What is wrong, in English.
    public var reason: String {
        switch self {
        case .unreadable(let error): error.description
        case .lineTooLong(let limit, _): "line longer than \(limit) bytes"
        case .cardTooLong(let limit, _): "card longer than \(limit) bytes"
        case .textOutsideCard: "text outside a card"
        case .mecard: "a MECARD and no card"
        case .missingEnd: "card never ended"
        case .unsupportedVersion(let version, _): "unknown version '\(version)'"
        case .malformed(let fault, _): fault.description
        }
    }
}
