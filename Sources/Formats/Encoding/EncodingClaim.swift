/// A statement about an input's encoding made before its bytes are read. A byte order mark in the input takes
/// precedence over it.
public struct EncodingClaim: Equatable, Sendable {
    /// How strongly the claim is trusted.
    enum Strength {
        /// Whatever the bytes are.
        case certain
        /// Until the bytes say otherwise, which is an error.
        case told
        /// Until the bytes say otherwise, which is believed.
        case assumed
    }

    let encoding: TextEncoding
    let strength: Strength

    /// The encoding, whatever the bytes are.
    public static func certain(_ encoding: TextEncoding) -> EncodingClaim {
        .init(encoding: encoding, strength: .certain)
    }

    /// An encoding stated by a person: bytes that contradict it are a ``ReadError/contradicted(_:)``.
    public static func told(_ encoding: TextEncoding) -> EncodingClaim { .init(encoding: encoding, strength: .told) }

    /// The usual encoding of inputs from some origin: bytes that are UTF-8, and not only ASCII, are read as UTF-8.
    public static func assumed(_ encoding: TextEncoding) -> EncodingClaim {
        .init(encoding: encoding, strength: .assumed)
    }
}

/// Bytes that contradict the stated encoding of an input.
public struct EncodingContradiction: Equatable, Sendable {
    /// The stated encoding.
    public let told: TextEncoding
    /// The encoding of the bytes; nil when it is only known which one it is not.
    public let found: TextEncoding?
    /// The first contradicting bytes.
    public let bytes: [UInt8]
    /// The position of these bytes.
    public let position: TextPosition

    /// A contradiction given by its parts.
    public init(told: TextEncoding, found: TextEncoding?, bytes: [UInt8], position: TextPosition) {
        self.told = told
        self.found = found
        self.bytes = bytes
        self.position = position
    }
}

/// The search for the first character that tells a text of single bytes from UTF-8.
///
/// Up to that character both are the same, so that the text can be read before it is decided. How it goes on decides:
/// a text of single bytes that happens to be UTF-8 for as long as ``lookAhead`` is not met in practice.
struct EncodingEvidence {
    /// Bytes from the first one beyond ASCII on that are looked at.
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

    /// Whether bytes that begin with one beyond ASCII are UTF-8, as far as they go.
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
    /// UTF-16 without a byte order mark, known by the zero bytes of its first two characters; those of a table, a list
    /// and a card are ASCII.
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
