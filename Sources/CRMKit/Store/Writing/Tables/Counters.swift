import SQLite

/// The counter of a document number: the highest count given out for one frame, prefix and suffix, of one field.
///
/// Counters are not part of history, so an undo does not take them back. They change only in the transaction that gives
/// the numbers, so a rolled back transaction uses none up.
struct Counter: Equatable {
    /// The name of the table, and the key that marks a line of an export as a counter.
    static let table = "counter"
    /// The counts that can be given out: beyond them, the numbers of JSON, in which an export has counters, are no
    /// longer exact everywhere (RFC 8259 section 6).
    static let counts: ClosedRange<Int64> = 0...1 << 53

    /// The module and key of the field: `quote.number`.
    let field: String
    /// The text before the count.
    let before: String
    /// The text after the count.
    let after: String
    /// The highest count given out.
    var last: Int64
}

/// The counters that a transaction has read or advanced, and not yet written.
struct Counters {
    private var counters: [(counter: Counter, isMoved: Bool)] = []

    /// Returns the index of the counter of a field and frame; `nil` when it is not read yet.
    func index(of field: String, _ frame: NumberFrame) -> Int? {
        counters.firstIndex {
            $0.counter.field == field && $0.counter.before == frame.before && $0.counter.after == frame.after
        }
    }

    subscript(index: Int) -> Counter { counters[index].counter }

    /// Adds a counter.
    ///
    /// - Parameter isMoved: whether its count differs from the one stored in the file.
    /// - Returns: the index of the counter.
    mutating func add(_ counter: Counter, isMoved: Bool) -> Int {
        counters.append((counter, isMoved))
        return counters.count - 1
    }

    /// Moves a counter on, never back.
    mutating func move(_ index: Int, to count: Int64) {
        guard count > counters[index].counter.last else { return }
        counters[index].counter.last = count
        counters[index].isMoved = true
    }

    /// Writes the counters that have advanced.
    mutating func write(to store: Store) throws {
        for index in counters.indices where counters[index].isMoved {
            let counter = counters[index].counter
            try store.run(
                """
                INSERT INTO \(name: Counter.table) ("field", "before", "after", "last") \
                VALUES (\(bind: .text(counter.field)), \(bind: .text(counter.before)), \
                \(bind: .text(counter.after)), \(bind: .integer(counter.last))) \
                ON CONFLICT ("field", "before", "after") DO UPDATE SET "last" = excluded."last"
                """
            )
            counters[index].isMoved = false
        }
    }
}

extension Store {
    /// Returns all counters. Within a write, its own changes are included.
    func counters() throws -> [Counter] {
        try ongoing?.flushCounters()
        return try database.all(
            "SELECT \"field\", \"before\", \"after\", \"last\" FROM \"counter\" ORDER BY 1, 2, 3"
        ).map { row in
            Counter(
                field: row[0].text ?? "",
                before: row[1].text ?? "",
                after: row[2].text ?? "",
                last: row[3].integer ?? 0
            )
        }
    }

    /// Returns the highest count given out for a frame; for a frame without a counter, the highest count among the
    /// numbers of records.
    ///
    /// - Returns: the count, and whether it comes from a stored counter.
    func lastCount(of field: Field, in module: Module, _ frame: NumberFrame) throws -> (count: Int64, isStored: Bool) {
        let counters = try statement(
            """
            SELECT "last" FROM \(name: Counter.table) WHERE "field" = \(bind: .text(module.counted(field))) \
            AND "before" = \(bind: .text(frame.before)) AND "after" = \(bind: .text(frame.after))
            """ as SQLFragment
        )
        defer { counters.reset() }
        if try counters.step() { return (max(counters.integer(at: 0), 0), true) }
        return (try highestCount(of: field, in: module, frame), false)
    }

    /// Returns the highest count among the numbers of records, 0 for none.
    func highestCount(of field: Field, in module: Module, _ frame: NumberFrame) throws -> Int64 {
        // Numbers with the same beginning are adjacent in the column's index.
        let number: SQLFragment = "\(name: field.key)"
        let isFramed = SQLFunctions.begins(number, with: frame.before)
        let numbers = try database.prepare(
            fragment: "SELECT \(number) FROM \(name: module.table) WHERE \(isFramed)"
        )
        var highest: Int64 = 0
        while try numbers.step() { highest = max(highest, frame.count(of: numbers.text(at: 0)) ?? 0) }
        return highest
    }
}

extension Module {
    /// Returns the name of a field in counters: `quote.number`.
    func counted(_ field: Field) -> String { "\(name.rawValue).\(field.key)" }
}
