import Formats

/// The part of ``Fold`` that reads text scalar by scalar, for text that is not ASCII.
struct ScalarFolder {
    /// The offset at which the folded text begins in the output; no space is written at its beginning.
    private let start: Int
    /// The scalar appended last, to which a jamo may be joined; 0 when there is none.
    private var previous: UInt32 = 0

    /// Creates a folder for text whose folded form begins at `start` in the output.
    init(start: Int) {
        self.start = start
    }

    /// Folds `text` and appends the result to `output`, which may end with one space that stands for a run.
    mutating func append(_ text: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        var position = 0
        while position < text.count {
            let byte = text[position]
            if byte < 0x80 {
                // Between letters with accents there are many without.
                if position + 8 <= text.count, let folded = foldedWord(text, at: position, after: output) {
                    withUnsafeBytes(of: folded.littleEndian) { output.append(contentsOf: $0) }
                    previous = UInt32(folded >> 56)
                    position += 8
                    continue
                }
                position += 1
                if byte.isBlank {
                    appendSpace(to: &output)
                } else {
                    output.append(byte.asciiLowercased)
                    previous = UInt32(byte)
                }
            } else {
                let (scalar, length) = Self.decode(text, at: position)
                position += length
                appendFolded(scalar, to: &output)
            }
        }
    }

    private func foldedWord(_ text: UnsafeRawBufferPointer, at position: Int, after output: [UInt8]) -> UInt64? {
        let isAfterSpace = output.count == start || output[output.count - 1] == Fold.space
        let word = text.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
        return Fold.foldedWord(word, afterSpace: isAfterSpace)
    }

    private mutating func appendSpace(to output: inout [UInt8]) {
        previous = UInt32(Fold.space)
        if output.count > start, output[output.count - 1] != Fold.space {
            output.append(Fold.space)
        }
    }

    private mutating func appendFolded(_ scalar: UInt32, to output: inout [UInt8]) {
        switch FoldTable.mapping(of: scalar) {
        case .unchanged: appendScalar(scalar, to: &output)
        case .dropped: break
        case .space: appendSpace(to: &output)
        case .target(var offset):
            while true {
                let (part, isLast) = FoldTable.target(at: offset)
                appendScalar(part, to: &output)
                if isLast { break }
                offset += 1
            }
        }
    }

    private mutating func appendScalar(_ scalar: UInt32, to output: inout [UInt8]) {
        var scalar = scalar
        if let syllable = Hangul.compose(previous, scalar) {
            // Both halves of a Hangul pair take three bytes in UTF-8.
            output.removeLast(3)
            scalar = syllable
        }
        previous = scalar
        Self.encode(scalar, to: &output)
    }
}

// MARK: - UTF-8 (RFC 3629)

extension ScalarFolder {
    private static let replacement: UInt32 = 0xFFFD

    /// Reads the scalar at `position`, whose byte is not ASCII.
    ///
    /// - Returns: The scalar and the number of bytes it took. Malformed bytes give U+FFFD, one for each maximal subpart
    ///   of a scalar.
    static func decode(_ text: UnsafeRawBufferPointer, at position: Int) -> (scalar: UInt32, length: Int) {
        let lead = text[position]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return (replacement, 1)
        }
        var scalar = UInt32(lead) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            guard position + offset < text.count else { return (replacement, offset) }
            let byte = text[position + offset]
            guard offset == 1 ? second.contains(byte) : byte & 0xC0 == 0x80 else { return (replacement, offset) }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        return (scalar, length)
    }

    /// Appends a scalar in UTF-8.
    static func encode(_ scalar: UInt32, to output: inout [UInt8]) {
        func byte(_ mark: UInt32, _ shift: UInt32, _ mask: UInt32) -> UInt8 {
            UInt8(truncatingIfNeeded: mark | (scalar >> shift & mask))
        }
        switch scalar {
        case 0..<0x80: output.append(byte(0, 0, 0x7F))
        case 0x80..<0x800:
            output.append(byte(0xC0, 6, 0x1F))
            output.append(byte(0x80, 0, 0x3F))
        case 0x800..<0x10000:
            output.append(byte(0xE0, 12, 0x0F))
            output.append(byte(0x80, 6, 0x3F))
            output.append(byte(0x80, 0, 0x3F))
        default:
            output.append(byte(0xF0, 18, 0x07))
            output.append(byte(0x80, 12, 0x3F))
            output.append(byte(0x80, 6, 0x3F))
            output.append(byte(0x80, 0, 0x3F))
        }
    }
}

// MARK: - Reading the table

extension FoldTable {
    /// The result of folding a scalar.
    enum Mapping {
        case unchanged
        case dropped
        case space
        /// The scalar becomes the scalars at this offset of the targets.
        case target(Int)
    }

    /// Looks a scalar up.
    @inline(__always)
    static func mapping(of scalar: UInt32) -> Mapping {
        guard scalar < limit else {
            // The ignorable plane of tags lies far above all other entries; it is not worth 11,000 of them.
            return scalar >> 12 == 0xE0 ? .dropped : .unchanged
        }
        let block = SixBits.number(index, at: Int(scalar >> 6) * 2, characters: 2)
        let value = SixBits.number(blocks, at: Int(block << 6 | scalar & 63) * 2, characters: 2)
        switch value {
        case 0: return .unchanged
        case 1: return .dropped
        case 2: return .space
        default: return .target(Int(value) - 3)
        }
    }

    /// Returns one scalar of a target, and whether it is the last one.
    @inline(__always)
    static func target(at offset: Int) -> (scalar: UInt32, isLast: Bool) {
        let value = SixBits.number(targets, at: offset * 4, characters: 4)
        return (value >> 1, value & 1 == 0)
    }
}
