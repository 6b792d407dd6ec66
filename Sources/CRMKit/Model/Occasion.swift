import Localization

/// A date of a record that matters, with the words for it: an entry of timelines, an item of a day's page, or both.
public struct Occasion: Sendable {
    /// Where the date comes from.
    enum Source: Sendable, Equatable {
        /// Paths to fields of the record or of its link, `close_date`, `link.since`: the first that has a value counts.
        case fields([String])
        /// A field of each row of a part.
        case rows(part: String, field: String)
    }

    /// How the occasion appears on the page of a day.
    struct Use: Sendable {
        /// The heading of the page under which the occasion stands.
        let group: DayGroup
        /// How far the date may be from the day of the page.
        let window: DayWindow
        /// An additional filter that a record must match.
        let filter: String?
        /// Paths to the person responsible; the first path that has a value counts.
        let whose: [String]
    }

    /// The stable name, no other's in its module: `warranty_ends`.
    public let key: String
    /// The label that people read: `Warranty ends`.
    public let label: Text
    let source: Source
    /// The filter that a record must match for the date to matter at all.
    let filter: String?
    /// The field that says whether only the day of the date counts.
    let wholeDay: String?
    /// The key of the field for the end of the occasion, when it has a duration.
    let end: String?
    /// How long-lasting occasions are found; `nil` when all are looked at.
    private(set) var lasting: Lasting?
    /// The key of the row field that describes what happened.
    let says: String?
    /// The key of the row field that describes what happened where ``says`` has no value.
    private(set) var saysOtherwise: String?
    /// What a row may be other than what the label says; the first one that applies counts.
    private(set) var states: [State] = []
    /// How a row of the part names its author: the row's field, and the part and key field of the row that it refers
    /// to. When the record is attached to another record only by such a row, only the rows that it wrote count.
    private(set) var author: (field: String, part: String, key: String)?
    /// Whether the date matters only for a record attached to another without a link, since a link has a date of its
    /// own.
    private(set) var isOnlyUnlinked = false
    /// The value of a tracked field that is set at the same moment as the occasion, if any: the timeline then shows the
    /// change instead.
    private(set) var change: (field: String, value: String)?
    /// Whether records that come again have it at each of their dates.
    private(set) var comesAgain = false
    /// Whether it concerns a linked contact only while the link is open.
    private(set) var isOnlyWhileOpen = false
    /// Whether timelines have it.
    private(set) var isOnTimeline = true
    /// How the occasion appears on the page of a day; `nil` when it does not.
    private(set) var use: Use?

    /// What a row of the part is when a field of it has a value.
    struct State: Sendable {
        /// The key of the row field.
        let field: String
        /// The values that mean nothing special.
        let besides: Set<String>
        /// The stable name: `deleted`.
        let key: String
        /// The label that people read instead of that of the occasion.
        let label: Text
    }

    /// A part whose rows list the occasions that last longest, each with its first and last moment.
    struct Lasting: Sendable {
        /// The longest duration, in seconds, of an occasion that has no row in the part.
        let longest: Int64
        let part: String
        /// The fields of the rows.
        let (first, last): (String, String)
    }

    /// Declares a date of the record or of its link.
    ///
    /// - Parameters:
    ///   - dates: paths to the date; the first path that has a value counts.
    ///   - filter: the filter that a record must match for the date to matter, by ``FilterParser/grammar``.
    ///   - wholeDay: the key of the field that says whether only the day of a moment counts.
    ///   - end: the key of the field for the end, when the occasion has a duration.
    init(
        _ key: String,
        en: String,
        es: String,
        on dates: String...,
        where filter: String? = nil,
        wholeDay: String? = nil,
        until end: String? = nil
    ) {
        self.key = key
        label = Text(en: en, es: es)
        source = .fields(dates)
        self.filter = filter
        self.wholeDay = wholeDay
        self.end = end
        says = nil
    }

    /// Declares a date of each row of a part.
    ///
    /// - Parameter says: the key of the row field that describes what happened.
    init(_ key: String, label: Text, on field: String, ofEach part: String, saying says: String) {
        self.key = key
        self.label = label
        source = .rows(part: part, field: field)
        filter = nil
        wholeDay = nil
        end = nil
        self.says = says
    }

