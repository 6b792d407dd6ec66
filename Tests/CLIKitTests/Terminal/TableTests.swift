import Testing

@testable import CLIKit

private let plain = Style(usesColor: false)

private func lines(_ output: [UInt8]) -> [String] {
    String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map(String.init)
}

private func rendered(_ columns: [Table.Column], _ rows: [[String]], lineWidth: Int, style: Style = plain) -> [String] {
    var table = Table(columns: columns, lineWidth: lineWidth, style: style)
    var output: [UInt8] = []
    for row in rows {
        table.append(row, to: &output)
    }
    table.finish(to: &output)
    return lines(output)
}

@Suite("Table")
struct TableTests {
    static let columns: [Table.Column] = [
        .init("ID", alignment: .trailing), .init("Name"), .init("Organization"), .init("Amount", alignment: .trailing),
    ]
    static let rows = [
        ["7", "José Ruiz", "Comercializadora del Norte, S.A. de C.V.", "12500.00"],
        ["1204", "田中 花子", "", "8.50"],
        ["9", "Multi\nline", "Acme 😀", ""],
    ]

    @Test("fits 80 cells")
    func wide() {
        #expect(
            rendered(Self.columns, Self.rows, lineWidth: 80) == [
                "  ID  Name         Organization                                Amount",
                "   7  José Ruiz    Comercializadora del Norte, S.A. de C.V.  12500.00",
                "1204  田中 花子                                                  8.50",
                #"   9  Multi\nline  Acme 😀"#,
            ]
        )
    }

    @Test("fits 40 cells: the widest text gives way, numbers stay whole")
    func middling() {
        #expect(
            rendered(Self.columns, Self.rows, lineWidth: 40) == [
                "  ID  Name         Organizati…    Amount",
                "   7  José Ruiz    Comerciali…  12500.00",
                "1204  田中 花子                     8.50",
                #"   9  Multi\nline  Acme 😀"#,
            ]
        )
    }

    @Test("cuts texts that begin alike where they do not differ")
    func similarTexts() {
        let columns: [Table.Column] = [.init("Name"), .init("Stage"), .init("Day", isWhole: true)]
        let rows = [
            ["Renovación de equipo 1", "Cerrada ganada", "2026-12-01"],
            ["Renovación de equipo 2", "Cerrada perdida", "2026-12-02"],
            ["Mantenimiento anual", "Negociación/Revisión", "2026-12-03"],
        ]
        #expect(
            rendered(columns, rows, lineWidth: 34) == [
                "Name        Stage       Day", "Renovaci…1  Cerrada g…  2026-12-01",
                "Renovaci…2  Cerrada p…  2026-12-02", "Mantenimi…  Negociaci…  2026-12-03",
            ]
        )
    }

    @Test(
        "cuts an excerpt around what was looked for",
        arguments: [
            ("Ana Ruiz [Ñandú] de la Vega", 80, "Ana Ruiz [Ñandú] de la Vega"),
            ("Ana Ruiz [Ñandú] de la Vega", 20, "Ana Ruiz [Ñandú] de…"),
            ("Ana Ruiz [Ñandú] de la Vega", 14, "…Ruiz [Ñandú]…"), ("Ana Ruiz [Ñandú] de la Vega", 6, "…[Ñan…"),
            ("…3vmdqns75cg3gs2lfaymtm7bn@[nandu].mx", 20, "…lfaymtm7bn@[nandu]…"), ("Ana Ruiz", 5, "Ana …"),
        ]
    )
    func excerpts(text: String, width: Int, expected: String) {
        #expect(rendered([.init("Text", isExcerpt: true)], [[text]], lineWidth: width).last == expected)
    }

    @Test("cuts what follows the beginning of a cell that means nothing when it is cut")
    func leads() {
        var table = Table(columns: [.init("Name"), .init("Details")], lineWidth: 28, style: plain)
        var output: [UInt8] = []
        table.append(["Renovación anual", "12500.00 USD, Calificando"], keeping: [1: "12500.00 USD"], to: &output)
        table.finish(to: &output)
        #expect(lines(output) == ["Name           Details", "Renovación a…  12500.00 USD…"], "\(lines(output))")
    }

    @Test("cuts texts to few cells before what means nothing when it is cut")
    func leadsOfNarrowTables() {
        let columns: [Table.Column] = [
            .init("Date", isWhole: true), .init("What"), .init("Name"), .init("Details"),
        ]
        let row = ["2026-12-24", "Opportunity opened", "Renovación", "12500.00 USD, Calificando"]
        var table = Table(columns: columns, lineWidth: 39, style: plain)
        var output: [UInt8] = []
        table.append(row, keeping: [3: "12500.00 USD"], to: &output)
        table.finish(to: &output)
        #expect(lines(output).last == "2026-12-24  Oppo…  Reno…  12500.00 USD…", "\(lines(output))")
        #expect(table.omittedColumns == 0)
    }

    @Test(
        "leaves out numbers and dates that have no room after texts are cut, and shows none in part",
        arguments: [
            (50, "Opportunit…  Renovació…  12500.00 USD, 2027-01-31…"),
            (38, "Oppo…  Ren…  12500.00 USD, 2027-01-31…"), (32, "Opportu…  Renova…  12500.00 USD…"),
            (19, "Op…  Re…  …"),
        ]
    )
    func leadsWithoutRoom(lineWidth: Int, line: String) {
        let columns: [Table.Column] = [.init("What"), .init("Name"), .init("Details")]
        var table = Table(columns: columns, lineWidth: lineWidth, style: plain)
        var output: [UInt8] = []
        let row = ["Opportunity opened", "Renovación anual", "12500.00 USD, 2027-01-31, Calificando"]
        table.append(row, keeping: [2: "12500.00 USD, 2027-01-31"], to: &output)
        table.finish(to: &output)
        #expect(lines(output).last == line, "\(lines(output))")
    }

    @Test("cuts texts to few cells before numbers and dates at the end are left out")
    func wholeAtTheEnd() {
        let columns: [Table.Column] = [
            .init("Name"), .init("Client"), .init("Amount", alignment: .trailing), .init("Day", isWhole: true),
            .init("City"),
        ]
        let row = ["Renovación anual", "Comercializadora", "12500.00 USD", "2027-01-31", "Puebla"]
        #expect(rendered(columns, [row], lineWidth: 38).last == "Reno…  Come…  12500.00 USD  2027-01-31")
        // Not those which are cut after others.
        let preferred = [Table.Column("Name", isPreferred: true)] + columns.dropFirst()
        #expect(rendered(preferred, [row], lineWidth: 43).last == "Renovación anual  Comerciali…  12500.00 USD")
        #expect(rendered(columns, [row], lineWidth: 37).last == "Renovación…  Comercial…  12500.00 USD")
    }

    @Test(
        "cuts preferred texts after others, and before beginnings that must not be cut where these have room",
        arguments: [
            (44, "Quote …  Renova…  COT-2026-0002, 2026-12-24…"),
            (58, "Quote e…  Renova…  COT-2026-0002, 2026-12-24, 12500.00 USD"),
            (64, "Quote expires  Renovac…  COT-2026-0002, 2026-12-24, 12500.00 USD"),
        ]
    )
    func preferred(lineWidth: Int, line: String) {
        let columns: [Table.Column] = [.init("What", isPreferred: true), .init("Name"), .init("Details")]
        var table = Table(columns: columns, lineWidth: lineWidth, style: plain)
        var output: [UInt8] = []
        let row = ["Quote expires", "Renovación anual", "COT-2026-0002, 2026-12-24, 12500.00 USD"]
        table.append(row, keeping: [2: row[2]], to: &output)
        table.finish(to: &output)
        #expect(lines(output).last == line, "\(lines(output))")
    }

    @Test(
        "leaves names more room than other texts",
        arguments: [
            (60, "Venta de taladros pe…  Telefónica …  Negociación…  125000.00"),
            (46, "Venta d…percut…  Telefón…  Negocia…  125000.00"), (40, "Venta…perc…  Telefó…  Negoci…  125000.00"),
            (34, "Ve…per…  Telef…  Negoc…  125000.00"),
        ]
    )
    func names(lineWidth: Int, line: String) {
        let columns: [Table.Column] = [
            .init("Name", isName: true), .init("Client"), .init("Stage"), .init("Amount", alignment: .trailing),
        ]
        let rows = ["percutores", "de banco"].map {
            ["Venta de taladros \($0)", "Telefónica de México", "Negociación/Revisión", "125000.00"]
        }
        #expect(rendered(columns, rows, lineWidth: lineWidth)[1] == line)
    }

    @Test("breaks headers at blanks where columns at the end find a place by that")
    func brokenHeaders() {
        let columns: [Table.Column] = [
            .init("Name"), .init("90% of all", alignment: .trailing), .init("Not at all", alignment: .trailing),
            .init("Days", alignment: .trailing),
        ]
        let rows = [["Ana Ruiz", "12", "3", "4"], ["Leo", "1", "", "12345"]]
        #expect(
            rendered(columns, rows, lineWidth: 31) == [
                "             90%     Not", "Name      of all  at all   Days", "Ana Ruiz      12       3      4",
                "Leo            1          12345",
            ]
        )
        // Where all is seen without it, and where there is nothing to break at, the header is one line.
        #expect(rendered(columns, rows, lineWidth: 80).count == 3)
        #expect(rendered([.init("Organization", alignment: .trailing)], [["1"]], lineWidth: 8).count == 2)
    }

    @Test("breaks headers at blanks where fewer of them are cut by that")
    func wholeHeaders() {
        let columns: [Table.Column] = [.init("Name"), .init("Answered late", alignment: .trailing)]
        #expect(
            rendered(columns, [["Comercializadora", "12"]], lineWidth: 20) == [
                "            Answered", "Name            late", "Comercial…        12",
            ]
        )
    }

    @Test("breaks words over numbers where several of them would be cut")
    func brokenWords() {
        let columns: [Table.Column] =
            [.init("Industry")]
            + ["Considering", "Converted", "% converted", "Won"].map { .init($0, alignment: .trailing) }
        #expect(
            rendered(columns, [["Construction", "1", "2", "3", "4"]], lineWidth: 42) == [
                "            Consi-      Con-   % con-",
                "Industry    dering    verted   verted  Won",
                "Constru…         1         2        3    4",
            ]
        )
        #expect(rendered(columns, [["Construction", "1", "2", "3", "4"]], lineWidth: 60).count == 2)
    }

    @Test("fits 24 cells: columns at the end are left out")
    func narrow() {
        var table = Table(columns: Self.columns, lineWidth: 24, style: plain)
        var output: [UInt8] = []
        Self.rows.forEach { table.append($0, to: &output) }
        #expect(output.isEmpty && table.omittedColumns == 0)
        table.finish(to: &output)
        #expect(table.omittedColumns == 1)
        #expect(
            lines(output) == [
                "  ID  Name      Organiz…",
                "   7  José Ru…  Comerci…",
                "1204  田中 花…",
                #"   9  Multi\n…  Acme 😀"#,
            ]
        )
    }

    @Test("prints the header alone when there are no rows, bold where there is colour")
    func empty() {
        #expect(rendered(Self.columns, [], lineWidth: 80) == ["ID  Name  Organization  Amount"])
        #expect(
            rendered([.init("Name"), .init("")], [], lineWidth: 80, style: Style(usesColor: true))
                == ["\u{1B}[1mName\u{1B}[0m"]
        )
    }

    @Test("holds back the sample, then writes each row at once in the widths found")
    func streams() {
        var table = Table(
            columns: [.init("A"), .init("B"), .init("C")],
            lineWidth: 20,
            style: plain,
            sampleSize: 2
        )
        var output: [UInt8] = []
        table.append(["one", "x", "y"], to: &output)
        #expect(output.isEmpty)
        table.append(["two", "x", "y"], to: &output)
        #expect(lines(output) == ["A    B  C", "one  x  y", "two  x  y"])
        output = []
        table.append(["three", "xx", "the last column is open"], to: &output)
        #expect(lines(output) == ["th…  …  the last co…"])
        output = []
        table.finish(to: &output)
        #expect(output.isEmpty)
    }

    @Test("lets the texts of a line give way to a number or a date wider than those of the sample")
    func wideNumbers() {
        var table = Table(
            columns: [
                .init("Name"), .init("Amount", alignment: .trailing), .init("Day", isWhole: true), .init("City"),
            ],
            lineWidth: 34,
            style: plain,
            sampleSize: 1
        )
        var output: [UInt8] = []
        table.append(["Laptop", "1.00", "2026-01-01", "Puebla"], to: &output)
        table.append(["Laptop", "123456789.00", "2026-01-01", "Puebla"], to: &output)
        table.append(["Laptop", "12345678901234567890123456789.00", "2026-01-01", "Puebla"], to: &output)
        #expect(
            lines(output) == [
                "Name    Amount  Day         City",
                "Laptop    1.00  2026-01-01  Puebla",
                "La…  123456789.00  2026-01-01  Pu…",
                "Laptop  12345…  2026-01-01  Puebla",
            ]
        )
    }

    @Test("leaves out the columns that no row has a value for, where there are rows")
    func emptyColumns() {
        func table(_ sampleSize: Int = 10) -> Table {
            Table(
                columns: [.init("A"), .init("B"), .init("C")],
                lineWidth: 20,
                style: plain,
                sampleSize: sampleSize,
                leavesOutEmpty: true
            )
        }
        var (small, none, cut) = (table(), table(), table(2))
        var output: [UInt8] = []
        small.append(["one", "", "y"], to: &output)
        small.append(["two", "", ""], to: &output)
        #expect(small.emptyColumns.isEmpty)
        small.finish(to: &output)
        #expect(lines(output) == ["A    C", "one  y", "two"])
        #expect(small.emptyColumns.map(\.header) == ["B"])
        output = []
        none.finish(to: &output)
        #expect(lines(output) == ["A  B  C"] && none.emptyColumns.isEmpty)
        output = []
        var asked: [[Int]] = []
        for cells in [["one", "", ""], ["two", "", ""], ["three", "", "z"]] {
            cut.append(cells, to: &output) { empty in
                asked.append(empty)
                return [1]
            }
        }
        cut.finish(to: &output)
        #expect(asked == [[1, 2]])
        #expect(lines(output) == ["A    C", "one", "two", "th…  z"])
    }

    @Test("makes no line wider than the terminal, nor end in a space", arguments: 0..<8 as Range<UInt64>)
    func neverOverflows(seed: UInt64) {
        var generator = TerminalTextGenerator(seed: seed)
        for _ in 0..<40 {
            let columns = (0..<Int.random(in: 0...12, using: &generator)).map { index in
                Table.Column(generator.text(), alignment: index % 3 == 0 ? .trailing : .leading)
            }
            let lineWidth = Int.random(in: 1...100, using: &generator)
            var table = Table(columns: columns, lineWidth: lineWidth, style: plain, sampleSize: 5)
            var output: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                table.append(columns.map { _ in generator.text() }, to: &output)
            }
            table.finish(to: &output)
            for line in lines(output) {
                #expect(CellWidth.of(line) <= lineWidth, "\(line)")
                #expect(line.utf8.last != UInt8(ascii: " "))
            }
        }
    }
}

