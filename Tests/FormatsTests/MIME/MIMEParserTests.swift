import Formats
import Testing

@Suite struct `The parts of a message` {
    private static let head = "Content-Type: multipart/mixed; boundary=b\n\n"

    @Test(
        "are read as far as they can be",
        arguments: [
            ("From x Mon Jan  5 10:00:00 2026\nSubject: a\n\nb\n", ["text/plain:b\n"]),
            ("Subject : a\nno field\n\nb", ["text/plain:no field\n\nb"]),
            ("", ["text/plain:"]), ("Subject: only", ["text/plain:"]),
            (
                head + "pre\n--b\n\n1\n--b\r\nContent-Type: text/x\r\n\r\n2\r\n--b--\nepilogue",
                [
                    "multipart/mixed:", "text/plain:1", "text/x:2",
                ]
            ),
            // A boundary that another begins with.
            (
                head + "--b\nContent-Type: multipart/x; boundary=bb\n\n--bb\n\n1\n--bb--\n--b\n\n2\n--b--",
                [
                    "multipart/mixed:", "multipart/x:", "text/plain:1", "text/plain:2",
                ]
            ),
            // The last delimiters are missing, then the boundary, then every part.
            (head + "--b\n\n1\n", ["multipart/mixed:", "text/plain:1\n"]),
            ("Content-Type: multipart/mixed\n\npre\n--z\n\n1\n--z--\n", ["multipart/mixed:", "text/plain:1"]),
            (head + "nothing but text\n", ["multipart/mixed:", "text/plain:nothing but text\n"]),
            (
                "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\ny\n--b--\n",
                [
                    "multipart/digest:", "message/rfc822:Subject: x\n\ny", "text/plain:y",
                ]
            ),
            ("Content-Transfer-Encoding: BASE64\n\nSG9s\n!YQ==\n____\nlist", ["text/plain:Hola"]),
            ("Content-Transfer-Encoding: base64\n\nSG9s", ["text/plain:Hol"]),
            ("Content-Transfer-Encoding: base64\n\nSA==\nb2w=\n", ["text/plain:Hol"]),
            (
                "Content-Transfer-Encoding: quoted-printable\n\na=3D=\n b=zz=e9 \t\nc= \nd=",
                ["text/plain:a= b=zz\u{FFFD}\ncd"]
            ),
            ("Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#0V%T\n`\nend\n", ["text/plain:Cat"]),
            ("Content-Type: text\nContent-Transfer-Encoding: what\n\nb", ["text/plain:b"]),
            ("Content-Type: text/plain charset=utf-8\n\nb", ["text/plain:b"]),
            ("Content-Type: text/plain, charset=utf-8\n\nb", ["text/plain:b"]),
            ("Content-Transfer-Encoding: \"quoted-printable\"\n\na=3Db", ["text/plain:a=b"]),
            // Without quotation marks the boundary ends at the blank, or does not.
            ("Content-Type: multipart/x; boundary=b c\n\n--b\n\n1\n--b--\n", ["multipart/x:", "text/plain:1"]),
            ("Content-Type: multipart/x; boundary=b c\n\n--b c\n\n1\n--b c--\n", ["multipart/x:", "text/plain:1"]),
        ]
    )
    func areReadAsFarAsTheyCanBe(message: String, parts: [String]) throws {
        let outcome = try MailOutcome.of(message)
        #expect(outcome.parts.map { "\($0.mediaType):\(String(decoding: $0.body, as: UTF8.self))" } == parts)
        #expect(Set(outcome.ended) == Set(outcome.parts.indices))
        for size in 1...7 {
            let pieces = try MailOutcome.of(Array(message.utf8), pieces: size)
            #expect(pieces.parts.map(\.body) == outcome.parts.map(\.body), "in pieces of \(size)")
        }
    }

    @Test("of an mbox lose the mark before From") func ofAnMboxLoseTheMarkBeforeFrom() throws {
        let message = Array("Subject: a\n\n>From b\n>>From c\n> From d\n".utf8)
        #expect(try MailOutcome.of(message, unquotesFrom: true).parts[0].text == "From b\n>From c\n> From d\n")
        #expect(try MailOutcome.of(message).parts[0].text == ">From b\n>>From c\n> From d\n")
    }

