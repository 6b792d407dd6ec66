/// The header of a message or of a part of one (RFC 5322 section 2.2; RFC 6532): fields in order, as they came.
public struct MailHeader: Sendable {
    private struct Entry {
        let name: Range<Int>
        let value: Range<Int>
    }

    /// How much of a header is kept; what comes after it is passed over.
    static let mostFields = 2000
    static let mostBytes = 1 << 20

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// Whether there was more than is kept.
    public private(set) var isCut = false

    /// No field.
    public static let empty = MailHeader()

    private init() {}

    /// How many fields are kept.
    public var count: Int { entries.count }

    /// Whether what comes next of a folded line belongs to a field that is not kept.
    private var isPassing = false

    /// The fields that are kept however many came before them: those by which a message is known and read.
    private static let telling: Set<String> = [
        "message-id", "subject", "from", "sender", "to", "cc", "bcc", "date", "in-reply-to", "references", "list-id",
        "content-type", "content-transfer-encoding", "content-disposition", "content-id", "mime-version",
    ]
    private static let mostTelling = 100

    /// Begins a field.
    ///
    /// - Parameter colon: where the colon stands in the line.
    mutating func begin(_ line: UnsafeBufferPointer<UInt8>, colon: Int) {
        isPassing = !hasRoom(for: line, colon: colon)
        if isPassing {
            isCut = true
            return
        }
        let start = bytes.count
        bytes.append(contentsOf: line)
        var nameEnd = start + colon
        while nameEnd > start, bytes[nameEnd - 1].isASCIIBlank { nameEnd -= 1 }
        entries.append(Entry(name: start..<nameEnd, value: (start + colon + 1)..<bytes.count))
    }

    private func hasRoom(for line: UnsafeBufferPointer<UInt8>, colon: Int) -> Bool {
        guard bytes.count + line.count <= Self.mostBytes else { return false }
        if entries.count < Self.mostFields { return true }
        guard entries.count < Self.mostFields + Self.mostTelling else { return false }
        let name = String(decoding: line[..<colon].prefix { !$0.isASCIIBlank }, as: UTF8.self).lowercased()
        return Self.telling.contains(name)
    }

    /// Goes on with the field that came last: a folded line, or more of a long one.
    mutating func append(_ line: UnsafeBufferPointer<UInt8>) {
        guard !isPassing, let last = entries.last, bytes.count + line.count <= Self.mostBytes else {
            isPassing = true
            isCut = true
            return
        }
        bytes.append(contentsOf: line)
        entries[entries.count - 1] = Entry(name: last.name, value: last.value.lowerBound..<bytes.count)
    }

    /// The value of the first field of a name, unfolded, without blanks around it.
    ///
    /// - Parameter name: in lower case.
    public func value(_ name: String) -> [UInt8]? {
        entries.first { isNamed($0, name) }.map(trimmed)
    }

    /// The values of all fields of a name in order.
    public func values(_ name: String) -> [[UInt8]] {
        entries.filter { isNamed($0, name) }.map(trimmed)
    }

    /// The value of the first field of a name as a person reads it: encoded words decoded, in one line.
    public func text(_ name: String) -> String? { value(name).map { EncodedWords.text($0) } }

    private func isNamed(_ entry: Entry, _ name: String) -> Bool {
        entry.name.count == name.utf8.count
            && zip(bytes[entry.name], name.utf8).allSatisfy { $0.asciiLowercased == $1 }
    }

    private func trimmed(_ entry: Entry) -> [UInt8] {
        Array(bytes[entry.value].drop(while: \.isASCIIBlank).trimmingTrailingBlanks)
    }

    /// Where the colon of a field stands: after a name of printable ASCII, blanks between them forgiven.
    ///
    /// - Returns: `nil` for a line that begins no field.
    static func colon(in line: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 0
        while index < line.count, line[index] > 0x20, line[index] < 0x7F, line[index] != UInt8(ascii: ":") {
            index += 1
        }
        guard index > 0 else { return nil }
        while index < line.count, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
        return index < line.count && line[index] == UInt8(ascii: ":") ? index : nil
    }
}