    /// Returns a copy of the occasion that also stands on the page of a day.
    ///
    /// - Parameters:
    ///   - filter: an additional filter that a record must match to stand on the page.
    ///   - whose: paths to the person responsible; the first path that has a value counts.
    func onPage(
        _ group: DayGroup,
        _ window: DayWindow,
        where filter: String? = nil,
        of whose: [String] = ["assigned_to"]
    ) -> Occasion {
        var copy = self
        copy.use = Use(group: group, window: window, filter: filter, whose: whose)
        return copy
    }

    /// A copy of the occasion that repeats with each occurrence of a recurring record.
    var atEachOccurrence: Occasion {
        var copy = self
        copy.comesAgain = true
        return copy
    }

    /// Returns a copy of the occasion whose long-lasting cases, those of more than `longest` seconds, are listed in a
    /// part with their first and last moments.
    func lasting(over longest: Int64, keptIn part: String, from first: String, through last: String) -> Occasion {
        var copy = self
        copy.lasting = Lasting(longest: longest, part: part, first: first, last: last)
        return copy
    }

    /// Returns a copy of the occasion whose rows have an author.
    ///
    /// - Parameters:
    ///   - field: the key of the row field that names the author.
    ///   - part: the name of the part whose rows are the possible authors.
    ///   - key: the key of the field by which such a row is named.
    func by(_ field: String, amongRowsOf part: String, called key: String) -> Occasion {
        var copy = self
        copy.author = (field, part, key)
        return copy
    }

    /// Returns a copy of the occasion whose rows are something else when a field of them has a value.
    ///
    /// - Parameter besides: the values that mean nothing special.
    func when(_ field: String, besides: Set<String> = [], is key: String, _ label: Text) -> Occasion {
        var copy = self
        copy.states.append(State(field: field, besides: besides, key: key, label: label))
        return copy
    }

    /// Returns a copy of the occasion that another row field describes where the usual one has no value.
    func orSaying(_ field: String) -> Occasion {
        var copy = self
        copy.saysOtherwise = field
        return copy
    }

    /// Returns the label that people read for a row, by the key of its state; `nil` for none.
    public func label(ofState state: String?) -> Text { states.first { $0.key == state }?.label ?? label }

    /// Returns a copy of the occasion that is left out when a tracked field changed to a value at the same moment, as
    /// that change is listed itself.
    func unless(_ field: String, became value: String) -> Occasion {
        var copy = self
        copy.change = (field, value)
        return copy
    }

    /// A copy of the occasion that is on no timeline.
    var offTimeline: Occasion {
        var copy = self
        copy.isOnTimeline = false
        return copy
    }

    /// A copy of the occasion that only applies to records attached to another without a link.
    var withoutLink: Occasion {
        var copy = self
        copy.isOnlyUnlinked = true
        return copy
    }

    /// A copy of the occasion that concerns a linked contact only while the link is open: on the page of a day on that
    /// day, on timelines on the date itself.
    var whileOpen: Occasion {
        var copy = self
        copy.isOnlyWhileOpen = true
        return copy
    }

    /// The dates at which a tracked field came to have its values, but for the first.
    static func change(of field: Field) -> Occasion {
        Occasion(
            field.key,
            label: field.label,
            on: Part.periodStart,
            ofEach: Part.periodsName(of: field),
            saying: Part.periodValue
        )
    }

    /// The field that dates the rows of a part; `nil` when none does, and for the periods of a tracked field, which are
    /// few.
    func field(datingRowsOf part: Part) -> Field? {
        guard part.tracked == nil, case .rows(part.name, let key) = source else { return nil }
        return part.field(key)
    }

    /// Whether the occasion recurs every year.
    public var isYearly: Bool { use?.window == .yearly }
    /// Whether the occasion has a time of day, unless a record says that only the day counts.
    public var isOfHours: Bool { wholeDay != nil }
    /// Whether its heading on a day's page already names the occasion.
    public var isToldByGroup: Bool {
        switch use?.group {
        case .events, .overdue, .followUps, .warranties, .birthdays, .projects: true
        case .closings, .renewals, .expiring, .deliveries, .receipts, nil: false
        }
    }

