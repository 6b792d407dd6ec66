import Formats

/// A cursor over the bytes of a short text, shared by the parsers of values.
struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: some StringProtocol) {
        bytes = Array(text.utf8)
    }

    /// Whether everything has been read.
    var isAtEnd: Bool { position == bytes.count }
    /// The number of unread bytes.
    var left: Int { bytes.count - position }
    /// The next byte, which is not consumed; `nil` at the end.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Consumes the next byte.
    ///
    /// - Returns: the byte; `nil` at the end.
    mutating func take() -> UInt8? {
        guard position < bytes.count else { return nil }
        position += 1
        return bytes[position - 1]
    }

    /// Consumes one given character.
    ///
    /// - Returns: `false`, with nothing consumed, if the next character is another one.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Consumes one of some characters, if it comes next.
    ///
    /// - Returns: the character; `nil` when another one comes next.
    mutating func take(anyOf characters: [Unicode.Scalar]) -> Unicode.Scalar? {
        characters.first { take($0) }
    }

    /// Reads exactly `count` decimal digits, at most nine.
    mutating func digits(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var number = 0
        for byte in bytes[position..<(position + count)] {
            guard byte.isDigit else { return nil }
            number = number * 10 + byte.digit
        }
        position += count
        return number
    }

    /// Reads a number of as many decimal digits as follow.
    ///
    /// - Returns: `nil` if there are none, or if the number exceeds 64 bits.
    mutating func number() -> Int64? {
        guard let first = next, first.isDigit else { return nil }
        var number: Int64 = 0
        while let byte = next, byte.isDigit {
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int64(byte.digit))
            if overflow || carry { return nil }
            number = sum
            position += 1
        }
        return number
    }

    /// Skips the bytes that meet a condition.
    ///
    /// - Returns: the number of bytes skipped.
    @discardableResult
    mutating func skip(while condition: (UInt8) -> Bool) -> Int {
        let start = position
        while position < bytes.count, condition(bytes[position]) { position += 1 }
        return position - start
    }
}
