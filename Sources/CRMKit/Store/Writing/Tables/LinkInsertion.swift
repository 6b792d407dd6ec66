import SQLite

/// Inserts new links of one relation, one by one or many with one statement.
///
/// Starting and ending a statement costs SQLite more than a row does: it opens every index, reads the last id given out
/// and writes it back.
final class LinkInsertion {
    /// A link that is not there yet.
    struct Link {
        let contact: Int64
        let record: Int64
        let attributes: LinkAttributes
        /// The number of the input row that requests the link; `nil` when it comes from no input row.
        var row: Int?
    }

    /// Hears of a link that a constraint does not admit.
    typealias Refusal = (Link, SQLiteError) throws -> Void

    private let writer: TableWriter
    private let now: Value
    private var waiting: [Link] = []
    /// The pairs that may be linked, those that wait included, while an input of links is read; `nil` where nobody
    /// knows.
    private var pairs: LinkedPairs?
    private var rows = RowsOfLinks()

    init(_ writer: TableWriter, now: String) {
        self.writer = writer
        self.now = .text(now)
        waiting.reserveCapacity(TableWriter.mostLinksTogether)
    }

    /// Inserts a link now.
    func insert(_ link: Link) throws {
        var values: [Value] = []
        add(link, to: &values)
        let id = try writer.insert(values)
        if let row = link.row { rows.note(id, row: row) }
        pairs?.insert(contact: link.contact, record: link.record)
    }

    /// Whether it is known which pairs may be linked.
    var knowsPairs: Bool { pairs != nil }

    /// Begins to know which pairs may be linked.
    ///
    /// - Parameter stored: the pairs that are.
    func know(_ stored: LinkedPairs) {
        pairs = stored
        for link in waiting { pairs?.insert(contact: link.contact, record: link.record) }
    }

    /// Forgets what is only known while an input is read.
    func forgetInput() { (pairs, rows) = (nil, RowsOfLinks()) }

    /// Returns the row of the input that made a link; `nil` if that is not known.
    func row(of id: Int64) -> Int? { rows.row(of: id) }

    /// Whether a pair may be linked, for all that is known.
    func mayBeLinked(contact: Int64, record: Int64) -> Bool {
        pairs?.mayHold(contact: contact, record: record) ?? true
    }

    /// Inserts a link when enough wait.
    func insertSoon(_ link: Link, refusing refuse: Refusal) throws {
        waiting.append(link)
        pairs?.insert(contact: link.contact, record: link.record)
        if waiting.count == TableWriter.mostLinksTogether { try insertWaiting(refusing: refuse) }
    }

    /// The number of links waiting to be inserted.
    var waitingCount: Int { waiting.count }

    /// Whether the last link that waits is the one that a row asks for.
    func isLastWaiting(row: Int?) -> Bool { waiting.indices.last.map { waiting[$0].row == row } ?? false }

    /// Whether a link of a pair waits.
    func isWaiting(contact: Int64, record: Int64) -> Bool {
        // By index, since a loop over the links would copy each of them.
        waiting.indices.contains { waiting[$0].record == record && waiting[$0].contact == contact }
    }

    /// Inserts all that wait.
    ///
    /// - Parameter refuse: called in order for each that a constraint does not admit; the others are inserted.
    func insertWaiting(refusing refuse: Refusal) throws {
        defer { waiting.removeAll(keepingCapacity: true) }
        if waiting.count == TableWriter.mostLinksTogether, try insertTogether() { return }
        for link in waiting {
            do {
                try insert(link)
            } catch let error as SQLiteError {
                guard case .constraint = error.code else { throw error }
                try refuse(link, error)
            }
        }
    }

    /// - Returns: `false` if one of the links violates a constraint; none is inserted then.
    private func insertTogether() throws -> Bool {
        do {
            let ids = try writer.insert(together: waiting, values: add)
            for index in waiting.indices {
                if let row = waiting[index].row { rows.note(ids.lowerBound + Int64(index), row: row) }
            }
            return true
        } catch let error as SQLiteError {
            guard case .constraint = error.code else { throw error }
            return false
        }
    }

    /// Adds what the fields of a link's row hold.
    private func add(_ link: Link, to values: inout [Value]) {
        values.append(.null)
        values.append(.integer(link.contact))
        values.append(.integer(link.record))
        for value in link.attributes.values { values.append(value ?? .null) }
        values.append(now)
    }
}
