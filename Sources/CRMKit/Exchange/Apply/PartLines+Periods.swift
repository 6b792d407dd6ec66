import Localization

/// The periods of a tracked field, which end with the value that the record has. An input whose line for the record was
/// edited still has the periods of before.
extension PartLines {
    /// Ends the last of a record's periods if it is not that of the present value, and adds the period that this value
    /// began. Its moment comes from what was written when the value changed, so that applying the same input again
    /// changes nothing.
    ///
    /// - Parameters:
    ///   - rows: all periods in the input, with the stored rows that they are.
    ///   - present: the stored rows.
    /// - Returns: the stored row that the added period is; `nil` if there is none.
    func endPeriods(
        _ rows: inout [(values: [Value], former: PartRow?)],
        of record: Int64,
        among present: [PartRow]
    ) throws -> PartRow? {
        guard let key = part.tracked, let last = rows.indices.last else { return nil }
        let (value, start, end) = (0, 1, 2)
        for index in rows.indices.dropLast() where rows[index].values[end].isNull {
            rows[index].values[end] = rows[index + 1].values[start]
        }
        let held = try transaction.store.storedValue(of: key, in: table.module, id: record)
        if rows[last].values[end].isNull {
            if rows[last].values[value] == held { return nil }
            let former = rows[last].former?.values
            let isSame = former?.prefix(through: start) == rows[last].values.prefix(through: start)
            let ended = isSame ? former?[end] ?? .null : .null
            rows[last].values[end] = ended.isNull ? .text(transaction.now) : ended
        }
        if held.isNull { return nil }
        let current = present.last { row in
            row.values[value] == held && row.values[end].isNull && !rows.contains { $0.former?.id == row.id }
        }
        rows.append(([held, rows[last].values[end], .null], current))
        return current
    }

    /// Refuses periods that are out of order. Those that are stored so already may stay.
    ///
    /// - Parameters:
    ///   - rows: all periods of a record.
    ///   - lines: the indices of those that lines give.
    ///   - refuse: called with the index of each period that is refused, and the reason.
    func checkPeriods(
        _ rows: [(values: [Value], former: PartRow?)],
        of lines: Range<Int>,
        refusing refuse: (Int, LineFault) throws -> Void
    ) throws {
        if part.tracked == nil { return }
        let changed = Set(lines.filter { rows[$0].former?.values != rows[$0].values })
        for index in lines where changed.contains(index) {
            let (previous, next) = (index - 1, index + 1)
            do throws(LineFault) {
                try checkPeriod(
                    rows[index].values,
                    after: previous < 0 ? nil : rows[previous].values,
                    // An overlap with one that changes too is told of that one.
                    before: next == rows.count || changed.contains(next) ? nil : rows[next].values
                )
            } catch {
                try refuse(index, error)
            }
        }
    }

    /// Refuses a period of a single line that is out of order with those beside it. A row that is new comes after all
    /// those with lesser positions.
    ///
    /// A record that is new with the input keeps what it had where it was, since clocks may have been set back there:
    /// otherwise one odd period would make a whole export useless. That is told, and the integrity check finds it.
    ///
    /// - Parameters:
    ///   - row: the stored row that the line changes; `nil` for a new one.
    ///   - place: the position of a new row; `nil` for the end.
    func checkPeriod(_ values: [Value], of record: Int64, changing row: PartRow?, at place: Int64?) throws {
        if part.tracked == nil || row?.values == values { return }
        let position = row?.position ?? place ?? Int64.max
        let previous = position > 1 ? try writer.find(position - 1, of: record) ?? writer.last(of: record) : nil
        let next = try writer.find(row == nil ? position : position + 1, of: record)
        do throws(LineFault) {
            try checkPeriod(values, after: previous?.values, before: next?.values, isNew: record > lastID)
        } catch {
            guard record > lastID else { throw error }
            outcome.noteDisordered(record, in: table.module)
        }
    }

    /// Refuses a period that ends before it begins, has an end that is yet to come, or overlaps one beside it. Moments
    /// are stored so that their texts sort in order of time.
    ///
    /// - Parameter isNew: whether the record is new with the input, whose clock may have been ahead of this one.
    private func checkPeriod(
        _ values: [Value],
        after previous: [Value]?,
        before next: [Value]?,
        isNew: Bool = false
    ) throws(LineFault) {
        func bounds(_ values: [Value]) -> (start: String, end: String) {
            let start = values[1].text ?? ""
            return (start, values[2].text ?? start)
        }
        func fault(_ key: String, _ value: String, en: String, es: String) -> LineFault {
            LineFault(field: key, value: value, cause: ValueError(en: en, es: es))
        }
        let period = bounds(values)
        if period.end < period.start {
            throw fault(
                Part.periodEnd,
                period.end,
                en: "the period ends before it begins, on \(period.start)",
                es: "el periodo termina antes de empezar, el \(period.start)"
            )
        }
        if !isNew, !values[2].isNull, isFuture(period.end) {
            throw fault(
                Part.periodEnd,
                period.end,
                en: "is in the future; a period that has not ended has no end",
                es: "está en el futuro; un periodo que no ha terminado no tiene término"
            )
        }
        if let former = previous.map(bounds), former.end > period.start {
            throw fault(
                Part.periodStart,
                period.start,
                en: "the period overlaps the one before it, which lasts until \(former.end)",
                es: "el periodo se traslapa con el anterior, que dura hasta el \(former.end)"
            )
        }
        if let later = next.map(bounds), period.end > later.start {
            throw fault(
                values[2].isNull ? Part.periodStart : Part.periodEnd,
                period.end,
                en: "the period overlaps the one after it, which begins on \(later.start)",
                es: "el periodo se traslapa con el siguiente, que empieza el \(later.start)"
            )
        }
    }
    /// Whether a moment is yet to come by any clock: those of two machines may differ by hours, as where the zone of one
    /// is wrong.
    private func isFuture(_ moment: String) -> Bool {
        let seconds = transaction.store.clock.moment.secondsSinceEpoch + .secondsPerDay
        return Moment(secondsSinceEpoch: seconds).map { moment > $0.description } ?? false
    }
}
