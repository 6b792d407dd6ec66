import Formats
import Testing

/// The types that owners of Samsung's telephones have named.
@Suite struct `Card reader of types with names of their own` {
    /// The name, the types and the text of each property of a card of version 2.1.
    private static func properties(_ lines: [String]) -> [String] {
        let card = (["BEGIN:VCARD", "VERSION:2.1"] + lines + ["END:VCARD", ""]).joined(separator: "\r\n")
        return VCardOutcome.all(of: card).flatMap { outcome in
            switch outcome {
            case .card(let card):
                card.properties.map { "\($0.name) \($0.parameterValues("TYPE").joined(separator: "+")) \($0.text)" }
            case .error(let error): [error.description]
            }
        }
    }

    private static let lead = "X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,"

    @Test(
        "takes the name for a type",
        arguments: [
            (["TEL;\(lead)=4F=66=69=63=69=6E=61):5587654321"], ["TEL Oficina 5587654321"]),
            (["TEL;\(lead)=53=75=72=3A=20=31=2C=20=32):55"], ["TEL Sur: 1, 2 55"]),
            (["TEL;\(lead)=54=61=6C=6C=65=72=", "=20=64=6F=73):55"], ["TEL Taller dos 55"]),
            (["EMAIL;X-CUSTOM(Trabajo 2):a@x.mx"], ["EMAIL Trabajo 2 a@x.mx"]),
            (
                ["FN:Ana Ruiz", "\(lead)=4F=66):algo", "TEL;CELL:55"],
                ["FN  Ana Ruiz", "X-CUSTOM Of algo", "TEL CELL 55"]
            ),
            (
                ["NOTE:uno", "ADR;\(lead)=43=61=73=61):;;Calle 2;Puebla;;;"],
                ["NOTE  uno", "ADR Casa ;;Calle 2;Puebla;;;"]
            ),
        ]
    )
    func takesTheNameForAType(lines: [String], properties: [String]) {
        #expect(Self.properties(lines) == properties)
    }
}
