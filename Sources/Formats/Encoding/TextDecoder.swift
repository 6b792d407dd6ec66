/// Converts text in a foreign encoding to UTF-8, piece by piece.
///
/// Undefined bytes become bytes that are not well-formed UTF-8, so that a reader rejects them at their position and
/// knows the record. An undefined byte of windows-1252 stays that byte, half a surrogate pair becomes the three bytes
/// that UTF-8 does not assign to any character, and the last byte of an odd number in UTF-16 becomes FF. `TextEncoder`
/// reverses this.
struct TextDecoder: PieceDecoder {
    /// The maximum number of UTF-8 bytes for one byte of input.
    static let largestGrowth = 3
    /// The first half of a surrogate pair and one more byte.
    var longestRest: Int { 3 }
    /// A byte that never occurs in UTF-8.
    static let brokenByte: UInt8 = 0xFF

    let encoding: TextEncoding

    /// Decodes the beginning of `input` into `output`, which has room for `largestGrowth` times its size. Unless
    /// `isLast`, up to `longestRest` bytes may remain. Returns the numbers of bytes consumed and produced.
    func decode(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutablePointer<UInt8>,
        isLast: Bool
    ) -> (taken: Int, made: Int) {
        guard let first = input.baseAddress else { return (0, 0) }
        switch encoding {
        case .utf8:
            output.update(from: first, count: input.count)
            return (input.count, input.count)
        case .latin1, .latin9, .windows1250, .windows1252, .codePage850, .macintosh:
            return (input.count, decodeBytes(first, input.count, into: output))
        case .utf16, .utf16LittleEndian:
            return decodeUnits(first, input.count, into: output, lowByte: 0, isLast: isLast)
        case .utf16BigEndian:
            return decodeUnits(first, input.count, into: output, lowByte: 1, isLast: isLast)
        }
    }

    /// Decodes a whole text.
    func decode(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bytes.count * TextDecoder.largestGrowth) { output, count in
            guard let first = output.baseAddress else { return }
            count = bytes.withUnsafeBufferPointer { decode($0, into: first, isLast: true).made }
        }
    }

    private func decodeBytes(
        _ input: UnsafePointer<UInt8>,
        _ count: Int,
        into output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let upper = encoding.upperHalf
        var target = output
        var index = 0
        while index < count {
            if index &+ 8 <= count && ByteWord(loading: input + index).nonASCII == 0 {
                target.update(from: input + index, count: 8)
                target += 8
                index &+= 8
                continue
            }
            let byte = input[index]
            index &+= 1
            if byte < 0x80 {
                target.pointee = byte
                target += 1
            } else if let upper {
                if let scalar = upper.scalar(of: byte) {
                    target = TextDecoder.append(UInt32(scalar), to: target)
                } else {
                    target.pointee = byte
                    target += 1
                }
            } else {
                target = TextDecoder.append(UInt32(byte), to: target)
            }
        }
        return output.distance(to: target)
    }

    private func decodeUnits(
        _ input: UnsafePointer<UInt8>,
        _ count: Int,
        into output: UnsafeMutablePointer<UInt8>,
        lowByte: Int,
        isLast: Bool
    ) -> (taken: Int, made: Int) {
        func unit(at index: Int) -> UInt32 {
            UInt32(input[index &+ lowByte]) | UInt32(input[index &+ 1 &- lowByte]) << 8
        }
        var target = output
        var index = 0
        while index &+ 2 <= count {
            var scalar = unit(at: index)
            if scalar & 0xFC00 == 0xD800 {
                if index &+ 4 <= count {
                    let low = unit(at: index &+ 2)
                    if low & 0xFC00 == 0xDC00 {
                        scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
                        index &+= 2
                    }
                } else if !isLast {
                    break
                }
            }
            index &+= 2
            target = TextDecoder.append(scalar, to: target)
        }
        if isLast && index < count {
            target.pointee = TextDecoder.brokenByte
            target += 1
            index &+= 1
        }
        return (index, output.distance(to: target))
    }

    /// Appends a code point in UTF-8; a surrogate is encoded like a character.
    @inline(__always)
    private static func append(
        _ scalar: UInt32,
        to target: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        func continuation(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | scalar >> shift & 0x3F) }
        switch scalar {
        case ..<0x80:
            target[0] = UInt8(truncatingIfNeeded: scalar)
            return target + 1
        case ..<0x800:
            target[0] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
            target[1] = continuation(0)
            return target + 2
        case ..<0x10000:
            target[0] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
            target[1] = continuation(6)
            target[2] = continuation(0)
            return target + 3
        default:
            target[0] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
            target[1] = continuation(12)
            target[2] = continuation(6)
            target[3] = continuation(0)
            return target + 4
        }
    }
}
