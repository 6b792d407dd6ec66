/// Turns text into UTF-8 of which some lines are UTF-8 and others are not, as where files of several programs were put
/// together: what is UTF-8 stays, what is not is of an encoding of single bytes.
///
/// A line decides as a whole. In one that is no UTF-8 the pieces between separators decide, where what they would be in
/// UTF-8 is likely.
struct MixedTextDecoder: PieceDecoder {
    /// The decoder for lines that are not UTF-8.
    let other: TextDecoder
    /// Which lines are UTF-8 that can be both.
    let rule: Rule

    /// When a line that can be both is UTF-8.
    enum Rule {
        /// Whatever it says.
        case preferred
        /// A sequence counts as UTF-8 when the result is likely.
        case likely
        /// A sequence counts as UTF-8 when its reading as single bytes makes no sense.
        case sure

        fileprivate func takes(_ evidence: UTF8Evidence) -> Bool {
            switch self {
            case .preferred: evidence.isUTF8
            case .likely: evidence.isUTF8 && evidence.isLikely
            case .sure: evidence.isUTF8 && evidence.isSure
            }
        }
    }

    /// A longer line is decided in pieces of this length.
    var longestRest: Int { 64 * 1024 }

    func decode(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutablePointer<UInt8>,
        isLast: Bool
    ) -> (taken: Int, made: Int) {
        var taken = 0
        var made = 0
        while taken < input.count {
            let rest = UnsafeBufferPointer(rebasing: input[taken...])
            guard let length = lineLength(rest, isLast: isLast) else { break }
            made += decode(line: UnsafeBufferPointer(rebasing: rest[..<length]), into: output + made)
            taken += length
        }
        return (taken, made)
    }

    /// The length of the line with which bytes begin, its end included; `nil` where it may go on.
    private func lineLength(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Int? {
        let longest = longestRest
        let beginning = bytes.prefix(longest)
        if let end = beginning.firstIndex(of: UInt8(ascii: "\n")) { return end + 1 }
        guard bytes.count >= longest else { return isLast ? bytes.count : nil }
        // A character is not cut in two.
        var length = longest - 1
        while length > longest - UTF8Sequence.maximumLength, bytes[length] & 0xC0 == 0x80 { length -= 1 }
        return length
    }

    private func decode(line: UnsafeBufferPointer<UInt8>, into output: UnsafeMutablePointer<UInt8>) -> Int {
        let evidence = UTF8Evidence(line)
        if rule.takes(evidence) { return copy(line, to: output) }
        guard evidence.isMixed else { return other.decode(line, into: output, isLast: true).made }
        var made = 0
        var start = 0
        while start < line.count {
            let tail = line[start...]
            let end = tail.firstIndex(where: Self.separates).map { $0 + 1 } ?? line.count
            let piece = UnsafeBufferPointer(rebasing: line[start..<end])
            let evidence = UTF8Evidence(piece)
            let rule = rule == .sure ? rule : .likely
            made +=
                rule.takes(evidence)
                ? copy(piece, to: output + made) : other.decode(piece, into: output + made, isLast: true).made
            start = end
        }
        return made
    }

    private func copy(_ bytes: UnsafeBufferPointer<UInt8>, to output: UnsafeMutablePointer<UInt8>) -> Int {
        guard let first = bytes.baseAddress else { return 0 }
        output.update(from: first, count: bytes.count)
        return bytes.count
    }

    private static func separates(_ byte: UInt8) -> Bool { ",;|\t\"".utf8.contains(byte) }
}

/// The amount of UTF-8 in some bytes.
struct UTF8Evidence {
    /// Characters beyond ASCII.
    private(set) var characters = 0
    /// The number of sequences likely in text that people write: letters of Western Europe, signs, and all sequences of
    /// three bytes. Two letters of a single-byte text seldom form one of these.
    private var likely = 0
    /// The number of sequences that make no sense as two or three single-byte characters: accented letters, dashes,
    /// currency signs.
    private var sure = 0
    /// The number of bytes that belong to no sequence.
    private(set) var strayBytes = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let first = bytes.baseAddress else { return }
        var index = 0
        while index < bytes.count {
            if index &+ 8 <= bytes.count && ByteWord(loading: first + index).nonASCII == 0 {
                index &+= 8
                continue
            }
            if first[index] < 0x80 {
                index &+= 1
                continue
            }
            let length = UTF8Sequence.length(at: first + index, available: bytes.count - index)
            guard length > 0 else {
                strayBytes += 1
                index &+= 1
                continue
            }
            characters += 1
            if length > 2 || first[index] <= 0xC3 { likely += 1 }
            if first[index] == 0xC2 || first[index] == 0xC3 || first[index] == 0xE2 { sure += 1 }
            index &+= length
        }
    }

    /// Whether UTF-8 is more than chance: nothing speaks against it, or more for it.
    var isMostlyUTF8: Bool { isUTF8 || likely > strayBytes || characters > 8 * strayBytes }
    /// Whether there is nothing else.
    var isUTF8: Bool { strayBytes == 0 }
    /// Whether there is a character that would make no sense otherwise.
    var isSure: Bool { sure > 0 && isLikely }
    /// Whether there is UTF-8 that is likely, and something else.
    var isMixed: Bool { strayBytes > 0 && likely > 0 }
    /// Whether every character is likely.
    var isLikely: Bool { likely == characters }
}
