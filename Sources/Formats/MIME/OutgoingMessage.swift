/// A message to be sent: its header fields, text and attachments.
///
/// It is written in the form of RFC 5322 with this system's line ends, as programs that send mail expect it. Words and
/// file names beyond ASCII are encoded (RFC 2047, RFC 2231), long lines are folded, and the text is in an encoding that
/// every server passes on. No value can introduce a header field of its own.
public struct OutgoingMessage: Sendable {
    /// A sender or recipient.
    public struct Person: Sendable, Hashable {
        /// The person's name; empty if only the address is known.
        public let name: String
        /// The address as `local@domain`, with a domain beyond ASCII in its ASCII form (RFC 5890).
        public let address: String

        /// - Throws: ``Fault`` for an address that is not allowed in a header.
        public init(name: String, address: String) throws(Fault) {
            let written = InternationalDomain.inASCII(ofAddress: address)
            guard Self.isSafe(written) else { throw .address(address) }
            (self.name, self.address) = (name, written)
        }

        /// Returns whether an address consists of a dot-atom or a quoted string (RFC 5322 section 3.4.1) with the
        /// characters beyond ASCII of RFC 6532, and a host name or a literal in brackets. A local part beyond ASCII
        /// requires servers that support RFC 6531.
        private static func isSafe(_ address: String) -> Bool {
            let bytes = Array(address.utf8)
            guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), bytes.count <= 254 else { return false }
            let (local, domain) = (bytes[..<at], bytes[(at + 1)...])
            return (isAtoms(local) || isQuoted(local)) && !address.unicodeScalars.contains { $0 != " " && $0.isUnseen }
                && isDomain(domain)
        }

        private static func isAtoms(_ local: ArraySlice<UInt8>) -> Bool {
            !local.isEmpty
                && local.allSatisfy {
                    $0.isLetterOrDigit || $0 >= 0x80 || "!#$%&'*+-/=?^_`{|}~.".utf8.contains($0)
                }
        }

        /// Returns whether a local part is a quoted string, in which each mark of its own is behind a backslash.
        private static func isQuoted(_ local: ArraySlice<UInt8>) -> Bool {
            let mark = UInt8(ascii: "\"")
            guard local.count > 2, local.first == mark, local.last == mark else { return false }
            var isEscaped = false
            for byte in local.dropFirst().dropLast() {
                guard byte >= 0x20, byte != 0x7F, isEscaped || byte != mark else { return false }
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            }
            return !isEscaped
        }

