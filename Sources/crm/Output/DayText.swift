import CLIKit
import CRMKit
import Formats
import Localization

/// The page of a day for people: a heading for each group, a line for each item.
struct DayText {
    private let page: DayPage
    private let style: OutputStyle
    private let sink: ByteSink
    /// Whether lines are wrapped to the width of the terminal.
    private let isWrapped: Bool

    init(_ page: DayPage, style: OutputStyle, isWrapped: Bool, to sink: ByteSink) {
        self.page = page
        self.style = style
        self.isWrapped = isWrapped
        self.sink = sink
    }

    private static let separator = " · "
    /// The length of a date.
    private static let dateLength = 10
    /// The least width of what an item says, in cells.
    private static let leastWidth = 20
    private static let allDay = Text(en: "all day", es: "todo el día")

    /// The width of the column for the time, in cells.
    private var whenWidth: Int { max(Self.dateLength, CellWidth.of(Self.allDay(in: style.language))) }

    /// Writes the items.
    ///
    /// - Returns: whether there are no items, in which case nothing is written.
    func write(_ items: MergedRecords) throws -> Bool {
        var group: String?
        while let item = try items.next() {
            let words = MentionWords(item, for: style.audience)
            let own = try words.text(of: MentionListing.Column.group.rawValue)
            if own != group {
                if group == nil { try sink.append(style.style.apply(.bold, to: heading) + "\n") }
                group = own
                let title = DayGroup(rawValue: own)?.heading(in: style.language) ?? own
                try sink.append("\n" + style.style.apply(.bold, to: title) + "\n")
            }
            try sink.append(line(item, words) + "\n")
        }
        return group == nil
    }

    /// The heading, `Thursday, 26 November 2026`, with the user of the page.
    private var heading: String {
        let letters = LetterStyle(language: style.language, country: nil, clock: style.audience.clock)
        let day = page.day.weekdayName(in: style.language) + ", " + letters.day(page.day.description)
        return Sanitizer.visible(day + (page.who.map { Self.separator + $0 } ?? ""))
    }

    private func line(_ item: MentionedRecord, _ words: MentionWords) throws -> String {
        let when = try when(item, words)
        let padding = String(repeating: " ", count: max(whenWidth - CellWidth.of(when), 0))
        let parts = [
            words.name, try words.text(of: MentionListing.Column.contacts.rawValue), try what(item, words),
            try words.details, reference(to: item.module, words.id),
        ]
        let text = parts.filter { !$0.isEmpty }.joined(separator: Self.separator)
        return wrapped(Sanitizer.visible(text), after: "  " + when + padding + "  ")
    }

    /// Returns a text after what its first line begins with, under which the further lines stand.
    private func wrapped(_ text: String, after start: String) -> String {
        guard isWrapped else { return start + text }
        let indent = CellWidth.of(start)
        return start
            + LineWrapping.lines(of: text, width: max(style.lineWidth - indent, Self.leastWidth))
            .joined(separator: "\n" + String(repeating: " ", count: indent))
    }

    /// Returns a record's noun and id, in English as on the command line.
    private func reference(to module: Module, _ id: String) -> String {
        Text(en: "\(module.name.noun) \(id)", es: "\(module.one.es) \(id)")(in: style.language)
    }

    /// Returns the day of an item, or its time if the day is that of the page.
    private func when(_ item: MentionedRecord, _ words: MentionWords) throws -> String {
        if item.occasion?.isYearly ?? false { return page.day.description }
        let date = try words.date
        guard date.hasPrefix(page.day.description) else { return String(date.prefix(Self.dateLength)) }
        let time = date.dropFirst(Self.dateLength + 1)
        if !time.isEmpty { return String(time) }
        return item.occasion?.isOfHours ?? false ? Self.allDay(in: style.language) : date
    }

    /// Returns which date of the record is meant, unless the group already says so; for a birthday, the age.
    private func what(_ item: MentionedRecord, _ words: MentionWords) throws -> String {
        guard let occasion = item.occasion else { return "" }
        if occasion.isYearly {
            let year = Int(try words.date.prefix(4)) ?? page.day.year
            let age = page.day.year - year
            return age > 0 ? Text(en: "turns \(age)", es: "cumple \(age)")(in: style.language) : ""
        }
        return occasion.isToldByGroup ? "" : try words.moment
    }
}