    /// Whether the date belongs to the link instead of the record, so that each link has its own.
    var isOfLink: Bool {
        if case .fields(let paths) = source { paths.contains { $0.hasPrefix("link.") } } else { false }
    }
}

/// How far a date may be from the day of a page to appear there.
enum DayWindow: Sendable, Equatable {
    /// The day is the date, or one of the days it lasts.
    case sameDay
    /// The day is after the date.
    case before
    /// The date is on the day or before it, or follows within a number of days.
    case due(within: Int)
    /// The date is on the day or follows within a number of days.
    case coming(within: Int)
    /// The date is on the day or before it; the record has it until there is nothing left to do.
    case pending
    /// The day is an anniversary of the date.
    case yearly

    /// A description of the window for the manual.
    fileprivate var words: Text {
        switch self {
        case .sameDay: Text(en: "on the day", es: "el mismo día")
        case .before: Text(en: "before the day", es: "antes del día")
        case .due(let days): Text(en: "past, or within \(days) days", es: "pasada, o dentro de \(days) días")
        case .coming(let days): Text(en: "within \(days) days", es: "dentro de \(days) días")
        case .pending:
            Text(
                en: "on the day or past, until the date is taken away",
                es: "el mismo día o pasada, hasta que se quite la fecha"
            )
        case .yearly: Text(en: "on the same day of the year", es: "el mismo día del año")
        }
    }
}

extension Registry {
    /// The occasions on timelines, in the order of the modules.
    public var timelineOccasions: [(module: Module, occasion: Occasion)] {
        modules.flatMap { module in module.occasions.filter(\.isOnTimeline).map { (module, $0) } }
    }

    /// The occasions on the page of a day, with descriptions for the manual, in the order of the groups.
    public var dayPage: [(module: Module, occasion: Occasion, words: Text)] {
        DayGroup.allCases.flatMap { group in
            modules.flatMap { module in
                module.occasions.compactMap { occasion in
                    guard let use = occasion.use, use.group == group else { return nil }
                    return (module, occasion, occasion.words(use))
                }
            }
        }
    }
}

extension Occasion {
    /// A summary for help: the heading, the dates, how near they are, and the filters that a record must match.
    fileprivate func words(_ use: Use) -> Text {
        let conditions = [filter, use.filter].compactMap(\.self).joined(separator: " and ")
        let dates: String = if case .fields(let paths) = source { paths.joined(separator: ", ") } else { key }
        let rest = conditions.isEmpty ? "" : "; \(conditions)"
        let open: Text =
            isOfLink && isOnlyWhileOpen
            ? Text(en: ", while the link is open", es: ", mientras el vínculo está abierto") : ""
        return Text(
            en: "\(use.group.heading.en): \(dates) \(use.window.words.en)\(open.en)\(rest)",
            es: "\(use.group.heading.es): \(dates) \(use.window.words.es)\(open.es)\(rest)"
        )
    }
}

/// The headings of a day's page, in their order.
public enum DayGroup: String, Sendable, CaseIterable {
    case events, overdue
    case followUps = "follow_ups"
    case closings, renewals, expiring, deliveries, receipts, projects, warranties, birthdays

    /// The heading that people read.
    public var heading: Text {
        switch self {
        case .events: Text(en: "Events", es: "Agenda")
        case .overdue: Text(en: "Overdue tasks", es: "Tareas vencidas")
        case .followUps: Text(en: "Follow-ups", es: "Seguimientos")
        case .closings: Text(en: "Closings", es: "Cierres")
        case .renewals: Text(en: "Renewals and terms", es: "Renovaciones y vigencias")
        case .expiring: Text(en: "Expired or about to expire", es: "Vencido o por vencer")
        case .deliveries: Text(en: "Orders to deliver", es: "Pedidos por entregar")
        case .receipts: Text(en: "Orders to receive", es: "Pedidos por recibir")
        case .projects: Text(en: "Projects due", es: "Proyectos por terminar")
        case .warranties: Text(en: "Warranties", es: "Garantías")
        case .birthdays: Text(en: "Birthdays", es: "Cumpleaños")
        }
    }
}
