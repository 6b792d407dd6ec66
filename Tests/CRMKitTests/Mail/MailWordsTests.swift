import Testing

@testable import CRMKit

@Suite struct MailWordsTests {
    @Test(
        "A subject is compared without what answers put before it",
        arguments: [
            ("Re: RV: Fwd:  Oferta  Año", "oferta ano", true), ("AW[2]: x", "x", true), ("re : x", "x", true),
            ("Rm: Re: x", "x", true),
            ("Oferta", "oferta", false), ("Nota: x", "nota: x", false), ("Re:", "", true), ("", "", false),
            ("Re: [Lista] RE: Oferta", "[lista] oferta", true), ("[Lista] Re: Oferta", "[lista] oferta", true),
            ("[Lista] Oferta", "[lista] oferta", false), ("[Re: Oferta", "[re: oferta", false),
            ("[A] [B] Re: x", "[a] [b] re: x", false),
        ]
    )
    func subject(_ text: String, _ base: String, _ isAnswer: Bool) {
        let subject = MailSubject(text)
        #expect(subject.base == base)
        #expect(subject.isAnswer == isAnswer)
    }

    @Test(
        "Addresses of functions and machines are told from those of people",
        arguments: [
            ("info@x.org", true), ("no-reply@x.org", true), ("ventas+mx@x.org", true), ("MAILER-DAEMON@x.org", true),
            ("lista-bounces@x.org", true), ("ana@x.org", false), ("informatica.ana@x.org", false),
            ("github-noreply@x.org", true), ("boletin@x.org", true), ("equipo@x.org", true),
            ("atencionaclientes@x.org", true), ("inquiries@x.org", true), ("no.reply@x.org", true), ("@", false),
        ]
    )
    func roles(_ address: String, _ isRole: Bool) { #expect(RoleAddress.isOne(address) == isRole) }

    @Test(
        "One's own addresses are those of the setting and of its domains",
        arguments: [
            ("ana@example.org", true), ("ANA@EXAMPLE.ORG", true), ("luis@example.org", false), ("x@example.com", true),
            ("x@mx.example.com", true), ("x@notexample.com", false), ("x", false),
        ]
    )
    func own(_ address: String, _ isOwn: Bool) {
        #expect(OwnAddresses("Ana@example.org, @example.com").contains(address) == isOwn)
        #expect(!OwnAddresses(nil).contains(address))
    }

    @Test("What is neither an address nor a domain is not one's own", arguments: ["no es", "*@mia.mx", "a@", "x@y"])
    func faults(_ setting: String) {
        #expect(throws: ValueError.self) { try OwnAddresses(parsing: setting) }
        #expect(throws: Never.self) { try OwnAddresses(parsing: "ana@example.org; @example.com, ejemplo.mx") }
    }

    @Test(
        "What stands in brackets comes before words with a hyphen and a digit",
        arguments: [
            ("Re: [CAS-2026-0007] Oferta A-1", ["CAS-2026-0007", "A-1"]), ("COT-2026-0001: precio", ["COT-2026-0001"]),
            ("[case:7] x", ["case:7"]), ("x [#CAS-2026-0001]", ["CAS-2026-0001"]), ("a #A-1", ["A-1"]),
            ("[#] #", []), ("sin número", []), ("[urgente] 2026", []),
        ]
    )
    func numbers(_ subject: String, _ words: [String]) { #expect(SubjectNumbers.words(of: subject) == words) }

    @Test(
        "Ids are what stands in angle brackets, else words",
        arguments: [
            ("<a@x> <b@x><a@x>", ["a@x", "b@x"]), ("a@x b@x", ["a@x", "b@x"]), ("< a @x >", ["a@x"]), ("", []),
            ("<", []),
        ]
    )
    func ids(_ field: String, _ ids: [String]) { #expect(MessageEnvelope.ids(in: field) == ids) }
}
