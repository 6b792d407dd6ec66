@testable import Formats
import TestSupport
import Testing

@Suite struct `SHA-256` {
    /// NIST's example values for SHA-256, and the empty message of its test vectors (SHA256ShortMsg.rsp).
    @Test(
        "is what the standard's examples have",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
        ]
    )
    func isWhatTheStandardSExamplesHave(message: String, expected: String) {
        var hash = SHA256()
        hash.update(Array(message.utf8))
        #expect(hash.hexadecimal == expected)
    }

    @Test("of a million letters is that of the standard, however they come")
    func ofAMillionLettersIsThatOfTheStandardHoweverTheyCome() {
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        for piece in [1_000_000, 64, 63, 1000, 7] {
            var hash = SHA256()
            for start in stride(from: 0, to: letters.count, by: piece) {
                hash.update(Array(letters[start..<min(start + piece, letters.count)]))
            }
            #expect(hash.hexadecimal == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        }
    }

    @Test("can be asked for and added to again, at every length of a block")
    func canBeAskedForAndAddedToAgainAtEveryLengthOfABlock() {
        var running = SHA256()
        for length in 0..<130 {
            var whole = SHA256()
            whole.update([UInt8](repeating: 7, count: length))
            #expect(running.digest == whole.digest)
            running.update([7])
        }
    }

    @Test("is the same by the processor's instructions and without them", .enabled(if: SHA256Blocks.haveInstructions))
    func isTheSameByTheProcessorSInstructionsAndWithoutThem() {
        var generator = SeededGenerator(seed: 1)
        for count in [1, 2, 3, 100] {
            let blocks = (0..<count * SHA256Blocks.size).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let state = (0..<8).map { _ in UInt32.random(in: .min ... .max, using: &generator) }
            let states = [true, false].map { byInstructions in
                var mixed = state
                blocks.withUnsafeBytes { SHA256Blocks.mix($0, into: &mixed, byInstructions: byInstructions) }
                return mixed
            }
            #expect(states[0] == states[1])
        }
    }

    @Test("is the same in digits and in bytes") func isTheSameInDigitsAndInBytes() {
        for length in 0..<50 {
            var hash = SHA256()
            hash.update([UInt8](repeating: 7, count: length))
            let digest = SHA256Digest(hash)
            #expect(digest.hexadecimal == hash.hexadecimal)
            #expect(SHA256Digest(hexadecimal: hash.hexadecimal) == digest)
        }
        #expect(SHA256Digest(hexadecimal: "") == nil)
        #expect(SHA256Digest(hexadecimal: String(repeating: "g", count: 64)) == nil)
        #expect(SHA256Digest(hexadecimal: "+" + String(repeating: "0", count: 63)) == nil)
    }
}
