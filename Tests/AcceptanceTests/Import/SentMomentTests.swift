import Testing

/// Times, numbers and line ends as databases, spreadsheets and libraries on Windows write them.
@Suite struct SentMomentTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "A day and a time of day in columns of their own are each without the other's half",
        arguments: [
            ("26/11/2026 0:00:00", "09:00"), ("26/11/2026", "0.375"), ("26/11/2026", "1899-12-30 09:00:00"),
            ("2026-11-26T00:00:00.000", "30/12/1899 9:00:00"), ("26/11/2026 12:00:00 AM", "\"0,375\""),
            ("26/11/2026", "9:00"),
        ]
    )
    func halves(day: String, time: String) throws {
        let result = try importing("Asunto,Fecha,Hora\nJunta,\(day),\(time)\n", as: "event", "--dates", "dmy")
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try crm.sql("SELECT strftime('%Y-%m-%d %H:%M', starts_at, 'localtime'), all_day FROM event")
                == "2026-11-26 09:00|0"
        )
    }

    @Test(
        "An end that has a time of day alone is on the day of the start",
        arguments: [
            "Subject,Start Date,Start Time,End Time\nJunta,2026-11-26,9:00 AM,10:30 AM\n",
            "Subject,Start Date,Start Time,End Date,End Time\nJunta,2026-11-26,9:00,,10:30\n",
            "Asunto,Fecha,Hora inicio,Hora fin\nJunta,2026-11-26,9:00,10:30\n",
            "Asunto,Día,Hora inicio,Hora fin\nJunta,26 nov 2026,9:00,10:30\n",
        ]
    )
    func ends(rows: String) throws {
        let result = try importing(rows, as: "event")
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try crm.sql("SELECT strftime('%Y-%m-%d %H:%M', ends_at, 'localtime') FROM event") == "2026-11-26 10:30"
        )
    }

    @Test(
        "An end is as long after the start as the row lasts",
        arguments: [
            ("Duración", "1:30"), ("Duración", "01:30:00"), ("Duration", "90"), ("Duration", "90 min"),
            ("Duration", "90.0"), ("Duración", "\"1,5 h\""), ("Duración", "PT90M"), ("Duración", "1 hora y 30 minutos"),
            ("Duración", "0 days 01:30:00"), ("Duración", "1899-12-30 01:30:00"), ("Duración (min)", "90"),
            ("Duration (minutes)", "90.0"), ("Duración (minutos)", "1:30:00"), ("Duración (h)", "\"1,5\""),
            ("Duration (hours)", "1.5"), ("Duración en horas", "1:30"), ("Duration in minutes", "90"),
            ("Duration Hours,Duration Minutes", "1,30"), ("Duración (h),Duración (min)", "1.5,90"),
            ("Duración,Duración (min)", "1:30,90"), ("Duration Hours,Duration Minutes", "0,90"),
        ],
        ["Asunto,Fecha,Hora", "Subject,Start Date,Start Time", "Asunto,Fecha,Hora,Hora fin"]
    )
    func lengths(length: (header: String, cell: String), header: String) throws {
        let end = header.hasSuffix("fin") ? "," : ""
        let rows = "\(header),\(length.header)\nJunta,2026-11-26,9:00\(end),\(length.cell)\n"
        let result = try importing(rows, as: "event")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        #expect(
            try crm.sql("SELECT strftime('%Y-%m-%d %H:%M', ends_at, 'localtime') FROM event") == "2026-11-26 10:30"
        )
    }

    @Test("Beside an end a length says nothing more, and none is no end")
    func toldEnds() throws {
        let rows = "Asunto,Inicio,Fin,Duración\nA,2026-11-26 9:00,2026-11-26 10:00,1:30\nB,2026-11-26 9:00,,0\n"
        #expect(try importing(rows, as: "event").status == 0)
        #expect(try crm.sql("SELECT strftime('%H:%M', ends_at, 'localtime') FROM event") == "10:00\n")
    }

    @Test(
        "A length that may be hours or minutes is refused, and one that has nothing to count from",
        arguments: [
            ("Asunto,Inicio,Duración", "A,2026-11-26 9:00,2", "2 may be 2 h or 2 min"),
            ("Asunto,Inicio,Duración", "A,2026-11-26 9:00,1.5", "1.5 may be 1.5 h or 1.5 min"),
            ("Asunto,Inicio,Duración", "A,2026-11-26 9:00,0.0625", "may be 0.0625 h"),
            ("Asunto,Inicio,Duración (min)", "A,2026-11-26 9:00,1:30", "1:30 may be 1:30:00 or 0:1:30"),
            ("Asunto,Inicio,Duración", "A,2026-11-26 9:00,larga", "not a duration"),
            ("Asunto,Fecha,Hora,Duración", "A,2026-11-26,,1:30", "has no hours"),
            ("Asunto,Inicio,Duración (h),Duración (min)", "A,2026-11-26 9:00,1,90", "lasts otherwise"),
            ("Asunto,Inicio,Duración,Duración (min)", "A,2026-11-26 9:00,1:30,45", "lasts otherwise"),
        ]
    )
    func doubtfulLengths(header: String, cells: String, words: String) throws {
        let result = try importing("\(header)\n\(cells)\n", as: "event")
        #expect(result.status == 6 && result.errors.contains(words), "\(result.errors)")
    }

    @Test(
        "A time of day in a column of moments is not that of today",
        arguments: [("event", "Asunto,Inicio\nA,9:05\n"), ("case", "Título,Fecha de apertura\nA,9:05 PM\n")]
    )
    func timeAlone(noun: String, rows: String) throws {
        let result = try importing(rows, as: noun)
        #expect(result.status == 6, "\(result.errors)")
        #expect(result.errors.contains("write both, such as 2026-12-31 09:30"), "\(result.errors)")
    }

    @Test("What is no time of day is told by its own cell, and a day that is none by its")
    func culprits() throws {
        let time = try importing("Asunto,Fecha,Hora\nJunta,2026-11-26,tarde\n", as: "event")
        #expect(time.status == 6 && time.errors.contains("Hora \"tarde\""), "\(time.errors)")
        let day = try importing("Asunto,Fecha,Hora\nJunta,2026-13-26,09:00\n", as: "event")
        #expect(day.status == 6 && day.errors.contains("Fecha \"2026-13-26\""), "\(day.errors)")
    }

    @Test(
        "What begins on a day and at no time, though times have a column, takes the whole day",
        arguments: [
            ("Subject,Start Date,Start Time,All Day Event\nFeria,2026-11-27,,\n", "1"),
            (
                "Subject,Start Date,Start Time,End Date,End Time,All Day Event\nFeria,2026-11-27,,2026-11-28,,False\n",
                "0"
            ),
            ("Subject,Start Date,Start Time\nFeria,2026-11-27,10:00\n", "0"),
            ("Asunto,Fecha,Hora\nFeria,2026-11-27,\n", "1"),
            ("subject,starts_at\nFeria,2026-11-27\n", "0"),
        ]
    )
    func wholeDays(rows: String, flag: String) throws {
        let result = try importing(rows, as: "event")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT all_day FROM event") == flag)
    }

    @Test(
        "A number with the noise of binary figures is the one that was meant",
        arguments: [
            ("19.989999999999998", "1999"), ("0.30000000000000004", "30"), ("-0.7999999999999999", "-80"),
            ("1200.4999999999998", "120050"), ("99.99999999999999", "10000"),
        ]
    )
    func noise(cell: String, cents: String) throws {
        let result = try importing("name,price,currency\nX,\(cell),MXN\n", as: "product")
        if cell.hasPrefix("-") {
            #expect(result.status == 6 && result.errors.contains("\"\(cell)\": cannot be less"), "\(result.errors)")
        } else {
            #expect(result.status == 0, "\(result.errors)")
            #expect(try crm.sql("SELECT price FROM product") == cents)
        }
    }

    @Test("Digits that were meant are refused as ever", arguments: ["0.123456789012345", "19.98999999999"])
    func meantDigits(cell: String) throws {
        #expect(try importing("name,price,currency\nX,\(cell),MXN\n", as: "product").status == 6)
    }

    @Test("A code with decimal zeros is kept where somebody has typed it, and in what the program has exported")
    func typedCodes() throws {
        try crm.add("asset", "--name", "A", "--serial", "1.0", "--external-id", "2.0")
        try crm.add("product", "--name", "B", "--code", "3.0")
        #expect(
            try crm.sql("SELECT serial, external_id FROM asset UNION ALL SELECT code, '' FROM product")
                == "1.0|2.0\n3.0|"
        )
        for noun in ["asset", "product"] {
            try crm.write(try crm.succeed(noun, "export").output, to: "own.csv")
            #expect(try crm.succeed(noun, "import", "own.csv").output.contains("1 unchanged"))
        }
    }

    @Test("A code of which a spreadsheet has made a number is the code, and that is told")
    func numberedCodes() throws {
        let result = try importing("name,Número de serie\nA,10023.0\nB,X1.0\n", as: "asset")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT serial FROM asset ORDER BY id") == "10023\nX1.0")
        #expect(result.errors.contains("\"10023\": taken so"), "\(result.errors)")
    }

    @Test("The brackets of a message's id are taken off, and not told as zeros of a number")
    func bracketedIDs() throws {
        let rows = "subject,message_id\nx,<1@x.example>\n"
        let result = try importing(rows, as: "email", "--input-format", "csv")
        #expect(result.status == 0 && !result.errors.contains("taken so"), "\(result.errors)")
        #expect(try crm.sql("SELECT message_id FROM email") == "1@x.example")
        let line = #"{"module":"email","message_id":"<2@x.example>","subject":"y","in_reply_to":"<1@x.example>"}"#
        #expect(try crm.run(["apply", "-"], stdin: Array(line.utf8)).status == 0)
        #expect(try crm.sql("SELECT message_id, in_reply_to FROM email WHERE id = 2") == "2@x.example|1@x.example")
    }

    @Test("Line ends of which a library on Windows has made CR CR LF, and lines that are empty so, end lines")
    func doubledReturns() throws {
        let rows = "last_name,title\r\r\nRuiz,\"Jefa, de compras\"\r\r\n\r\r\nPaz,Jefe\r\r\n"
        let result = try importing(rows, as: "contact")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT last_name, title FROM contact ORDER BY id") == "Ruiz|Jefa, de compras\nPaz|Jefe")
    }

    @Test("The vertical tab by which Access breaks a line is a line break, and told")
    func verticalTab() throws {
        let result = try importing("last_name,description\nRuiz,uno\u{0B}dos\n", as: "contact")
        #expect(result.status == 0 && result.errors.contains("row 1"), "\(result.errors)")
        #expect(try crm.sql("SELECT description FROM contact") == "uno\ndos")
    }

    @Test("A table of which no column means anything is refused, whatever may be passed over")
    func strangers() throws {
        let result = try importing("Ana,Pérez,x1\nLuis,Vega,x2\n", as: "contact", "--ignore-unknown")
        #expect(result.status == 6, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
    }

    @Test("Who says when a case was closed, and no status, says that it is closed")
    func closedCases() throws {
        let rows = "title,opened_at,closed_at\nA,2024-03-01,2024-03-02\nB,2024-03-01,\n"
        #expect(try importing(rows, as: "case").status == 0)
        try crm.succeed("case", "edit", "2", "--closed-at", "2024-03-05")
        #expect(
            try crm.sql("SELECT status, date(closed_at, 'localtime') FROM \"case\" ORDER BY id")
                == "closed|2024-03-02\nclosed|2024-03-05"
        )
    }

    @Test("A room that is asked to a meeting is not made a contact")
    func rooms() throws {
        try crm.write(
            ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "SUMMARY:Junta", "DTSTART:20261126T150000Z"]
                .joined(separator: "\r\n")
                + "\r\nATTENDEE;CN=Sala 1;CUTYPE=ROOM:mailto:sala1@example.com"
                + "\r\nATTENDEE;CN=Ana Ruiz;CUTYPE=INDIVIDUAL:mailto:ana@example.com"
                + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            to: "in.ics"
        )
        let result = try crm.run(["event", "import", "in.ics", "--create-missing", "contact"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT name FROM contact") == "Ana Ruiz")
    }
}
