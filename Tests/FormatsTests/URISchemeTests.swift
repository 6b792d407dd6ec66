import Formats
import Testing

@Suite("What follows the scheme of a URI")
struct URISchemeTests {
    @Test(
        "Schemes are compared without case",
        arguments: [
            ("mailto:ana@example.org", "mailto:", "ana@example.org"),
            ("MailTo:ana@example.org", "mailto:", "ana@example.org"),
            ("URN:UUID:f81d", "urn:uuid:", "f81d"),
            ("tel:", "tel:", ""),
            ("mailto:\u{301}a", "mailto:", "\u{301}a"),
            ("mailto", "mailto:", nil),
            ("ana@example.org", "mailto:", nil),
            ("xmailto:ana@example.org", "mailto:", nil),
            ("telz5", "tel:", nil),
            ("", "tel:", nil),
        ] as [(String, String, String?)]
    )
    func after(text: String, scheme: String, rest: String?) {
        #expect(text.after(scheme: scheme).map(String.init) == rest)
    }
}
