extension RowReader {
    /// Puts moments together of which a day and a time of day have columns of their own.
    ///
    /// - Throws: errors of which the row is not the cause; cells that cannot be read are among the reading's problems.
    func readMoments(_ reading: inout RowReading, row: InputRow, _ plan: RowPlan) throws {
        var days: Set<Int> = []
        for (position, half, _, cell) in reading.moments where half.isOfDay && days.insert(position).inserted {
            do {
                try readDay(at: position, cell: cell, into: &reading)
            } catch {
                try note(error, row: row, cell: cell, plan, in: &reading)
            }
        }
        for (position, half, day, cell) in reading.moments where half == .day && !isReminder(position) {
            let time = reading.moments.first { $0.position == position && $0.half == .time }?.text
            do {
                var value = try value([day, time].compactMap { $0 }.joined(separator: " "), at: position)
                if let last = try lastDay(of: value, at: position, time, in: reading) { value = last }
                try give(value, position, cell: cell, to: &reading)
            } catch {
                try note(error, row: row, cell: cell, plan, in: &reading)
            }
        }
        for (position, half, day, cell) in reading.moments where half == .day && isReminder(position) {
            do {
                try readReminder(at: position, day, cell: cell, into: &reading)
            } catch {
                try note(error, row: row, cell: cell, plan, in: &reading)
            }
        }
    }

    private func isReminder(_ position: Int) -> Bool { module.fields[position].type == .list(.duration) }

    /// A reminder that is told by when it is: how long that is before the start of the row.
    private func readReminder(at position: Int, _ day: String, cell: Int, into reading: inout RowReading) throws {
        func text(_ half: MomentHalf) -> String? {
            reading.moments.first { $0.position == position && $0.half == half }?.text
        }
        if let isOn = text(.isOn), try !BooleanText.parse(isOn) { return }
        guard let start = module.dateOrders.first.flatMap({ module.position(of: $0.earlier) }),
            let begin = reading.given.first(where: { $0.position == start })?.value.text,
            let first = Moment.seconds(stored: begin)
        else { return }
        let moment = try value([day, text(.time)].compactMap { $0 }.joined(separator: " "), at: start)
        guard let seconds = moment.text.flatMap(Moment.seconds(stored:)) else { return }
        guard seconds <= first else {
            throw ValueError(en: "is after the start of the event", es: "es posterior al inicio del evento")
        }
        let before = Duration(seconds: first - seconds).description
        try give(try value(before, at: position), position, cell: cell, to: &reading)
    }

    /// A day of which the year, the month and the day of the month have columns of their own.
    private func readDay(at position: Int, cell: Int, into reading: inout RowReading) throws {
        func number(_ half: MomentHalf) -> Int? {
            reading.moments.first { $0.position == position && $0.half == half }.flatMap { Int($0.text) }
        }
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        guard let month = number(.month), let day = number(.dayOfMonth) else {
            throw ValueError(
                en: "a day has a month and a day of the month, in numbers",
                es: "una fecha tiene mes y día del mes, en números"
            )
        }
        guard let year = number(.year), year > 0 else {
            let text = "--\(padded(month))-\(padded(day))"
            reading.told.append(ToldValue(.yearless, of: module.fields[position], text))
            return
        }
        let text = "\(year)-\(padded(month))-\(padded(day))"
        try give(try value(text, at: position, isExact: true), position, cell: cell, to: &reading)
    }

    /// Returns the last day of a whole-day event whose end is the midnight after it, as Outlook writes it. This program
    /// stores the last day itself.
    ///
    /// - Returns: `nil` if the event does not end in this way.
    private func lastDay(of end: Value, at position: Int, _ time: String?, in reading: RowReading) throws -> Value? {
        guard let order = module.dateOrders.first(where: { module.position(of: $0.later) == position }),
            let start = module.position(of: order.earlier),
            let begin = reading.given.first(where: { $0.position == start })?.value.text,
            let moment = end.text.flatMap(Moment.seconds(stored:)), let first = Moment.seconds(stored: begin),
            time != nil, moment >= first + 86_400, isWholeDay(position, in: reading)
        else { return nil }
        let zone = context.clock.zone
        let local = moment + zone.offset(at: moment)
        guard local.secondOfDay == 0 else { return nil }
        return Moment(secondsSinceEpoch: zone.seconds(ofLocal: local - 86_400)).map { .text($0.description) }
    }

    private func isWholeDay(_ position: Int, in reading: RowReading) -> Bool {
        module.fields[position].isWholeDay { key in
            reading.given.first { module.fields[$0.position].key == key }?.value ?? .null
        }
    }
}
