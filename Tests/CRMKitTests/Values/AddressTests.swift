import Testing

@testable import CRMKit

@Suite("E-mail addresses, telephone numbers, web addresses and codes")
struct AddressTests {
    @Test(
        "Addresses of mail are taken as typed",
        arguments: [
            "ana@example.org", "Ana.Ruiz+crm@mail.example.org", "o'brien@example.org", "añil@ejemplo.example",
            "a@xn--p1ai.example", "用户@例子.example", "a_b-c@a-b.example",
        ]
    )
    func emails(text: String) throws {
        #expect(try EmailAddress(parsing: text).text == text)
    }

    @Test(
        "What is no bare address is refused",
        arguments: [
            "ana", "ana@", "@example.org", "ana@example", "ana@@example.org", "a b@example.org", "ana@exa mple.org",
            "ana@example.org, bob@example.org", ".ana@example.org", "ana.@example.org",
            "a..b@example.org", "ana@-example.org", "ana@example-.org", "ana@example..org", "ana@example.org.",
            "ana@1.2.3.4", "ana@[1.2.3.4]", "\"a b\"@example.org", "ana\u{A0}@example.org", "Ana <ana>", "mailto:",
            "<>",
            "ana\n@example.org", "ana@exa_mple.org", "“ana@example.org", "ana@example.org”",
        ]
    )
    func notEmails(text: String) {
        #expect(throws: ValueError.self) { try EmailAddress(parsing: text) }
    }

    @Test(
        "An address is read as it is copied, without what stands around it",
        arguments: [
            "Ana Ruiz <ana@example.org>", "<ana@example.org>", "mailto:ana@example.org",
            "MAILTO:ana@example.org?subject=x",
            "ana@example.org;", " ana@example.org , ", "ana@exam\u{200B}ple.org", "\u{FEFF}ana@example.org\u{200E}",
            "Ana <mailto:ana@example.org>;", "“ana@example.org”", "«ana@example.org»", "‘ana@example.org’",
            "„ana@example.org“", "\"ana@example.org\"", "mailto:“ana@example.org”",
        ]
    )
    func copiedEmails(text: String) throws {
        #expect(try EmailAddress(parsing: text).text == "ana@example.org")
        #expect(EmailAddress.several(text) == [])
    }

    static let lists: [(FieldType, String, [String])] = [
        (.email, "a@x.example; b@x.example", ["a@x.example", "b@x.example"]),
        (.email, "Ana <a@x.example>, Eva <b@x.example>", ["a@x.example", "b@x.example"]),
        (.email, "a@x.example b@x.example", ["a@x.example", "b@x.example"]),
        (.url, "www.a.example;www.b.example", ["www.a.example", "www.b.example"]),
        (.url, "a.example, b.example", ["a.example", "b.example"]),
        (.url, "https://a.example/x;https://b.example", ["https://a.example/x", "https://b.example"]),
        (.phone, "55 1234 5678 y 55 8765 4321", ["55 1234 5678", "55 8765 4321"]),
        (.phone, "55 1234 5678 / 55 8765 4321", ["55 1234 5678", "55 8765 4321"]),
        (.phone, "5512345678/5587654321", ["5512345678", "5587654321"]),
        (.phone, "Tel. 5512345678; Cel. 5587654321", ["5512345678", "5587654321"]),
        (.phone, "5512345678-5587654321", ["5512345678", "5587654321"]),
        (.phone, "5512345678\n5587654321 ext 2", ["5512345678", "5587654321 ext 2"]),
    ]

