import Formats
import TestSupport
import Testing

@Suite struct `Card writer` {
    private func text(_ card: VCard, _ version: VCardWriter.Version) throws -> String {
        String(decoding: try card.written(version), as: UTF8.self)
    }

    @Test("writes escapes, parameters and groups") func writesEscapesParametersAndGroups() throws {
        let card = VCard(
            version: .v4_0,
            properties: [
                .init("FN", text: "Ruiz, Ana; \\ x\r\ny"),
                .init("N", components: [["Ruiz"], ["Ana", "M,a"], [""]], group: "g1"),
                .init("NOTE", text: "", parameters: [.init("X-A", ["a;b", "c"]), .init("X-B", ["\"^\n"])]),
            ]
        )
        #expect(
            try text(card, .v4_0) == """
                BEGIN:VCARD\r
                VERSION:4.0\r
                FN:Ruiz\\, Ana\\; \\\\ x\\ny\r
                g1.N:Ruiz;Ana,M\\,a;\r
                NOTE;X-A="a;b",c;X-B=^'^^^n:\r
                END:VCARD\r

                """
        )
    }

    @Test("folds after at most 75 bytes and never inside a character", arguments: ["a", "ñ", "日", "👩"], 60..<80)
    func foldsAfterAtMost75BytesAndNeverInsideACharacter(character: String, length: Int) throws {
        let value = String(repeating: "x", count: length) + String(repeating: character, count: 100)
        let card = VCard(version: .v4_0, properties: [.init("NOTE", text: value)])
        let bytes = try card.written(.v4_0)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        #expect(lines.dropFirst(3).dropLast().allSatisfy { $0.hasPrefix(" ") })
        #expect(String(validating: bytes, as: UTF8.self) != nil)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("\u{FFFD}"))
        #expect(VCardOutcome.all(of: bytes) == [.card(card)])
    }

    @Test(
        "writes a card of 3.0 as 4.0 has it",
        arguments: [
            ("PHOTO;ENCODING=b;TYPE=JPEG:AAEC", "PHOTO:data:image/jpeg;base64,AAEC"),
            ("PHOTO;ENCODING=b;TYPE=JPEG,pref:AAEC", "PHOTO;PREF=1:data:image/jpeg;base64,AAEC"),
            ("TEL;TYPE=home,PREF:1", "TEL;TYPE=home;PREF=1:1"), ("EMAIL;TYPE=pref:a", "EMAIL;PREF=1:a"),
            ("X-A;B=c:d\\,e;f", "X-A;B=c:d\\,e;f"),
        ]
    )
    func writesACardOf30As40HasIt(classic: String, modern: String) throws {
        #expect(try rewritten(classic, .v3_0, as: .v4_0) == modern)
    }

    @Test(
        "writes a card of 4.0 as 3.0 has it",
        arguments: [
            ("PHOTO:data:image/jpeg;base64,AAEC", "PHOTO;ENCODING=b;TYPE=JPEG:AAEC"),
            ("TEL;VALUE=uri;TYPE=home;PREF=1:tel:+34600", "TEL;TYPE=home;TYPE=pref:+34600"),
            ("EMAIL;PREF=2:a", "EMAIL;PREF=2:a"), ("NOTE:a;b\\,c", "NOTE:a\\;b\\,c"), ("X-A:a;b", "X-A:a;b"),
            ("TEL;TYPE=\"work,voice\":1", "TEL;TYPE=work,voice:1"),
            ("TEL;VALUE=uri:tel:+52-55-1;ext=7;phone-context=+52", "TEL:+52-55-1 ext 7"),
            ("TEL;VALUE=uri:tel:+52-55-1\\;EXT=7", "TEL:+52-55-1 ext 7"),
            ("TEL;VALUE=uri:tel:5501-0001;phone-context=+52-55", "TEL:+52-55-5501-0001"),
            ("TEL;VALUE=uri:tel:5501;phone-context=x.example", "TEL:5501"),
            ("TEL;VALUE=uri:tel:%2B34%20600", "TEL:+34 600"), ("TEL;VALUE=uri:tel://+34600;isub=1", "TEL:+34600"),
            ("TEL;VALUE=uri:sip:ana@x.example", "TEL;VALUE=uri:sip:ana@x.example"),
        ]
    )
    func writesACardOf40As30HasIt(modern: String, classic: String) throws {
        #expect(try rewritten(modern, .v4_0, as: .v3_0) == classic)
    }

    private func rewritten(_ line: String, _ version: VCard.Version, as target: VCardWriter.Version) throws -> String {
        let input = "BEGIN:VCARD\nVERSION:\(version.rawValue)\n\(line)\nEND:VCARD\n"
        guard case .card(let card) = VCardOutcome.all(of: input).first else { return "no card" }
        return try text(card, target).split(separator: "\r\n").dropFirst(2).dropLast().joined(separator: "\n")
    }

    @Test("any card survives", arguments: 0..<300)
    func anyCardSurvives(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let chunkSize = Int.random(in: 1...300, using: &random)
        let modern = random.card(.v4_0)
        #expect(try VCardOutcome.all(of: modern.written(.v4_0), chunkSize: chunkSize) == [.card(modern)])
        let classic = random.card(.v3_0)
        #expect(try VCardOutcome.all(of: classic.written(.v3_0), chunkSize: chunkSize) == [.card(classic)])
        guard case .card(let converted) = try VCardOutcome.all(of: modern.written(.v3_0)).first else {
            Issue.record("no card")
            return
        }
        #expect(converted.properties.map(\.data) == modern.properties.map(\.data))
        for (property, original) in zip(converted.properties, modern.properties) where original.data == nil {
            #expect(property.text == original.text)
            #expect(property.types == original.types)
        }
    }

    @Test("any mutated card is read the same in any chunks, and what is read survives")
    func anyMutatedCardIsReadTheSameInAnyChunksAndWhatIsReadSurvives() throws {
        var random = SeededGenerator(seed: 11)
        for round in 0..<4000 {
            let input = random.mutated(Array(Self.cards[round % Self.cards.count].utf8))
            let whole = VCardOutcome.all(of: input)
            let chunkSize = Int.random(in: 1...5, using: &random)
            #expect(VCardOutcome.all(of: input, chunkSize: chunkSize) == whole, "\(input)")
            for case .card(let card) in whole {
                let version: VCardWriter.Version = card.version == .v4_0 ? .v4_0 : .v3_0
                let again = VCardOutcome.all(of: try card.written(version))
                guard case .card(let read) = again.first else {
                    Issue.record("\(input): \(again)")
                    continue
                }
                #expect(again.count == 1)
                #expect(read.properties == card.properties || card.version == .v2_1, "\(input)")
                #expect(read.properties.map(\.text) == card.properties.map(\.text), "\(input)")
            }
        }
    }

    static let cards = [
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana\\, x\r\nitem1.TEL;TYPE=\"a,b\";PREF=1:tel:+34\r\nNOTE:one\r\n two\r\nEND:VCARD\r\n",
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=B1=\n=C3=B1;b\nPHOTO;JPEG;BASE64:\n AAEC\n\nEND:VCARD",
        "BEGIN:VCARD\nVERSION:3.0\nN:Ñu\\;ñez;日本;;\nPHOTO;ENCODING=b;TYPE=JPEG:AAEC\nAGENT:\nBEGIN:VCARD\nFN:a\nEND:VCARD\nEND:VCARD\n",
    ]
}
