import Formats
import Testing

@Suite struct `Card reader` {
    /// A card of the lines between BEGIN and END.
    private static func input(_ lines: String...) -> String {
        (["BEGIN:VCARD"] + lines + ["END:VCARD", ""]).joined(separator: "\r\n")
    }

    struct Example: CustomTestStringConvertible {
        let input: String
        let version: VCard.Version
        let expected: [ContentProperty]
        var testDescription: String { input.debugDescription }

        init(_ input: String, _ version: VCard.Version, _ expected: ContentProperty...) {
            self.input = input
            self.version = version
            self.expected = expected
        }
    }

    private static func types(_ values: String...) -> [ContentParameter] { [ContentParameter("TYPE", values)] }

    static let properties: [Example] = [
        Example(input("VERSION:4.0", "FN:Ana Ruiz"), .v4_0, .init("FN", rawValue: "Ana Ruiz")),
        Example(input("FN:a", "VERSION:3.0"), .v3_0, .init("FN", rawValue: "a")),
        Example(input("FN:a"), .v3_0, .init("FN", rawValue: "a")),
        Example(input("VERSION:3.0", "NOTE:one", "  two", "\tthree"), .v3_0, .init("NOTE", rawValue: "one twothree")),
        Example(input("VERSION:4.0", "NO", " TE:a"), .v4_0, .init("NOTE", rawValue: "a")),
        Example(
            input("VERSION:4.0", "", "FN:a", "", "", "NOTE:"),
            .v4_0,
            .init("FN", rawValue: "a"),
            .init("NOTE", rawValue: "")
        ),
        Example(
            input("VERSION:3.0", "item1.X-ABLabel:_$!<Home>!$_"),
            .v3_0,
            .init("X-ABLabel", rawValue: "_$!<Home>!$_", group: "item1")
        ),
        Example(
            input("VERSION:3.0", "TEL;TYPE=home,\"a;b:c\";type=pref:1:2;3"),
            .v3_0,
            .init(
                "TEL",
                rawValue: "1:2;3",
                parameters: [ContentParameter("TYPE", ["home", "a;b:c"]), ContentParameter("type", ["pref"])]
            )
        ),
        Example(
            input("VERSION:4.0", "NOTE;X-A=\"a^nb^^c^'d^e\":x"),
            .v4_0,
            .init("NOTE", rawValue: "x", parameters: [ContentParameter("X-A", ["a\nb^c\"d^e"])])
        ),
        Example(input("VERSION:3.0", "TEL;;HOME;:1"), .v3_0, .init("TEL", rawValue: "1", parameters: types("HOME"))),
        // vCard 2.1
        Example(
            input("VERSION:2.1", "TEL;HOME;PREF;VOICE:1"),
            .v2_1,
            .init("TEL", rawValue: "1", parameters: types("HOME") + types("PREF") + types("VOICE"))
        ),
        Example(
            input("VERSION:2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Ana, B\\;c;;;"),
            .v2_1,
            .init("N", components: [["Muñoz"], ["Ana, B;c"], [""], [""], [""]])
        ),
        Example(
            input(
                "VERSION:2.1",
                "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:=F1=",
                "=0D=0Ax=",
                " y =  ",
                "z, C:\\new=3D"
            ),
            .v2_1,
            .init("NOTE", text: "ñ\nx y z, C:\\new=")
        ),
        Example(
            input("VERSION:2.1", "NOTE;QUOTED-PRINTABLE;CHARSET=windows-1252:=80=zz"),
            .v2_1,
            .init("NOTE", text: "€=zz")
        ),
        Example(input("VERSION:2.1", "NOTE:one", " two"), .v2_1, .init("NOTE", text: "one two")),
        Example(input("VERSION:2.1", "X-A:a;b,c\\n"), .v2_1, .init("X-A", rawValue: "a;b,c\\\\n")),
        Example(
            input("VERSION:2.1", "PHOTO;JPEG;BASE64:", " AAEC", "AwQF", "", "FN:a"),
            .v2_1,
            .init("PHOTO", rawValue: "AAECAwQF", parameters: types("JPEG") + [ContentParameter("ENCODING", ["b"])]),
            .init("FN", rawValue: "a")
        ),
        Example(
            input("VERSION:2.1", "FN:boss", "AGENT:", "BEGIN:VCARD", "FN:Ana", "END:VCARD", "NOTE:x"),
            .v2_1,
            .init("FN", rawValue: "boss"),
            .init("AGENT", text: "BEGIN:VCARD\nFN:Ana\nEND:VCARD"),
            .init("NOTE", rawValue: "x")
        ),
        Example(
            input("VERSION:3.0", "FN;CHARSET=UTF-8:ñ", "NOTE;ENCODING=QUOTED-PRINTABLE:a=0Ab\\, c"),
            .v3_0,
            .init("FN", rawValue: "ñ"),
            .init("NOTE", rawValue: "a\\nb\\, c")
        ),
    ]

