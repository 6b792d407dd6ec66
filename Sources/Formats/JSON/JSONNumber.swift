/// A JSON number, stored as written, so that decimals stay exact.
public struct JSONNumber: Equatable, Hashable, Sendable {
    /// The number in the grammar of RFC 8259 section 6.
    public let literal: String

    /// Creates a number from its literal; nil if that is not a JSON number.
    public init?(_ literal: String) {
        let bytes = Array(literal.utf8)
        guard !bytes.isEmpty, JSONNumber.scan(bytes) == .complete(length: bytes.count) else { return nil }
        self.literal = literal
    }

    /// Creates a number from an integer.
    public init(_ integer: Int64) { literal = String(integer) }

    init(checked literal: String) { self.literal = literal }

    /// The value of a literal without fraction and exponent, if it fits; nil otherwise.
    public var integer: Int64? { Int64(literal) }

    /// The number without an exponent: `150` for `1.5e2`. One of more digits than any value has stays as written.
    public var decimal: String {
        guard let mark = literal.utf8.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }),
            let exponent = Int(literal[literal.utf8.index(after: mark)...]), Self.places.contains(exponent)
        else { return literal }
        let isNegative = literal.utf8.first == UInt8(ascii: "-")
        let halves = literal[..<mark].drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        var digits = halves.joined()
        var point = halves[0].count + exponent
        if point < 1 {
            digits = String(repeating: "0", count: 1 - point) + digits
            point = 1
        }
        digits += String(repeating: "0", count: max(point - digits.count, 0))
        let whole = digits.prefix(point).drop { $0 == "0" }
        let fraction = digits.dropFirst(point)
        return (isNegative ? "-" : "") + (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// The exponents that are written out.
    private static let places = -40...40

    /// The extent of a number at the start of some bytes.
    enum Extent: Equatable {
        case complete(length: Int)
        /// A digit is missing at the offset.
        case broken(at: Int)
    }

    private static func scan(_ bytes: [UInt8]) -> Extent {
        bytes.withUnsafeBufferPointer { buffer in
            guard let first = buffer.baseAddress else { return .broken(at: 0) }
            return scan(first, buffer.count)
        }
    }

    /// Finds the end of the number at the beginning of some bytes.
    static func scan(_ first: UnsafePointer<UInt8>, _ count: Int) -> Extent {
        func digitsEnd(from start: Int) -> Int {
            var index = start
            while index < count && first[index] &- UInt8(ascii: "0") < 10 { index += 1 }
            return index
        }
        var index = first[0] == UInt8(ascii: "-") ? 1 : 0
        var end = digitsEnd(from: index)
        if end == index { return .broken(at: end) }
        // A leading zero must stand alone, so the digit after it is the error.
        if first[index] == UInt8(ascii: "0") && end > index + 1 { return .broken(at: index + 1) }
        if end < count && first[end] == UInt8(ascii: ".") {
            index = end + 1
            end = digitsEnd(from: index)
            if end == index { return .broken(at: end) }
        }
        if end < count && first[end] | 0x20 == UInt8(ascii: "e") {
            index = end + 1
            if index < count && (first[index] == UInt8(ascii: "+") || first[index] == UInt8(ascii: "-")) { index += 1 }
            end = digitsEnd(from: index)
            if end == index { return .broken(at: end) }
        }
        return .complete(length: end)
    }
}
