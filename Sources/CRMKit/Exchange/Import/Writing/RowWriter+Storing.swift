import Localization
import SQLite

/// Writes the record of a row and what hangs on it.
extension RowWriter {
    /// Makes or changes the record of a row.
    ///
    /// - Throws: what is wrong with it, and with the rows of its parts.
    func store(_ reading: inout RowReading, of known: KnownRow, _ plan: RowPlan) throws -> RecordSettler.Settled {
        do {
            return try settle(&reading, of: known, plan)
        } catch {
            throw try refused(error, reading, of: known, plan)
        }
    }

    private func settle(
        _ reading: inout RowReading,
        of known: KnownRow,
        _ plan: RowPlan
    ) throws -> RecordSettler.Settled {
        do {
            return try makeOrChange(&reading, of: known, plan)
        } catch let error as CRMError where error.code == .invalid && known.card != nil {
            guard leaveToCard(error, &reading, of: known) else { throw error }
            return try makeOrChange(&reading, of: known, plan)
        }
    }

    private func makeOrChange(
        _ reading: inout RowReading,
        of known: KnownRow,
        _ plan: RowPlan
    ) throws -> RecordSettler.Settled {
        guard let existing = known.identity.existing else {
            let subject = plan.lacksSubject ? try self.subject(&reading) : nil
            return try records.create(
                reading.given,
                linking: reading.links.first,
                made: known.identity.made,
                called: subject
            )
        }
        return try records.update(
            existing,
            with: reading.given,
            isOfTable: !known.row.columns.isEmpty,
            beside: reading.beside,
            made: known.identity.made,
            plan,
            givesAll: known.isCalendar
        )
    }

    /// Leaves the values that the record refuses, such as a birthday in the future, to the stored card.
    ///
    /// - Returns: whether the card has what is refused.
    private func leaveToCard(_ error: CRMError, _ reading: inout RowReading, of known: KnownRow) -> Bool {
        let refused = Set(error.problems.map(\.field)).filter { known.card?.contents.texts[$0] != nil }
        if refused.isEmpty { return false }
        let others = reading.given.filter { !refused.contains(module.fields[$0.position].key) }
        let emptied = reading.given.filter { refused.contains(module.fields[$0.position].key) }.map {
            RowReading.Given(position: $0.position, value: .null, cell: $0.cell)
        }
        reading.given = others + (cards?.isComplete == true ? emptied : [])
        for key in refused { known.card?.contents.set(key, to: nil) }
        return true
    }

    /// Returns the subject of a document for which no column has one: its number, otherwise the name of the record it
    /// refers to.
    private func subject(_ reading: inout RowReading) throws -> Value? {
        func given(_ position: Int?) -> Value? {
            reading.given.first { $0.position == position && !$0.value.isNull }?.value
        }
        let label = module.fields[module.displayPosition]
        if let number = given(module.documentNumber.flatMap { module.position(of: $0.key) })?.text {
            reading.told.append(ImportWarning(.subject, of: label, number))
            return .text(number)
        }
        for (position, field) in module.fields.enumerated() {
            guard let target = field.type.target, let id = given(position)?.integer,
                let name = try resolver.name(of: id, in: registry[target])
            else { continue }
            reading.told.append(ImportWarning(.subject, of: label, name))
            return .text(name)
        }
        return nil
    }

    /// Links the record of a row, and follows links that come of others.
    ///
    /// - Returns: how many links were made.
    func link(_ settled: RecordSettler.Settled, _ reading: RowReading, row: InputRow) throws -> Int {
        var count = try link(reading, row: row, record: settled.id)
        if let created = settled.created {
            if reading.links.isEmpty { count += try transaction.linkFollowing(created) }
            if let mail { count += try mail.settle(created.id) }
        }
        return count
    }

    /// Writes what a row gives beside the fields of its record: rows of parts, pieces of values, what cards and
    /// calendars hold.
    ///
    /// - Returns: whether that changed anything.
    func settleOthers(
        of settled: RecordSettler.Settled,
        _ known: KnownRow,
        _ reading: RowReading,
        _ plan: RowPlan
    ) throws -> Bool {
        let row = known.row
        var haveChanged =
            try !reading.rows.isEmpty
            && parts.settle(reading.rows, of: settled.id, noting: &removed) { row.problem($0, cell: $1) }
        if plan.part != nil,
            try partRows.settle(
                known.all,
                plan: plan,
                of: settled.id,
                created: settled.created,
                noting: &removed
            )
        {
            haveChanged = true
        }
        if let pieces, try pieces.settle(reading.ready, of: settled.id) { haveChanged = true }
        if let card = known.card, let cards,
            try cards.settle(card.contents, of: settled.id, telling: &card.told, noting: &removed)
        {
            haveChanged = true
        }
        if let calendar, let entry = row.entry, try calendar.settle(entry, of: settled.id) { haveChanged = true }
        return haveChanged
    }

    /// Adds rows of a part to a record whose earlier rows came further up, with others in between, provided that they
    /// say nothing different about the record.
    ///
    /// - Parameter former: the words for the earlier row.
    func goOn(
        with record: Int64,
        of former: Text,
        _ given: [RowReading.Given],
        _ rows: [InputRow],
        plan: RowPlan
    ) throws -> Outcome {
        let found = earlier.found(record)
        // What the record holds contradicts nothing; what it had before may also stand against what rows give.
        guard try repeats(given, record) || found.map({ repeats(given, $0, plan) }) ?? false else {
            throw MatchRefusal.repeated(as: former, in: module)
        }
        if found?.keepsRows == true { return Outcome(change: .joined) }
        let isChanged = try partRows.append(rows, plan: plan, to: record, of: former)
        if earlier.isCounted(record) { return Outcome(change: .joined) }
        if isChanged { earlier.count(record) }
        return Outcome(change: isChanged ? .updated : .joined)
    }
}