    @Test("Several values where one is taken are all named", arguments: lists)
    func several(type: FieldType, text: String, values: [String]) throws {
        #expect(type.several(text) == values)
        let context = try fixedContext()
        let error = #expect(throws: ValueError.self) { try type.parse(text, in: context) }
        for value in values { #expect(error?.reason.en.contains(value) == true) }
    }

    @Test("A path of a web address may have what stands between several")
    func onePath() throws {
        for text in ["http://example.org/a,b.org", "https://example.org/a;b.example"] {
            #expect(try WebAddress(parsing: text).text == text)
        }
        #expect(try WebAddress(parsing: "www.example.org;").text == "www.example.org")
    }

    @Test("An address of mail keeps to the lengths of RFC 5321")
    func emailLengths() throws {
        let local = String(repeating: "a", count: 64)
        #expect(try EmailAddress(parsing: local + "@example.org").text.utf8.count == 76)
        #expect(throws: ValueError.self) { try EmailAddress(parsing: "a" + local + "@example.org") }
        let domain = Array(repeating: String(repeating: "b", count: 60), count: 4).joined(separator: ".")
        #expect(throws: ValueError.self) { try EmailAddress(parsing: "aaaaaaaaaa@" + domain + ".org") }
    }

    @Test("Addresses of mail are compared without case")
    func emailKey() {
        #expect(FieldType.email.matchKey(for: " Ana@Example.ORG ", country: nil) == "ana@example.org")
        let written = ["ΣΊΣΥΦΟΣ@EJ.GR", "σίσυφος@ej.gr", "σίσυφοσ@ej.gr"]
        #expect(Set(written.map { FieldType.email.matchKey(for: $0, country: nil) }).count == 1)
    }

    @Test(
        "A letter that capitals write as two is itself in an address, unlike in texts",
        arguments: [("straße@ej.example", "STRAẞE@EJ.EXAMPLE"), ("ana@straße.example", "ANA@XN--STRAE-OQA.example")]
    )
    func sharpKey(written: String, other: String) {
        func key(_ text: String) -> String { FieldType.email.matchKey(for: text, country: nil) }
        #expect(key(written) == written && key(other) == written)
        #expect(key(written.uppercased()) != written && key(written.replacing("ß", with: "ss")) != written)
        #expect(Fold.fold(written.uppercased()) == Fold.fold(written))
    }

    @Test(
        "Addresses of mail are compared by the domain that people read",
        arguments: ["ana@ñandú.example", "Ana@XN--AND-6MA2C.example", "ana@n\u{303}andu\u{301}.Example"]
    )
    func internationalKey(_ text: String) {
        #expect(FieldType.email.matchKey(for: text, country: nil) == "ana@ñandú.example")
        var bytes: [UInt8] = []
        FieldType.Matching.email.appendKey(for: text, country: nil, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "ana@ñandú.example")
        #expect(EmailAddress.forms(of: text).contains { $0.lowercased() == "ana@xn--and-6ma2c.example" })
        let own = OwnAddresses("yo@ñandú.example, @niño.example")
        #expect(own.contains(text.replacing("ana", with: "yo").replacing("Ana", with: "yo")) && !own.contains(text))
        #expect(own.contains("a@b.xn--nio-8ma.example"))
    }

    @Test(
        "Telephone numbers are compared by their digits with the country code",
        arguments: [
            ("55 1234 5678", "MX", "525512345678"), ("+52 55 1234 5678", "MX", "525512345678"),
            ("(55) 1234-5678", "MX", "525512345678"), ("+52 1 55 1234 5678", "ES", "525512345678"),
            ("0052 55 1234 5678", "MX", "525512345678"), ("01 55 1234 5678", "MX", "525512345678"),
            ("044 55 1234 5678", "MX", "525512345678"), ("55.1234.5678 ext. 12", "MX", "525512345678"),
            ("55/12345678 x12", "MX", "525512345678"), ("5512345678#7", "MX", "525512345678"),
            ("52 55 1234 5678", "MX", "525512345678"), ("521 55 1234 5678", "MX", "525512345678"),
            ("34 912 345 678", "ES", "34912345678"), ("34912345678", "MX", "5234912345678"),
            ("4420 7946 0000", "GB", "442079460000"), ("5255123456", "MX", "525255123456"),
            ("+44 (0)20 7946 0000", "MX", "442079460000"),
            ("020 7946 0000", "GB", "442079460000"), ("06 1234 5678", "IT", "390612345678"),
            ("555 123 4567", "US", "15551234567"), ("1-555-123-4567", "US", "15551234567"),
            ("+1 (555) 123-4567", "MX", "15551234567"), ("123-4567", "BS", "12421234567"),
            ("242-123-4567", "BS", "12421234567"), ("912 345 678", "ES", "34912345678"), ("911", "MX", "52911"),
            ("(+52) 55 1234 5678", "ES", "525512345678"), ("055 1234 5678", "ZZ", "05512345678"),
        ]
    )
    func phoneKeys(text: String, country: String, key: String) throws {
        #expect(try PhoneNumber(parsing: text).text == text)
        #expect(FieldType.phone.matchKey(for: text, country: country) == key)
    }

    @Test(
        "A number is read as telephones, messengers and people write it, and kept clean",
        arguments: [
            ("+52\u{A0}55\u{2009}1234\u{202F}5678", "+52 55 1234 5678"),
            ("\u{202A}+52 55 1234 5678\u{202C}", "+52 55 1234 5678"),
            ("\u{2066}55 1234 5678\u{2069}\u{200E}\u{200F}", "55 1234 5678"),
            ("55\u{2010}1234\u{2011}56\u{2012}7\u{2013}8", "55-1234-56-7-8"),
            ("\u{FF0B}５２ ５５ １２３４ ５６７８", "+52 55 1234 5678"), ("５５１２３４５６７８", "5512345678"),
            ("Tel. 55 1234 5678", "55 1234 5678"), ("Cel: 55 1234 5678", "55 1234 5678"),
            ("Móvil:55 1234 5678", "55 1234 5678"), ("tel:+52-55-1234-5678", "+52-55-1234-5678"),
            ("tel:+52%2055%201234%205678;ext=3", "+52 55 1234 5678 ext 3"), ("sms:+525512345678", "+525512345678"),
            ("tel:1234-5678;phone-context=+52-55", "+52-55-1234-5678"),
            ("Tel. oficina: 55 1234 5678", "55 1234 5678"), ("55 1234 5678;", "55 1234 5678"),
            ("55 1234 5678, ", "55 1234 5678"), ("55 1234 5678;ext=12", "55 1234 5678 ext 12"),
            ("55 1234 5678 extensión 123", nil), ("55 1234 5678 EXT:12", nil), ("55 1234 5678, ext. 12", nil),
            ("55 1234 5678 int. 5", nil), ("55 1234 5678 (Ext. 12)", nil), ("55 1234 5678 (oficina)", nil),
        ]
    )
    func writtenPhones(text: String, kept: String?) throws {
        let number = try PhoneNumber(parsing: text, country: "MX")
        #expect(number.text == kept ?? text)
        #expect(try PhoneNumber(parsing: number.text, country: "MX").text == number.text)
        for form in [text, number.text] {
            #expect(FieldType.phone.matchKey(for: form, country: "MX") == "525512345678")
        }
    }

    @Test("A code that telephones dial is taken, and compared as it is")
    func serviceCodes() throws {
        #expect(try PhoneNumber(parsing: "*123#").text == "*123#")
        #expect(FieldType.phone.matchKey(for: "*123#", country: "MX") == "*123#")
    }

    @Test(
        "A number with the end of another is refused",
        arguments: [
            ("55 1234 5678 / 79", "MX"), ("5512345678-79", "MX"), ("55 1234 5678/79", "MX"),
            ("55 1234 5678 - 79", "MX"),
            ("+52 55 1234 5678-79", "ES"), ("01 55 1234 5678-79", "MX"), ("600 11 22 33 / 44", "ES"),
            ("600112233-44", "ES"), ("+34 600 11 22 33/44", "MX"),
        ]
    )
    func unfinishedPhones(text: String, country: String) {
        let error = #expect(throws: ValueError.self) { try PhoneNumber(parsing: text, country: country) }
        #expect(error?.reason.en.contains("whole") == true)
    }

    @Test(
        "Hyphens and slashes within a number are none between two",
        arguments: [
            ("52-55-1234-5678", "MX"), ("55/1234/5678", "MX"), ("600/11/22/33", "ES"), ("030/1234567-89", "DE"),
            ("521-55-1234-5678", "MX"), ("+34-600-112233", "MX"), ("044-55-1234-5678", "MX"),
        ]
    )
    func dividedPhones(text: String, country: String) throws {
        #expect(try PhoneNumber(parsing: text, country: country).text == text)
    }

    @Test("Without a configured country only written country codes count")
    func phoneWithoutCountry() {
        #expect(FieldType.phone.matchKey(for: "55 1234 5678", country: nil) == "5512345678")
        #expect(FieldType.phone.matchKey(for: "+52 55 1234 5678", country: nil) == "525512345678")
    }

    @Test(
        "What is no telephone number is refused",
        arguments: [
            "12", "call me", "55 1234 5678 y 79", "1-800-FLOWERS", "5512345678 ext", "5512345678 ext 12345678901",
            "55+12345678", "++525512345678", "1234567890123456", "ext 12", "55;1234567", "+", "#123", "*", "Tel.",
            "5512345678 x12 x13", "5511112225.5", "5511112226.12", "-5511112224", "-55 1111 2224",
            "\u{2212}5511112224",
        ]
    )
    func notPhones(text: String) {
        #expect(throws: ValueError.self) { try PhoneNumber(parsing: text) }
    }

    @Test(
        "Web addresses are compared without scheme, www. and last slash",
        arguments: [
            ("https://www.Example.org/", "example.org"), ("example.org", "example.org"),
            ("HTTP://EXAMPLE.ORG", "example.org"), ("https://example.org/Path/?q=A#f", "example.org/Path/?q=A#f"),
            ("http://localhost:3000/", "localhost:3000"), ("https://añil.example/página", "añil.example/página"),
            ("https://[2001:db8::1]:8080/x/", "[2001:db8::1]:8080/x"), ("192.0.2.1/x", "192.0.2.1/x"),
            ("www.example.org?x=1", "example.org?x=1"),
        ]
    )
    func urls(text: String, key: String) throws {
        #expect(try WebAddress(parsing: text).text == text)
        #expect(FieldType.url.matchKey(for: text, country: nil) == key)
    }

    @Test(
        "What is no web address is refused",
        arguments: [
            "example", "http://", "https:///path", "http://a b.org", "http://exa\u{7}mple.org", "javascript:alert(1)",
            "mailto:ana@example.org", "http://user@example.org", "http://example.org:0", "http://example.org:65536",
            "http://example.org:", "://example.org", "http://-a.org", "1http://example.org", "http://[::1",
            "http://300.1.1.1",
        ]
    )
    func notURLs(text: String) {
        #expect(throws: ValueError.self) { try WebAddress(parsing: text) }
    }

    @Test(
        "Codes are those of their standards",
        arguments: [
            (FieldType.country, "mx", "MX"), (.currency, "usd", "USD"),
            (.timeZone, "America/Mexico_City", "America/Mexico_City"), (.timeZone, "UTC", "UTC"),
        ]
    )
    func codes(type: FieldType, text: String, code: String) throws {
        #expect(try type.parse(text, in: fixedContext()) == .text(code))
    }

    @Test(
        "What is no code is refused",
        arguments: [
            (FieldType.country, "ZZ"), (.country, "XEX"), (.currency, "US"), (.currency, "XXX"),
            (.timeZone, "America/Atlantis"), (.timeZone, "CST6CDT,M4.1.0,M10.5.0"), (.timeZone, "../zoneinfo/UTC"),
            (.timeZone, "/usr/share/zoneinfo/UTC"), (.timeZone, "zone.tab"), (.timeZone, "America"),
            (.timeZone, "localtime"),
        ]
    )
    func notCodes(type: FieldType, text: String) throws {
        let context = try fixedContext()
        #expect(throws: ValueError.self) { try type.parse(text, in: context) }
    }

    @Test(
        "What nobody sees is no part of a code",
        arguments: [
            (FieldType.code, "K\u{200B}-1\u{FEFF}", "K-1"), (.taxID, "\u{200E}ACM010203AB1", "ACM010203AB1"),
            (.code, "\u{202A}X1\u{202C}", "X1"),
        ]
    )
    func unseen(type: FieldType, text: String, stored: String) throws {
        #expect(try type.parse(text, in: fixedContext()) == .text(stored))
        #expect(type.matchKey(for: text, country: nil) == type.matchKey(for: stored, country: nil))
    }

    @Test(
        "A Spanish tax id is one with and without its country",
        arguments: [
            ("ESB12345678", "b12345678"), ("B-12345678", "b12345678"), ("ES 12345678-Z", "12345678z"),
            ("ESX1234567L", "x1234567l"), ("ESP010203AB1", "esp010203ab1"), ("ES1", "es1"),
        ]
    )
    func spanishTaxIDs(text: String, key: String) {
        #expect(FieldType.taxID.matchKey(for: text, country: nil) == key)
    }

    @Test("Every country of ISO 3166-1 has a dialling code")
    func countries() {
        #expect(DiallingPlan.codes.count == 249)
    }
}
