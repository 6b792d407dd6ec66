/// Well-formedness of UTF-8 (Unicode Standard, table 3-7; RFC 3629 section 4).
enum UTF8Sequence {
    /// The longest sequence, in bytes.
    static let maximumLength = 4

    /// Returns the length, 2 to 4, of the well-formed sequence that begins at `first`, a byte of 0x80 or more; 0 if the
    /// `available` bytes do not begin with one.
    static func length(at first: UnsafePointer<UInt8>, available: Int) -> Int {
        let lead = first[0]
        guard available >= 2 else { return 0 }
        let second = first[1]
        switch lead {
        case 0xC2...0xDF:
            return isContinuation(second) ? 2 : 0
        case 0xE0...0xEF:
            guard available >= 3, isContinuation(second), isContinuation(first[2]) else { return 0 }
            // E0 below A0 would be overlong, ED above 9F a surrogate.
            if lead == 0xE0 && second < 0xA0 || lead == 0xED && second > 0x9F { return 0 }
            return 3
        case 0xF0...0xF4:
            guard available >= 4, isContinuation(second), isContinuation(first[2]), isContinuation(first[3]) else {
                return 0
            }
            // F0 below 90 would be overlong, F4 above 8F beyond U+10FFFF.
            if lead == 0xF0 && second < 0x90 || lead == 0xF4 && second > 0x8F { return 0 }
            return 4
        default:
            return 0
        }
    }

    /// Returns the index of the first byte that is not part of well-formed UTF-8; nil if there is none.
    static func firstMalformed(in bytes: ArraySlice<UInt8>) -> Int? {
        let offset = bytes.withUnsafeBufferPointer { buffer -> Int? in
            guard let first = buffer.baseAddress else { return nil }
            var index = 0
            while index < buffer.count {
                if first[index] < 0x80 {
                    index += 1
                    continue
                }
                let length = length(at: first + index, available: buffer.count - index)
                if length == 0 { return index }
                index += length
            }
            return nil
        }
        return offset.map { bytes.startIndex + $0 }
    }

    /// Returns the length of a sequence that begins with this byte; 1 for a byte that cannot begin one.
    static func expectedLength(after lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    /// Returns the bytes without those at the end that begin a character and do not complete it.
    static func withoutCutCharacter(_ bytes: [UInt8]) -> [UInt8] {
        guard let lead = bytes.suffix(maximumLength - 1).lastIndex(where: { !isContinuation($0) }) else { return bytes }
        return bytes.count - lead < expectedLength(after: bytes[lead]) ? Array(bytes[..<lead]) : bytes
    }

    /// Returns the code point of the sequence of `length` bytes, 2 to 4, at `first`.
    static func codePoint(at first: UnsafePointer<UInt8>, length: Int) -> UInt32 {
        var bits = UInt32(first[0]) & (0x7F >> UInt32(length))
        for index in 1..<length { bits = bits << 6 | UInt32(first[index] & 0x3F) }
        return bits
    }

    /// Returns the bytes with each encoded pair of surrogates replaced by its character. Java encodes characters beyond
    /// U+FFFF as such pairs (CESU-8, Unicode Technical Report 26).
    static func joiningSurrogates(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard bytes.contains(0xED) else { return bytes }
        var joined: [UInt8] = []
        var rest = bytes
        while let byte = rest.first {
            if byte == 0xED, let scalar = surrogatePair(beginning: rest) {
                joined += String(scalar).utf8
                rest = rest.dropFirst(6)
            } else {
                joined.append(byte)
                rest = rest.dropFirst()
            }
        }
        return joined.count == bytes.count ? bytes : joined[...]
    }

    private static func surrogatePair(beginning bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let pair = Array(bytes.prefix(6))
        guard pair.count == 6, pair[0] == 0xED, pair[3] == 0xED, (0xA0...0xAF).contains(pair[1]),
            (0xB0...0xBF).contains(pair[4]), isContinuation(pair[2]), isContinuation(pair[5])
        else { return nil }
        func bits(_ index: Int) -> UInt32 { UInt32(pair[index] & 0x0F) << 6 | UInt32(pair[index + 1] & 0x3F) }
        return Unicode.Scalar(0x10000 + (bits(1) << 10 | bits(4)))
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
