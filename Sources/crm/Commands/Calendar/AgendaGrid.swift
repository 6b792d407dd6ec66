import CLIKit
import CRMKit
import Formats

/// A week as a grid with a column for each day. A column lists the day's events in order: a line with time and id, then
/// the subject.
struct AgendaGrid {
    private let days: [CivilDate]
    private var cells: [[String]]
    private let width: Int
    private let style: OutputStyle

    /// The least legible width of a column, in cells.
    private static let leastWidth = 9

    /// - Returns: `nil` if the terminal is too narrow.
    init?(from start: Moment, style: OutputStyle) {
        let width = (style.lineWidth - 6) / 7
        guard width >= Self.leastWidth, let first = Self.day(of: start, style.audience.clock) else { return nil }
        self.width = width
        self.style = style
        days = (0..<7).compactMap { first.adding(days: $0) }
        cells = Array(repeating: [], count: 7)
    }

    /// Adds an occurrence after those added before.
    mutating func add(_ item: EventOccurrence) {
        let clock = style.audience.clock
        let last = Moment(secondsSinceEpoch: max(item.start.secondsSinceEpoch, item.end.secondsSinceEpoch - 1))
        guard let from = Self.day(of: item.start, clock), let through = last.flatMap({ Self.day(of: $0, clock) })
        else { return }
        for (index, day) in days.enumerated() where from <= day && day <= through {
            let isFirst = from == day && !item.isWholeDay
            let time = isFirst ? String(clock.shortTime(ofStored: item.start.description).suffix(5)) : "·"
            let mark = item.conflicts.isEmpty ? "" : "! "
            // An id must not be cut.
            let lead = "\(time) #\(item.id)"
            cells[index] += CellWidth.of(lead) <= width ? [lead] : [time, "#\(item.id)"]
            cells[index].append(Sanitizer.visible(mark + item.subject))
        }
    }

    private static func day(of moment: Moment, _ clock: Clock) -> CivilDate? {
        try? CivilDate(parsing: String(clock.shortTime(ofStored: moment.description).prefix(10)), today: clock.date)
    }

    /// Writes the grid.
    func write(to sink: ByteSink) throws {
        try sink.append(style.style.apply(.bold, to: line(days.map(head))) + "\n")
        try sink.append(Array(repeating: String(repeating: "─", count: width), count: 7).joined(separator: "┼") + "\n")
        for index in 0..<(cells.map(\.count).max() ?? 0) {
            try sink.append(line(cells.map { index < $0.count ? $0[index] : "" }) + "\n")
        }
    }

    /// The heading of a day, `Tue 1 Dec`; without its month where that does not fit.
    private func head(of day: CivilDate) -> String {
        let short = "\(day.weekdayName(in: style.language).prefix(3)) \(day.day)"
        let whole = "\(short) \(day.monthName(in: style.language).prefix(3))"
        return CellWidth.of(whole) <= width ? whole : short
    }

    private func line(_ texts: [String]) -> String {
        texts.map { text in
            let cut = CellWidth.truncated(text, to: width)
            return cut + String(repeating: " ", count: max(0, width - CellWidth.of(cut)))
        }.joined(separator: "│")
    }
}
