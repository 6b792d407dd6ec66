import Localization

/// The English and Spanish words for months, days of the week and durations, folded.
enum CalendarWords {
    /// The names of the months, in order.
    static let monthNames: [Text] = [
        Text(en: "January", es: "enero"), Text(en: "February", es: "febrero"), Text(en: "March", es: "marzo"),
        Text(en: "April", es: "abril"), Text(en: "May", es: "mayo"), Text(en: "June", es: "junio"),
        Text(en: "July", es: "julio"), Text(en: "August", es: "agosto"), Text(en: "September", es: "septiembre"),
        Text(en: "October", es: "octubre"), Text(en: "November", es: "noviembre"),
        Text(en: "December", es: "diciembre"),
    ]

    /// The numbers of the months, 1 to 12, by their names and usual abbreviations.
    static let months: [String: Int] = {
        let others = [
            "ene jan", "feb", "mar mzo", "abr apr", "", "jun", "jul", "ago aug", "setiembre sep sept set", "oct", "nov",
            "dic dec",
        ]
        return numbered(zip(monthNames, others).map { "\($0.es) \($0.en.lowercased()) \($1)" }, from: 1)
    }()

    /// The numbers of the days of the week, 0 for Monday to 6, by their names and usual abbreviations.
    static let weekdays: [String: Int] = numbered(
        [
            "lunes lun monday mon", "martes mart tuesday tue tues", "miercoles mie wednesday wed",
            "jueves jue thursday thu thurs", "viernes vie friday fri", "sabado sab saturday sat",
            "domingo dom sunday sun",
        ],
        from: 0
    )

    /// The words for days relative to today, with the number of days.
    static let days: [String: Int64] = [
        "hoy": 0, "today": 0, "manana": 1, "tomorrow": 1, "ayer": -1, "yesterday": -1, "anteayer": -2, "antier": -2,
    ]

    /// Whether a word alone is read as a day or a moment, as in `close_date < today`.
    static func isMoment(_ word: String) -> Bool {
        days[word] != nil || weekdays[word] != nil || ["ahora", "now"].contains(word)
    }

    /// The seconds in each unit of fixed length, by its words.
    static let seconds: [String: Int64] = {
        let names: [(Int64, String)] = [
            (1, "s seg segs segundo segundos sec secs second seconds"),
            (60, "m min mins minuto minutos minute minutes"),
            (3600, "h hr hrs hs hora horas hour hours"), (86_400, "d dia dias day days"),
            (604_800, "w sem semana semanas week weeks"),
        ]
        var seconds: [String: Int64] = [:]
        for (length, words) in names { for word in words.split(separator: " ") { seconds[String(word)] = length } }
        return seconds
    }()

    /// The units shorter than a day, in seconds, by their words: they are counted by the clock and not by the calendar.
    /// `m` is left out, since it may mean months.
    static let clockUnits = seconds.filter { $0.value < .secondsPerDay && $0.key != "m" }

    /// A distance in days or months.
    enum CalendarUnit {
        case days(Int64)
        case months(Int64)
    }

    /// Days, weeks, months and years, by their words.
    static let calendarUnits: [String: CalendarUnit] = [
        "dia": .days(1), "dias": .days(1), "day": .days(1), "days": .days(1),
        "semana": .days(7), "semanas": .days(7), "week": .days(7), "weeks": .days(7),
        "mes": .months(1), "meses": .months(1), "month": .months(1), "months": .months(1),
        "ano": .months(12), "anos": .months(12), "year": .months(12), "years": .months(12),
    ]

    /// The numbers in words by which units are counted: the smaller ones, and those of a fortnight and of a month.
    static let counts: [String: Int] = {
        let small = [
            "un una uno a an one", "dos two", "tres three", "cuatro four", "cinco five", "seis six", "siete seven",
            "ocho eight", "nueve nine", "diez ten", "once eleven", "doce twelve",
        ]
        return numbered(small, from: 1).merging(["quince": 15, "fifteen": 15, "treinta": 30, "thirty": 30]) { $1 }
    }()

    private static func numbered(_ names: [String], from first: Int) -> [String: Int] {
        var numbers: [String: Int] = [:]
        for (index, words) in names.enumerated() {
            for word in words.split(separator: " ") { numbers[String(word)] = first + index }
        }
        return numbers
    }
}