    @Test("nest to a limit, and are many to a limit") func nestToALimitAndAreManyToALimit() throws {
        var nested = ""
        for level in 0..<500 {
            nested += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n"
        }
        let outcome = try MailOutcome.of(nested + "\ndeep")
        #expect(outcome.parts.count == MIMEParser.mostDepth + 1)
        #expect(outcome.parts.last?.text.hasSuffix("deep") == true)
        let many = try MailOutcome.of(Self.head + String(repeating: "--b\n\nx\n", count: 20_000))
        #expect(many.parts.count == MIMEParser.mostParts)
        let bomb = try MailOutcome.of(String(repeating: "X: y\n", count: 100_000) + "Subject: late\n\nbody")
        #expect(bomb.header?.isCut == true && bomb.header?.text("subject") == "late")
        #expect(bomb.parts.map(\.text) == ["body"])
        let long = try MailOutcome.of(
            "Subject: " + String(repeating: "a", count: 5 << 20) + "\n\n" + String(repeating: "b", count: 5 << 20)
        )
        #expect(long.parts[0].body.count == 5 << 20)
    }
}

@Suite struct `Header fields of mail` {
    @Test(
        "are text",
        arguments: [
            ("=?utf-8?q?Cotizaci=C3=B3n?=", "Cotización"), ("=?UTF-8?B?QcOx?= =?UTF-8?B?bw==?=", "Año"),
            // Cut within a character; a language; blanks where none should be; an end that is missing.
            ("=?utf-8?b?w7?=\r\n =?utf-8?b?E=?=", "Ã"), ("=?utf-8?q?a=C3?= =?utf-8?q?=B1o?=", "año"),
            ("=?iso-8859-1*es?Q?a=F1o?=", "año"), ("=?utf-8?q?a b?=", "a b"), ("=?utf-8?q?a", "=?utf-8?q?a"),
            ("x =?utf-8?q?=C3=A9?= y", "x é y"), ("a\r\n\tb  c", "a b c"), ("=?nonsense?q?=E9?=", "é"),
            ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"), ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
        ]
    )
    func areText(value: String, text: String) {
        #expect(EncodedWords.text(value.utf8) == text)
    }

    @Test("of bytes without a charset are UTF-8 or windows-1252") func ofBytesWithoutACharsetAreUTF8OrWindows1252() {
        #expect(EncodedWords.text([0x61, 0xF1, 0x6F, 0x80]) == "año€")
        #expect(EncodedWords.text("año".utf8) == "año")
    }

