import Formats
import Testing

/// What telephones and address books write otherwise than the standards have it.
@Suite struct `Card reader of what telephones write` {
    private static func card(_ version: String, _ lines: [String]) -> String {
        (["BEGIN:VCARD", "VERSION:\(version)"] + lines + ["END:VCARD", ""]).joined(separator: "\r\n")
    }

    /// The names and texts of a card's properties.
    private static func texts(_ input: String) -> [[String]] {
        VCardOutcome.all(of: input).map { outcome in
            switch outcome {
            case .card(let card): card.properties.map { "\($0.name)=\($0.text)" }
            case .error(let error): [error.description]
            }
        }
    }

    @Test(
        "takes text in base64 for the text",
        arguments: [
            ("2.1", "N;ENCODING=B;CHARSET=UTF-8:UGXDsWE7Sm9zw6k7Ozs=", "N=Peña;José;;;"),
            ("2.1", "FN;ENCODING=BASE64;CHARSET=UTF-8:Sm9zw6kgUGXDsWE=", "FN=José Peña"),
            ("2.1", "ORG;ENCODING=BASE64:QWNtZQ==", "ORG=Acme"),
            ("2.1", "NOTE;BASE64;CHARSET=ISO-8859-1:Y2Fm6Q==", "NOTE=café"),
            ("2.1", "NOTE;BASE64:Y2Fm6Q==", "NOTE=café"),
            ("2.1", "TEL;ENCODING=BASE64:NjAwMDAwMDAx", "TEL=600000001"),
            ("2.1", "TEL;ENCODING=BASE64:600000001", "TEL=600000001"),
            ("3.0", "NOTE;ENCODING=b:Y2Fmw6k=", "NOTE=café"),
            ("3.0", "ADR;ENCODING=b;TYPE=HOME:Ozs7THVnbzs7Ow==", "ADR=;;;Lugo;;;"),
        ]
    )
    func takesTextInBase64ForTheText(version: String, line: String, text: String) {
        #expect(Self.texts(Self.card(version, [line])) == [[text]])
    }

    @Test(
        "knows a property whose long name is folded from what goes on",
        arguments: ["PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ", "NOTE:uno"]
    )
    func knowsAPropertyWhoseLongNameIsFoldedFromWhatGoesOn(line: String) {
        let name = "X-" + String(repeating: "A", count: 80)
        let folded = [String(name.prefix(75)), " \(name.dropFirst(75)):dos"]
        #expect(Self.texts(Self.card("3.0", [line] + folded))[0].last == "\(name)=dos")
    }

    private static let quoted = "CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE"

    @Test(
        "ends quoted-printable where the value ends",
        arguments: [
            (["N;\(quoted):Pe=C3=B1a;;;;=", "TEL;CELL:600"], ["N=Peña;;;;", "TEL=600"]),
            (["NOTE;\(quoted):uno=", "item1.TEL:600"], ["NOTE=uno", "TEL=600"]),
            (["NOTE;\(quoted):uno=", "X-A:1"], ["NOTE=uno", "X-A=1"]),
            (["NOTE;\(quoted):uno="], ["NOTE=uno"]),
            (["NOTE;\(quoted):uno =", "Nota: dos"], ["NOTE=uno Nota: dos"]),
            (["FN;\(quoted):Mu=C3=", " =B1oz"], ["FN=Muñoz"]),
            (["NOTE;\(quoted):=48=6F=", " =6C"], ["NOTE=Ho l"]),
            (["NOTE;\(quoted):=48=6F=6C=61=20", "=6D=75"], ["NOTE=Hola mu"]),
        ]
    )
    func endsQuotedPrintableWhereTheValueEnds(lines: [String], texts: [String]) {
        #expect(Self.texts(Self.card("2.1", lines)) == [texts])
    }

    @Test(
        "unfolds base64 without white space",
        arguments: [
            ("3.0", ["PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ", "SkZJRgAB"], "PHOTO=/9j/4AAQSkZJRgAB"),
            ("4.0", ["PHOTO:data:image/png;base64,/9j/AAQ", "SkZ"], "PHOTO=data:image/png;base64,/9j/AAQSkZ"),
        ]
    )
    func unfoldsBase64WithoutWhiteSpace(version: String, lines: [String], text: String) {
        #expect(Self.texts(Self.card(version, lines)) == [[text]])
    }

