import Formats

/// The hash of what identifies a message: sender, recipients, date, subject and body. Header fields that servers and
/// programs add in transit (`Received`, `Status`), line ends and the quoting of an mbox do not count.
final class MessageEssence: MIMEHandler {
    private var hash = SHA256()
    private var hasBegun = false
    /// Whether the message has no id, so that nothing else tells two of the same words apart.
    private let isUnnamed: Bool
    /// Whether nothing of the message says anything so far.
    private var isEmpty = true
    /// The number of pending line ends; those at the end of a body do not count.
    private var lineEnds = 0
    /// The number of carriage returns just read, which may be part of a line end or line ends themselves.
    private var returns = 0

    private init(ofUnnamed isUnnamed: Bool = false) { self.isUnnamed = isUnnamed }

    func begin(_ part: MIMEPart) throws {
        for name in ["from", "date", "subject", "to", "cc", "reply-to"] where !hasBegun {
            let text = part.header.text(name) ?? ""
            if !text.isEmpty { isEmpty = false }
            add("\(name):\(text)\n")
        }
        // A message without a date of its own has the time at which the last server received it.
        if isUnnamed, !hasBegun, part.header.value("date") == nil, let stamp = part.header.text("received") {
            add("received:\(stamp)\n")
        }
        hasBegun = true
        (lineEnds, returns) = (0, 0)
        add("\(part.depth) \(part.mediaType) \(part.fileName ?? "")\n")
    }

    func body(_ bytes: UnsafeRawBufferPointer, of part: Int) throws {
        let text = withLineFeeds(bytes)
        let end = text.lastIndex { $0 != 0x0A }.map { $0 + 1 } ?? 0
        if end > 0 {
            hash.update(Array(repeating: 0x0A, count: lineEnds))
            hash.update(Array(text[..<end]))
            (lineEnds, isEmpty) = (0, false)
        }
        lineEnds += text.count - end
    }

    func end(_ part: MIMEPart) throws { (lineEnds, returns) = (0, 0) }

    /// Returns bytes with a line feed for each line end, also for one that is only a carriage return.
    private func withLineFeeds(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte == 0x0D {
                returns += 1
                continue
            }
            if returns > 0 {
                if byte != 0x0A { text += Array(repeating: 0x0A, count: returns) }
                returns = 0
            }
            text.append(byte)
        }
        return text
    }

    private func add(_ text: String) { hash.update(Array(text.utf8)) }

    /// Returns the essence of a message in 64 hexadecimal digits.
    static func of(isQuoted: Bool, _ read: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws -> String {
        try MIMEParser.read(MessageEssence(), unquotesFrom: isQuoted, read).hash.hexadecimal
    }

    /// Returns the essence of a message without an id; `nil` if neither its header nor its body says anything.
    static func ofUnnamed(
        isQuoted: Bool,
        _ read: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws -> String? {
        let essence = try MIMEParser.read(MessageEssence(ofUnnamed: true), unquotesFrom: isQuoted, read)
        return essence.isEmpty ? nil : essence.hash.hexadecimal
    }
}
