/// The running sums of a table's numeric columns, by which a row of totals is distinguished from a record with a
/// similar name.
struct RunningSums {
    private struct Sum {
        /// The sums of all rows, and of those since the last row of totals.
        var (whole, recent) = (0.0, 0.0)
        var isKnown = true
        /// The number of numbers, their minimum and maximum, and the sums of the groups before the last row of totals.
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

        /// Whether a number is the sum of all rows, of those since the last row of totals, or of these and some groups
        /// before.
        func isSum(_ number: Double, within room: Double) -> Bool {
            if abs(number - whole) < room || abs(number - recent) < room { return true }
            var sum = recent
            return groups.reversed().contains { group in
                sum += group
                return abs(number - sum) < room
            }
        }

        /// Whether a number is the mean, the count, the minimum or the maximum of the column.
        func isMeasure(_ number: Double) -> Bool {
            count > 1
                && [whole / Double(count), Double(count), least, greatest].contains { abs(number - $0) < 0.006 }
        }
    }

    private var sums: [Int: Sum] = [:]
    /// The number of rows.
    private var count = 0

    /// Adds a row of a table with such columns; does nothing for other tables.
    mutating func add(_ row: InputRow, in places: [Int]) {
        if places.isEmpty { return }
        count += 1
        for place in places {
            guard let text = row.texts[place], !text.isEmpty else { continue }
            sums[place, default: Sum()].add(Self.number(text))
        }
    }

    /// Begins a new group after a row of totals; the sum of all rows continues.
    mutating func pass() {
        for place in sums.keys { sums[place]?.pass() }
    }

    /// Whether a row has the sum of the rows above it in one of some columns, or none of the columns can be compared.
    ///
    /// - Parameter surely: whether a match is required: a row that cannot be compared then does not count, and a row
    ///   with another measure of a column does, such as its mean.
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

    /// Whether all numbers of a row in some columns are sums of several rows above it, or other measures of a column
    /// beside such a sum.
    func areSums(in row: InputRow, in places: [Int]) -> Bool {
        let room = 0.01 * Double(count) + 0.006
        var hasSum = false
        for place in places {
            guard let text = row.texts[place], !text.isEmpty else { continue }
            guard let number = Self.number(text), let sum = sums[place], sum.isKnown, sum.count > 1 else {
                return false
            }
            let isSum = sum.isSum(number, within: room)
            guard isSum || sum.isMeasure(number) else { return false }
            hasSum = hasSum || isSum
        }
        return hasSum
    }

    /// Returns the number in a text; `nil` when its punctuation is ambiguous.
    static func number(_ text: String) -> Double? {
        if let plain = plain(text) { return plain }
        let digits = text.filter { ($0.isASCII && $0.isNumber) || ".,-".contains($0) }
        let marks = digits.filter { ".,".contains($0) }
        guard let last = marks.last, let first = marks.first else { return Double(digits) }
        let parts = digits.split(separator: last, omittingEmptySubsequences: false)
        // Of two kinds of punctuation the last is the decimal mark. A mark that occurs repeatedly, or before three
        // digits, may separate thousands.
        if first == last {
            guard parts.count == 2, parts[1].count != 3 else { return nil }
        } else if parts.count != 2 {
            return nil
        }
        let whole = parts[0].filter { !".,".contains($0) }
        return Double("\(whole).\(parts[1])")
    }

    /// Returns the number in a text of digits with at most one decimal point that cannot separate thousands: `1250.50`.
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