        /// Returns whether a domain is a host name, or the address of a host in brackets: `[192.0.2.1]`.
        private static func isDomain(_ domain: ArraySlice<UInt8>) -> Bool {
            guard domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]"), domain.count > 2 else {
                return !domain.isEmpty && domain.allSatisfy { $0.isLetterOrDigit || ".-".utf8.contains($0) }
            }
            return domain.dropFirst().dropLast().allSatisfy { $0.isLetterOrDigit || ".:-".utf8.contains($0) }
        }
    }

    /// An attachment.
    public struct Attachment: Sendable {
        /// The file's name.
        public let name: String
        /// The media type of the file.
        public let mediaType: MediaType
        /// The encoding of its text; `nil` if it is unknown, or the file is not text.
        public let charset: String?

        /// Creates an attachment.
        public init(name: String, mediaType: MediaType, charset: String? = nil) {
            (self.name, self.mediaType, self.charset) = (name, mediaType, charset)
        }
    }

    /// The reason why a message cannot be written.
    public enum Fault: Error, Equatable, Sendable {
        /// The text is not an address to which mail can be sent.
        case address(String)
    }

    /// The sender.
    public var from: Person
    /// The recipients.
    public var to: [Person] = []
    /// The recipients of a copy.
    public var cc: [Person] = []
    /// The recipients of a blind copy. The sending program removes them from the header.
    public var bcc: [Person] = []
    /// The subject.
    public var subject = ""
    /// The date of writing in the form of RFC 5322: `Thu, 26 Nov 2026 17:04:35 +0000`.
    public var date: String
    /// The message id, without angle brackets.
    public var messageID: String
    /// The id of the message that this one replies to.
    public var inReplyTo: String?
    /// The ids of the preceding messages, the oldest first.
    public var references: [String] = []
    /// The text.
    public var text = ""
    /// The files.
    public var attachments: [Attachment] = []
    /// The boundary between the parts of a message with attachments. It occurs in none of them.
    private let boundary: String

    /// Creates a message without recipients and text.
    ///
    /// - Parameter random: letters and digits for the boundary between its parts.
    public init(from: Person, date: String, messageID: String, random: String) {
        self.from = from
        self.date = date
        self.messageID = messageID
        // The first two characters never follow each other in quoted-printable or base64.
        boundary = "=_\(random.filter { $0.isASCII && ($0.isLetter || $0.isNumber) })"
    }

    /// Writes the message.
    ///
    /// - Parameter content: passes on the bytes of the attachment at an index, piece by piece.
    public func write(
        to sink: ByteSink,
        _ content: (Int, (UnsafeRawBufferPointer) throws -> Void) throws -> Void = { _, _ in }
    ) throws {
        try writeHeader(to: sink)
        guard !attachments.isEmpty else { return try writeText(to: sink) }
        try sink.append("Content-Type: multipart/mixed; boundary=\"\(boundary)\"\n\n--\(boundary)\n")
        try writeText(to: sink)
        for (index, attachment) in attachments.enumerated() {
            try sink.append("\n--\(boundary)\n")
            try writeHeader(of: attachment, to: sink)
            var lines = Base64Lines()
            try content(index) { piece in try lines.append(piece, to: sink) }
            try lines.finish(to: sink)
        }
        try sink.append("\n--\(boundary)--\n")
    }

    private func writeHeader(to sink: ByteSink) throws {
        try sink.append("Date: \(HeaderText.unfolded(date))\n")
        for (name, people) in [("From", [from]), ("To", to), ("Cc", cc), ("Bcc", bcc)] where !people.isEmpty {
            try sink.append(HeaderText.field(name, of: people))
        }
        try sink.append(HeaderText.field("Subject", subject))
        try sink.append("Message-ID: <\(HeaderText.id(messageID))>\n")
        if let inReplyTo { try sink.append("In-Reply-To: <\(HeaderText.id(inReplyTo))>\n") }
        if !references.isEmpty {
            let ids = references.map { "<\(HeaderText.id($0))>" }
            try sink.append(HeaderText.folded("References:", ids))
        }
        try sink.append("MIME-Version: 1.0\n")
    }

    private func writeText(to sink: ByteSink) throws {
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let body = Array((lines.hasSuffix("\n") || lines.isEmpty ? lines : lines + "\n").utf8)
        let isPlain = MessageBody.isPlain(body)
        let charset = body.allSatisfy { $0 < 0x80 } ? "us-ascii" : "utf-8"
        try sink.append("Content-Type: text/plain; charset=\(charset)\n")
        try sink.append("Content-Transfer-Encoding: \(isPlain ? "7bit" : "quoted-printable")\n\n")
        try sink.append(isPlain ? body : QuotedPrintable.encode(body))
    }

    private func writeHeader(of attachment: Attachment, to sink: ByteSink) throws {
        // An embedded message would itself have to be 7bit (RFC 2046 section 5.2.1).
        let type = attachment.mediaType.description
        let isBare = type.hasPrefix("message/") || type.hasPrefix("multipart/") || !HeaderText.isType(type)
        let charset = attachment.charset.map { "; charset=\($0)" } ?? ""
        try sink.append("Content-Type: \(isBare ? MediaType.unknown.description : type + charset)\n")
        try sink.append("Content-Transfer-Encoding: base64\n")
        try sink.append("Content-Disposition: attachment")
        try sink.append(HeaderText.parameter("filename", attachment.name))
        try sink.append("\n\n")
    }
}

/// The test whether a text needs a transfer encoding.
private enum MessageBody {
    /// The greatest length of a line that every server passes on (RFC 5322 section 2.1.1).
    private static let longestLine = 78

    /// Returns whether every server passes a text on unchanged: ASCII without control characters and long lines, and
    /// without lines that mbox files or servers interpret.
    static func isPlain(_ body: [UInt8]) -> Bool {
        guard body.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x09 }) else { return false }
        return body.split(separator: 0x0A).allSatisfy { line in
            line.count <= longestLine && !line.starts(with: "From ".utf8) && !line.elementsEqual(".".utf8)
                && !line.starts(with: "--=_".utf8)
        }
    }
}

/// Writes base64 in lines of 76 characters, from bytes that arrive in pieces (RFC 2045 section 6.8).
private struct Base64Lines {
    private static let lineBytes = 57
    private var rest: [UInt8] = []

    mutating func append(_ piece: UnsafeRawBufferPointer, to sink: ByteSink) throws {
        rest.append(contentsOf: piece)
        var start = 0
        while rest.count - start >= Self.lineBytes {
            try sink.append(Base64.encode(Array(rest[start..<start + Self.lineBytes])))
            try sink.append(UInt8(ascii: "\n"))
            start += Self.lineBytes
        }
        rest.removeFirst(start)
    }

    mutating func finish(to sink: ByteSink) throws {
        guard !rest.isEmpty else { return }
        try sink.append(Base64.encode(rest))
        try sink.append(UInt8(ascii: "\n"))
        rest = []
    }
}