    @Test(
        "have parameters",
        arguments: [
            ("text/plain; charset=UTF-8", "charset", "UTF-8"),
            ("TEXT/Plain (c); Charset = \"a\\\"b\"", "charset", "a\"b"),
            ("a/b; name*=utf-8'es'a%C3%B1o.txt", "name", "año.txt"),
            ("a/b; name*0*=utf-8''a%C3; name*1*=%B1o; name*2=\" x.txt\"", "name", "año x.txt"),
            ("a/b; name=\"=?utf-8?q?a=C3=B1o?=.txt\"", "name", "año.txt"),
            ("a/b; name=my file.pdf; x=1", "name", "my file.pdf"),
            ("a/b; name=\"never closed", "name", "never closed"), ("a/b; name=1; name=2", "name", "1"),
            ("a/b;; ;name=1", "name", "1"), ("a/b charset=x; name=1", "charset", "x"),
            ("a/b charset=x; name=1", "name", "1"), ("a/b, charset=x; name=1", "charset", "x"),
            // A path whose backslashes are not escaped, and ones that are.
            (#"a/b; name="C:\Users\ana\a \"o\".pdf""#, "name", #"C:\Users\ana\a "o".pdf"#),
            (#"a/b; name="C:\\ana\\o.pdf""#, "name", #"C:\ana\o.pdf"#),
            (#"a/b; name="o \(1\).pdf""#, "name", "o (1).pdf"),
        ]
    )
    func haveParameters(field: String, name: String, value: String) {
        #expect(HeaderParameters(Array(field.utf8))[name] == value)
    }

    @Test(
        "have addresses",
        arguments: [
            ("Ana Ruiz <ana@x.org>", ["Ana Ruiz|ana@x.org"]), ("ana@x.org (Ana)", ["Ana|ana@x.org"]),
            ("\"Ruiz, Ana\" <ana@x.org>, b@x.org;c@x.org", ["Ruiz, Ana|ana@x.org", "|b@x.org", "|c@x.org"]),
            ("Team: a@x.org, B <b@x.org>;, undisclosed-recipients:;", ["|a@x.org", "B|b@x.org"]),
            ("=?utf-8?q?=22Ruiz=2C_Ana=22?= <a@x.org>", ["Ruiz, Ana|a@x.org"]),
            ("\"\\\"Ana\\\"\" <a@x.org>", ["\"Ana\"|a@x.org"]),
            ("=?utf-8?q?P=C3=A9rez,_Ana?= <a@x.org>", ["Pérez, Ana|a@x.org"]), ("<@r,@s:a@x.org>", ["|a@x.org"]),
            ("Eva Paz [mailto:eva@x.org]", ["Eva Paz|eva@x.org"]), ("Eva [eva@x.org], B [c]", ["Eva|eva@x.org"]),
            ("Eva [eva@<eva@x.org>]", ["Eva|eva@x.org"]),
            ("[Lista] Eva <eva@x.org>", ["[Lista] Eva|eva@x.org"]), ("a@[10.0.0.1]", ["|a@[10.0.0.1]"]),
            ("\"a@x.org\" <a@x.org>", ["a@x.org|a@x.org"]), ("'Ana' <mailto:a@x.org>", ["Ana|a@x.org"]),
            ("<mailto:@r:MAILTO:a@x.org>", ["|a@x.org"]), ("<\u{1}mailto:a@x.org>", ["|a@x.org"]),
            ("Ana <a@x.org", ["Ana|a@x.org"]), ("<>", []), ("just words", []), ("", []),
            ("Ana a@x.org", ["Ana|a@x.org"]),
            ("Ana a@x.org>", ["Ana|a@x.org"]), ("\"Ana <a@x.org>", ["Ana|a@x.org"]),
            ("Ana <<a@x.org>>", ["Ana|a@x.org"]),
            ("A <a @ x.org>", ["A|a@x.org"]), ("\"a b\"@x.org", ["|\"a b\"@x.org"]),
            ("A <root>, <list>, B <b,c@x.org>", ["A|root", "|list", "B|b,c@x.org"]), ("<b,c@x.org>", ["|b,c@x.org"]),
            ("@r:a@x.org", ["|a@x.org"]), ("\u{1B}$B$?$,<A\u{1B}(B <a@x.org>", ["たが質|a@x.org"]),
            // Comments and blanks around the signs of an address, and a comment that has no end.
            ("ana(comment (nested)) @ x.org", ["comment (nested)|ana@x.org"]),
            ("ana @ x . org (A (b)), b@x.org", ["A (b)|ana@x.org", "|b@x.org"]),
            ("Ana <ana(work (old))@x.org>", ["Ana|ana@x.org"]),
            ("Ana <ana(work@x.org>, b@x.org", ["Ana|ana(work@x.org", "|b@x.org"]),
            ("Ana <ana@x.org (home)", ["Ana|ana@x.org"]),
            // A quotation directly behind an address; a mark whose quotation has no end means nothing.
            ("Team: b@x.org\"(B);", ["B|b@x.org"]), ("b@x.org\"B\", c@x.org", ["B|b@x.org", "|c@x.org"]),
            ("\"x, y\"@x.org, B <\"a\\\"b\"@x.org>", ["|\"x, y\"@x.org", "B|\"a\\\"b\"@x.org"]),
            (#""Ana Ruiz <ana@x.example>, Luis <luis@x.example>"#, ["Ana Ruiz|ana@x.example", "Luis|luis@x.example"]),
            (#"Ana, Team: b@x.example(CET), "c"#, ["CET|b@x.example"]),
            (#"<"ana@x.example>"#, ["|ana@x.example"]), (#""Ana ana@x.example("c);"#, ["Ana|ana@x.example"]),
        ]
    )
    func haveAddresses(field: String, addresses: [String]) {
        let list = MailAddress.list(field)
        #expect(list.map { "\($0.name)|\($0.address)" } == addresses)
        #expect(MailAddress.list(MailAddress.text(list)) == list)
    }

    /// Reading the rest of the field from each mark anew would take hours.
    @Test("have addresses behind any number of marks", arguments: ["(", "[ ", "<", "\"a", "a\"b\"", "(a)", ", "])
    func haveAddressesBehindMarks(mark: String) {
        let marks = String(repeating: mark, count: 200_000)
        for field in ["<\(marks)a@x.example>", "\(marks) <a@x.example>", "\(marks)[)(\")"] {
            #expect(MailAddress.list(field).count <= 1)
        }
    }

    @Test(
        "go to domains beyond ASCII",
        arguments: [
            ("jose@español.es", "jose@xn--espaol-zwa.es"), ("a@BÜCHER.example", "a@xn--bcher-kva.example"),
            ("a@例え.テスト", "a@xn--r8jz45g.xn--zckzah"), ("Ana@X.org", "Ana@X.org"),
        ]
    )
    func goToDomainsBeyondASCII(address: String, written: String) throws {
        #expect(try OutgoingMessage.Person(name: "", address: address).address == written)
        #expect(try OutgoingMessage.Person(name: "", address: "ñ\(address)").address == "ñ\(written)")
        for sign in ["\u{202E}", "\u{A0}", "\u{85}", "\u{2028}", "a b"] {
            #expect(throws: OutgoingMessage.Fault.self) {
                try OutgoingMessage.Person(name: "", address: "\(sign)\(address)")
            }
        }
    }

    @Test(
        "go to local parts in quotation marks, and to hosts in brackets, and no further",
        arguments: [
            ("\"raro local\"@b.example", true), ("\"a@b\"@c.example", true), ("\"a\\\"b\"@c.example", true),
            ("a@[192.0.2.1]", true), ("a@[IPv6:2001:db8::1]", true), ("\"a\"b\"@c.example", false),
            ("\"a\\\"@c.example", false), ("\"\"@c.example", false), ("a b@c.example", false), ("a@[]", false),
            ("a@[1.2>.3]", false), ("\"a\nb\"@c.example", false), ("a@b@c.example", false),
        ]
    )
    func goToQuotedLocalParts(address: String, isTaken: Bool) {
        let person = try? OutgoingMessage.Person(name: "", address: address)
        #expect(person?.address == (isTaken ? address : nil))
    }

    @Test(
        "come from domains beyond ASCII",
        arguments: [
            ("ana@xn--espaol-zwa.es", "ana@español.es"), ("Ana@XN--BCHER-KVA.example", "Ana@bücher.example"),
            ("a@xn--r8jz45g.xn--zckzah", "a@例え.テスト"), ("a@xn--80ak6aa92e.com", "a@аррӏе.com"),
            // What is none of the encoding, stands for ASCII alone, or is written otherwise.
            ("a@xn--a.org", "a@xn--a.org"), ("a@xn--ab-.org", "a@xn--ab-.org"), ("a@xn--.org", "a@xn--.org"),
            ("a@xn--99999999999.org", "a@xn--99999999999.org"), ("a@ab--c.org", "a@ab--c.org"), ("x--y", "x--y"),
            ("a@xn--ñ.org", "a@xn--ñ.org"), ("a@xn--bcher-kva!.org", "a@xn--bcher-kva!.org"),
            ("Ana@X.org", "Ana@X.org"),
        ]
    )
    func comeFromDomainsBeyondASCII(address: String, read: String) {
        #expect(InternationalDomain.inUnicode(ofAddress: address) == read)
        let again = InternationalDomain.inASCII(ofAddress: read)
        #expect(read == address || again.lowercased() == address.lowercased(), "\(again)")
    }

    @Test(
        "have dates",
        arguments: [
            ("Mon, 5 Jan 2026 10:00:00 +0100 (CET)", 1_767_603_600), ("5 Jan 26 10:00 EST", 1_767_625_200),
            ("Mon Jan  5 10:00:00 2026", 1_767_607_200), ("Mon Jan  5 10:00:00 CET 2026", 1_767_603_600),
            ("2026-01-05T10:00:00Z", 1_767_607_200), ("2026-01-05T10:00:00.123+01:00", 1_767_603_600),
            ("Mon,5 Jan 2026 10:00:00 GMT+0100", 1_767_603_600), ("05-Jan-2026 10:00:00 -0000", 1_767_607_200),
            ("Monday, January 5, 2026 10:00 PM", 1_767_650_400), ("Thu, 01 Jan 1970 00:00:00 +0000", 0),
            ("29 Feb 2024 23:59:60 +0000", 1_709_251_199), ("mar, 6 jan 2026 10:00:00 +0100", 1_767_690_000),
            ("Mon, 5 Jan 2026 10.00.00 +0100", 1_767_603_600), ("5 Jan 2026 10.00 +0100", 1_767_603_600),
            ("2026-01-05 10.00.00+0100", 1_767_603_600), ("Lun, 5 ene 2026 10:00:00 +0100", 1_767_603_600),
            ("lunes, 5 de enero de 2026 10:00 p. m.", 1_767_650_400), ("5 ene 2026 10:00 a.m.", 1_767_607_200),
            ("mar., 6 janv. 2026 10:00:00 +0100", 1_767_690_000), ("Mo, 5. Jan 2026 10:00 +0100", 1_767_603_600),
            ("dom, 1 fev 2026 10:00:00 -0300", 1_769_950_800), ("05.01.2026 10:00 +0100", 1_767_603_600),
            ("13/01/2026 10:00 +0100", 1_768_294_800), ("1/13/2026 10:00 +0100", 1_768_294_800),
            ("Mon, 5 Jan 2026 10:00:00 GMT+01:00", 1_767_603_600), ("Mon, 5 Jan 2026 10:00:00 (CET)", 1_767_603_600),
            ("Mon, 5 Jan 2026 10:00:00 +0000 (CET)", 1_767_607_200), ("Mon, 5 Jan 126 10:00:00 Z", 1_767_607_200),
            ("5 Jan 26 10:00 A", 1_767_607_200), ("Mon, 5 Jan 2026 10:00", 1_767_607_200),
            ("Jan 5, 2026, 10:00:00\u{202F}PM", 1_767_650_400), ("5 Jan 2026 10:00:00 HST", 1_767_643_200),
        ]
    )
    func haveDates(text: String, seconds: Int64) { #expect(MailDate(text.utf8)?.seconds == seconds) }

    @Test(
        "have dates that are none",
        arguments: [
            "", "yesterday", "32 Jan 2026 10:00", "5 Jan 2026 25:00", "Mon, Jan 2026", "31 Feb 2026 10:00",
            "31 Jun 2026",
            "99999999999999999999", "05/01/2026 10:00", "5 Jan 2026 10.00.00.00 25.00",
        ]
    )
    func haveDatesThatAreNone(text: String) { #expect(MailDate(text.utf8) == nil) }
}

@Suite struct `An mbox` {
    private static let from = "From a@x.org Mon Jan  5 10:00:00 2026\n"

    @Test(
        "is cut into its messages",
        arguments: [
            (from + "Subject: a\n\n1\n\n" + from + "Subject: b\n\n2\n", ["Subject: a\n\n1\n", "Subject: b\n\n2\n"]),
            (
                from + "Subject: a\n\n1\n\nFrom here on\n\nFrom me 10:00 May 2026\n\nfin\n\n",
                [
                    "Subject: a\n\n1\n\nFrom here on\n\nFrom me 10:00 May 2026\n\nfin\n"
                ]
            ),
            (
                from + "Content-Length: 43\n\n" + from + "X: y\n" + "\n" + from + "Subject: b\n\n",
                [
                    "Content-Length: 43\n\n" + from + "X: y\n", "Subject: b\n",
                ]
            ),
            (
                from + "Content-Length: 9\n\n1\n\n" + from + "Subject: b\n\n2",
                ["Content-Length: 9\n\n1\n", "Subject: b\n\n2"]
            ),
            (from + from + "Subject: b\n\n2", ["", "Subject: b\n\n2"]), (from, [""]),
            ("Subject: a\n\nb\n\n", ["Subject: a\n\nb\n\n"]),
            ("", []),
            (
                from.replacing("\n", with: "\r\n") + "A: b\r\n\r\n1\r\n\r\n" + from + "C: d\n",
                ["A: b\r\n\r\n1\r\n", "C: d\n"]
            ),
        ]
    )
    func isCutIntoItsMessages(bytes: String, messages: [String]) throws {
        #expect(try MailOutcome.messages(Array(bytes.utf8)).map { String(decoding: $0, as: UTF8.self) } == messages)
    }
}
