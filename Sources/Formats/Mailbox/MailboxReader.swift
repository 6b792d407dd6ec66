import Glibc

/// Reads the messages of an mbox one after another, or a file that is a single message.
///
/// In an mbox a message begins at a line that starts with `From ` and contains a time and a year, if a header follows;
/// other lines that start so are text (RFC 4155, and mboxo, mboxrd and mboxcl before it). `Content-Length` is trusted
/// only if it leads exactly to such a line or to the end. The bytes of a message are those between two such lines,
/// unchanged, without the empty line before the second.
///
/// A file of Apple Mail (`.emlx`) has a line with the length of the message before it, and a property list after it.
/// Neither is part of the message, but the list says whether the message is deleted or a draft.
public struct MailboxReader {
    /// The form of the file.
    public enum Form: Sendable {
        /// Messages, each after a line that begins with `From `.
        case mbox
        /// A single message.
        case message
    }

    private let source: MailboxWindow
    /// The form of the file, known once the first message is requested.
    public private(set) var form: Form?
    /// The number of bytes before the first message of an mbox that belong to no message, known once that message is
    /// requested.
    public private(set) var strayBytes = 0

    /// The text after `From ` in the line before the last message.
    private var separatorWords: [UInt8] = []

    /// The delivery time of the last message according to the line before it in an mbox, in seconds since 1970; nil if
    /// there is none (RFC 4155 appendix A: the time in UTC, after the address).
    public var deliveredAt: Int64? { MailDate(separatorWords.drop { !$0.isBlank })?.seconds }

    /// Whether the properties after a message of Apple Mail mark it as deleted or as a draft, known once it was read.
    public private(set) var isSetAside = false

    /// Whether a byte order mark precedes the single message.
    private var isMarked = false

    /// The number of bytes left of the present message if its length is stated before it; `Int.max` otherwise.
    private var rest = Int.max

    /// Creates a reader of a source, from its present position.
    public init(_ source: RawSource) { self.source = MailboxWindow(source) }

    /// The number of bytes within which the first message of an mbox must begin.
    private static let longestStray = 64 << 10

    /// Reads the first bytes and determines the form of the file. Empty lines before the first message are skipped. A
    /// byte order mark is skipped in an mbox, but is part of a single message.
    public mutating func begin() throws {
        guard form == nil else { return }
        try passBlanks()
        try source.ensure(MailboxLines.longest)
        source.settleLineEnd()
        passLength()
        let isField = isField(at: 0)
        if !isField, !source.starts(with: "From ", at: 0), source.available > 0, !MailboxSeparator.leadsHeader(lead) {
            try source.ensure(Self.longestStray)
            if let first = try separator(), first < Self.longestStray {
                strayBytes = first
                source.drop(first)
            }
        }
        form = source.starts(with: "From ", at: 0) && !isField ? .mbox : .message
    }

    /// The first bytes, with the first lines of a header.
    private var lead: MailboxLines { MailboxLines(source.bytes(0..<source.available), lineEnd: source.lineEnd) }

    /// Returns whether the line at an offset is a header field, which may have blanks before its colon.
    private func isField(at offset: Int) -> Bool {
        let line = Array(source.bytes(offset..<(source.findLineEnd(from: offset) ?? source.available)))
        return line.withUnsafeBufferPointer { MailHeader.colon(in: $0) } != nil
    }

    /// Skips a first line that states the length of the message behind it, and stores the length.
    private mutating func passLength() {
        guard let end = source.findLineEnd(from: 0), end < Self.longestLength, isField(at: end + 1) else { return }
        let text = String(decoding: source.bytes(0..<end), as: UTF8.self)
        guard let length = Int(text.prefix { $0 != " " && $0 != "\r" }), length > 0 else { return }
        rest = length
        source.drop(end + 1)
    }

    /// The greatest length of a line that states a length, including the blanks that pad it.
    private static let longestLength = 32

    /// The bits of a deleted message and of a draft in the flags that Apple Mail keeps of a message.
    private static let setAsideFlags = 1 << 1 | 1 << 6
    /// The number of bytes of a property list that are read.
    private static let longestProperties = 16 << 10

    /// Reads the flags in the property list after a message.
    private mutating func readProperties() throws {
        try source.ensure(Self.longestProperties)
        let bytes = source.bytes(0..<min(source.available, Self.longestProperties))
        let words = String(decoding: bytes, as: UTF8.self).split { "<>".contains($0) || $0.isWhitespace }
        // <key>flags</key> <integer>8590195713</integer>
        guard let key = words.indices.dropFirst().first(where: { words[$0] == "flags" && words[$0 - 1] == "key" }),
            words.indices.contains(key + 3), words[key + 2] == "integer", let flags = Int(words[key + 3])
        else { return }
        isSetAside = flags & Self.setAsideFlags != 0
    }

    private mutating func passBlanks() throws {
        try source.ensure(Self.longestSeparator)
        if source.starts(with: "\u{FEFF}", at: 0) {
            source.drop(ByteSource.byteOrderMark.count)
            isMarked = true
        }
        while true {
            let blanks = source.bytes(0..<source.available).prefix { $0 == 0x0A || $0 == 0x0D }.count
            guard blanks > 0 else { return }
            source.drop(blanks)
            try source.ensure(Self.longestSeparator)
        }
    }

