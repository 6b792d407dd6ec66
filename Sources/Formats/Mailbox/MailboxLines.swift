/// The first lines of a text in a mailbox.
struct MailboxLines {
    private let text: UnsafeRawBufferPointer
    private let lineEnd: UInt8

    /// The greatest numbers of lines and bytes that are looked at.
    private static let most = 16
    static let longest = 4 << 10

    /// - Parameter text: the text, which may begin with a byte order mark.
    init(_ text: UnsafeRawBufferPointer, lineEnd: UInt8) {
        let mark = ByteSource.byteOrderMark
        let start = text.starts(with: mark) ? mark.count : 0
        self.text = UnsafeRawBufferPointer(rebasing: text.dropFirst(start).prefix(Self.longest))
        self.lineEnd = lineEnd
    }

    /// Whether no more than the end of a line is left.
    var isAtEnd: Bool { text.count <= 2 && text.allSatisfy(\.isBlank) }

    /// The first line.
    var first: Slice<UnsafeRawBufferPointer> { text.prefix { $0 != lineEnd } }

    /// The lines, without their ends.
    var all: [Slice<UnsafeRawBufferPointer>] {
        text.split(separator: lineEnd, maxSplits: Self.most, omittingEmptySubsequences: false).prefix(Self.most).map {
            $0
        }
    }
}

extension Slice<UnsafeRawBufferPointer> {
    private static var longestName: Int { 256 }

    /// The name of the field that a line is, in lower case; nil if it is none.
    var fieldName: String? {
        Array(prefix(Self.longestName)).withUnsafeBufferPointer { line in
            MailHeader.colon(in: line).map { MailHeader.name(in: line, colon: $0) }
        }
    }
}
