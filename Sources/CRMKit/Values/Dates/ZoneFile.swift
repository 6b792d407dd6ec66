/// A compiled time zone in the TZif format of RFC 9636, which is looked up in its bytes.
public struct ZoneFile: Sendable {
    private let bytes: [UInt8]
    /// The offset of the transition times in the bytes.
    private let times: Int
    private let timeWidth: Int
    /// The number of clock changes listed individually.
    let transitionCount: Int
    /// The number of kinds of local time.
    let typeCount: Int
    private let nameCount: Int
    /// The rule after the last transition.
    let footer: PosixTimeZone?

    private static let headerLength = 44
    private static let typeLength = 6

    /// The counts of a header (RFC 9636 section 3.1).
    private struct Header {
        let version: UInt8
        let transitions: Int
        let types: Int
        let names: Int
        let leaps: Int
        let standardFlags: Int
        let universalFlags: Int

        init?(_ bytes: [UInt8], at start: Int) {
            guard bytes.count >= start + headerLength, bytes[start..<(start + 4)].elementsEqual("TZif".utf8) else {
                return nil
            }
            let counts = (0..<6).map {
                Int(UInt32(truncatingIfNeeded: number(bytes, at: start + 20 + 4 * $0, width: 4)))
            }
            version = bytes[start + 4]
            (universalFlags, standardFlags, leaps) = (counts[0], counts[1], counts[2])
            (transitions, types, names) = (counts[3], counts[4], counts[5])
        }

        /// Returns the length of the data after the header.
        func bodyLength(timeWidth: Int) -> Int {
            transitions * (timeWidth + 1) + types * typeLength + names + leaps * (timeWidth + 4) + standardFlags
                + universalFlags
        }
    }

    /// Reads the content of a zone file.
    ///
    /// - Returns: `nil` for bytes that are no zone file.
    init?(_ bytes: [UInt8]) {
        guard let first = Header(bytes, at: 0) else { return nil }
        var (header, start, width) = (first, Self.headerLength, 4)
        if first.version != 0 {
            // Version 2 and later repeat everything with wide times after the narrow ones.
            start += first.bodyLength(timeWidth: 4)
            guard let second = Header(bytes, at: start) else { return nil }
            (header, start, width) = (second, start + Self.headerLength, 8)
        }
        let end = start + header.bodyLength(timeWidth: width)
        guard header.types > 0, header.types <= 256, end <= bytes.count else { return nil }
        let indices = start + header.transitions * width
        guard bytes[indices..<(indices + header.transitions)].allSatisfy({ $0 < header.types }) else { return nil }
        self.bytes = bytes
        times = start
        timeWidth = width
        transitionCount = header.transitions
        typeCount = header.types
        nameCount = header.names
        footer = width == 8 ? Self.footer(bytes[end...]) : nil
    }

    /// Returns the rule between two line feeds at the end of the file; `nil` if there is none.
    private static func footer(_ bytes: ArraySlice<UInt8>) -> PosixTimeZone? {
        guard bytes.first == UInt8(ascii: "\n") else { return nil }
        return PosixTimeZone(String(decoding: bytes.dropFirst().prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }

    /// Returns the seconds east of UTC at a moment.
    func offset(at seconds: Int64) -> Int64 {
        let next = (0..<transitionCount).firstPlace { transition in
            Self.number(bytes, at: times + transition * timeWidth, width: timeWidth) > seconds
        }
        if next == transitionCount, let footer { return footer.offset(at: seconds) }
        let indices = times + transitionCount * timeWidth
        let type = next == 0 ? 0 : Int(bytes[indices + next - 1])
        return Self.number(bytes, at: indices + transitionCount + type * Self.typeLength, width: 4)
    }

    /// Whether its clocks always show UTC.
    var isUTC: Bool {
        transitionCount == 0 && offset(at: 0) == 0 && footer?.hasSummer != true
    }

    /// Returns the moment of a transition, in seconds since 1970.
    func moment(of transition: Int) -> Int64 {
        Self.number(bytes, at: times + transition * timeWidth, width: timeWidth)
    }

    /// Returns the kind of local time after a transition.
    func kind(after transition: Int) -> Int { Int(bytes[times + transitionCount * timeWidth + transition]) }

    /// Returns the local time of a kind.
    func clocks(ofKind kind: Int) -> Clocks {
        let kinds = times + transitionCount * (timeWidth + 1)
        let start = kinds + kind * Self.typeLength
        let names = kinds + typeCount * Self.typeLength
        let name = names + min(Int(bytes[start + 5]), nameCount)
        let label = bytes[name..<(names + nameCount)].prefix { $0 != 0 }
        return Clocks(
            offset: Self.number(bytes, at: start, width: 4),
            isSummer: bytes[start + 4] != 0,
            name: String(decoding: label, as: UTF8.self)
        )
    }

    /// Returns a signed number, stored with its most significant byte first.
    private static func number(_ bytes: [UInt8], at start: Int, width: Int) -> Int64 {
        var number: UInt64 = bytes[start] & 0x80 == 0 ? 0 : .max
        for byte in bytes[start..<(start + width)] { number = number << 8 | UInt64(byte) }
        return Int64(bitPattern: number)
    }
}
