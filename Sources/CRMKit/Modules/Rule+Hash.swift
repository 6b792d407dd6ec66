import Localization

extension Rule {
    /// Stores a SHA-256 (FIPS 180-4), 256 bits in hexadecimal digits, in lower case, and refuses any other text.
    static let sha256 = Rule(watching: ["sha256"]) { draft, _ in
        guard draft.changes("sha256"), let text = draft["sha256"].text else { return }
        let isHexadecimal = text.utf8.allSatisfy { $0.isDigit || (0x61...0x66).contains($0 | 0x20) }
        guard text.utf8.count == 64, isHexadecimal else {
            let reason = Text(
                en: "not a SHA-256: write its 64 hexadecimal digits, as sha256sum prints them",
                es: "no es un SHA-256: escribir sus 64 dígitos hexadecimales, como los imprime sha256sum"
            )
            throw CRMError(
                .invalid,
                Text(en: "the SHA-256 cannot be taken", es: "no se admite el SHA-256"),
                module: draft.module.name,
                problems: [CRMError.Problem(field: "sha256", value: text, reason: reason)]
            )
        }
        draft["sha256"] = .text(text.lowercased())
    }
}
