import Testing

/// Days in words mean the same in a filter as in an option, and are reckoned when the filter runs.
@Suite struct FilterDayTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("event", "--subject", "E", "--kind", "call", "--starts-at", "2020-01-01 10:00")
        try crm.add("campaign", "--name", "C", "--closing-date", "2020-01-01")
    }

    private static let days = [
        "hoy", "mañana", "pasado mañana", "el lunes", "próximo viernes", "el martes que viene", "el viernes pasado",
        "en 3 días", "dentro de un mes", "hace 2 semanas", "fin de mes", "al final del mes", "el último día del mes",
        "fin del próximo mes", "fin de año", "31 de diciembre de 2026", "31 dic 26", "31-Dic-2026", "viernes, 1/1/2027",
        "+3 semanas", "-1 month", "+30d", "today", "day after tomorrow", "next Friday", "last sunday", "in 3 days",
        "2 weeks ago", "a year ago", "end of month", "the last day of the month", "end of next year", "Dec 31, 2026",
        "January 2nd, 2027",
    ]

    @Test("Whatever an option takes for a day, a filter does, in quotes or without", arguments: days)
    func day(phrase: String) throws {
        try crm.succeed("config", "set", "country", "MX")
        try crm.succeed("campaign", "edit", "1", "--closing-date", phrase)
        for value in ["'\(phrase)'", phrase] {
            let found = try crm.succeed("campaign", "list", "-w", "closing_date = \(value)", "--format", "id")
            #expect(found.lines == ["1"], "\(value)")
        }
        // Days and months in words mean midnight where a time is asked for, and the whole day in a filter.
        try crm.succeed("event", "edit", "1", "--starts-at", phrase)
        let found = try crm.succeed("event", "list", "-w", "starts_at = '\(phrase)'", "--format", "id")
        #expect(found.lines == ["1"])
    }

    @Test(
        "So it does with moments",
        arguments: [
            "mañana 10:00", "el lunes a las 9 am", "fin de mes 18:00", "31/12/2026 9:05", "tomorrow at 10:00",
            "end of month, 18:00",
        ]
    )
    func moment(phrase: String) throws {
        try crm.succeed("config", "set", "country", "MX")
        try crm.succeed("event", "edit", "1", "--starts-at", phrase)
        for value in ["'\(phrase)'", phrase] {
            let found = try crm.succeed("event", "list", "-w", "starts_at = \(value)", "--format", "id")
            #expect(found.lines == ["1"], "\(value)")
        }
    }

    @Test("Every verb that filters takes them, and a view reckons them whenever it is used")
    func verbs() throws {
        let filter = "closing_date <= 'fin de mes'"
        #expect(try crm.succeed("campaign", "summarize", "--count", "-w", filter).lines.last == "1")
        try crm.succeed("view", "save", "campaign", "mes", "-w", filter)
        #expect(try crm.succeed("campaign", "list", "--view", "mes", "--format", "id").lines == ["1"])
        try crm.succeed("campaign", "edit", "1", "--closing-date", "fin del próximo mes")
        #expect(try crm.succeed("campaign", "list", "--view", "mes", "--format", "id").lines.isEmpty)
        #expect(
            try crm.succeed("campaign", "edit", "-w", "closing_date > fin de mes", "--audience", "x", "--yes").output
                .hasPrefix("1 updated")
        )
        #expect(
            try crm.succeed("campaign", "delete", "-w", "closing_date = 'end of next month'", "--yes").output
                .hasPrefix("1 deleted")
        )
    }

    @Test(
        "What is no day exactly is told what to write, in quotes or without",
        arguments: ["el mes que viene", "next month", "a finales de mes", "next year"]
    )
    func nearly(phrase: String) throws {
        for value in ["'\(phrase)'", phrase] {
            let result = try crm.run("campaign", "list", "-w", "closing_date < \(value) and id > 0")
            #expect(result.status == 2 && result.errors.contains("not a date: write 20"), "\(result.errors)")
        }
    }
}
