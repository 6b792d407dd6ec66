/// The records of several queries in one order by date, newest first by default. They are read on demand; the rows of
/// each query are in that order already.
public final class MergedRecords: MentionedRecords {
    /// The rows of one query, positioned at the next record.
    private struct Branch {
        let record: MentionedRecord
        var place: Place

        init(_ record: MentionedRecord, by clock: Clock) {
            self.record = record
            place = Place(record, by: clock)
        }
    }

    /// The place of a row in the order.
    private struct Place: Equatable {
        let group: Int
        /// Seconds since 1970; for a day, its beginning in the user's zone.
        let time: Int64
        let module: Int
        let id: Int64
        let occasion: Int
        /// Distinguishes several rows of one record.
        let row: Int64

        init(_ record: MentionedRecord, by clock: Clock) {
            let (rows, rank) = (record.rows, record.rank)
            (group, module, occasion) = (rank.group, rank.module, rank.occasion)
            time = clock.seconds(ofStored: rows.bytes(record.datePosition))
            id = rows.integer(record.idPosition)
            row = record.rowPosition.map(rows.integer) ?? 0
        }

        func precedes(_ other: Place, newestFirst: Bool) -> Bool {
            if group != other.group { return group < other.group }
            if time != other.time { return newestFirst ? time > other.time : time < other.time }
            if module != other.module { return module < other.module }
            if id != other.id { return newestFirst ? id > other.id : id < other.id }
            // A definition declares its dates in their order of time.
            if occasion != other.occasion { return newestFirst ? occasion > other.occasion : occasion < other.occasion }
            return newestFirst ? row > other.row : row < other.row
        }
    }

    private let clock: Clock
    private let newestFirst: Bool
    private let isOnce: Bool
    private var waiting: [MentionedRecord]
    private var branches: [Branch] = []
    private var given: Int?
    private var last: Place?

    /// Merges queries.
    ///
    /// - Parameter isOnce: whether equal rows of several queries are returned once.
    init(_ records: [MentionedRecord], clock: Clock, newestFirst: Bool = true, isOnce: Bool = false) {
        waiting = records
        self.clock = clock
        self.newestFirst = newestFirst
        self.isOnce = isOnce
    }

    /// Advances to the next record.
    ///
    /// - Returns: the record, whose row is valid until the next call; `nil` after the last one.
    /// - Throws: ``CRMError`` for errors that SQLite reports.
    public func next() throws(CRMError) -> MentionedRecord? {
        for record in waiting where try record.rows.next() { branches.append(Branch(record, by: clock)) }
        waiting = []
        repeat {
            try advance()
            given = first()
        } while isOnce && given.map { branches[$0].place == last } ?? false
        guard let given else { return nil }
        last = branches[given].place
        return branches[given].record
    }

    /// Advances the query that returned the last record.
    private func advance() throws(CRMError) {
        guard let given else { return }
        let record = branches[given].record
        if try record.rows.next() {
            branches[given].place = Place(record, by: clock)
        } else {
            branches.remove(at: given)
        }
    }

    /// Returns the query whose row comes first; for equal rows, the earliest query.
    private func first() -> Int? {
        guard var first = branches.indices.first else { return nil }
        for index in branches.indices.dropFirst()
        where branches[index].place.precedes(branches[first].place, newestFirst: newestFirst) {
            first = index
        }
        return first
    }
}

extension Clock {
    /// Returns the seconds from 1970 to a stored moment, or to the beginning of a stored day in the user's zone. Other
    /// text, from another program, comes before everything.
    fileprivate func seconds(ofStored text: UnsafeRawBufferPointer) -> Int64 {
        if text.count > 10 { return Moment.seconds(stored: text) ?? .min }
        var reader = ByteReader(String(decoding: text, as: UTF8.self))
        guard let date = try? CivilDate(readingFrom: &reader) else { return .min }
        return Moment(date, secondOfDay: 0, in: zone)?.secondsSinceEpoch ?? .min
    }
}
