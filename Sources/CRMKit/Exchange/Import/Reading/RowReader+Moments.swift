import Formats

extension RowReader {
    /// Combines the moments whose components are in separate columns.
    ///
    /// - Throws: errors that are not the row's fault. The problems of unreadable cells are added to the reading.
    func readMoments(_ reading: inout RowReading, row: InputRow, _ plan: RowPlan) throws {
        var days: Set<Int> = []
        for (position, half, _, cell) in reading.moments where half.isOfDay && days.insert(position).inserted {
            do {
                try readDay(at: position, cell: cell, into: &reading)
            } catch {
                try note(error, row: row, cell: cell, plan, in: &reading)
            }
        }
        try giveWholeDay(&reading, of: row, plan)
        for (position, half, day, cell) in reading.moments where half == .day && !isReminder(position) {
            let time = reading.moments.first { $0.position == position && $0.half == .time }
            if let time, let fault = contradiction(of: day, by: time.text, at: position) {
                try note(fault, row: row, cell: time.cell, plan, in: &reading)
                continue
            }
            if time == nil, isDayOfBeginning(day, ofEnd: position, plan, reading) { continue }
            do {
                try give(try moment(day, time?.text, at: position, in: reading), position, cell: cell, to: &reading)
            } catch {
                if let time, error is ValueError, isReadable(SplitMoment.day(day), at: position) {
                    try note(Self.noTime, row: row, cell: time.cell, plan, in: &reading)
                } else {
                    try note(error, row: row, cell: cell, plan, in: &reading)
                }
            }
        }
        for (position, half, time, cell) in reading.moments where half == .time && !isReminder(position) {
            guard let day = dayOfBeginning(ofEnd: position, in: reading) else { continue }
            do {
                try give(try moment(day, time, at: position, in: reading), position, cell: cell, to: &reading)
            } catch {
                try note(error, row: row, cell: cell, plan, in: &reading)
            }
        }
        try readLengths(&reading, row: row, plan)
        for (position, half, day, cell) in reading.moments where half == .day && isReminder(position) {
            do {
                try readReminder(at: position, day, cell: cell, into: &reading)
            } catch {
                try note(error, row: row, cell: cell, plan, in: &reading)
            }
        }
    }

    /// Returns the day on which a row begins, for an end with only a time of day.
    private func dayOfBeginning(ofEnd position: Int, in reading: RowReading) -> String? {
        func day(_ position: Int) -> String? {
            reading.moments.first { $0.position == position && $0.half == .day }?.text
        }
        return day(position) == nil ? module.beginning(ofEnd: position).flatMap(day) : nil
    }

    /// Whether an end without its time of day, in a table with a column for such times, is on the day on which its row
    /// begins: it says nothing more, as tasks of vtiger have it.
    private func isDayOfBeginning(
        _ day: String,
        ofEnd position: Int,
        _ plan: RowPlan,
        _ reading: RowReading
    ) -> Bool {
        guard let start = module.beginning(ofEnd: position), plan.columns.contains(.moment(position, .time)),
            let begin = reading.given.first(where: { $0.position == start })?.value.text.flatMap(
                Moment.seconds(stored:)
            ),
            !isWholeDay(position, in: reading)
        else { return false }
        do {
            guard let end = try value(day, at: position).text.flatMap(Moment.seconds(stored:)) else { return false }
            return end < begin && begin < end + 86_400
        } catch {
            return false
        }
    }

    private static let noTime = ValueError(
        en: "not a time of day: write one such as 09:30",
        es: "no es una hora: escribir una como 09:30"
    )

    /// Returns the moment of a day and of a time of day in another cell. Without such a cell, the cell of the day may
    /// contain the time.
    private func moment(_ day: String, _ time: String?, at position: Int, in reading: RowReading) throws -> Value {
        guard let time, clock(of: day, at: position) == nil else { return try value(day, at: position) }
        let value = try value("\(SplitMoment.day(day)) \(SplitMoment.time(time))", at: position)
        return try lastDay(of: value, at: position, in: reading) ?? value
    }

    /// Returns the day and the time of day of a cell for days that holds a whole moment, as vtiger's do beside a column
    /// for times; `nil` for a day alone, and for a text that is no moment.
    private func clock(of text: String, at position: Int) -> (day: String, time: String)? {
        let bare = Moment.withoutOffset(SplitMoment.day(text)).text
        guard let end = bare.firstIndex(where: { $0 == " " || $0 == "T" }), isReadable(text, at: position) else {
            return nil
        }
        let time = bare[bare.index(after: end)...].prefix { $0 != "Z" && $0 != "z" }
        let plain = time.lastIndex { "+-".contains($0) }.map { time[..<$0] } ?? time
        return WrittenTime.isClock(String(plain)) ? (String(bare[..<end]), String(plain)) : nil
    }

