/// Decodes the body of a part line by line as it arrives, and faulty bodies as far as possible.
struct TransferDecoder {
    private enum Encoding {
        case identity
        case base64(Base64Decoder)
        case quotedPrintable
        case uuencode(isOpen: Bool)
    }

    private var encoding: Encoding
    /// Bytes of quoted-printable that may have to be dropped: trailing blanks, and the line end after them.
    private var pending: [UInt8] = []
    private static let longestPending = 4096

    /// - Parameter name: the value of Content-Transfer-Encoding in lower case; an unknown one means none.
    init(_ name: String) {
        encoding =
            switch name {
            case "base64": .base64(Base64Decoder())
            case "quoted-printable": .quotedPrintable
            case "x-uuencode", "uuencode", "x-uue": .uuencode(isOpen: false)
            default: .identity
            }
    }

    /// Whether the encoding is the identity, so that the bytes need no decoding.
    var isIdentity: Bool { if case .identity = encoding { true } else { false } }

    /// Decodes a line, or a piece of a long one.
    mutating func decode(_ line: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
        switch encoding {
        case .identity: output.append(contentsOf: line)
        case .base64(var decoder):
            // The decoder is moved out of the enum so that it is not copied.
            decoder.take(line, into: &output)
            encoding = .base64(decoder)
        case .quotedPrintable: decodeQuoted(line, into: &output)
        case .uuencode(let isOpen): decodeUnix(line, isOpen, into: &output)
        }
    }

    /// Decodes a line end.
    mutating func decodeLineEnd(_ end: [UInt8], into output: inout [UInt8]) {
        switch encoding {
        case .identity: output += end
        case .base64, .uuencode: return
        case .quotedPrintable:
            var text = pending[...]
            while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
            if text.last == UInt8(ascii: "=") {
                // A soft line break.
                output += text.dropLast()
            } else {
                output += text + end
            }
            pending.removeAll(keepingCapacity: true)
        }
    }

    /// Ends the body.
    mutating func finish(into output: inout [UInt8]) {
        switch encoding {
        case .base64(var decoder):
            decoder.finish(into: &output)
            encoding = .base64(decoder)
        case .quotedPrintable:
            if pending.last == UInt8(ascii: "=") { pending.removeLast() }
            output += pending
            pending = []
        case .identity, .uuencode: return
        }
    }

    private mutating func decodeQuoted(_ line: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
        if pending.count > Self.longestPending {
            // More blanks than this are not dropped.
            output += pending
            pending.removeAll(keepingCapacity: true)
        }
        guard !pending.isEmpty else { return decodeQuotedWhole(line[...], into: &output) }
        // The pending bytes may continue: an escape that was cut, or blanks within a line.
        pending += line
        let joined = pending
        pending.removeAll(keepingCapacity: true)
        joined.withUnsafeBufferPointer { decodeQuotedWhole($0[...], into: &output) }
    }

    private mutating func decodeQuotedWhole(_ text: Slice<UnsafeBufferPointer<UInt8>>, into output: inout [UInt8]) {
        var index = text.startIndex
        let escape = UInt8(ascii: "=")
        // Blanks and a possible beginning of an escape at the end wait for the next bytes.
        var end = text.endIndex
        while end > index, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
        if let mark = text[..<end].suffix(2).lastIndex(of: escape) { end = mark }
        while index < end {
            let byte = text[index]
            if byte == escape, index + 2 < text.endIndex, let high = QuotedPrintable.digit(text[index + 1]),
                let low = QuotedPrintable.digit(text[index + 2])
            {
                output.append(high << 4 | low)
                index += 3
            } else {
                output.append(byte)
                index += 1
            }
        }
        if index < text.endIndex { pending += text[index...] }
    }

    private mutating func decodeUnix(
        _ line: UnsafeBufferPointer<UInt8>,
        _ isOpen: Bool,
        into output: inout [UInt8]
    ) {
        guard isOpen else {
            if line.starts(with: "begin ".utf8) { encoding = .uuencode(isOpen: true) }
            return
        }
        guard let first = line.first, first > 0x20, !line.elementsEqual("end".utf8) else {
            if line.elementsEqual("end".utf8) { encoding = .uuencode(isOpen: false) }
            return
        }
        let count = Int((first &- 0x20) & 0x3F)
        var bytes: [UInt8] = []
        var index = 1
        while index < line.count, bytes.count < count {
            let bits = (0..<4).reduce(0) { sum, place in
                sum << 6 | (index + place < line.count ? Int((line[index + place] &- 0x20) & 0x3F) : 0)
            }
            bytes += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
            index += 4
        }
        output += bytes.prefix(count)
    }
}

/// Decodes base64 that arrives in pieces.
struct Base64Decoder {
    private var bits: UInt32 = 0
    private var digits = 0
    /// Whether there was padding: further digits may follow, but other text does not belong to the body.
    private var isPadded = false
    private var isOver = false

    /// Decodes some bytes.
    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
        var index = 0
        while index < bytes.count {
            if digits == 0, !isOver {
                let run = Self.decodeRun(UnsafeBufferPointer(rebasing: bytes[index...]), into: &output)
                if run > 0 { isPadded = false }
                index += run
                if index == bytes.count { return }
            }
            take(bytes[index], into: &output)
            index += 1
        }
    }

    /// Decodes groups of four digits up to the first other byte.
    ///
    /// - Returns: the number of bytes decoded.
    private static func decodeRun(_ bytes: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Int {
        var taken = 0
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count + 3) { made in
            values.withUnsafeBufferPointer { values in
                var count = 0
                while taken &+ 4 <= bytes.count {
                    let first = values[Int(bytes[taken])]
                    let second = values[Int(bytes[taken &+ 1])]
                    let third = values[Int(bytes[taken &+ 2])]
                    let fourth = values[Int(bytes[taken &+ 3])]
                    guard first | second | third | fourth < 64 else { break }
                    made[count] = first &<< 2 | second &>> 4
                    made[count &+ 1] = second &<< 4 | third &>> 2
                    made[count &+ 2] = third &<< 6 | fourth
                    count &+= 3
                    taken &+= 4
                }
                output.append(contentsOf: made[..<count])
            }
        }
        return taken
    }

    /// Decodes one byte.
    mutating func take(_ byte: UInt8, into output: inout [UInt8]) {
        let value = Self.values[Int(byte)]
        if value < 64 {
            if isOver { return }
            isPadded = false
            bits = bits << 6 | UInt32(value)
            digits += 1
            if digits == 4 {
                output.append(UInt8(truncatingIfNeeded: bits >> 16))
                output.append(UInt8(truncatingIfNeeded: bits >> 8))
                output.append(UInt8(truncatingIfNeeded: bits))
                (bits, digits) = (0, 0)
            }
        } else if byte == UInt8(ascii: "=") {
            if digits > 1 { finish(into: &output) }
            (bits, digits, isPadded) = (0, 0, true)
        } else if isPadded, !byte.isBlank {
            isOver = true
        }
    }

    /// Decodes the remaining digits.
    mutating func finish(into output: inout [UInt8]) {
        if digits == 2 { output.append(UInt8(truncatingIfNeeded: bits >> 4)) }
        if digits == 3 {
            output.append(UInt8(truncatingIfNeeded: bits >> 10))
            output.append(UInt8(truncatingIfNeeded: bits >> 2))
        }
        (bits, digits) = (0, 0)
    }

    private static let values: [UInt8] = (0...255).map { byte in
        Base64.value(of: UInt8(byte)).map(UInt8.init) ?? 0xFF
    }
}
