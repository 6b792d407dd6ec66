import Formats

/// A card that an import refused, as a file of rejected cards has it.
public enum RejectedCard {
    /// The property that says why, which no import reads.
    static let reason = "X-ERROR"

    /// The lines of a card with the reason before its end.
    ///
    /// - Parameter raw: the lines as they came, each ended with CR LF, the last one END; empty for what was no card,
    ///   and then so is the result.
    public static func bytes(_ raw: [UInt8], reason text: String) -> [UInt8] {
        let end = Array("END:VCARD\r\n".utf8)
        guard raw.count > end.count else { return [] }
        let line = "\(reason):\(ContentProperty(reason, text: text).rawValue)\r\n"
        return Array(raw.dropLast(end.count)) + Array(line.utf8) + end
    }
}
