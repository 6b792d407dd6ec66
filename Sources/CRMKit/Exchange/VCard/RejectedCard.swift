import Formats

/// A card that an import refused, as in a file of rejected cards.
public enum RejectedCard {
    /// The property with the reason, which imports ignore.
    static let reason = "X-ERROR"

    /// Returns the lines of a card with the reason before its end.
    ///
    /// - Parameter raw: the original lines, each ended with CR LF, the last one END. If they are empty because there
    ///   was no card, so is the result.
    public static func bytes(_ raw: [UInt8], reason text: String) -> [UInt8] {
        let end = Array("END:VCARD\r\n".utf8)
        guard raw.count > end.count else { return [] }
        let line = "\(reason):\(ContentProperty(reason, text: text).rawValue)\r\n"
        return Array(raw.dropLast(end.count)) + Array(line.utf8) + end
    }
}
