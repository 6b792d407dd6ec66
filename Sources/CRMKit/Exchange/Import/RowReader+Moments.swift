extension RowReader {
    /// Puts moments together of which a day and a time of day have columns of their own.
    ///
    /// - Throws: what is no fault of the row: cells that cannot be taken are among the reading's problems.
    func readMoments(_ reading: inout RowReading, row: InputRow, _ plan: RowPlan) throws {
        for (position, half, day, cell) in reading.moments where half == .day {
            let time = reading.moments.first { $0.position == position && $0.half == .time }?.text
            do {
                var value = try value([day, time].compactMap { $0 }.joined(separator: " "), at: position)
                if let last = try lastDay(of: value, at: position, time, in: reading, plan) { value = last }
                try give(value, position, cell: cell, to: &reading)
            } catch {
                try note(error, row: row, cell: cell, plan, in: &reading)
            }
        }
    }

    /// Outlook ends what takes whole days at the midnight after the last of them; here they end with their last day.
    ///
    /// - Returns: `nil` where that is not so.
    private func lastDay(
        of end: Value,
        at position: Int,
        _ time: String?,
        in reading: RowReading,
        _ plan: RowPlan
    ) throws -> Value? {
        guard let order = module.dateOrders.first(where: { module.position(of: $0.later) == position }),
            let start = module.position(of: order.earlier),
            let begin = reading.given.first(where: { $0.position == start })?.value.text,
            let moment = end.text.flatMap(Moment.seconds(stored:)), let first = Moment.seconds(stored: begin),
            time != nil, moment >= first + 86_400, isWholeDay(position, in: reading)
        else { return nil }
        let zone = context.clock.zone
        let local = moment + zone.offset(at: moment)
        guard local == local.flooredDays * 86_400 else { return nil }
        return Moment(secondsSinceEpoch: zone.seconds(ofLocal: local - 86_400)).map { .text($0.description) }
    }

    private func isWholeDay(_ position: Int, in reading: RowReading) -> Bool {
        module.fields[position].isWholeDay { key in
            reading.given.first { module.fields[$0.position].key == key }?.value ?? .null
        }
    }
}