    @Test("gives every property in order", arguments: properties, [1, 2, 3, 4096])
    func givesEveryPropertyInOrder(example: Example, chunkSize: Int) {
        let expected = [VCardOutcome.card(VCard(version: example.version, properties: example.expected))]
        #expect(VCardOutcome.all(of: example.input, chunkSize: chunkSize) == expected)
        let bare = example.input.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
        #expect(VCardOutcome.all(of: "\u{FEFF}\n" + bare, chunkSize: chunkSize) == expected)
    }

    @Test(
        "unescapes text",
        arguments: [
            ("a\\, b\\; c\\\\n\\nd\\Ne\\:f\\x\\", "a, b; c\\n\nd\ne:f\\x\\"), ("", ""), ("a;b,c", "a;b,c"),
        ]
    )
    func unescapesText(raw: String, text: String) {
        #expect(ContentProperty("NOTE", rawValue: raw).text == text)
    }

    @Test("takes lists and components apart") func takesListsAndComponentsApart() {
        let value = "Ruiz\\, Jr;Ana,María\\;x;;Dr."
        let name = ContentProperty("N", rawValue: value)
        #expect(name.components == [["Ruiz, Jr"], ["Ana", "María;x"], [""], ["Dr."]])
        #expect(ContentProperty("N", components: name.components).rawValue == value)
        #expect(ContentProperty("CATEGORIES", rawValue: "a\\,b,c;d,").list == ["a,b", "c;d", ""])
    }

    @Test("knows types and preference as either edition tells them")
    func knowsTypesAndPreferenceAsEitherEditionTellsThem() {
        let parameters = [ContentParameter("type", ["WORK", "pref"]), ContentParameter("TYPE", ["voice,cell"])]
        let phone = ContentProperty("TEL", text: "1", parameters: parameters)
        #expect(phone.types == ["work", "voice", "cell"])
        #expect(phone.isPreferred)
        #expect(ContentProperty("TEL", text: "1", parameters: [ContentParameter("PREF", ["1"])]).isPreferred)
        #expect(!ContentProperty("TEL", text: "1", parameters: [ContentParameter("PREF", ["2"])]).isPreferred)
    }

    @Test(
        "gives bytes and their type",
        arguments: [
            ("PHOTO;ENCODING=b;TYPE=JPEG:AAEC", "image/jpeg"), ("PHOTO:data:image/jpeg;base64,AAEC", "image/jpeg"),
            ("PHOTO:data:image/jpeg\\;base64\\,AAEC", "image/jpeg"), ("SOUND;BASE64;WAVE:AA EC", "audio/wave"),
            ("KEY;ENCODING=B:AAEC", nil),
        ]
    )
    func givesBytesAndTheirType(line: String, mediaType: String?) throws {
        let outcomes = VCardOutcome.all(of: Self.input(line))
        guard case .card(let card) = outcomes.first, let property = card.properties.first else {
            Issue.record("no card")
            return
        }
        #expect(property.data == [0, 1, 2])
        #expect(property.mediaType == mediaType)
    }

