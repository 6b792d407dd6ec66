/// A record that rows of an import were about.
public struct MetRecord: Sendable, Hashable {
    /// The id of the record; for rejected rows, whose record need not exist, a hash of what identifies it.
    public let id: Int64
    /// The number of the row in the input, from 1; negative if the record counts as created or updated since.
    public let row: Int64

    /// Creates one.
    public init(id: Int64, row: Int64) { (self.id, self.row) = (id, row) }
}

/// A record that was there before the rows of an import that only give what a record lacks.
public struct FoundRecord: Sendable, Hashable {
    /// The id of the record.
    public let id: Int64
    /// A hash of the values that its first row gave. What the record has may say otherwise.
    public let given: Int64
    /// Whether it had rows of the part that the rows of the input hold, and has kept them.
    public let keepsRows: Bool

    /// Creates one.
    public init(id: Int64, given: Int64, keepsRows: Bool) {
        (self.id, self.given, self.keepsRows) = (id, given, keepsRows)
    }
}

/// What is kept of a found record, for each of a million: whether it has kept its rows, and thirty bits of the hash.
struct FoundMark: Equatable {
    /// It is never 0.
    let number: Int32

    private static let isMade: Int32 = 1
    private static let keepsRows: Int32 = 2

    init(_ record: FoundRecord) {
        number = Self.bits(of: record.given) | (record.keepsRows ? Self.keepsRows : 0) | Self.isMade
    }

    /// - Returns: `nil` for 0.
    init?(number: Int32) {
        guard number != 0 else { return nil }
        self.number = number
    }

    /// Whether the record has kept rows of the part that the rows of the input hold.
    var keepsRows: Bool { number & Self.keepsRows != 0 }

    /// Whether the first row about the record gave values with a hash.
    func gave(_ hash: Int64) -> Bool { number & ~(Self.isMade | Self.keepsRows) == Self.bits(of: hash) }

    private static func bits(of hash: Int64) -> Int32 { Int32(truncatingIfNeeded: hash) & ~(isMade | keepsRows) }
}

/// What the rows of a run of an import were about.
public struct MetRecords: Sendable, Hashable {
    /// The records of the rows that were taken.
    public var taken: [MetRecord]
    /// Those of the rejected rows whose record further rows may be about.
    public var rejected: [MetRecord]
    /// The records that were there before, where rows only give what a record lacks.
    public var found: [FoundRecord]

    /// Creates them.
    public init(taken: [MetRecord] = [], rejected: [MetRecord] = [], found: [FoundRecord] = []) {
        (self.taken, self.rejected, self.found) = (taken, rejected, found)
    }
}
