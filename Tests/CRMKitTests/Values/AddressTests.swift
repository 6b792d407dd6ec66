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
            "Ana <ana@example.org>", "ana@example.org, bob@example.org", ".ana@example.org", "ana.@example.org",
            "a..b@example.org", "ana@-example.org", "ana@example-.org", "ana@example..org", "ana@example.org.",
            "ana@1.2.3.4", "ana@[1.2.3.4]", "\"a b\"@example.org", "ana@exam\u{200B}ple.org", "ana\u{A0}@example.org",
            "ana\n@example.org", "ana@exa_mple.org",
        ]
    )
    func notEmails(text: String) {
        #expect(throws: ValueError.self) { try EmailAddress(parsing: text) }
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
    }

    @Test(
        "Telephone numbers are compared by their digits with the country code",
        arguments: [
            ("55 1234 5678", "MX", "525512345678"), ("+52 55 1234 5678", "MX", "525512345678"),
            ("(55) 1234-5678", "MX", "525512345678"), ("+52 1 55 1234 5678", "ES", "525512345678"),
            ("0052 55 1234 5678", "MX", "525512345678"), ("01 55 1234 5678", "MX", "525512345678"),
            ("044 55 1234 5678", "MX", "525512345678"), ("55.1234.5678 ext. 12", "MX", "525512345678"),
            ("55/12345678 x12", "MX", "525512345678"), ("5512345678#7", "MX", "525512345678"),
            ("52 55 1234 5678", "MX", "52525512345678"), ("+44 (0)20 7946 0000", "MX", "442079460000"),
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

    @Test("Without a configured country only written country codes count")
    func phoneWithoutCountry() {
        #expect(FieldType.phone.matchKey(for: "55 1234 5678", country: nil) == "5512345678")
        #expect(FieldType.phone.matchKey(for: "+52 55 1234 5678", country: nil) == "525512345678")
    }

    @Test(
        "What is no telephone number is refused",
        arguments: [
            "12", "call me", "55 1234 5678 y 79", "1-800-FLOWERS", "5512345678 ext", "5512345678 ext 12345678901",
            "55+12345678", "++525512345678", "1234567890123456", "ext 12", "５５１２３４５６７８", "55;1234567", "+", "#123",
            "5512345678 x12 x13",
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
            "http://300.1.1.1", "example.org/\u{202E}gpj",
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
            (FieldType.country, "ZZ"), (.country, "MEX"), (.currency, "US"), (.currency, "XXX"),
            (.timeZone, "America/Atlantis"), (.timeZone, "CST6CDT,M4.1.0,M10.5.0"), (.timeZone, "../zoneinfo/UTC"),
            (.timeZone, "/usr/share/zoneinfo/UTC"), (.timeZone, "zone.tab"), (.timeZone, "America"),
            (.timeZone, "localtime"),
        ]
    )
    func notCodes(type: FieldType, text: String) throws {
        let context = try fixedContext()
        #expect(throws: ValueError.self) { try type.parse(text, in: context) }
    }

    @Test("Every country of ISO 3166-1 has a dialling code")
    func countries() {
        #expect(DiallingPlan.codes.count == 249)
    }
}
