/// Converts UTF-8 to another encoding, piece by piece.
///
/// The bytes that `TextDecoder` writes for undefined bytes and half surrogate pairs are converted back, so that a
/// rejected record can be returned unchanged. Other bytes that are not well-formed UTF-8 are an error.
struct TextEncoder {
    /// The reason why text cannot be encoded.
    enum Failure: Error {
        case character(Unicode.Scalar)
        case malformedUTF8
    }

    /// The encoding; never UTF-8, which needs no encoder.
    let encoding: TextEncoding

    /// Appends `input` from `index` on to `output`: all of it if `isLast`, otherwise without an incomplete sequence at
    /// its end. `index` is left at the next byte, or at the one that failed.
    func encode(
        _ input: UnsafeBufferPointer<UInt8>,
        from index: inout Int,
        into output: inout [UInt8],
        isLast: Bool
    ) throws(Failure) {
        guard let first = input.baseAddress else { return }
        while index < input.count {
            let byte = first[index]
            if byte < 0x80 {
                append(UInt32(byte), to: &output)
                index += 1
                continue
            }
            let rest = input.count - index
            if !isLast && rest < UTF8Sequence.expectedLength(after: byte) { return }
            index += try encodeSequence(first + index, rest, into: &output)
        }
    }

    /// Appends the multi-byte character that begins at `first`. Returns its length.
    private func encodeSequence(
        _ first: UnsafePointer<UInt8>,
        _ available: Int,
        into output: inout [UInt8]
    ) throws(Failure) -> Int {
        let length = UTF8Sequence.length(at: first, available: available)
        guard length > 0 else { return try encodeMalformed(first, available, into: &output) }
        let scalar = UTF8Sequence.codePoint(at: first, length: length)
        let character = Unicode.Scalar(scalar) ?? "\u{FFFD}"
        if let upper = encoding.upperHalf {
            guard let byte = upper.byte(of: scalar) else { throw .character(character) }
            output.append(byte)
        } else if encoding.has(character) {
            append(scalar, to: &output)
        } else {
            throw .character(character)
        }
        return length
    }

    /// Appends the original bytes for a sequence that the decoder has written for undefined ones. Returns the length of
    /// the sequence.
    private func encodeMalformed(
        _ first: UnsafePointer<UInt8>,
        _ available: Int,
        into output: inout [UInt8]
    ) throws(Failure) -> Int {
        let byte = first[0]
        switch encoding {
        case .latin9, .windows1250, .windows1252, .codePage850, .macintosh:
            guard byte >= 0x80, encoding.upperHalf?.scalar(of: byte) == nil else { throw .malformedUTF8 }
            output.append(byte)
            return 1
        case .utf16, .utf16LittleEndian, .utf16BigEndian:
            if byte == TextDecoder.brokenByte {
                // Nothing can follow half a code unit; U+FFFD marks its place.
                append(0xFFFD, to: &output)
                return 1
            }
            guard available >= 3, byte == 0xED, first[1] & 0xE0 == 0xA0, first[2] & 0xC0 == 0x80 else {
                throw .malformedUTF8
            }
            append(UTF8Sequence.codePoint(at: first, length: 3), to: &output)
            return 3
        case .utf8, .latin1:
            throw .malformedUTF8
        }
    }

    /// Appends a code point that has the same number in the encoding.
    @inline(__always)
    private func append(_ scalar: UInt32, to output: inout [UInt8]) {
        switch encoding {
        case .utf8, .latin1, .latin9, .windows1250, .windows1252, .codePage850, .macintosh:
            output.append(UInt8(truncatingIfNeeded: scalar))
        case .utf16, .utf16LittleEndian, .utf16BigEndian:
            if scalar < 0x10000 { return appendUnit(scalar, to: &output) }
            appendUnit(0xD800 | (scalar - 0x10000) >> 10, to: &output)
            appendUnit(0xDC00 | scalar & 0x3FF, to: &output)
        }
    }

    @inline(__always)
    private func appendUnit(_ unit: UInt32, to output: inout [UInt8]) {
        let high = UInt8(truncatingIfNeeded: unit >> 8)
        let low = UInt8(truncatingIfNeeded: unit)
        let isBigEndian = encoding == .utf16BigEndian
        output.append(isBigEndian ? high : low)
        output.append(isBigEndian ? low : high)
    }
}
