import Formats

/// The hash of what identifies a message: sender, recipients, date, subject and body. Header fields that servers and
/// programs add in transit (`Received`, `Status`), line ends and the quoting of an mbox do not count.
final class MessageEssence: MIMEHandler {
    private var hash = SHA256()
    private var hasBegun = false
    /// The number of pending line ends; those at the end of a body do not count.
    private var lineEnds = 0

    func begin(_ part: MIMEPart) throws {
        for name in ["from", "date", "subject", "to", "cc", "reply-to"] where !hasBegun {
            add("\(name):\(part.header.text(name) ?? "")\n")
        }
        hasBegun = true
        lineEnds = 0
        add("\(part.depth) \(part.mediaType) \(part.fileName ?? "")\n")
    }

    func body(_ bytes: UnsafeRawBufferPointer, of part: Int) throws {
        let text = bytes.filter { $0 != 0x0D }
        let end = text.lastIndex { $0 != 0x0A }.map { $0 + 1 } ?? 0
        if end > 0 {
            hash.update(Array(repeating: 0x0A, count: lineEnds))
            hash.update(Array(text[..<end]))
            lineEnds = 0
        }
        lineEnds += text.count - end
    }

    func end(_ part: MIMEPart) throws { lineEnds = 0 }

    private func add(_ text: String) { hash.update(Array(text.utf8)) }

    /// Returns the essence of a message in 64 hexadecimal digits.
    static func of(isQuoted: Bool, _ read: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws -> String {
        try MIMEParser.read(MessageEssence(), unquotesFrom: isQuoted, read).hash.hexadecimal
    }
}
