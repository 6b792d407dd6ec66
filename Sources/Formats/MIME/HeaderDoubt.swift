/// Lines of a header that are no fields, while it is open whether the header goes on behind them.
///
/// Programs write names beyond ASCII, names with blanks and lines without a colon into headers, and words of their own
/// before them. Such lines are passed over if a field of mail follows before an empty line. Otherwise the body begins
/// with them, and the empty line before it is missing.
struct HeaderDoubt {
    /// A line, or a piece of a long one.
    struct Line {
        let bytes: [UInt8]
        let end: [UInt8]
        /// Whether the line continues the one before.
        let isWithinLine: Bool
    }

    /// What is known of the lines so far.
    enum Verdict {
        /// Nothing yet.
        case open
        /// The header goes on, and now has these fields.
        case header(MailHeader)
        /// The body begins with the lines.
        case body
    }

    private var lines: [Line] = []
    private var size = 0

    /// The greatest numbers of lines and bytes that are waited for: a signature whose lines have lost their blanks has
    /// about ten lines.
    private static let mostLines = 16
    private static let mostBytes = 16 << 10

    /// Whether nothing is in doubt.
    var isEmpty: Bool { lines.isEmpty }

    /// Removes the lines and returns them.
    mutating func removeAll() -> [Line] {
        defer { (lines, size) = ([], 0) }
        return lines
    }

    /// Adds a line.
    ///
    /// - Parameters:
    ///   - isWithinLine: whether the bytes continue the line before.
    ///   - header: the header so far.
    ///   - isOfMessage: whether the header is that of a message, and not of a part of one.
    mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ end: [UInt8],
        isWithinLine: Bool,
        behind header: MailHeader,
        ofMessage isOfMessage: Bool
    ) -> Verdict {
        if !isWithinLine, let colon = MailHeader.colon(in: bytes),
            header.mayGoOn(with: MailHeader.name(in: bytes, colon: colon), ofMessage: isOfMessage)
        {
            var fields = withFields(header)
            fields.begin(bytes, colon: colon)
            return .header(fields)
        }
        let isEnd = bytes.isEmpty && !isWithinLine && lines.contains { !$0.bytes.isEmpty }
        lines.append(Line(bytes: Array(bytes), end: end, isWithinLine: isWithinLine))
        size += bytes.count
        // A delimiter between parts is of no header.
        let isDelimiter = !isWithinLine && bytes.starts(with: "--".utf8)
        return isEnd || isDelimiter || lines.count > Self.mostLines || size > Self.mostBytes ? .body : .open
    }

    /// Returns a header with the fields among the lines, which are no longer in doubt.
    private mutating func withFields(_ header: MailHeader) -> MailHeader {
        var header = header
        var isField = false
        for line in removeAll() {
            line.bytes.withUnsafeBufferPointer { bytes in
                let isContinued = line.isWithinLine || bytes.first == 0x20 || bytes.first == 0x09
                if isContinued {
                    if isField { header.append(bytes) }
                } else if let colon = MailHeader.colon(in: bytes) {
                    header.begin(bytes, colon: colon)
                    isField = true
                } else {
                    isField = false
                }
            }
        }
        return header
    }
}