    @Test(
        "has no bytes where there are none",
        arguments: [
            "PHOTO;ENCODING=b:A", "PHOTO;ENCODING=b:A=AA", "PHOTO;ENCODING=b:????", "PHOTO:http://a.example/b",
        ]
    )
    func hasNoBytesWhereThereAreNone(line: String) {
        guard case .card(let card) = VCardOutcome.all(of: Self.input(line)).first else {
            Issue.record("no card")
            return
        }
        #expect(card.properties.first?.data == nil)
    }

    static let malformed: [(String, VCardError)] = [
        ("MECARD:N:Ruiz,Ana;;\r\n", .mecard(at: .init(1, 1, 1))),
        ("BEGIN:VCARD\nFN:a\n", .missingEnd(at: .init(1, 1, 1))),
        ("BEGIN:VCARD\nFN:a\nBEGIN:VCARD\nFN:b\nEND:VCARD\n", .missingEnd(at: .init(1, 1, 1))),
        (input("VERSION:5.0"), .unsupportedVersion("5.0", at: .init(1, 2, 1))),
        (input("VERSION:3.0", "VERSION:5.0"), .unsupportedVersion("5.0", at: .init(1, 3, 1))),
        (input("VERSION:3.1"), .unsupportedVersion("3.1", at: .init(1, 2, 1))),
        (input("FN;CHARSET=EBCDIC;QUOTED-PRINTABLE:=C1"), .malformed(.unknownCharset("EBCDIC"), at: .init(1, 2, 1))),
        (input("NOTE:a", " b\0"), .malformed(.nulByte, at: .init(1, 3, 3))),
        (input("VERSION:2.1", "NOTE;QUOTED-PRINTABLE:=81"), .malformed(.invalidUTF8, at: .init(1, 3, 23))),
    ]

    @Test("tells what is wrong with a card, and where, and goes on", arguments: malformed, [1, 4096])
    func tellsWhatIsWrongWithACardAndWhereAndGoesOn(example: (String, VCardError), chunkSize: Int) {
        let outcomes = VCardOutcome.all(of: example.0 + Self.input("FN:b"), chunkSize: chunkSize)
        #expect(outcomes.first == .error(example.1))
        #expect(outcomes.last == .card(VCard(version: .v3_0, properties: [.init("FN", rawValue: "b")])))
    }

    @Test(
        "leaves out a line that is no property, and says which",
        arguments: [
            "F N:a", "Número;HOME:a", "a.b.FN:a", ":a", " FN:a", "BEGIN:VEVENT", "FN;=a:b", "FN;A=b\"c\":b",
            "FN;A=\"b\"c:b", "FN;A=\"b:c", ";=\"Mobile Phone: +000000\":",
        ]
    )
    func leavesOutALineThatIsNoProperty(line: String) throws {
        var reader = VCardReader(ByteSource(bytes: Array(Self.input(line, "TEL:1").utf8)))
        #expect(try reader.next() == VCard(version: .v3_0, properties: [.init("TEL", rawValue: "1")]))
        #expect(reader.strayLines == [2])
    }

    @Test("leaves out text outside the cards, and says where, unless there is no card", arguments: [1, 4096])
    func leavesOutTextOutsideTheCards(chunkSize: Int) throws {
        let input = "Subject: cards\r\n\r\n" + Self.input("FN:a") + "NULL\r\nNULL\r\n" + Self.input("FN:b") + "x"
        var reader = VCardReader(ByteSource(bytes: Array(input.utf8), chunkSize: chunkSize))
        var names: [String] = []
        while let card = try reader.next() { names += card.properties.map(\.rawValue) }
        #expect(names == ["a", "b"] && reader.linesOutside == [1, 6, 11])
        let nothing = VCardOutcome.all(of: "hello\r\nworld\r\n", chunkSize: chunkSize)
        #expect(nothing == [.error(.textOutsideCard(at: .init(1, 1, 1)))])
    }

