import Localization

/// The rows of parts that were there and that the input, which says what rows a record has, does not have.
struct RemovedRows {
    private struct Tally {
        let part: Part
        let module: Module
        let first: Int64
        var rows: Int
        var records: Int
    }

    private var tallies: [Tally] = []

    /// Notes a number of rows of a record.
    mutating func note(_ count: Int, _ part: Part, of record: Int64, in module: Module) {
        guard count > 0 else { return }
        add(Tally(part: part, module: module, first: record, rows: count, records: 1))
    }

    /// Adds those of other records.
    mutating func add(_ others: RemovedRows) {
        for other in others.tallies { add(other) }
    }

    private mutating func add(_ other: Tally) {
        let place = tallies.firstIndex { $0.module.name == other.module.name && $0.part.name == other.part.name }
        guard let place else { return tallies.append(other) }
        tallies[place].rows += other.rows
        tallies[place].records += other.records
    }

    var isEmpty: Bool { tallies.isEmpty }

    /// A notice for each part.
    var notices: [Text] {
        tallies.map { tally in
            let (part, called, more) = (tally.part, tally.module.called(tally.first), tally.records - 1)
            let noun = tally.rows == 1 ? part.label.en : part.plural.en
            let others = more > 0 ? Text(en: " and of \(more) more", es: " y en \(more) más") : Text("")
            return Text(
                en: """
                    removed \(tally.rows) \(noun.lowercased()) that the input does not have, of \(called.en)\(others.en)
                    """,
                es: """
                    \(tally.rows == 1 ? "se quitó" : "se quitaron") \(part.spanish.counted(tally.rows)) que la entrada no \
                    tiene, en \(called.es)\(others.es)
                    """
            )
        }
    }
}
