import Testing

/// Tables of programs that write neither UTF-8 nor what they say.
@Suite struct SentEncodingTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func importing(_ bytes: [UInt8], _ options: String...) throws -> CRM.Result {
        try crm.write(bytes, to: "in.csv")
        return try crm.run(["contact", "import", "in.csv"] + options)
    }

    private static func bytes(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

    @Test(
        "Of bytes that are letters in one encoding alone that one is taken and told, whatever other bytes there are",
        arguments: [
            ("MU\u{84}OZ\nA\u{84}IL \u{E7}VILA\n", "MUÑOZ\nAÑIL ÁVILA", "macintosh"),
            ("Mar\u{A1}a \u{D6}\u{A4}iguez\n", "María Íñiguez", "cp850"),
            ("Compr\u{97} y pag\u{97} el Se\u{96}or\n", "Compró y pagó el Señor", "macintosh"),
            ("JES\u{E9}S AG\u{9A}ERO IB\u{B5}\u{A5}EZ\n", "JESÚS AGÜERO IBÁÑEZ", "cp850"),
            ("GARC\u{D6}A L\u{E0}PEZ\nLE\u{E0}N\n", "GARCÍA LÓPEZ\nLEÓN", "cp850"),
            ("C\u{E0}RDOBA\n", "CÓRDOBA", "cp850"), ("GARC\u{D6}A\n", "GARCÍA", "cp850"),
            ("MART\u{D6}N\n", "MARTÍN", "cp850"), ("MART\u{D6}NEZ\n", "MARTÍNEZ", "cp850"),
            ("\u{B5}NGEL\n", "ÁNGEL", "cp850"), ("PASEO N\u{A7} 4\n", "PASEO Nº 4", "cp850"),
            ("SCH\u{D6}N\n", nil, nil), ("K\u{D6}LN\n", nil, nil), ("10 \u{B5}F\n", nil, nil),
            ("Voil\u{E0}\n", nil, nil), ("JOS\u{C9} N\u{BA} 4\n", nil, nil),
            ("Garc\u{ED}a Mu\u{F1}oz\nNú\u{F1}ez L\u{F3}pez\nP\u{E9}rez O\u{92}Brien\n", nil, nil),
            ("MU\u{F1}OZ GARC\u{ED}A\nMAN\u{E7}ANO\n", nil, nil),
        ] as [(String, String?, String?)]
    )
    func guesses(names: String, stored: String?, encoding: String?) throws {
        let result = try importing(Self.bytes("last_name;title\n" + names.replacing("\n", with: ";x\n")), "--excel-es")
        #expect(result.status == 0, "\(result.errors)")
        let plain = names.replacing("\u{92}", with: "’").split(separator: "\n").joined(separator: "\n")
        #expect(try crm.sql("SELECT last_name FROM contact ORDER BY id") == stored ?? plain)
        #expect(result.errors.contains("is taken for") == (encoding != nil), "\(result.errors)")
        #expect(encoding.map(result.errors.contains) ?? true, "\(result.errors)")
    }

    @Test(
        "Of a text that is UTF-8 nothing is guessed",
        arguments: ["Café € 1,50", "“Begoña” – 1 €", "Ángel 😀", "Łódź"]
    )
    func wholly(name: String) throws {
        let result = try importing(Array("last_name;title\n\(name);x\n".utf8), "--excel-es")
        #expect(result.status == 0 && !result.errors.contains("is taken for"), "\(result.errors)")
        #expect(try crm.sql("SELECT last_name FROM contact") == name)
    }

    @Test(
        "The encoding that is advised is the one in which the words come out",
        arguments: [
            ("Bego\u{96}a", "macintosh", "Begoña"), ("Bego\u{A4}a", "cp850", "Begoña"),
            ("Bego\u{F1}a", "cp1252", "Begoña"),
            ("A\u{84}IL \u{E7}VILA", "macintosh", "AÑIL ÁVILA"),
        ]
    )
    func advice(name: String, encoding: String, stored: String) throws {
        let bytes = Self.bytes("last_name,title\n\(name),x\n")
        let refused = try importing(bytes)
        #expect(refused.status == 6 && refused.errors.contains("--encoding \(encoding)"), "\(refused.errors)")
        let taken = try importing(bytes, "--encoding", encoding)
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(try crm.sql("SELECT last_name FROM contact") == stored)
    }

    @Test("Of files that were put together a row in UTF-8 stays so, whatever encoding is told of the others")
    func mixed() throws {
        let rows = Array("last_name,title\nBegoña,x\n".utf8) + Self.bytes("Mu\u{F1}oz,x\nCAF\u{C9}\u{94},x\n")
        let result = try importing(rows, "--encoding", "cp1252")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT last_name FROM contact ORDER BY id") == "Begoña\nMuñoz\nCAFÉ”")
        #expect(
            result.errors.contains("line 2 is UTF-8 from byte 5 on, not cp1252, and is read so"),
            "\(result.errors)"
        )
    }

    @Test(
        "Where the first of such rows stands is told, and how many there are",
        arguments: [
            (["x\n", "Mu\u{F1}oz\n", "Ra\u{C3}\u{BA}l\n"], "line 4 is UTF-8 from byte 3 on"),
            (
                ["Mu\u{F1}oz\n", "Ra\u{C3}\u{BA}l\n", "\u{C3}\u{9A}na\n"],
                "2 lines are UTF-8, not cp1252, and are read so, the first of them line 3 from byte 3 on"
            ),
            (["Mu\u{F1}oz\n", "Ana\n"], nil),
        ] as [([String], String?)]
    )
    func mixedTold(rows: [String], told: String?) throws {
        let result = try importing(Self.bytes("last_name\n" + rows.joined()), "--encoding", "cp1252")
        #expect(result.status == 0, "\(result.errors)")
        #expect(told.map(result.errors.contains) ?? !result.errors.contains("UTF-8"), "\(result.errors)")
    }

    @Test(
        "A mark of UTF-8 above other bytes is passed over where the encoding is told",
        arguments: ["cp1252", "latin1"]
    )
    func mark(encoding: String) throws {
        let rows = ByteOrder.mark + Self.bytes("last_name,title\nBego\u{F1}a,x\n")
        let refused = try importing(rows)
        #expect(refused.status == 6 && refused.errors.contains("--encoding cp1252"), "\(refused.errors)")
        let taken = try importing(rows, "--encoding", encoding)
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(try crm.sql("SELECT last_name FROM contact") == "Begoña")
    }

    private static let marked8: [UInt8] = ByteOrder.mark + Array("last_name\nNúñez\n".utf8)
    private static let marked16: [UInt8] = "\u{FEFF}last_name\nNúñez\n".utf16.flatMap { unit in
        [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }

    @Test(
        "A mark that contradicts the encoding that is told is named, and nothing is taken",
        arguments: [
            (marked8, "cp1252", "EF BB BF are utf-8"), (marked8, "latin1", "EF BB BF are utf-8"),
            (marked8, "utf-16", "EF BB BF are utf-8"), (marked16, "cp1252", "FF FE are"),
            (marked16, "utf-8", "FF FE are"),
        ] as [([UInt8], String, String)]
    )
    func contradicted(rows: [UInt8], encoding: String, told: String) throws {
        let refused = try importing(rows, "--encoding", encoding)
        #expect(refused.status == 6 && refused.errors.contains(told), "\(refused.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
    }

    @Test(
        "Of titles above the header that are not UTF-8 the encoding is told first",
        arguments: [(",", [String]()), (";", []), (";", ["--delimiter", ";"]), (",", ["--ignore-unknown"])]
    )
    func titles(mark: String, options: [String]) throws {
        let lines = ["Listado\(mark)", "Cat\u{E1}logo\(mark)", "Nombre\(mark)Correo", "Ana\(mark)a@example.org", ""]
        try crm.write(Self.bytes(lines.joined(separator: "\r\n")), to: "in.csv")
        let result = try crm.run(["contact", "import", "in.csv"] + options)
        #expect(result.status == 6 && result.errors.contains("E1 is not UTF-8"), "\(result.errors)")
        #expect(result.errors.contains("line 2, column 4"), "\(result.errors)")
    }

    private enum ByteOrder {
        static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    }
}
