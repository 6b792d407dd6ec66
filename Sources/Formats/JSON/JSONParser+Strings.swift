extension JSONParser {
    /// Parses the string whose opening quote is the next byte (RFC 8259 section 7).
    mutating func parseString() throws(JSONError) -> String {
        guard let first = text.baseAddress else { throw .unexpectedEnd(at: position(of: at)) }
        at += 1
        let start = at
        try passCharacters(first)
        if text[at] == UInt8(ascii: "\"") {
            at += 1
            return String(decoding: text[start..<at - 1], as: UTF8.self)
        }
        unescaped.removeAll(keepingCapacity: true)
        var run = start
        while text[at] == UInt8(ascii: "\\") {
            unescaped.append(contentsOf: text[run..<at])
            try parseEscape()
            run = at
            try passCharacters(first)
        }
        unescaped.append(contentsOf: text[run..<at])
        at += 1
        return String(decoding: unescaped, as: UTF8.self)
    }

    /// Advances to the next quote or backslash.
    private mutating func passCharacters(_ first: UnsafePointer<UInt8>) throws(JSONError) {
        while true {
            at = JSONString.nextSpecial(first, from: at, to: text.count)
            guard at < text.count else { throw .unexpectedEnd(at: position(of: at)) }
            let byte = first[at]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
            if byte < 0x20 { throw .controlCharacter(byte, at: position(of: at)) }
            let length = UTF8Sequence.length(at: first + at, available: text.count - at)
            if length == 0 { throw .invalidUTF8(byte, at: position(of: at)) }
            at += length
        }
    }

    /// Parses the escape whose backslash is the next byte, and appends its character.
    private mutating func parseEscape() throws(JSONError) {
        let start = at
        guard at + 1 < text.count else { throw .unexpectedEnd(at: position(of: text.count)) }
        at += 2
        switch text[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(text[start + 1])
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"): unescaped.append(contentsOf: String(try parseScalar(from: start)).utf8)
        default: throw .invalidEscape(at: position(of: start))
        }
    }

    /// Parses four hexadecimal digits; if they are the first half of a surrogate pair, also the second half.
    private mutating func parseScalar(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let unit = try parseCodeUnit(from: start)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let isHigh = unit < 0xDC00
        let second = at
        if isHigh, at + 1 < text.count, text[at] == UInt8(ascii: "\\"), text[at + 1] == UInt8(ascii: "u") {
            at += 2
            let low = try parseCodeUnit(from: second)
            if low >= 0xDC00 && low < 0xE000,
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            {
                return scalar
            }
        }
        guard replacesLoneSurrogates else { throw .loneSurrogate(at: position(of: start)) }
        at = second
        replacedCount += 1
        return "\u{FFFD}"
    }

    private mutating func parseCodeUnit(from start: Int) throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard at < text.count else { throw .unexpectedEnd(at: position(of: at)) }
            let byte = text[at]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw .invalidEscape(at: position(of: start))
            }
            unit = unit << 4 | UInt32(digit)
            at += 1
        }
        return unit
    }
}
