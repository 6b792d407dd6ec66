import Localization
import SQLite

/// The report about a salvage: what was recovered from a damaged file, and what was lost.
public struct SalvageReport: Sendable, Equatable {
    /// A table of the damaged file, with counts of its rows.
    public struct Table: Sendable, Equatable {
        /// The name of the table in the file.
        public let name: String
        /// The name of the rows in messages.
        public let label: Text
        /// The number of rows that could be read.
        public internal(set) var read = 0
        /// The number of read rows that are not in the new file: they belong to a lost row, or hold values that no row
        /// of the program can hold.
        public internal(set) var leftOut = 0
        /// The number of values in the copied rows that are changed or missing: they could not be read, or their fields
        /// cannot hold them.
        public internal(set) var changed = 0
        /// The ranges of ids that contain those of lost rows, in order; the last range may have no end. Empty for a
        /// table without losses, and for one whose rows have no ids.
        public internal(set) var lost: [ClosedRange<Int64>] = []
        /// The pages that could not be read, in order.
        public internal(set) var pages: [Int] = []
        /// Whether anything of the table is lost.
        public internal(set) var isDamaged = false

        init(_ name: String, label: Text) { (self.name, self.label) = (name, label) }

        /// The maximum number of lost rows; `nil` when it is not known.
        public var mostLost: Int64? {
            guard isDamaged else { return 0 }
            guard !lost.isEmpty, lost.last?.upperBound != Int64.max else { return nil }
            return lost.reduce(0) { $0 + ($1.upperBound - $1.lowerBound + 1) }
        }
    }

    /// The tables with rows or losses.
    public internal(set) var tables: [Table] = []
    /// The number of rows in pages that belong to an unknown table.
    public internal(set) var strayRows = 0
    /// The first of the changed values.
    public internal(set) var changedValues: [Finding] = []
    /// The number of records created because others require them.
    public internal(set) var substitutes = 0
    /// The faults that the new file still has, as ``Store/check()`` reports them.
    public internal(set) var findings: [Finding] = []
    /// The notes of the upgrade of a file of an earlier format.
    public internal(set) var notes: [Text] = []

    /// The number of rows that could be read.
    public var read: Int { tables.reduce(0) { $0 + $1.read } }
    /// The number of read rows that are not in the new file.
    public var leftOut: Int { tables.reduce(0) { $0 + $1.leftOut } }
    /// Whether everything is in the new file.
    public var isWhole: Bool {
        strayRows == 0 && !tables.contains { $0.isDamaged || $0.leftOut > 0 || $0.changed > 0 }
    }
    /// The number of changed values.
    public var changed: Int { tables.reduce(0) { $0 + $1.changed } }
}

extension SalvageReport.Table {
    /// Records the places that could not be read.
    ///
    /// - Parameters:
    ///   - hasIDs: whether the rows' ids are the row numbers in the places.
    ///   - last: the highest id ever assigned, if known.
    mutating func lose(_ places: [DamagedPlace], hasIDs: Bool, upTo last: Int64?, inThere found: [ClosedRange<Int64>]) {
        guard !places.isEmpty else { return }
        pages = Set(pages + places.compactMap(\.page)).sorted()
        guard hasIDs else {
            isDamaged = true
            return
        }
        let end = last ?? Int64.max
        let ranges = places.compactMap { place -> ClosedRange<Int64>? in
            let (first, last) = (max(1, place.rows.lowerBound), min(end, place.rows.upperBound))
            return first <= last ? first...last : nil
        }
        lost = ranges.merged.excluding(found)
        isDamaged = !lost.isEmpty
    }
}

extension [ClosedRange<Int64>] {
    /// Returns the same numbers in as few ranges as possible, in order.
    var merged: [ClosedRange<Int64>] {
        var merged: [ClosedRange<Int64>] = []
        for range in sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, last.upperBound == Int64.max || range.lowerBound <= last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...Swift.max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    /// Returns the numbers that are not in other ranges. The receiver must be in order.
    func excluding(_ others: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
        var rest = self
        for other in others {
            rest = rest.flatMap { range -> [ClosedRange<Int64>] in
                guard range.overlaps(other) else { return [range] }
                var pieces: [ClosedRange<Int64>] = []
                if range.lowerBound < other.lowerBound { pieces.append(range.lowerBound...(other.lowerBound - 1)) }
                if range.upperBound > other.upperBound { pieces.append((other.upperBound + 1)...range.upperBound) }
                return pieces
            }
        }
        return rest
    }
}