    @Test(
        "tells cards apart that were put one behind the other or pasted",
        arguments: [
            "BEGIN:VCARD\nFN:a\nEND:VCARDBEGIN:VCARD\nFN:b\nEND:VCARD\n",
            "\u{FEFF}BEGIN:VCARD\nFN:a\nEND:VCARD\n\u{FEFF}BEGIN:VCARD\nFN:b\nEND:VCARD\n",
            "BEGIN:VCARD\nFN:a\nEND:VCARD\nBEGIN:VCARD\nFN:b\nEND:VCARD\n\u{1A}",
            "BEGIN;:VCARD\nFN;:a\nEND; :VCARD\nBEGIN:VCARD\nFN:b\nEND ;:VCARD\n",
            "BEGIN: VCARD\nFN : a\nEND : VCARD\nBEGIN:VCARD\nFN:b\nEND:VCARD\0\0\n\0\0",
            "BEGIN:VADDRESSBOOK\nBEGIN:VCARD\nFN:a\nEND:VCARD\nBEGIN:VCARD\nFN:b\nEND:VCARD\nEND:VADDRESSBOOK\n",
            "  BEGIN:VCARD\n  FN:a\n  END:VCARD\n  BEGIN:VCARD\n  FN:\n   b\n  END:VCARD\n",
        ]
    )
    func tellsCardsApartThatWerePutOneBehindTheOtherOrPasted(input: String) {
        #expect(Self.texts(input).map { $0.map { $0.replacing(" ", with: "") } } == [["FN=a"], ["FN=b"]])
    }

    @Test("takes lines that end in CR and in LF, from card to card", arguments: [1, 2, 3, 4096])
    func takesLinesThatEndInCRAndInLFFromCardToCard(chunkSize: Int) {
        func card(_ name: String, _ end: String) -> String {
            ["BEGIN:VCARD", "NOTE:\(name)", " \(name)", "END:VCARD", ""].joined(separator: end)
        }
        let ends = ["\n", "\r", "\r", "\r\n", "\r", "\n", "\r\n", "\n", "\r"]
        let input = ends.enumerated().map { card("\($0)", $1) }.joined()
        let cards = VCardOutcome.all(of: input, chunkSize: chunkSize)
        #expect(cards.count == ends.count)
        for (index, outcome) in cards.enumerated() {
            #expect(outcome == .card(VCard(version: .v3_0, properties: [.init("NOTE", rawValue: "\(index)\(index)")])))
        }
        // The end of the last card of a file may be of the next one, and a card may begin with another than the rest of
        // it.
        for glued in [
            "BEGIN:VCARD\rFN:a\rEND:VCARD\nBEGIN:VCARD\nFN:b\nEND:VCARD\n", "BEGIN:VCARD\rFN:a\r\nEND:VCARD\r\n",
        ] {
            let names = VCardOutcome.all(of: glued, chunkSize: chunkSize)
            #expect(names.first == .card(VCard(version: .v3_0, properties: [.init("FN", rawValue: "a")])))
            #expect(names.dropFirst().allSatisfy { if case .card = $0 { true } else { false } })
        }
    }

    @Test(
        "knows the version however it is written",
        arguments: [
            (["VERSION:3", " .0"], .v3_0), (["VERSI", " ON:4.0"], .v4_0), (["VERSION:", " 2.1"], .v2_1),
            (["version : 2.1"], .v2_1), (["VERSION:4.0", "VERSION:4.0"], .v4_0),
            (["VERSION:2.1", "VERSION:3.0"], .v2_1),
            (["VERSION:4"], .v4_0), (["VERSION:"], .v3_0), (["NOTE:x", "VERSION:4.0"], .v4_0),
        ] as [([String], VCard.Version)]
    )
    func knowsTheVersionHoweverItIsWritten(lines: [String], version: VCard.Version) {
        let outcomes = VCardOutcome.all(
            of: (["BEGIN:VCARD"] + lines + ["FN:a", "END:VCARD", ""]).joined(separator: "\n")
        )
        guard case .card(let card)? = outcomes.first, outcomes.count == 1 else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(card.version == version)
        #expect(card.properties.last == .init("FN", rawValue: "a"))
        #expect(!card.properties.contains { $0.isNamed("VERSION") })
    }

