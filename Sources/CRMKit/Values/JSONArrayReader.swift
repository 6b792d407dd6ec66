/// Reads the JSON array in which a list is stored (RFC 8259): strings and whole numbers, nothing nested.
struct JSONArrayReader {
    private var reader: ByteReader

    init(_ text: String) {
        reader = ByteReader(text)
    }

    /// The elements, numbers as their digits.
    ///
    /// - Returns: `nil` where the text is no such array.
    mutating func elements() -> [String]? {
        var elements: [String] = []
        skipSpace()
        guard reader.take("[") else { return nil }
        skipSpace()
        if reader.take("]") { return isAtEnd() ? elements : nil }
        repeat {
            skipSpace()
            guard let element = reader.take("\"") ? string() : number() else { return nil }
            elements.append(element)
            skipSpace()
        } while reader.take(",")
        return reader.take("]") && isAtEnd() ? elements : nil
    }

    private mutating func skipSpace() {
        reader.skip { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }

    private mutating func isAtEnd() -> Bool {
        skipSpace()
        return reader.isAtEnd
    }

    private mutating func number() -> String? {
        let sign = reader.take("-") ? "-" : ""
        return reader.number().map { sign + String($0) }
    }

    /// The rest of a string whose opening quote has been read.
    private mutating func string() -> String? {
        var bytes: [UInt8] = []
        while let byte = reader.take() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escape() else { return nil }
                bytes += Array(String(Character(scalar)).utf8)
            default: bytes.append(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
        switch reader.take() {
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return unicodeEscape()
        case .some(let byte) where "\"\\/".utf8.contains(byte): return Unicode.Scalar(byte)
        default: return nil
        }
    }

    /// Four hexadecimal digits, and four more where they are the first half of a surrogate pair.
    private mutating func unicodeEscape() -> Unicode.Scalar? {
        guard let first = codeUnit() else { return nil }
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
        guard reader.take("\\"), reader.take("u"), let second = codeUnit(), UTF16.isTrailSurrogate(second) else {
            return nil
        }
        return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    }

    private mutating func codeUnit() -> UInt16? {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = reader.take(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                return nil
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
