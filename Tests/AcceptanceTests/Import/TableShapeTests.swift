import Testing

/// Tables that hold more than a header and whole rows, or less.
@Suite struct TableShapeTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func contacts() throws -> String {
        try crm.sql("SELECT coalesce(first_name, ''), last_name, coalesce(email, '') FROM contact ORDER BY id")
    }

    struct Shape: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let contacts: String
        let said: String
    }

    private static let header = "Nombre,Apellidos,Correo\n"

    private static let shapes: [Shape] = [
        Shape(
            testDescription: "a title above the header, and a row of empty cells",
            text: "Directorio 2026,,\n,,\n\(header)Ana,Ruiz,ana@example.org\n",
            contacts: "Ana|Ruiz|ana@example.org",
            said: #"crm: passed over what stands above the header: "Directorio 2026""#
        ),
        Shape(
            testDescription: "several lines of a report's heading, one with its name before a colon",
            text: "Taller\nListado de clientes\nFecha:,27/11/2026,\n\n\(header)Ana,Ruiz,\nEva,Paz,\n",
            contacts: "Ana|Ruiz|\nEva|Paz|",
            said: #"crm: passed over what stands above the header: "Taller", "Listado de clientes", "Fecha:""#
        ),
        Shape(
            testDescription: "cells left out at the end of rows",
            text: "Nombre,Apellidos,Correo,Cargo\nAna,Ruiz,ana@example.org\nEva,Paz\nLeo,Gil,,Jefe\n",
            contacts: "Ana|Ruiz|ana@example.org\nEva|Paz|\nLeo|Gil|",
            said: "crm: 2 rows have fewer cells than the header, lines 2, 3: the missing ones are taken as empty"
        ),
        Shape(
            testDescription: "one cell of two",
            text: "Apellidos,Correo\nRuiz\n",
            contacts: "|Ruiz|",
            said: "crm: line 2 has fewer cells than the header: the missing ones are taken as empty"
        ),
        Shape(
            testDescription: "totals that are only named",
            text: "\(header)Ana,Ruiz,\n,,\nTOTAL GENERAL,,\n",
            contacts: "Ana|Ruiz|",
            said: "crm: passed over line 4: it holds totals"
        ),
        Shape(
            testDescription: "a name like a total in a table of two columns",
            text: "Apellidos,Correo\nTotal,\nSuma,\nGrande,\n",
            contacts: "|Total|\n|Suma|\n|Grande|",
            said: ""
        ),
        Shape(
            testDescription: "a name like a total beside a text",
            text: "\(header)Ana,Ruiz,\nTotal,Gil,\n",
            contacts: "Ana|Ruiz|\nTotal|Gil|",
            said: ""
        ),
        Shape(
            testDescription: "one column, whose rows are no titles",
            text: "Apellidos\nRuiz\nPaz\nTotal\n",
            contacts: "|Ruiz|\n|Paz|\n|Total|",
            said: ""
        ),
    ]

    @Test("What is no row is passed over and told, what was left out is empty", arguments: shapes)
    func passesOver(shape: Shape) throws {
        let result = try crm.succeed("contact", "import", stdin: shape.text)
        #expect(result.errors == (shape.said.isEmpty ? "" : shape.said + "\n"))
        #expect(try contacts() == shape.contacts)
    }

    @Test("The reason of a row without its last cells stands below its name")
    func reasonInPlace() throws {
        let text = "Apellidos,Correo,Cargo\nRuiz,x@y@z\nPaz\n"
        let result = try crm.run("contact", "import", "--continue-on-error", "--rejects", "bad.csv", stdin: text)
        #expect(result.status == 6)
        let cells = String(decoding: try crm.read("bad.csv"), as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false).map { String($0.prefix(4)) }
        }
        #expect(cells == [["Apel", "Corr", "Carg", "erro"], ["Ruiz", "x@y@", "", "\"Cor"], ["Paz", "", "", "the "]])
    }

    // MARK: - What separates cells

    @Test(
        "A title above a table that is separated otherwise does not hide that",
        arguments: [
            ("Clientes de 2026\nNombre;Apellidos;Correo\nAna;Ruiz;\n", "';'"),
            ("Clientes, 2026\nNombre;Apellidos;Correo\nAna;Ruiz;\n", "';'"),
            ("Clientes de 2026\n\nNombre\tApellidos\nAna\tRuiz\n", "tab"),
            ("Apellidos;Descripción\nRuiz;10,5\nPaz;11,5\n", "';'"),
        ]
    )
    func titleAboveOtherDelimiter(text: String, delimiter: String) throws {
        let result = try crm.run("contact", "import", stdin: text)
        #expect(result.status == 6)
        #expect(result.errors.contains("give --delimiter \(delimiter)"), "\(result.errors)")
        #expect(!result.errors.contains("passed over what stands above"), "\(result.errors)")
    }

    @Test("A family name before a comma makes no header of a row")
    func nameWithComma() throws {
        let rows = "Nombre completo\nAna Ruiz\n\"PAZ, EVA\"\n"
        try crm.succeed("contact", "import", stdin: rows)
        #expect(try contacts() == "Ana|Ruiz|\nEVA|PAZ|")
        let result = try crm.run("contact", "import", stdin: "Nombre completo\nAna\nPAZ, EVA\n")
        #expect(result.status == 6 && result.errors.contains("row 2 (line 3"), "\(result.errors)")
        #expect(result.errors.contains("stands in double quotes"), "\(result.errors)")
        #expect(!result.errors.contains("passed over"), "\(result.errors)")
    }

    @Test(
        "Lines may end in CR alone",
        arguments: [
            "Nombre,Apellidos,Correo\rAna,Ruiz,\rEva,Paz,eva@example.org\r",
            "Directorio\r\rNombre,Apellidos,Correo\rAna,Ruiz,\rEva,Paz,eva@example.org",
            "sep=;\rNombre;Apellidos;Correo\rAna;Ruiz;\rEva;Paz;eva@example.org\r",
            "\u{FEFF}Nombre,Apellidos,Correo,Notas\rAna,Ruiz,,\"a\nb\"\rEva,Paz,eva@example.org,\r",
        ]
    )
    func carriageReturns(text: String) throws {
        try crm.succeed("contact", "import", stdin: text)
        #expect(try contacts() == "Ana|Ruiz|\nEva|Paz|eva@example.org")
    }

    @Test("Rejected rows of such a file can be imported again")
    func rejectedCarriageReturns() throws {
        let text = "Apellidos,Correo\rRuiz,x@y@z\rPaz,\r"
        let result = try crm.run("contact", "import", "--continue-on-error", "--rejects", "bad.csv", stdin: text)
        #expect(result.status == 6)
        let cells = String(decoding: try crm.read("bad.csv"), as: UTF8.self).split(separator: "\n").map {
            $0.prefix(12)
        }
        #expect(cells == ["Apellidos,Co", "Ruiz,x@y@z,\""])
    }

    // MARK: - Tabs

    private static let foreign = "Nombre\tApellidos\tNotas\nAna\tRuiz\t\"dijo \"\"sí\"\"\"\nEva\tPaz\tC:\\temp\\nuevo\n"

    @Test(
        "Of tabs between headers of people cells are quoted, and a backslash is one",
        arguments: [[], ["--delimiter", "tab"]]
    )
    func foreignTabs(options: [String]) throws {
        try crm.write(Self.foreign, to: "a.tsv")
        try crm.succeed(["contact", "import", "a.tsv"] + options)
        #expect(try crm.sql("SELECT description FROM contact ORDER BY id") == "dijo \"sí\"\nC:\\temp\\nuevo")
    }

    @Test("Of tabs between this program's own names a backslash hides what would break a row")
    func ownTabs() throws {
        try crm.add("contact", "--last-name", "Ruiz", "--description", "\"a\"\tb\\c\nd")
        let table = try crm.succeed("contact", "list", "--format", "tsv", "--columns", "last_name,description").output
        try crm.write(table, to: "a.tsv")
        try crm.succeed("contact", "import", "a.tsv")
        #expect(try crm.sql("SELECT count(DISTINCT description), count(*) FROM contact") == "1|2")
        let quoted = try crm.run("contact", "import", "a.tsv", "--delimiter", ",")
        #expect(quoted.status == 2)
    }

    @Test("Bars may stand between cells, and are named where they are not told")
    func bars() throws {
        let text = "Nombre|Apellidos\nAna|Ruiz\n"
        #expect(try crm.run("contact", "import", stdin: text).errors.contains("--delimiter '|'"))
        try crm.succeed("contact", "import", "--delimiter", "|", stdin: text)
        #expect(try contacts() == "Ana|Ruiz|")
    }

    // MARK: - Cards

    private static let card = "BEGIN:VCARD\nVERSION:3.0\nN:Ruiz;Ana;;;\nFN:Ana Ruiz\nEND:VCARD\n"

    @Test("Cards of groups are passed over and told", arguments: ["KIND:group", "X-ADDRESSBOOKSERVER-KIND:group"])
    func groups(kind: String) throws {
        let text = Self.card + "BEGIN:VCARD\nVERSION:3.0\nN:Clientes;;;;\nFN:Clientes\n\(kind)\nEND:VCARD\n"
        let result = try crm.succeed("contact", "import", "--input-format", "vcard", stdin: text)
        #expect(result.errors == "crm: passed over the cards of groups, which are no contacts: Clientes\n")
        #expect(try contacts() == "Ana|Ruiz|")
    }

    @Test("Lines of cards may end as old programs end them", arguments: ["\r", "\r\r\n", "\r\n"])
    func lineEnds(end: String) throws {
        let text = String(Self.card.flatMap { $0 == "\n" ? Array(end) : [$0] })
        try crm.succeed("contact", "import", "--input-format", "vcard", stdin: text + text)
        #expect(try contacts() == "Ana|Ruiz|\nAna|Ruiz|")
    }

    @Test(
        "Bytes hidden in ASCII of which nothing is said, or a set that pages have, are read",
        arguments: [
            "N;ENCODING=QUOTED-PRINTABLE:Pe=F1a;Jos=E9;;;",
            "N;CHARSET=ISO-8859-15;ENCODING=QUOTED-PRINTABLE:Pe=F1a;Jos=E9;;;",
        ]
    )
    func hiddenBytes(name: String) throws {
        let text = "BEGIN:VCARD\nVERSION:2.1\n\(name)\nEND:VCARD\n"
        try crm.succeed("contact", "import", "--input-format", "vcard", stdin: text)
        #expect(try contacts() == "José|Peña|")
    }
}
