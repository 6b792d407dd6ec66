extension ImportHeader {
    /// Returns a header in comparable form, without case, accents, word separators and the points of abbreviations: `C.
    /// P.` is `cp`.
    static func folded(_ text: String) -> String {
        var spelling = Choice.spelling(bare(text))
        // A narrow column may have a line break here: `Nombre (s)`.
        if spelling.hasSuffix(" (s)") { spelling = "\(spelling.dropLast(4))(s)" }
        guard spelling.utf8.contains(UInt8(ascii: ".")) else { return spelling }
        var words: [Substring] = []
        var initials = ""
        for word in spelling.split(separator: " ") {
            let letters = word.split(separator: ".")
            guard letters.allSatisfy({ $0.count == 1 }) else {
                words += [Substring(initials), word.last == "." ? word.dropLast() : word]
                initials = ""
                continue
            }
            initials += letters.joined()
        }
        return (words + [Substring(initials)]).filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Whether a folded text between brackets says that a value is required, or how a day is written: `dd/mm/aaaa`.
    static func isRemark(_ text: String) -> Bool {
        if ["obligatorio", "obligatoria", "requerido", "requerida", "required", "mandatory", "*"].contains(text) {
            return true
        }
        let letters = Set(text.filter(\.isLetter))
        return letters.isSuperset(of: "dm") && !letters.isDisjoint(with: "ay") && letters.isSubset(of: "dmay")
            && text.allSatisfy { $0.isLetter || "/-. ".contains($0) }
    }

    /// The words of a header, folded.
    static func words(of name: String) -> [Substring] {
        folded(name).split { !$0.isLetter && !$0.isNumber }
    }
}