    /// Advances to the next message and passes on its bytes in pieces, each valid until the body returns.
    ///
    /// - Returns: whether there was a message, which may be empty.
    public mutating func next(_ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Bool {
        try begin()
        guard source.available > 0 else { return false }
        switch form {
        case .message?:
            guard rest > 0 else { return false }
            if isMarked, rest == .max { try ByteSource.byteOrderMark.withUnsafeBytes(body) }
            isMarked = false
            repeat {
                let count = min(source.available, rest)
                try body(source.bytes(0..<count))
                source.drop(count)
                rest -= count
            } while try rest > 0 && source.fill()
            if rest == 0 { try readProperties() }
        default: try mboxMessage(body)
        }
        return true
    }

    // MARK: - mbox

    /// The number of bytes within which the length stated in a header is verified.
    private static let longestLookAhead = 8 << 20
    /// The number of bytes of a header that are searched for a stated length.
    private static let longestHeader = 256 << 10
    private static let longestSeparator = 1024

    private mutating func mboxMessage(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try passSeparator()
        if let length = try toldLength() {
            try body(source.bytes(0..<length))
            source.drop(length)
            try passLineEnd()
            return
        }
        var held = MessageEnd()
        var mark = try separatorAtStart() ?? separator()
        while mark == nil {
            // Bytes that may begin a line with `From ` stay in the window.
            let sure = max(source.available - Self.longestSeparator, 0)
            try held.take(source.bytes(0..<sure), body)
            source.drop(sure)
            if try source.fill() { mark = try separator() } else { mark = source.available }
        }
        if let mark {
            try held.take(source.bytes(0..<mark), body)
            source.drop(mark)
        }
        try held.finish(source.lineEnd, body)
    }

    /// Skips the line that begins with `From `.
    private mutating func passSeparator() throws {
        separatorWords = []
        while true {
            if let end = source.findLineEnd(from: 0) {
                separatorWords = Array(source.bytes(0..<end).dropFirst(5).prefix(Self.longestSeparator))
                source.drop(end + 1)
                return
            }
            source.drop(source.available)
            guard try source.fill() else { return }
        }
    }

    private func passLineEnd() throws {
        try source.ensure(2)
        source.drop(source.lineEndLength(at: 0))
    }

    /// Returns the offset in the window of the next line that begins a message; nil if the window contains none that is
    /// complete.
    private func separator() throws -> Int? {
        var from = 0
        while let found = source.findLine(beginning: "From ", from: from) {
            if try isSeparator(at: found) { return found }
            from = found
        }
        return nil
    }

    /// Returns the offset 0 if a line that begins a message is at the start of the window, where an empty message ends;
    /// nil otherwise.
    private func separatorAtStart() throws -> Int? {
        try source.ensure(Self.longestSeparator)
        return try source.starts(with: "From ", at: 0) && isSeparator(at: 0) ? 0 : nil
    }

    /// Returns whether the line at an offset has the form of one that begins a message, and a header follows.
    private func isSeparator(at offset: Int) throws -> Bool {
        try source.ensure(offset + Self.longestSeparator + MailboxLines.longest)
        guard let end = source.findLineEnd(from: offset), end - offset < Self.longestSeparator / 2 else { return false }
        guard MailboxSeparator.isOne(source.bytes((offset + 5)..<end)) else { return false }
        if end + 1 >= source.available { return true }
        let rest = source.bytes((end + 1)..<source.available)
        return MailboxSeparator.beginsHeader(MailboxLines(rest, lineEnd: source.lineEnd))
    }

    /// Returns the length stated in the header (mboxcl) if a message begins or the file ends at that distance; nil
    /// otherwise.
    private func toldLength() throws -> Int? {
        guard let header = try headerEnd(),
            let length = MailboxSeparator.length(in: source.bytes(0..<header), lineEnd: source.lineEnd)
        else { return nil }
        let end = header + length
        guard length <= Self.longestLookAhead else { return nil }
        try source.ensure(end + Self.longestSeparator)
        guard end <= source.available else { return nil }
        let skipped = source.lineEndLength(at: end)
        if end + skipped == source.available { return end }
        guard source.starts(with: "From ", at: end + skipped), try isSeparator(at: end + skipped) else { return nil }
        return end
    }

    /// Returns the offset at which the body begins; nil if the header does not end.
    private func headerEnd() throws -> Int? {
        var from = 0
        while true {
            while let end = source.findLineEnd(from: from) {
                let length = end - from
                if length == 0 || length == 1 && source.bytes(from..<end).first == 0x0D { return end + 1 }
                from = end + 1
            }
            guard source.available < Self.longestHeader, try source.fill() else { return nil }
        }
    }
}

/// Passes a message on, and holds back a final empty line that may not be part of it.
private struct MessageEnd {
    private var held: [UInt8] = []

    mutating func take(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard !bytes.isEmpty else { return }
        let kept = 3
        if bytes.count < kept {
            held += bytes
            guard held.count > kept else { return }
            let sure = Array(held.dropLast(kept))
            held.removeFirst(sure.count)
            return try sure.withUnsafeBytes(body)
        }
        if !held.isEmpty { try held.withUnsafeBytes(body) }
        try body(UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - kept)]))
        held = Array(bytes[(bytes.count - kept)...])
    }

    mutating func finish(_ lineEnd: UInt8, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        if held.elementsEqual([0x0A, 0x0D, 0x0A]) {
            held.removeLast(2)
        } else if held.suffix(2).elementsEqual([lineEnd, lineEnd]) {
            held.removeLast()
        }
        try held.withUnsafeBytes(body)
    }
}
