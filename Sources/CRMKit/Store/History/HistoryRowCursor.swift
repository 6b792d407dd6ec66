/// A cursor over the bytes of a row as stored in the history: a JSON object of plain values without blanks.
struct HistoryRowCursor {
    let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func pass(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    mutating func pass(_ beginning: [UInt8]) -> Bool {
        guard bytes.count - place >= beginning.count else { return false }
        for index in beginning.indices where bytes[place + index] != beginning[index] { return false }
        place += beginning.count
        return true
    }

    private static let null = Array("null".utf8)

    /// - Returns: `nil` for anything but `null`, a 64-bit integer or a string without escapes.
    mutating func value() -> Value? {
        guard place < bytes.count else { return nil }
        switch bytes[place] {
        case UInt8(ascii: "\""): return text().map(Value.text)
        case UInt8(ascii: "n"): return pass(Self.null) ? .null : nil
        default: return integer().map(Value.integer)
        }
    }

    /// Skips a value; `false` if there is none that a column can hold.
    mutating func passValue() -> Bool {
        guard place < bytes.count else { return false }
        guard bytes[place] == UInt8(ascii: "\"") else { return pass(Self.null) || integer() != nil }
        place += 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        return pass(UInt8(ascii: "\""))
    }

    private mutating func text() -> String? {
        let start = place + 1
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            if bytes[end] == UInt8(ascii: "\\") { return nil }
            end += 1
        }
        guard end < bytes.count else { return nil }
        place = end + 1
        return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
    }

    private mutating func integer() -> Int64? {
        let isNegative = pass(UInt8(ascii: "-"))
        let start = place
        var number: Int64 = 0
        while place < bytes.count, case let digit = bytes[place] &- UInt8(ascii: "0"), digit < 10 {
            let (tens, isTooMuch) = number.multipliedReportingOverflow(by: 10)
            let (next, isBeyond) = tens.subtractingReportingOverflow(Int64(digit))
            if isTooMuch || isBeyond { return nil }
            number = next
            place += 1
        }
        if place == start || (number == .min && !isNegative) { return nil }
        return isNegative ? number : -number
    }
}
