/// Times of day that are others than the cells say: those that clocks skip, and those of days alone.
extension RowReader {
    /// Notes the moments of a row that are later than its cells say, since the user's clocks skip those times on that
    /// day.
    func noteGaps(of row: InputRow, in reading: inout RowReading) {
        for given in reading.given where isMoment[given.position] {
            guard let moment = given.value.text.flatMap({ Moment(stored: $0) }), followsGap(moment),
                !isWholeDay(given.position, in: reading), let text = written(given, row, reading)
            else { continue }
            let field = module.fields[given.position]
            // A day alone is its midnight, where clocks skip that too.
            guard let canonical = try? cells.canonical(text, for: field.type, isRequired: field.isRequired),
                canonical.utf8.contains(UInt8(ascii: ":")), moment.timeSkipped(in: canonical, context) != nil
            else { continue }
            let seconds = moment.secondsSinceEpoch
            let shown = RecurrenceRule.clockTime((seconds + context.clock.zone.offset(at: seconds)).secondOfDay)
            reading.told.append(ImportWarning(.skipped, of: field, text, becoming: shown))
        }
    }

    /// Notes the moments of a row that are the beginning of a day for want of a time, where a day may be meant as a whole.
    func noteMidnights(of row: InputRow, in reading: inout RowReading) {
        for given in reading.given where isMoment[given.position] && !given.value.isNull {
            let field = module.fields[given.position]
            guard field.wholeDayKey != nil, !isWholeDay(given.position, in: reading),
                let text = written(given, row, reading), !text.utf8.contains(UInt8(ascii: ":")),
                let canonical = try? cells.canonical(text, for: field.type, isRequired: field.isRequired),
                context.isDay(canonical)
            else { continue }
            reading.told.append(ImportWarning(.midnight, of: field, text))
        }
    }

    /// Whether the user's clocks were put forward shortly before a moment: a time that they skip is read as one that
    /// soon follows. It spares the reading of all others.
    private func followsGap(_ moment: Moment) -> Bool {
        let (zone, seconds) = (context.clock.zone, moment.secondsSinceEpoch)
        return zone.offset(at: seconds) > zone.offset(at: seconds - Self.longestGap)
    }

    /// The longest time that clocks are put forward by, apart from days that were left out.
    private static let longestGap: Int64 = 3 * 3600

    /// Returns what the cells of a row say for a moment, with the time of day from its own column.
    private func written(_ given: RowReading.Given, _ row: InputRow, _ reading: RowReading) -> String? {
        func half(_ half: MomentHalf) -> String? {
            reading.moments.first { $0.position == given.position && $0.half == half }?.text
        }
        guard let day = half(.day), let time = half(.time) else { return row.texts[given.cell] }
        return "\(SplitMoment.day(day)) \(SplitMoment.time(time))"
    }
}