    @Test("refuses a card whose beginning is spoilt", arguments: ["> BEGIN:VCARD", "BEGIN;X=1:VCARD", "FN:a"])
    func refusesACardWhoseBeginningIsSpoilt(line: String) {
        let input = Self.input("FN:a") + "\(line)\r\nFN:b\r\nEND:VCARD\r\n" + Self.input("FN:c")
        let cards = ["a", "c"].map { VCardOutcome.card(VCard(version: .v3_0, properties: [.init("FN", rawValue: $0)])) }
        let refused = VCardOutcome.error(.textOutsideCard(at: .init(2, 4, 1)))
        #expect(VCardOutcome.all(of: input) == [cards[0], refused, cards[1]])
    }

    @Test("refuses a card whose beginning and end are spoilt", arguments: ["FN:b", "N;X=1:b;c", "VERSION:2.1"])
    func refusesACardWhoseBeginningAndEndAreSpoilt(line: String) {
        let spoilt = "xBEGIN:VCARD\r\n\(line)\r\n"
        let cards = ["a", "c"].map { VCardOutcome.card(VCard(version: .v3_0, properties: [.init("FN", rawValue: $0)])) }
        let refused = VCardOutcome.error(.textOutsideCard(at: .init(2, 4, 1)))
        #expect(VCardOutcome.all(of: Self.input("FN:a") + spoilt) == [cards[0], refused])
        let among = Self.input("FN:a") + spoilt + Self.input("FN:c")
        #expect(VCardOutcome.all(of: among) == [cards[0], refused, cards[1]])
        #expect(VCardOutcome.all(of: spoilt) == [.error(.textOutsideCard(at: .init(1, 1, 1)))])
    }

    @Test("refuses each card whose beginning is spoilt once, whatever else stands outside the cards")
    func refusesEachSpoiltCardOnce() {
        let card = VCardOutcome.card(VCard(version: .v3_0, properties: [.init("FN", rawValue: "a")]))
        func refused(_ line: Int, card: Int = 1) -> VCardOutcome { .error(.textOutsideCard(at: .init(card, line, 1))) }
        let meCard = "FN:x\nEND:VCARD\nMECARD:N:x;;\nFN:b\n" + Self.input("FN:a")
        #expect(VCardOutcome.all(of: meCard) == [refused(1), .error(.mecard(at: .init(1, 3, 1))), card])
        let onOneLine = #"BEGIN:VCARD\nVERSION:3.0\nFN:a\nEND:VCARD"# + "\n"
        #expect(VCardOutcome.all(of: "FN:x\n" + onOneLine + "note\n" + Self.input("FN:a")) == [refused(1), card, card])
    }

    @Test(
        "takes the cards out of an address book",
        arguments: ["", "PRODID:-//x//EN\r\nVERSION:3.0\r\n", "X-NAME:Amigos\r\n\r\n"],
        [1, 4096]
    )
    func takesTheCardsOutOfAnAddressBook(properties: String, chunkSize: Int) throws {
        let cards = Self.input("FN:a") + Self.input("FN:b")
        let book = "BEGIN:VADDRESSBOOK\r\n\(properties)\(cards)End:VAddressBook\r\n"
        let expected = ["a", "b"].map { name in
            VCardOutcome.card(VCard(version: .v3_0, properties: [.init("FN", rawValue: name)]))
        }
        #expect(VCardOutcome.all(of: book, chunkSize: chunkSize) == expected)
        var reader = VCardReader(ByteSource(bytes: Array((book + "X-NAME:x\r\n").utf8), chunkSize: chunkSize))
        while try reader.next() != nil {}
        #expect(reader.linesOutside == [properties.isEmpty ? 9 : 11])
    }

    @Test("refuses bytes that are not UTF-8, unless told what they are")
    func refusesBytesThatAreNotUTF8UnlessToldWhatTheyAre() {
        let input = Array("BEGIN:VCARD\nNOTE:a\n ".utf8) + [0xF1] + Array("\nEND:VCARD\n".utf8)
        #expect(VCardOutcome.all(of: input) == [.error(.malformed(.invalidUTF8, at: .init(1, 3, 2)))])
        let expected = VCardOutcome.card(VCard(version: .v3_0, properties: [.init("NOTE", rawValue: "añ")]))
        #expect(VCardOutcome.all(of: input, encoding: .latin1) == [expected])
    }

