/// The secure hash of FIPS 180-4, section 6.2, of bytes that come piece by piece.
public struct SHA256: Sendable {
    /// The length of a block, in bytes.
    private static let blockSize = 64
    /// How many words of the schedule are kept: each word depends on the sixteen before it.
    private static let window = 16

    private var state: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
    /// The beginning of a block that is not whole yet.
    private var rest: [UInt8] = []
    private var length: UInt64 = 0

    /// The hash of nothing, to be added to.
    public init() { rest.reserveCapacity(Self.blockSize) }

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt64(bytes.count)
        var done = 0
        if !rest.isEmpty {
            done = min(Self.blockSize - rest.count, bytes.count)
            rest.append(contentsOf: bytes[..<done])
            guard rest.count == Self.blockSize else { return }
            rest.withUnsafeBytes { add(blocks: $0) }
            rest.removeAll(keepingCapacity: true)
        }
        let whole = (bytes.count - done) / Self.blockSize * Self.blockSize
        if whole > 0 { add(blocks: UnsafeRawBufferPointer(rebasing: bytes[done..<done + whole])) }
        rest.append(contentsOf: bytes[(done + whole)...])
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// The hash of all bytes so far, 32 of them; more may be added afterwards.
    public var digest: [UInt8] {
        var last = self
        let bits = length &* 8
        let used = (rest.count + 1 + 8) % Self.blockSize
        let zeros = used == 0 ? 0 : Self.blockSize - used
        last.update([0x80] + [UInt8](repeating: 0, count: zeros) + Self.bigEndian(bits))
        return last.state.flatMap(Self.bigEndian)
    }

    /// The hash of all bytes so far, in 64 hexadecimal digits.
    public var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] },
            as: UTF8.self
        )
    }

    private static func bigEndian<Word: FixedWidthInteger>(_ word: Word) -> [UInt8] {
        stride(from: Word.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> Word($0)) }
    }

    private mutating func add(blocks: UnsafeRawBufferPointer) {
        Self.roundConstants.withUnsafeBufferPointer { constants in
            state.withUnsafeMutableBufferPointer { state in
                withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.window) { schedule in
                    for start in stride(from: 0, to: blocks.count, by: Self.blockSize) {
                        for index in 0..<Self.window {
                            let word = blocks.loadUnaligned(fromByteOffset: start + index * 4, as: UInt32.self)
                            schedule[index] = UInt32(bigEndian: word)
                        }
                        Self.mix(schedule, into: state, constants)
                    }
                }
            }
        }
    }

    private static func mix(
        _ schedule: UnsafeMutableBufferPointer<UInt32>,
        into state: UnsafeMutableBufferPointer<UInt32>,
        _ constants: UnsafeBufferPointer<UInt32>
    ) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for round in 0..<constants.count {
            let word: UInt32
            if round < window {
                word = schedule[round]
            } else {
                let early = schedule[(round - 15) & 15]
                let late = schedule[(round - 2) & 15]
                let small0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
                let small1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
                word = schedule[round & 15] &+ small0 &+ schedule[(round - 7) & 15] &+ small1
                schedule[round & 15] = word
            }
            let large1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
            let chosen = (e & f) ^ (~e & g)
            let first = h &+ large1 &+ chosen &+ constants[round] &+ word
            let large0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
            let majority = (a & b) ^ (a & c) ^ (b & c)
            (h, g, f, e) = (g, f, e, d &+ first)
            (d, c, b, a) = (c, b, a, first &+ large0 &+ majority)
        }
        for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
    }

    @inline(__always)
    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
        (word &>> count) | (word &<< (32 &- count))
    }

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static let roundConstants: [UInt32] = [
        0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
        0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
        0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
        0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
        0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
        0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
        0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
        0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
    ]
}

/// A running hash of what readers have taken of an input, which may be several sources one after the other.
public final class InputDigest {
    private var hash = SHA256()

    /// Nothing was taken yet.
    public init() {}

    /// The hash of all that was taken so far, in hexadecimal.
    public var hexadecimal: String { hash.hexadecimal }

    /// Adds what separates one source from the next.
    public func update(_ bytes: [UInt8]) { hash.update(bytes) }

    func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bytes) }
}

/// A hash in the bytes that it has: where there are very many, texts of them would take three times as much.
public struct SHA256Digest: Hashable, Sendable {
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    /// The hash of all bytes that have come.
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
        guard digits.count == 64 else { return nil }
        var words: [UInt64] = []
        for start in stride(from: 0, to: 64, by: 16) {
            guard let word = UInt64(String(decoding: digits[start..<start + 16], as: UTF8.self), radix: 16) else {
                return nil
            }
            words.append(word)
        }
        (first, second, third, fourth) = (words[0], words[1], words[2], words[3])
    }

    /// It in 64 hexadecimal digits.
    public var hexadecimal: String {
        [first, second, third, fourth].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }
}
