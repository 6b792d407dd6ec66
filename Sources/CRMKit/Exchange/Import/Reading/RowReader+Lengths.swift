import Localization

/// Ends that a table states as how long something lasts.
extension RowReader {
    /// Gives the ends that follow from a start and the length after it, where the row says no end of its own.
    ///
    /// - Throws: errors that are not the row's fault. The problems of unreadable cells are added to the reading.
    func readLengths(_ reading: inout RowReading, row: InputRow, _ plan: RowPlan) throws {
        var met: Set<Int> = []
        for (position, half, _, cell) in reading.moments where half.isLength && met.insert(position).inserted {
            let isTold = reading.given.contains { $0.position == position && !$0.value.isNull }
            let isSplit = reading.moments.contains { $0.position == position && !$0.half.isLength }
            guard !isTold, !isSplit, !reading.wrong.contains(position) else { continue }
            do {
                guard let end = try end(at: position, in: reading) else { continue }
                try give(end, position, cell: cell, to: &reading)
            } catch {
                try note(error, row: row, cell: cell, plan, in: &reading)
            }
        }
    }

    /// Returns how long a row lasts, in seconds. Hours may have a column, and the minutes beyond them another.
    ///
    /// - Throws: ``ValueError`` for columns that say different lengths.
    private func length(at position: Int, in reading: RowReading) throws(ValueError) -> Int64 {
        var told: [MomentHalf: Int64] = [:]
        for length in reading.moments where length.position == position && length.half.isLength {
            told[length.half] = try WrittenLength.seconds(length.text, in: length.half.unit)
        }
        let (hours, minutes) = (told[.hours] ?? 0, told[.minutes] ?? 0)
        let whole: Int64? =
            if hours == 0 || minutes == 0 || hours == minutes {
                max(hours, minutes)
            } else {
                hours % Self.hour == 0 && minutes < Self.hour ? hours + minutes : nil
            }
        let length = told[.length]
        guard let whole, length == nil || told.count == 1 || length == whole else {
            throw ValueError(
                en: "another column says that it lasts otherwise: write the right length in both",
                es: "otra columna dice que dura otra cosa: escribir la duración correcta en ambas"
            )
        }
        return length ?? whole
    }

    /// Returns the moment that is the length in a row after its start.
    ///
    /// - Returns: `nil` for no length, and for a row whose start cannot be read.
    private func end(at position: Int, in reading: RowReading) throws(ValueError) -> Value? {
        guard let start = module.beginning(ofEnd: position), !reading.wrong.contains(start) else { return nil }
        let seconds = try length(at: position, in: reading)
        if seconds == 0 { return nil }
        let begin = reading.given.first { $0.position == start }?.value.text.flatMap(Moment.seconds(stored:))
        guard let begin else {
            let label = module.fields[start].label
            throw ValueError(
                en: "counts from \(label.en), which the row does not have",
                es: "se cuenta desde \(label.es), que la fila no tiene"
            )
        }
        // The last day of what lasts whole days is one of them.
        let isWholeDay = isWholeDay(position, in: reading)
        guard !isWholeDay || seconds % Self.day == 0 else {
            throw ValueError(
                en: "what lasts the whole day has no hours: give it a time of day, or leave this empty",
                es: "lo que dura todo el día no tiene horas: darle una hora, o dejar esto vacío"
            )
        }
        let (end, overflow) = begin.addingReportingOverflow(isWholeDay ? seconds - Self.day : seconds)
        guard !overflow, let moment = Moment(secondsSinceEpoch: end) else {
            throw ValueError(en: "the duration is too long", es: "la duración es demasiado larga")
        }
        return .text(moment.description)
    }

    private static let (hour, day) = (Int64(3600), Int64(86_400))
}
