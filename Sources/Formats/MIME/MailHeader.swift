/// The header of a message or of a part (RFC 5322 section 2.2; RFC 6532): its fields in their original order.
public struct MailHeader: Sendable {
    private struct Entry {
        let name: Range<Int>
        let value: Range<Int>
    }

    /// The greatest numbers of fields and bytes of a header that are stored; the rest is skipped.
    static let mostFields = 2000
    static let mostBytes = 1 << 20
    /// The greatest number of bytes if essential fields come late.
    static let mostBytesOfEssential = 2 << 20
    /// The greatest number of bytes of one field that are stored.
    static let mostBytesOfField = 256 << 10

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// Whether part of the header was skipped.
    public private(set) var isCut = false
    /// Whether part of an essential field was skipped.
    public private(set) var isEssentialCut = false

    /// A header without fields.
    public static let empty = MailHeader()

    private init() {}

    /// The number of stored fields.
    public var count: Int { entries.count }

    /// Whether the rest of the present field is skipped.
    private var isPassing = false

    /// The essential fields, by which a message is identified and read. They are stored even if many fields precede
    /// them.
    private static let essential: Set<String> = [
        "message-id", "subject", "from", "sender", "to", "cc", "bcc", "date", "in-reply-to", "references", "list-id",
        "content-type", "content-transfer-encoding", "content-disposition", "content-id", "mime-version",
    ]
    private static let mostEssential = 100

    /// Starts a header field.
    ///
    /// - Parameter colon: the index of the colon in the line.
    mutating func begin(_ line: UnsafeBufferPointer<UInt8>, colon: Int) {
        let name = line[..<colon].prefix { !$0.isBlank }
        let room = self.room(for: line.count, of: name, having: 0, at: entries.count)
        guard colon < room else { return pass(over: name) }
        isPassing = false
        let start = bytes.count
        bytes.append(contentsOf: line.prefix(room))
        entries.append(Entry(name: start..<(start + name.count), value: (start + colon + 1)..<bytes.count))
        if line.count > room { cutLast() }
    }

    /// Appends to the last field: a folded line, or more of a long one.
    mutating func append(_ line: UnsafeBufferPointer<UInt8>) {
        guard !isPassing, let last = entries.last else { return }
        let having = bytes.count - last.name.lowerBound
        let room = self.room(for: line.count, of: bytes[last.name], having: having, at: entries.count - 1)
        bytes.append(contentsOf: line.prefix(room))
        entries[entries.count - 1] = Entry(name: last.name, value: last.value.lowerBound..<bytes.count)
        if line.count > room { cutLast() }
    }

    /// Returns how many of some bytes of a field are stored.
    ///
    /// - Parameters:
    ///   - count: the number of bytes.
    ///   - having: the number of bytes of the field already stored.
    ///   - place: the number of fields before it.
    private func room(for count: Int, of name: some Collection<UInt8>, having: Int, at place: Int) -> Int {
        let wanted = min(count, Self.mostBytesOfField - having)
        let room = place < Self.mostFields ? Self.mostBytes - bytes.count : 0
        if room >= wanted { return wanted }
        guard place < Self.mostFields + Self.mostEssential, Self.isEssential(name) else { return max(0, room) }
        return max(0, min(wanted, Self.mostBytesOfEssential - bytes.count))
    }

    /// Removes an incomplete last word from the last field: half an address would be somebody else's.
    private mutating func cutLast() {
        guard let last = entries.last else { return }
        pass(over: bytes[last.name])
        let value = bytes[last.value]
        // An endless word is not removed.
        guard let end = value.lastIndex(where: { $0.isBlank || ",;>".utf8.contains($0) }),
            end - value.startIndex > value.count / 2
        else { return }
        bytes.removeSubrange((end + 1)...)
        entries[entries.count - 1] = Entry(name: last.name, value: last.value.lowerBound..<bytes.count)
    }

    private mutating func pass(over name: some Collection<UInt8>) {
        isPassing = true
        isCut = true
        isEssentialCut = isEssentialCut || Self.isEssential(name)
    }

    private static func isEssential(_ name: some Collection<UInt8>) -> Bool {
        essential.contains(String(decoding: name, as: UTF8.self).lowercased())
    }

    /// The names of the fields in order, in lower case.
    var names: some Sequence<String> {
        entries.lazy.map { String(decoding: bytes[$0.name], as: UTF8.self).lowercased() }
    }

    /// Returns the value of the first field with a name, unfolded, without blanks around it.
    ///
    /// - Parameter name: the name of the field, in lower case.
    public func value(_ name: String) -> [UInt8]? {
        entries.first { isNamed($0, name) }.map(trimmed)
    }

    /// Returns the values of all fields with a name, in order.
    public func values(_ name: String) -> [[UInt8]] {
        entries.filter { isNamed($0, name) }.map(trimmed)
    }

    /// Returns the value of the first field with a name as text: in one line, with encoded words decoded.
    public func text(_ name: String) -> String? { value(name).map { EncodedWords.text($0) } }

    /// The values of all fields as text, in order.
    public var texts: [String] { entries.map { EncodedWords.text(trimmed($0)) } }

    /// Returns the doubts about the charsets that the encoded words of some fields declare.
    ///
    /// - Parameter names: the names of the fields, in lower case.
    public func charsetDoubts(in names: [String]) -> [CharacterSetDoubt] {
        names.flatMap { values($0).flatMap { EncodedWords.doubts(in: $0) } }
    }

    private func isNamed(_ entry: Entry, _ name: String) -> Bool {
        entry.name.count == name.utf8.count
            && zip(bytes[entry.name], name.utf8).allSatisfy { $0.asciiLowercased == $1 }
    }

    private func trimmed(_ entry: Entry) -> [UInt8] {
        Array(bytes[entry.value].drop(while: \.isBlank).trimmingTrailingBlanks)
    }

    /// Returns the index of the colon of a field, after a name of printable ASCII and possibly blanks.
    ///
    /// - Returns: `nil` for a line that does not begin a field.
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