    @Test(
        "takes the line breaks that telephones escape in version 2, and leaves paths alone",
        arguments: [
            ("NOTE:uno\\ndos\\Ntres", "uno\ndos\ntres"), ("NOTE:uno:\\n\\ndos", "uno:\n\ndos"),
            ("NOTE:a\\, b\\; c\\: d", "a, b; c: d"),
            ("ADR:;;Calle 1\\nPiso 2;Lugo;;;", ";;Calle 1\nPiso 2;Lugo;;;"), ("NOTE:C:\\new\\notas", "C:\\new\\notas"),
            ("NOTE:ver C:\\Mis notas\\nuevas", "ver C:\\Mis notas\\nuevas"), ("NOTE:\\\\host\\nas", "\\\\host\\nas"),
            ("NOTE:ACME\\nora", "ACME\\nora"), ("NOTE:CALLE SOL\\nCENTRO", "CALLE SOL\nCENTRO"),
            ("NOTE:uno\\\\ndos", "uno\\\\ndos"),
            ("NOTE:a\\", "a\\"), ("X-A:a\\nb", "a\\nb"),
        ]
    )
    func takesTheLineBreaksThatTelephonesEscapeInVersion2AndLeavesPathsAlone(line: String, text: String) {
        let name = line.prefix { $0 != ":" }
        #expect(Self.texts(Self.card("2.1", [line])) == [["\(name)=\(text)"]])
    }

    @Test(
        "takes a line that is no property for text",
        arguments: [
            (["FN:Ana", "Ruiz", "TEL:1"], ["FN=Ana\nRuiz", "TEL=1"]),
            (["ADR:;;Calle 1", "Piso 2;Lugo;;;", "TEL:1"], ["ADR=;;Calle 1\nPiso 2;Lugo;;;", "TEL=1"]),
            (
                ["NOTE:linea 1", "horario: 9 a 5", "http://x.example"],
                ["NOTE=linea 1\nhorario: 9 a 5\nhttp://x.example"]
            ),
            (["NOTE:uno", "", "dos: tres", "X-A:1"], ["NOTE=uno\n\ndos: tres", "X-A=1"]),
            (["NOTE:uno", "tel:600", "item1.TEL:700"], ["NOTE=uno", "tel=600", "TEL=700"]),
            (["AGENT:BEGIN:VCARD", "FN:b", "END:VCARD", "TEL:1"], ["AGENT=BEGIN:VCARD\nFN:b\nEND:VCARD", "TEL=1"]),
            (["AGENT: BEGIN:VCARD", "END:VCARD", "TEL:1"], ["AGENT=BEGIN:VCARD\nEND:VCARD", "TEL=1"]),
            (["N : B;A;;;"], ["N= B;A;;;"]),
        ]
    )
    func takesALineThatIsNoPropertyForText(lines: [String], texts: [String]) {
        #expect(Self.texts(Self.card("3.0", lines)) == [texts])
    }

    @Test(
        "leaves out a line without a colon under what is no text of several lines",
        arguments: ["N:Ruiz;Ana;;;", "TEL:1", "EMAIL:a@example.org"]
    )
    func leavesOutALineWithoutAColonUnderWhatIsNoTextOfSeveralLines(line: String) throws {
        var reader = VCardReader(ByteSource(bytes: Array(Self.card("3.0", [line, "esto no es nada"]).utf8)))
        let card = try #require(try reader.next())
        #expect(card.properties.count == 1)
        #expect(reader.strayLines == [4])
    }

    @Test(
        "takes a character set that cannot be for what the bytes are",
        arguments: [
            ("caf=E9", "UTF-8", "café"), ("caf=C3=A9", "X-UNKNOWN", "café"),
            ("Mu=C3=B1oz, 5 =E2=82=AC, habitaci=C3", "UTF-8", "Muñoz, 5 €, habitaci\u{FFFD}"),
            ("Mu=C3=B1oz=C3=0D=0Aa=C3=B1o", "UTF-8", "Muñoz\u{FFFD}\naño"),
            ("Mu=C3=B1oz=C3, Le=C3=B3n", "UTF-8", "Muñoz\u{FFFD}, León"),
            ("Mu=C3=B1oz, 5 =E2=82", "UTF-8", "Muñoz, 5 \u{FFFD}"), ("Mu=C3=B1oz=E9 ", "UTF-8", "MuÃ±ozé "),
        ]
    )
    func takesACharacterSetThatCannotBeForWhatTheBytesAre(value: String, charset: String, text: String) {
        let line = "NOTE;CHARSET=\(charset);ENCODING=QUOTED-PRINTABLE:\(value)"
        #expect(Self.texts(Self.card("2.1", [line])) == [["NOTE=\(text)"]])
    }

