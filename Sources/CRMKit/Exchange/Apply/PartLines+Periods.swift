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
}
