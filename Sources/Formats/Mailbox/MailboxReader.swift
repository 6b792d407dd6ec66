import Glibc

/// Reads the messages of an mbox one after the other, or the one message that a file is.
///
/// In an mbox a line that begins with `From ` and has a time and a year begins a message if a header follows it: the same
/// words within a text do not (RFC 4155 and the mboxo, mboxrd and mboxcl that came before it). `Content-Length` is believed
/// only where it leads exactly to such a line or to the end. The bytes of a message are those between two such lines, as they
/// stand, without the empty line that belongs to the second.
///
/// In the files of Apple Mail (`.emlx`) a line with the length of the message stands before it, and a property list behind it:
/// neither is of the message.
public struct MailboxReader {
    /// The form of the file.
    public enum Form: Sendable {
        /// Messages, each after a line that begins with `From `.
        case mbox
        /// One message.
        case message
    }

    private let source: MailboxWindow
    /// The form of the file, known once the first message was requested.
    public private(set) var form: Form?
    /// The number of bytes before the first message of an mbox that belong to no message, known once that message was
    /// requested.
    public private(set) var strayBytes = 0

    /// The text after `From ` in the line that began the last message.
    private var separatorWords: [UInt8] = []

    /// When the last message was delivered, in seconds since 1970, as the line before it in an mbox says (RFC 4155
    /// appendix A: the time, in UTC, behind the address).
    public var deliveredAt: Int64? { MailDate(separatorWords.drop { !$0.isASCIIBlank })?.seconds }

    /// Whether a byte order mark stands before the one message.
    private var isMarked = false

    /// The number of bytes left of the present message, when its length is stated in advance.
    private var rest = Int.max

    /// Reads a source from where it stands.
    public init(_ source: RawSource) { self.source = MailboxWindow(source) }

    /// How far the first message of an mbox is searched for after other bytes.
    private static let longestStray = 64 << 10

    /// Reads the first bytes, by which what the file is can be told. Empty lines before the first message are of none, nor is
    /// a byte order mark but of the one that a file is.
    public mutating func begin() throws {
        guard form == nil else { return }
        try passBlanks()
        passLength()
        let isField = isField(at: 0)
        if !isField, !source.starts(with: "From ", at: 0), source.available > 0 {
            try source.ensure(Self.longestStray)
            if let first = try separator(), first < Self.longestStray {
                strayBytes = first
                source.drop(first)
            }
        }
        form = source.starts(with: "From ", at: 0) && !isField ? .mbox : .message
    }

    /// Whether the line that begins at an offset is one of a header, which may have blanks before its colon.
    private func isField(at offset: Int) -> Bool {
        let line = Array(source.bytes(offset..<(source.find(0x0A, from: offset) ?? source.available)))
        return line.withUnsafeBufferPointer { MailHeader.colon(in: $0) } != nil
    }

    /// Goes past a first line that tells the length of the message behind it.
    private mutating func passLength() {
        guard let end = source.find(0x0A, from: 0), end < Self.longestLength, isField(at: end + 1) else { return }
        let text = String(decoding: source.bytes(0..<end), as: UTF8.self)
        guard let length = Int(text.prefix { $0 != " " && $0 != "\r" }), length > 0 else { return }
        rest = length
        source.drop(end + 1)
    }

    /// The maximum length of a line that states a length, with the blanks that pad it.
    private static let longestLength = 32

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

    /// Goes to the next message and gives its bytes in pieces, valid until the body returns.
    ///
    /// - Returns: whether there was one. A message may be empty.
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
        default: try mboxMessage(body)
        }
        return true
    }

    // MARK: - mbox

    /// How far ahead a length stated in a header is checked.
    private static let longestLookAhead = 8 << 20
    /// How much of a header is searched for a stated length.
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
            // What may be the beginning of a line with `From ` stays.
            let sure = max(source.available - Self.longestSeparator, 0)
            try held.take(source.bytes(0..<sure), body)
            source.drop(sure)
            if try source.fill() { mark = try separator() } else { mark = source.available }
        }
        if let mark {
            try held.take(source.bytes(0..<mark), body)
            source.drop(mark)
        }
        try held.finish(body)
    }

    /// Goes past the line that begins with `From `.
    private mutating func passSeparator() throws {
        separatorWords = []
        while true {
            if let end = source.find(0x0A, from: 0) {
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
        if source.starts(with: "\r\n", at: 0) {
            source.drop(2)
        } else if source.starts(with: "\n", at: 0) {
            source.drop(1)
        }
    }

    /// Returns the offset in the window of the next line that begins a message; nil when it is not there completely.
    private func separator() throws -> Int? {
        var from = 0
        while let found = source.findLine(beginning: "From ", from: from) {
            if try isSeparator(at: found) { return found }
            from = found
        }
        return nil
    }

    /// Returns the offset of a line that begins a message at the start of the window, where an empty message may end;
    /// nil when there is none.
    private func separatorAtStart() throws -> Int? {
        try source.ensure(Self.longestSeparator)
        return try source.starts(with: "From ", at: 0) && isSeparator(at: 0) ? 0 : nil
    }

    /// Whether the line at an offset has the form of one that begins a message, and a header follows.
    private func isSeparator(at offset: Int) throws -> Bool {
        try source.ensure(offset + Self.longestSeparator)
        guard let end = source.find(0x0A, from: offset), end - offset < Self.longestSeparator / 2 else { return false }
        guard MailboxSeparator.isOne(source.bytes((offset + 5)..<end)) else { return false }
        if end + 1 >= source.available { return true }
        return MailboxSeparator.beginsHeader(source.bytes((end + 1)..<source.available))
    }

    /// The length that the header tells, if a message begins or the file ends there. (mboxcl)
    private func toldLength() throws -> Int? {
        guard let header = try headerEnd(), let length = MailboxSeparator.length(in: source.bytes(0..<header)) else {
            return nil
        }
        let end = header + length
        guard length <= Self.longestLookAhead else { return nil }
        try source.ensure(end + Self.longestSeparator)
        guard end <= source.available else { return nil }
        let skipped = source.starts(with: "\r\n", at: end) ? 2 : source.starts(with: "\n", at: end) ? 1 : 0
        if end + skipped == source.available { return end }
        guard source.starts(with: "From ", at: end + skipped), try isSeparator(at: end + skipped) else { return nil }
        return end
    }

    /// Returns the offset at which the body begins; nil when the header does not end.
    private func headerEnd() throws -> Int? {
        var from = 0
        while true {
            while let end = source.find(0x0A, from: from) {
                let length = end - from
                if length == 0 || length == 1 && source.bytes(from..<end).first == 0x0D { return end + 1 }
                from = end + 1
            }
            guard source.available < Self.longestHeader, try source.fill() else { return nil }
        }
    }
}

/// Passes a message on and keeps back what may be the empty line at its end, which is none of its bytes.
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

    mutating func finish(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        if held.elementsEqual([0x0A, 0x0D, 0x0A]) {
            held.removeLast(2)
        } else if held.suffix(2).elementsEqual([0x0A, 0x0A]) {
            held.removeLast()
        }
        try held.withUnsafeBytes(body)
    }
}
