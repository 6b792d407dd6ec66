import CSHA256

/// The compression function of SHA-256 (FIPS 180-4, section 6.2.2), using the processor's instructions for it where
/// available.
enum SHA256Blocks {
    /// The length of a block, in bytes.
    static let size = 64
    /// Whether the processor has instructions for it.
    static let haveInstructions = csha256_is_supported() != 0

    /// Mixes whole blocks into the eight words of a state.
    ///
    /// - Parameter byInstructions: whether to use the processor's instructions for SHA-256; may be true only if it has
    ///   them.
    static func mix(
        _ blocks: UnsafeRawBufferPointer,
        into state: inout [UInt32],
        byInstructions: Bool = haveInstructions
    ) {
        let bytes = blocks.bindMemory(to: UInt8.self)
        roundConstants.withUnsafeBufferPointer { constants in
            state.withUnsafeMutableBufferPointer { state in
                guard let bytes = bytes.baseAddress, let state = state.baseAddress,
                    let constants = constants.baseAddress
                else { return }
                if byInstructions {
                    csha256_mix(state, bytes, blocks.count / size, constants)
                } else {
                    mix(bytes, blocks.count / size, into: state, constants)
                }
            }
        }
    }

    /// Mixes blocks into the state word by word, without special instructions.
    private static func mix(
        _ blocks: UnsafePointer<UInt8>,
        _ count: Int,
        into state: UnsafeMutablePointer<UInt32>,
        _ constants: UnsafePointer<UInt32>
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: roundConstants.count) { schedule in
            guard let schedule = schedule.baseAddress else { return }
            for block in 0..<count {
                fill(schedule, from: UnsafeRawPointer(blocks + block * size))
                mix(schedule, into: state, constants)
            }
        }
    }

    /// Fills the message schedule of a block (FIPS 180-4): the first sixteen words are the block's own, each further
    /// one is computed from earlier ones.
    private static func fill(_ schedule: UnsafeMutablePointer<UInt32>, from block: UnsafeRawPointer) {
        for place in 0..<16 {
            schedule[place] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self))
        }
        for place in 16..<roundConstants.count {
            let (early, late) = (schedule[place - 15], schedule[place - 2])
            let small0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
            let small1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
            schedule[place] = schedule[place - 16] &+ small0 &+ schedule[place - 7] &+ small1
        }
    }

    private static func mix(
        _ words: UnsafePointer<UInt32>,
        into state: UnsafeMutablePointer<UInt32>,
        _ constants: UnsafePointer<UInt32>
    ) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        // The words are renamed from round to round; after eight rounds each has its name again, without having been
        // moved.
        for place in stride(from: 0, to: roundConstants.count, by: 8) {
            let (words, constants) = (words + place, constants + place)
            round(a, b, c, &d, e, f, g, &h, words[0] &+ constants[0])
            round(h, a, b, &c, d, e, f, &g, words[1] &+ constants[1])
            round(g, h, a, &b, c, d, e, &f, words[2] &+ constants[2])
            round(f, g, h, &a, b, c, d, &e, words[3] &+ constants[3])
            round(e, f, g, &h, a, b, c, &d, words[4] &+ constants[4])
            round(d, e, f, &g, h, a, b, &c, words[5] &+ constants[5])
            round(c, d, e, &f, g, h, a, &b, words[6] &+ constants[6])
            round(b, c, d, &e, f, g, h, &a, words[7] &+ constants[7])
        }
        for (place, word) in [a, b, c, d, e, f, g, h].enumerated() { state[place] &+= word }
    }

    @inline(__always)
    private static func round(
        _ a: UInt32,
        _ b: UInt32,
        _ c: UInt32,
        _ d: inout UInt32,
        _ e: UInt32,
        _ f: UInt32,
        _ g: UInt32,
        _ h: inout UInt32,
        _ word: UInt32
    ) {
        let chosen = g ^ (e & (f ^ g))
        let first = h &+ word &+ chosen &+ (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25))
        let majority = (a & b) | (c & (a | b))
        d &+= first
        h = first &+ majority &+ (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22))
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
