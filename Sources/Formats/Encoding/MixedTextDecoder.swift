/// Converts text with some lines in UTF-8 and others in a single-byte encoding, as in joined files of several programs,
/// to UTF-8.
///
/// A line is decided as a whole. If it is not UTF-8, each piece of it between separators is decided on its own, and is
/// UTF-8 if the result is likely.
struct MixedTextDecoder: PieceDecoder {
    /// The decoder for lines that are not UTF-8.
    let other: TextDecoder
    /// The rule for lines that can be both.
    let rule: Rule
    /// Counts the lines that are read as UTF-8, if the user is to be told about them.
    var lines: LinesInUTF8?

    /// A rule by which a line that can be both is UTF-8.
    enum Rule {
        /// It always is UTF-8.
        case preferred
        /// It is UTF-8 if all its characters are likely.
        case likely
        /// It is UTF-8 if it makes no sense as single-byte characters.
        case sure

        fileprivate func takes(_ evidence: UTF8Evidence) -> Bool {
            switch self {
            case .preferred: evidence.isUTF8
            case .likely: evidence.isUTF8 && evidence.isLikely
            case .sure: evidence.isUTF8 && evidence.isSure
            }
        }
    }

    /// The length of the pieces in which a longer line is decided.
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
            let line = UnsafeBufferPointer(rebasing: rest[..<length])
            made += decode(line: line, into: output + made)
            lines?.pass(line)
            taken += length
        }
        return (taken, made)
    }

    /// Returns the length of the first line, including its end; `nil` if it may continue.
    private func lineLength(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Int? {
        let longest = longestRest
        let beginning = bytes.prefix(longest)
        if let end = beginning.firstIndex(of: UInt8(ascii: "\n")) { return end + 1 }
        guard bytes.count >= longest else { return isLast ? bytes.count : nil }
        // The cut does not split a character.
        var length = longest - 1
        while length > longest - UTF8Sequence.maximumLength, bytes[length] & 0xC0 == 0x80 { length -= 1 }
        return length
    }

    private func decode(line: UnsafeBufferPointer<UInt8>, into output: UnsafeMutablePointer<UInt8>) -> Int {
        let evidence = UTF8Evidence(line)
        if rule.takes(evidence) {
            lines?.note(line, from: 0)
            return copy(line, to: output)
        }
        guard evidence.isMixed else { return other.decode(line, into: output, isLast: true).made }
        var made = 0
        var start = 0
        while start < line.count {
            let tail = line[start...]
            let end = tail.firstIndex(where: Self.separates).map { $0 + 1 } ?? line.count
            let piece = UnsafeBufferPointer(rebasing: line[start..<end])
            let evidence = UTF8Evidence(piece)
            let rule = rule == .sure ? rule : .likely
            if rule.takes(evidence) {
                if evidence.characters > 0 { lines?.note(piece, from: start) }
                made += copy(piece, to: output + made)
            } else {
                made += other.decode(piece, into: output + made, isLast: true).made
            }
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
    /// The number of characters beyond ASCII.
    private(set) var characters = 0
    /// The number of sequences likely in written text: letters of Western Europe, signs, and all sequences of three
    /// bytes or more. Two letters of a single-byte text seldom form one of these.
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

    /// Whether UTF-8 is more than chance: nothing contradicts it, or less than what supports it.
    var isMostlyUTF8: Bool { isUTF8 || likely > strayBytes || characters > 8 * strayBytes }
    /// Whether the bytes are UTF-8 throughout.
    var isUTF8: Bool { strayBytes == 0 }
    /// Whether all characters are likely, and one would make no sense in a single-byte encoding.
    var isSure: Bool { sure > 0 && isLikely }
    /// Whether there are both likely UTF-8 and other bytes.
    var isMixed: Bool { strayBytes > 0 && likely > 0 }
    /// Whether every character is likely.
    var isLikely: Bool { likely == characters }
}
