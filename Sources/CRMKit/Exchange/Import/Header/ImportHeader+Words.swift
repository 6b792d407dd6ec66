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

    /// The words of a header, folded.
    static func words(of name: String) -> [Substring] {
        folded(name).split { !$0.isLetter && !$0.isNumber }
    }
}