    @Test(
        "takes quoted-printable without a character set for what the file is, unless it is UTF-8",
        arguments: [("Pe=F1a", "Peña"), ("Pe=C3=B1a", "Peña")]
    )
    func takesQuotedPrintableWithoutACharacterSetForWhatTheFileIsUnlessItIsUTF8(
        bytes: String,
        text: String
    ) {
        let input = Self.input("VERSION:2.1", "FN;ENCODING=QUOTED-PRINTABLE:\(bytes)")
        let card = VCardOutcome.card(VCard(version: .v2_1, properties: [.init("FN", rawValue: text)]))
        #expect(VCardOutcome.all(of: Array(input.utf8), encoding: .latin1) == [card])
    }

    @Test(
        "takes the halves of a character that Java has written for that character",
        arguments: [
            ("FN:Ana ", [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80]),
            ("FN;QUOTED-PRINTABLE:Ana ", Array("=ED=A0=BD=ED=B8=80".utf8)),
            ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Ana ", Array("=ED=A0=BD=ED=B8=80".utf8)),
        ] as [(String, [UInt8])]
    )
    func takesTheHalvesOfACharacterThatJavaHasWrittenForThatCharacter(lead: String, bytes: [UInt8]) {
        let input = Array("BEGIN:VCARD\nVERSION:2.1\n\(lead)".utf8) + bytes + Array("\nEND:VCARD\n".utf8)
        let card = VCardOutcome.card(VCard(version: .v2_1, properties: [.init("FN", rawValue: "Ana 😀")]))
        #expect(VCardOutcome.all(of: input) == [card])
        let half = Array("BEGIN:VCARD\nFN:".utf8) + [0xED, 0xA0, 0xBD] + Array("\nEND:VCARD\n".utf8)
        #expect(VCardOutcome.all(of: half) == [.error(.malformed(.invalidUTF8, at: .init(1, 2, 4)))])
    }

    @Test("joins characters that a fold took apart") func joinsCharactersThatAFoldTookApart() {
        let input = Array("BEGIN:VCARD\nNOTE:".utf8) + [0xC3, 0x0A, 0x20, 0xB1] + Array("\nEND:VCARD\n".utf8)
        let expected = VCardOutcome.card(VCard(version: .v3_0, properties: [.init("NOTE", rawValue: "ñ")]))
        #expect(VCardOutcome.all(of: input) == [expected])
    }

    @Test("refuses what is too long") func refusesWhatIsTooLong() {
        let card = Array(Self.input("NOTE:12345", "NOTE:12345").utf8)
        #expect(
            VCardOutcome.all(of: card + card, limit: 20).first
                == .card(
                    VCard(
                        version: .v3_0,
                        properties: [
                            .init("NOTE", rawValue: "12345"), .init("NOTE", rawValue: "12345"),
                        ]
                    )
                )
        )
        let tooLong = VCardError.cardTooLong(limit: 18, at: .init(1, 1, 1))
        #expect(VCardOutcome.all(of: card, limit: 18) == [.error(tooLong)])
        #expect(VCardOutcome.all(of: card, limit: 9) == [.error(.lineTooLong(limit: 9, at: .init(1, 1, 1)))])
    }

    @Test("gives a refused card as it came") func givesARefusedCardAsItCame() {
        let input = Self.input("TEL:1", "FN;CHARSET=EBCDIC;QUOTED-PRINTABLE:=C1", "NOTE:x", " y")
        var reader = VCardReader(ByteSource(bytes: Array(input.utf8)))
        #expect(throws: VCardError.self) { try reader.next() }
        #expect(String(decoding: reader.rawCard, as: UTF8.self) == input)
    }
}
