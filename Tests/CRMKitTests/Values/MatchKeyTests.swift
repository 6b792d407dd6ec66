import Testing

@testable import CRMKit

/// The keys by which rows in bulk are compared, appended to bytes, are those by which one value is.
@Suite struct MatchKeyTests {
    @Test(
        "an e-mail address",
        arguments: [
            "", "ana@example.org", "Ana.Ruiz@Example.ORG", "ANA@xn--maana-pta.example", "a--b@example.org",
            "a-b-c@x-y.org", " ana@example.org", "ana@example.org\t", "josé@example.org", "ana@mañana.example",
            "ana\u{200B}@example.org",
            "ANA_RUIZ+news@example.org",
        ]
    )
    func email(text: String) { compare(.email, text) }

    @Test(
        "a telephone number",
        arguments: [
            "", "+52 55 1234 5678", "+525512345678", "+52 1 55 1234 5678", "+5215512345678", "+52 (55) 1234-5678",
            "55 1234 5678", "+34 600 000 001", "+52 55 1234 5678 ext. 3", "+52 55 1234 567x",
        ]
    )
    func phone(text: String) { compare(.phone, text) }

    @Test("a folded text", arguments: ["", "Ana", "José  Núñez", " WEISS ", "Weiß", "a\u{AD}b"])
    func folded(text: String) { compare(.folded, text) }

    private func compare(_ matching: FieldType.Matching, _ text: String) {
        let before = Array("kept".utf8)
        var bytes = before
        matching.appendKey(for: text, country: "MX", to: &bytes)
        #expect(bytes.starts(with: before))
        let key = String(decoding: bytes.dropFirst(before.count), as: UTF8.self)
        #expect(key == matching.key(for: text, country: "MX"))
    }
}
