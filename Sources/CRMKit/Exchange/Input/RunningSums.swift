/// The running sums of a table's numeric columns, by which a row of totals is distinguished from a record with a
/// similar name.
struct RunningSums {
    private struct Sum {
        /// The sums of all rows, and of those since the last row of totals.
        var (whole, recent) = (0.0, 0.0)
        var isKnown = true
        /// How many numbers there were, the least and the greatest of them, and what the groups before the last came to.
        var count = 0
        var (least, greatest) = (Double.infinity, -Double.infinity)
        var groups: [Double] = []

        mutating func add(_ number: Double?) {
            guard let number else { return isKnown = false }
            whole += number
            recent += number
            count += 1
            (least, greatest) = (min(least, number), max(greatest, number))
        }

        mutating func pass() {
            if groups.count < Self.mostGroups { groups.append(recent) }
            recent = 0
        }

        private static let mostGroups = 1_000

        /// Whether a number is what rows come to, be it those of the last groups together.
        func isSum(_ number: Double, within room: Double) -> Bool {
            if abs(number - whole) < room || abs(number - recent) < room { return true }
            var sum = recent
            return groups.reversed().contains { group in
                sum += group
                return abs(number - sum) < room
            }
        }

        /// Whether a number tells something else of the column.
        func isMeasure(_ number: Double) -> Bool {
            count > 1
                && [whole / Double(count), Double(count), least, greatest].contains { abs(number - $0) < 0.006 }
        }
    }

    private var sums: [Int: Sum] = [:]
    /// The number of rows.
    private var count = 0

    /// Adds a row of a table that has such columns; of another there is nothing to be summed.
    mutating func add(_ row: InputRow, in places: [Int]) {
        if places.isEmpty { return }
        count += 1
        for place in places {
            guard let text = row.texts[place], !text.isEmpty else { continue }
            sums[place, default: Sum()].add(Self.number(text))
        }
    }

    /// Begins again below a row of totals; what all rows come to goes on.
    mutating func pass() {
        for place in sums.keys { sums[place]?.pass() }
    }

    /// Whether a row has in one of some columns what the rows above it come to, or none of these can be told.
    ///
    /// - Parameter surely: whether one that cannot be told is none, and another measure of the numbers is one.
    func areMet(by row: InputRow, in places: [Int], surely: Bool = false) -> Bool {
        if count == 0 { return false }
        var isTold = false
        for place in places {
            guard let text = row.texts[place], !text.isEmpty else { continue }
            guard let number = Self.number(text), let sum = sums[place], sum.isKnown else { continue }
            isTold = true
            let room = 0.01 * Double(count) + 0.006
            if sum.isSum(number, within: room) || surely && sum.isMeasure(number) { return true }
        }
        return !isTold && !surely
    }

    /// Returns the number in a text; `nil` when it depends on the meaning of its marks.
    static func number(_ text: String) -> Double? {
        if let plain = plain(text) { return plain }
        let digits = text.filter { ($0.isASCII && $0.isNumber) || ".,-".contains($0) }
        let marks = digits.filter { ".,".contains($0) }
        guard let last = marks.last, let first = marks.first else { return Double(digits) }
        let parts = digits.split(separator: last, omittingEmptySubsequences: false)
        // Of two marks the last is the decimal one; one that stands often, or before three digits, may part thousands.
        if first == last {
            guard parts.count == 2, parts[1].count != 3 else { return nil }
        } else if parts.count != 2 {
            return nil
        }
        let whole = parts[0].filter { !".,".contains($0) }
        return Double("\(whole).\(parts[1])")
    }

    /// Returns the number in a text of digits with at most one point that is no thousands separator: `1250.50`.
    private static func plain(_ text: String) -> Double? {
        var number: Int64 = 0
        var places: Int?
        guard (1...15).contains(text.utf8.count) else { return nil }
        for byte in text.utf8 {
            if byte.isDigit {
                number = number * 10 + Int64(byte - UInt8(ascii: "0"))
                places = places.map { $0 + 1 }
            } else if byte == UInt8(ascii: "."), places == nil {
                places = 0
            } else {
                return nil
            }
        }
        guard let places else { return Double(number) }
        guard places > 0, places != 3 else { return nil }
        return Double(number) / Double(Int64.powerOfTen(places))
    }
}
