import Testing

@testable import CRMKit

@Suite("What a person is known by")
struct ErasedNamesTests {
    private static let names = ErasedNames(
        ["José Ruiz", "ana@example.org", "+52 55 1234", #"O"Neil Q"#],
        spellings: ["Ruiz, José"]
    )

    @Test(
        "is struck out of a text, however it is written",
        arguments: [
            ("José Ruiz", "[…]"), ("see JOSE   RUIZ, twice: jose ruiz.", "see […], twice: […]."),
            ("Ruiz, José: yes", "[…]: yes"), ("Jose\u{301} Ruiz", "[…]"),
            ("José Ruiz <ANA@Example.org>", "[…] <[…]>"), ("mailto:ana@example.org.", "mailto:[…]."),
            ("call +52 55 1234 now", "call […] now"),
            ("Pepe R. <ana@example.org>", "[…] <[…]>"),
            (
                #"b@c.example, "Ruiz, J." <ana@example.org>, "Sol, Eva" <eva@c.example>"#,
                #"b@c.example, "[…]" <[…]>, "Sol, Eva" <eva@c.example>"#
            ),
            (
                "what is said of it to everybody who is there <ana@example.org>",
                "what is said of it to everybody who is there <[…]>"
            ), ("ñandú José\tRuiz ñandú", "ñandú […] ñandú"),
        ]
    )
    func strikingOut(_ text: String, _ expected: String) { #expect(Self.names.struckOut(of: text) == expected) }

    private static let surnames = ErasedNames(
        ["Ana Ruiz Soto", "Ana Ruiz", "ana@example.org"],
        spellings: [
            "Ruiz Soto Ana", "Ruiz Soto, Ana", "Ruiz, Ana", "ana=example.org", "example.org=ana",
        ]
    )

    @Test(
        "is struck out where names stand side by side, in names of files, in links and in return paths",
        arguments: [
            ("Avisó Ana Ruiz Soto, Ana Ruiz Soto firmó", "Avisó […] firmó"), ("vino Ruiz, Ana ayer", "vino […] ayer"),
            ("_Ana Ruiz Soto_ firmó", "_[…]_ firmó"), ("ver Ana_Ruiz_Soto.pdf", "ver […].pdf"),
            ("ver ana-ruiz.jpg", "ver […].jpg"),
            ("https://x.example/Ana%20Ruiz%20Soto.pdf", "https://x.example/[…].pdf"),
            ("https://x.example/?to=ana%40example.org", "https://x.example/?to=[…]"),
            ("?q=Ana+Ruiz&x=100%", "?q=[…]&x=100%"), ("Ana Ruiz-Pardo vino", "[…] vino"),
            ("Ana Ruiz-factura.pdf", "[…]-factura.pdf"), ("ANA RUIZ SOTO / Ana Ruiz", "[…] / […]"),
            ("<bounce+ana=example.org@lists.example>", "<bounce+[…]@lists.example>"),
            ("SRS0=Hx=tt=example.org=ana@relay.example", "SRS0=Hx=tt=[…]@relay.example"),
        ]
    )
    func joined(_ text: String, _ expected: String) { #expect(Self.surnames.struckOut(of: text) == expected) }

    @Test(
        "is nobody else's name or return path",
        arguments: [
            "Mariana Ruiz", "ana_ruizón", "x.ana=example.org@l.example", "ana=example.org.mx@l.example", "%41na%2",
        ]
    )
    func others(_ text: String) { #expect(Self.surnames.struckOut(of: text) == nil) }

    @Test(
        "is a telephone number only where it is a whole one",
        arguments: [
            ("522026", true, false), ("521000", true, false), ("5212345678", true, false),
            ("525512345678", true, true), ("34600112233", true, true), ("34600112", true, false),
            ("18095551234", true, true), ("4915112345678", true, true), ("49151", true, false),
            ("2026", false, false), ("123456", false, false), ("1234567", false, true),
        ]
    )
    func wholeNumbers(_ key: String, _ hasCode: Bool, _ isWhole: Bool) {
        #expect(ErasedNumbers.isWhole(key, hasCode: hasCode) == isWhole)
    }

    @Test(
        "is struck out of what is folded, quoted or escaped",
        arguments: [
            (
                "BEGIN:VCARD\r\nNOTE:of Jos\r\n é Ruiz,\r\n \tthere\r\nX:a\r\n",
                "BEGIN:VCARD\r\nNOTE:of […],\r\n \tthere\r\nX:a\r\n"
            ),
            ("BEGIN:VEVENT\nSUMMARY:Ruiz\\, Jo\n sé\nEND:VEVENT\n", "BEGIN:VEVENT\nSUMMARY:[…]\nEND:VEVENT\n"),
            ("BEGIN:VEVENT\nX:a\\nJosé Ruiz\\n\nY:ana@exam\n ple.org\n", "BEGIN:VEVENT\nX:a\\n[…]\\n\nY:[…]\n"),
            ("he wrote:\n> I am José\n> Ruiz.\n", "he wrote:\n> I am […].\n"), ("a > José > Ruiz b", "a > […] b"),
            ("José\r\n>> >Ruiz", "[…]"), (#"crm comment add --body 'by O"Neil Q'"#, "crm comment add --body 'by […]'"),
            (#"--where "name = \"O\"Neil Q\"""#, #"--where "name = \"[…]\"""#),
            (#"C:\José Ruiz\José"#, #"C:\[…]\José"#),
            ("José\n Ruiz", "[…]"), ("BEGIN: José Ruiz", "BEGIN: […]"),
        ]
    )
    func quoted(_ text: String, _ expected: String) { #expect(Self.names.struckOut(of: text) == expected) }

    @Test("is struck out of a command line as a shell quotes it") func commands() {
        let names = ErasedNames(["Bob O'Hara"])
        let command = #"crm comment add --body 'met Bob O'\''Hara twice'"#
        #expect(names.struckOut(of: command) == "crm comment add --body 'met […] twice'")
        #expect(names.struckOut(of: #"'Bob O'\''Harald'"#) == nil)
    }

    @Test(
        "is known in what it was struck out of",
        arguments: [
            ("see […] today", "see José Ruiz today", true), ("[…]", "Ana", true), ("a […], […] b", "a X, Y b", true),
            ("see […] today", "see José", false), ("see José today", "see José today", false),
            ("[…] b", "a c", false), ("ab […] ab", "ab", false),
        ]
    )
    func left(_ struck: String, _ text: String, _ isLeft: Bool) {
        #expect(ErasedNames.isLeft(struck, of: text) == isLeft)
    }

    @Test(
        "is nothing that it is only a part of",
        arguments: [
            "José Ruizón", "Majosé Ruiz", "José  de Ruiz", "mariana@example.org", "x.ana@example.org",
            "ana@example.org.mx", "ana@example.org-chart.net", "+52 55 12345", "", "José", "Ruiz",
        ]
    )
    func partsOfOthers(_ text: String) { #expect(Self.names.struckOut(of: text) == nil) }

    @Test(
        "is a number however it is grouped, with what is dialled before it",
        arguments: [
            ("Eva: (55) 8765-4321", "Eva: […]"), ("+52 1 (55) 8765 4321.", "[…]."), ("0155 8765 4321", "[…]"),
            ("044 55 8765 4321, casa", "[…], casa"), ("tel:+5215587654321", "tel:[…]"), ("0052.55.87.65.43.21", "[…]"),
            ("+34 600 11 22 33 / 600112233", "[…] / […]"),
        ]
    )
    func numbers(_ text: String, _ expected: String) {
        let names = ErasedNames(
            [],
            numbers: ErasedNumbers([("525587654321", true), ("34600112233", true), ("5312345678", false)])
        )
        #expect(names.struckOut(of: text) == expected)
    }

    @Test("is no number of more digits, and no part of one", arguments: ["155876543210", "x5587654321", "12345678"])
    func otherNumbers(_ text: String) {
        let numbers = ErasedNumbers([("525587654321", true), ("5312345678", false)])
        #expect(ErasedNames([], numbers: numbers).struckOut(of: text) == nil)
    }

    @Test("is found where JSON escapes it") func escaped() {
        #expect(Self.names.stand(in: #"{"subject":"of O\"Neil Q"}"#))
        #expect(Self.names.stand(in: #"{"text":"he\nJosé Ruiz"}"#))
        #expect(Self.names.stand(in: #"{"properties":"BEGIN:VCARD\r\nNOTE:Jo\r\n sé Ruiz"}"#))
        #expect(!Self.names.stand(in: #"{"a":"José\n","b":"Ruiz"}"#))
        #expect(ErasedNames([]).isEmpty)
        #expect(!ErasedNames([]).stand(in: "anything"))
    }

    @Test(
        "leaves of a command line the verb",
        arguments: [
            ("crm contact add --first-name Ana", "crm contact add …"), ("crm contact edit 42", "crm contact edit …"),
            ("crm contact link asset 1 2", "crm contact link …"), ("crm undo 5", "crm undo …"),
            ("crm undo", "crm undo"),
            ("'/opt/c r m' contact add", "'/opt/c …"), ("crm --db x.db contact add", "crm …"),
        ]
    )
    func verbs(_ command: String, _ expected: String) { #expect(ErasedHistory.verb(of: command) == expected) }
}