    /// Returns the error for a time of day that differs from that of the cell for the day; `nil` if they agree, or if only
    /// one of them has a time.
    private func contradiction(of day: String, by time: String, at position: Int) -> ValueError? {
        guard let told = clock(of: day, at: position) else { return nil }
        func moment(_ time: String) -> Value? {
            do {
                return try value("\(told.day) \(time)", at: position)
            } catch {
                return nil
            }
        }
        guard let other = moment(SplitMoment.time(time)) else { return Self.noTime }
        if other == moment(told.time) { return nil }
        return ValueError(
            en: "the column of days says \(told.time): write the one that is right in both",
            es: "la columna del día dice \(told.time): escribir la correcta en ambas"
        )
    }

    /// Whether a text is a valid value of a field.
    private func isReadable(_ text: String, at position: Int) -> Bool {
        do {
            return try !value(text, at: position).isNull
        } catch {
            return false
        }
    }

    /// Makes an event last the whole day if it has a day but no time, in a table with a column for times. The exports
    /// of Google and Outlook leave the time of such an event empty.
    private func giveWholeDay(_ reading: inout RowReading, of row: InputRow, _ plan: RowPlan) throws {
        for (position, half, _, cell) in reading.moments where half == .day {
            let field = module.fields[position]
            guard module.dateOrders.contains(where: { $0.earlier == field.key }),
                let flag = field.wholeDayKey.flatMap({ module.position(of: $0) }),
                plan.columns.contains(.moment(position, .time)),
                !reading.moments.contains(where: { $0.position == position && $0.half == .time }),
                !reading.given.contains(where: { $0.position == flag && row.texts[$0.cell]?.trimmed.isEmpty == false })
            else { continue }
            reading.given.removeAll { $0.position == flag }
            try give(.integer(1), flag, cell: cell, to: &reading)
        }
    }

    private func isReminder(_ position: Int) -> Bool { module.fields[position].type == .list(.duration) }

    /// Reads a reminder that is stated as a moment, as the duration before the start of the row.
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

    /// Reads a date whose year, month and day of the month are in separate columns.
    private func readDay(at position: Int, cell: Int, into reading: inout RowReading) throws {
        func number(_ half: MomentHalf) -> Int? {
            reading.moments.first { $0.position == position && $0.half == half }.flatMap { Int($0.text) }
        }
        guard let month = number(.month), let day = number(.dayOfMonth) else {
            throw ValueError(
                en: "a day has a month and a day of the month, in numbers",
                es: "una fecha tiene mes y día del mes, en números"
            )
        }
        guard let year = number(.year), year > 0 else {
            let text = "--\(month.digits(atLeast: 2))-\(day.digits(atLeast: 2))"
            reading.told.append(ImportWarning(.yearless, of: module.fields[position], text))
            return
        }
        let text = "\(year)-\(month.digits(atLeast: 2))-\(day.digits(atLeast: 2))"
        try give(try value(text, at: position, origin: .standard), position, cell: cell, to: &reading)
    }

    /// Returns the last day of a whole-day event whose end is the midnight after it, as Outlook writes it. This program
    /// stores the last day itself.
    ///
    /// - Returns: `nil` if the event does not end in this way.
    private func lastDay(of end: Value, at position: Int, in reading: RowReading) throws -> Value? {
        guard let start = module.beginning(ofEnd: position),
            let begin = reading.given.first(where: { $0.position == start })?.value.text,
            let moment = end.text.flatMap(Moment.seconds(stored:)), let first = Moment.seconds(stored: begin),
            moment >= first + 86_400, isWholeDay(position, in: reading)
        else { return nil }
        let zone = context.clock.zone
        let local = moment + zone.offset(at: moment)
        guard local.secondOfDay == 0 else { return nil }
        return Moment(secondsSinceEpoch: zone.seconds(ofLocal: local - 86_400)).map { .text($0.description) }
    }

    func isWholeDay(_ position: Int, in reading: RowReading) -> Bool {
        module.fields[position].isWholeDay { key in
            reading.given.first { module.fields[$0.position].key == key }?.value ?? .null
        }
    }
}

extension Module {
    /// Returns the position of the field that precedes another in time, as the start precedes the end; `nil` if there
    /// is none.
    func beginning(ofEnd position: Int) -> Int? {
        let key = fields[position].key
        return dateOrders.first { $0.later == key }.flatMap { self.position(of: $0.earlier) }
    }
}
