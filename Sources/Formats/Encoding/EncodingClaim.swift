/// A statement about an input's encoding made before its bytes are read. A byte order mark in the input takes
/// precedence over it, unless the user has told it.
public struct EncodingClaim: Equatable, Sendable {
    /// The trust in the claim.
    enum Strength {
        /// It holds whatever the bytes are.
        case certain
        /// Bytes that contradict it are an error.
        case told
        /// Bytes that contradict it take precedence.
        case assumed
    }

    let encoding: TextEncoding
    let strength: Strength

    /// Returns the claim of an encoding that holds whatever the bytes are.
    public static func certain(_ encoding: TextEncoding) -> EncodingClaim {
        .init(encoding: encoding, strength: .certain)
    }

    /// Returns the claim of an encoding declared by the user: bytes that contradict it are a
    /// ``ReadError/contradicted(_:)``.
    public static func told(_ encoding: TextEncoding) -> EncodingClaim { .init(encoding: encoding, strength: .told) }

    /// Whether a byte order mark contradicts a told encoding by itself. A mark of UTF-8 before single-byte text may be a
    /// program's that has put it before what it copied, so the text decides.
    func isDenied(by marked: TextEncoding) -> Bool {
        guard strength == .told, encoding != marked else { return false }
        return encoding == .utf16 ? !marked.isUTF16 : marked != .utf8 || !encoding.isOfBytes
    }

    /// Returns the claim of the usual encoding of inputs from some origin: bytes that are UTF-8, and not only ASCII,
    /// are read as UTF-8.
    public static func assumed(_ encoding: TextEncoding) -> EncodingClaim {
        .init(encoding: encoding, strength: .assumed)
    }
}

/// Bytes that contradict the declared encoding of an input.
public struct EncodingContradiction: Equatable, Sendable {
    /// The declared encoding.
    public let told: TextEncoding
    /// The encoding of the bytes; nil if it is only known not to be the declared one.
    public let found: TextEncoding?
    /// The first contradicting bytes.
    public let bytes: [UInt8]
    /// The position of these bytes.
    public let position: TextPosition

    /// Creates a contradiction from its parts.
    public init(told: TextEncoding, found: TextEncoding?, bytes: [UInt8], position: TextPosition) {
        self.told = told
        self.found = found
        self.bytes = bytes
        self.position = position
    }
}

/// The search for the first character that distinguishes single-byte text from UTF-8.
///
/// Up to that character both are the same, so the text can be read before the encoding is decided. The following
/// ``lookAhead`` bytes decide: single-byte text that is valid UTF-8 for so long does not occur in practice.
struct EncodingEvidence {
    /// The number of bytes examined, starting with the first one beyond ASCII.
    static let lookAhead = 64 * 1024

    let claim: EncodingClaim
    /// The position of the first byte not yet examined.
    private(set) var position = TextPosition.start

    /// Skips ASCII bytes.
    ///
    /// - Returns: the offset of the first byte that is not ASCII; nil if there is none.
    mutating func pass(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let first = bytes.baseAddress else { return nil }
        var index = 0
        while index &+ 8 <= bytes.count && ByteWord(loading: first + index).nonASCII == 0 { index &+= 8 }
        while index < bytes.count && first[index] < 0x80 { index &+= 1 }
        position = position.advanced(over: first, index)
        return index < bytes.count ? index : nil
    }

    /// Returns whether bytes that begin with one beyond ASCII are UTF-8. Unless `isLast`, the last character may be
    /// cut.
    static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Bool {
        guard let first = bytes.baseAddress else { return true }
        var index = 0
        while index < bytes.count {
            if first[index] < 0x80 {
                index &+= 1
                continue
            }
            let rest = bytes.count - index
            let length = UTF8Sequence.length(at: first + index, available: rest)
            if length == 0 { return !isLast && index > 0 && rest < UTF8Sequence.expectedLength(after: first[index]) }
            index &+= length
        }
        return true
    }
}

extension TextEncoding {
    /// Returns the kind of UTF-16 without a byte order mark, recognized by the zero bytes of its first two characters,
    /// which are ASCII in a table, a list and a card; nil for other bytes.
    static func utf16(beginning bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
        guard bytes.count >= 4 else { return nil }
        switch (bytes[0] == 0, bytes[1] == 0, bytes[2] == 0, bytes[3] == 0) {
        case (false, true, false, true): return .utf16LittleEndian
        case (true, false, true, false): return .utf16BigEndian
        default: return nil
        }
    }

    var isUTF16: Bool {
        switch self {
        case .utf16, .utf16LittleEndian, .utf16BigEndian: true
        case .utf8, .latin1, .latin9, .windows1250, .windows1252, .codePage850, .macintosh: false
        }
    }
}
