import Formats

/// A reader of foreign bytes, and what must hold for it whatever the bytes.
///
/// The fuzzer calls `check(_:)` with inputs of its own making, the tests with all of `Corpus`.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// Delimited text.
    case csv
    /// JSON, JSON Lines and the elements of an array.
    case json
    /// Cards.
    case vcard
    /// Calendars.
    case icalendar
    /// XML documents.
    case xml
    /// Text in every encoding.
    case encoding
    /// Mailboxes, messages and pages of HTML.
    case mail
    /// Text in every character set.
    case charset

    /// Something that does not hold.
    public struct Violation: Error, CustomStringConvertible {
        /// What should have held.
        public let description: String
    }

    /// Reads the bytes in every way there is; throws the first violation.
    public func check(_ bytes: [UInt8]) throws {
        switch self {
        case .csv: try CSVCheck(bytes: bytes).run()
        case .json: try JSONCheck(bytes: bytes).run()
        case .vcard: try VCardCheck(bytes: bytes).run()
        case .icalendar: try ICalendarCheck(bytes: bytes).run()
        case .xml: try XMLCheck(bytes: bytes).run()
        case .encoding: try EncodingCheck(bytes: bytes).run()
        case .mail: try MailCheck(bytes: bytes).run()
        case .charset: try CharacterSetCheck(bytes: bytes).run()
        }
    }

    /// Another size of chunks for each input, small ones, so that everything is cut everywhere.
    static func chunkSize(for bytes: [UInt8]) -> Int { 1 + bytes.count % 7 }

    /// - Throws: ``Violation`` where something does not hold.
    public static func require(_ holds: Bool, _ description: String) throws {
        if !holds { throw Violation(description: description) }
    }
}