    @Test(
        "ends the parts of a value at the characters within which a telephone has cut them",
        arguments: [
            ("N", "Mu=C3=B1oz=C3;Mar=C3=ADa", "Muñoz\u{FFFD};María"), ("N", "=D0=9A=D0=B0=D0;=D0=9E", "Ка\u{FFFD};О"),
            ("ADR", ";;Calle Mu=C3=B1oz=C3;Le=C3=B3n;;;", ";;Calle Muñoz\u{FFFD};León;;;"),
            ("ORG", "Mu=C3=B1oz =E2=82;Le=C3=B3n", "Muñoz \u{FFFD};León"),
            // Without a letter that shows UTF-8 it may be of another set.
            ("N", "Mu=D1;Mar", "MuÑ;Mar"),
        ]
    )
    func endsPartsAtCharactersThatAreCut(name: String, value: String, text: String) {
        let line = "\(name);CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:\(value)"
        #expect(Self.texts(Self.card("2.1", [line])) == [["\(name)=\(text)"]])
    }

    @Test(
        "takes the blank of a fold behind a soft line break for none of the text, where it is one",
        arguments: [
            (["NOTE;ENCODING=QUOTED-PRINTABLE:one=", " word=", " more"], "one word more"),
            (
                [
                    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9A=D0=B0=", " =D0=BF=D1=83=D1=",
                    " =81=D1=82=D0=B8=D0=BD",
                ],
                "Капустин"
            ),
            (["NOTE;ENCODING=QUOTED-PRINTABLE:one=", " word"], "one word"),
            (["NOTE;ENCODING=QUOTED-PRINTABLE:one=", " word=", "s"], "one words"),
            (["UID;ENCODING=QUOTED-PRINTABLE:20140611-0000=", " 09-D74@samsung"], "20140611-000009-D74@samsung"),
            (["EMAIL;ENCODING=QUOTED-PRINTABLE:ana@exam=", "\tple=", " .org"], "ana@example.org"),
            (["EMAIL;ENCODING=QUOTED-PRINTABLE:ana@exam=", "ple.org"], "ana@example.org"),
        ]
    )
    func takesTheBlankOfAFold(lines: [String], text: String) {
        let name = lines[0].prefix { $0 != ";" }
        #expect(Self.texts(Self.card("2.1", lines)) == [["\(name)=\(text)"]])
    }

    @Test("takes the blank behind every soft line break of a card for a fold where one of them shows it")
    func takesFoldsOfAWholeCard() {
        let note = ["NOTE;ENCODING=QUOTED-PRINTABLE:wo=", " rds=", "  and more"]
        let uid = ["UID;ENCODING=QUOTED-PRINTABLE:0000=", " 09"]
        let whole = [["NOTE=words and more", "UID=000009"], ["UID=000009", "NOTE=words and more"]]
        #expect(Self.texts(Self.card("2.1", note + uid)) == [whole[0]])
        #expect(Self.texts(Self.card("2.1", uid + note)) == [whole[1]])
        #expect(Self.texts(Self.card("2.1", note)) == [["NOTE=wo rds  and more"]])
    }

    @Test(
        "knows types however they are written",
        arguments: [
            ("TEL;TYPE=WORK\\,VOICE:1", ["work", "voice"]), ("TEL;CELL=:1", ["cell"]), ("TEL;MOBILE:1", ["mobile"]),
            ("TEL; TYPE=CELL:1", ["cell"]), ("TEL; CELL; HOME:1", ["cell", "home"]),
        ]
    )
    func knowsTypesHoweverTheyAreWritten(line: String, types: [String]) {
        guard case .card(let card) = VCardOutcome.all(of: Self.card("2.1", [line])).first else {
            Issue.record("no card")
            return
        }
        #expect(card.properties.first?.types == types)
    }
}
