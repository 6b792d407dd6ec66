/// The SHA-256 hash (FIPS 180-4, section 6.2) of bytes that arrive in pieces.
public struct SHA256: Sendable {
    private var state: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
    /// The beginning of an incomplete block.
    private var rest: [UInt8] = []
    private var length: UInt64 = 0

    /// Creates the hash of no bytes.
    public init() { rest.reserveCapacity(SHA256Blocks.size) }

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt64(bytes.count)
        var done = 0
        if !rest.isEmpty {
            done = min(SHA256Blocks.size - rest.count, bytes.count)
            rest.append(contentsOf: bytes[..<done])
            guard rest.count == SHA256Blocks.size else { return }
            rest.withUnsafeBytes { SHA256Blocks.mix($0, into: &state) }
            rest.removeAll(keepingCapacity: true)
        }
        let whole = (bytes.count - done) / SHA256Blocks.size * SHA256Blocks.size
        if whole > 0 {
            SHA256Blocks.mix(UnsafeRawBufferPointer(rebasing: bytes[done..<done + whole]), into: &state)
        }
        rest.append(contentsOf: bytes[(done + whole)...])
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// The hash of all bytes so far, 32 bytes long; more may be added afterwards.
    public var digest: [UInt8] {
        var last = self
        let bits = length &* 8
        let used = (rest.count + 1 + 8) % SHA256Blocks.size
        let zeros = used == 0 ? 0 : SHA256Blocks.size - used
        last.update([0x80] + [UInt8](repeating: 0, count: zeros) + Self.bigEndian(bits))
        return last.state.flatMap(Self.bigEndian)
    }

    /// The hash of all bytes so far, in 64 hexadecimal digits.
    public var hexadecimal: String {
        func digit(_ value: UInt8) -> UInt8 {
            value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
        }
        let digest = self.digest
        return String(unsafeUninitializedCapacity: digest.count * 2) { digits in
            for (place, byte) in digest.enumerated() {
                digits[place * 2] = digit(byte >> 4)
                digits[place * 2 + 1] = digit(byte & 0xF)
            }
            return digest.count * 2
        }
    }

    private static func bigEndian<Word: FixedWidthInteger>(_ word: Word) -> [UInt8] {
        stride(from: Word.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> Word($0)) }
    }
}

/// A running hash of the bytes that readers have consumed of an input, which may be several sources in succession.
public final class InputDigest {
    private var hash = SHA256()
    private var marked: SHA256?

    /// Creates the hash of no bytes.
    public init() {}

    /// The hash of all bytes consumed so far, in hexadecimal.
    public var hexadecimal: String { hash.hexadecimal }

    /// The hash of the bytes that had been consumed when ``mark()`` was last called, in hexadecimal; nil if it never was.
    public var markedHexadecimal: String? { marked?.hexadecimal }

    /// Keeps the hash of the bytes so far, for ``markedHexadecimal``.
    public func mark() { marked = hash }

    /// Adds bytes that separate one source from the next.
    public func update(_ bytes: [UInt8]) { hash.update(bytes) }

    func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bytes) }
}

/// A SHA-256 hash as 32 bytes, for large numbers of hashes: as texts they would take three times the space.
public struct SHA256Digest: Hashable, Sendable {
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    /// Creates the digest of all bytes added to a hash so far.
    public init(_ hash: SHA256) {
        var words = hash.digest[...]
        func next() -> UInt64 {
            defer { words = words.dropFirst(8) }
            return words.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
        first = next()
        second = next()
        third = next()
        fourth = next()
    }

    /// Reads 64 hexadecimal digits; `nil` for anything else.
    public init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        // A number may have a sign before it, a digest none.
        guard digits.count == 64, !digits.contains(UInt8(ascii: "+")) else { return nil }
        var words: [UInt64] = []
        for start in stride(from: 0, to: 64, by: 16) {
            guard let word = UInt64(String(decoding: digits[start..<start + 16], as: UTF8.self), radix: 16) else {
                return nil
            }
            words.append(word)
        }
        (first, second, third, fourth) = (words[0], words[1], words[2], words[3])
    }

    /// The digest in 64 hexadecimal digits.
    public var hexadecimal: String {
        [first, second, third, fourth].map { $0.digits(radix: 16, atLeast: 16) }.joined()
    }
}