@Suite("Column layout")
struct ColumnLayoutTests {
    @Test(
        "shares a line among its columns",
        arguments: [
            // The widths of cells, line width, widths. Every second column holds numbers.
            ([5, 5], 80, [5, 5]),
            ([70, 5], 40, [33, 5]),
            ([30, 5, 50], 60, [26, 5, 25]),
            ([10, 5, 100], 60, [10, 5, 41]),
            ([10, 14, 10], 34, [8, 14, 8]),
            ([10, 30, 10], 50, [8, 30, 8]),
            // Texts are cut further before columns are left out.
            ([10, 30, 10], 49, [8, 30, 7]),
            ([10, 30, 10], 44, [5, 30, 5]),
            ([10, 30, 10], 43, [10, 30]),
            ([100], 20, [20]),
            ([100, 100, 100], 32, [32]),
            ([100, 12, 100], 32, [8, 12, 8]),
            ([100, 100], 15, [15]),
            ([1, 1, 1], 1, [1]),
            ([], 10, []),
        ] as [([Int], Int, [Int])]
    )
    func shares(cells: [Int], lineWidth: Int, expected: [Int]) {
        let needs = cells.enumerated().map { ColumnLayout.Need(header: 0, cells: $1, isWhole: $0 % 2 == 1) }
        #expect(ColumnLayout(needs, lineWidth: lineWidth).widths == expected)
    }

    @Test("cuts the header of numbers and dates rather than them")
    func headers() {
        let needs = [
            ColumnLayout.Need(header: 4, cells: 30, isWhole: false),
            ColumnLayout.Need(header: 24, cells: 10, isWhole: true),
            ColumnLayout.Need(header: 11, cells: 3, isWhole: true),
        ]
        #expect(ColumnLayout(needs, lineWidth: 80).widths == [30, 24, 11])
        #expect(ColumnLayout(needs, lineWidth: 40).widths == [13, 12, 11])
        #expect(ColumnLayout(needs, lineWidth: 30).widths == [8, 10, 8])
        #expect(ColumnLayout(needs, lineWidth: 29).widths == [8, 10, 7])
        #expect(ColumnLayout(needs, lineWidth: 24).widths == [5, 10, 5])
        #expect(ColumnLayout(needs, lineWidth: 23).widths == [11, 10])
    }
}
