/// Signs by which names of companies differ from those of people.
enum CompanyName {
    /// Whether a name ends with a legal form: `Taller Pérez, S.A. de C.V.`, `Acme Inc.`
    static func hasLegalForm(_ text: String) -> Bool {
        let words = text.split { $0.isWhitespace || $0 == "," }
        guard words.count > 1 else { return false }
        for count in 1..<min(words.count, mostWords + 1) {
            let ending = words.suffix(count)
            let form = Fold.fold(ending.joined()).filter { $0 != "." }
            if forms.contains(form) { return true }
            // Without periods these forms may be words: Sa is a surname.
            if short.contains(form),
                ending.contains(where: { $0.contains(".") }) || isApart(ending, in: text)
                    || isInCapitals(ending, behind: words.dropLast(count))
            {
                return true
            }
        }
        return false
    }

    /// Whether an ending of one word is in capitals, as legal forms are and surnames are not. If the whole text is in
    /// capitals, the ending must be a form that is no surname, and must not follow `de`, `da` or `do`.
    private static func isInCapitals(_ ending: ArraySlice<Substring>, behind words: ArraySlice<Substring>) -> Bool {
        guard let form = ending.first, ending.count == 1, form == form.uppercased() || form == "SpA",
            let last = words.last
        else { return false }
        if words.contains(where: { $0.contains(where: \.isLowercase) }) { return true }
        return unmistakable.contains(Fold.fold(String(form))) && !["de", "da", "do"].contains(Fold.fold(String(last)))
    }

    /// Whether an ending in capitals follows a comma.
    private static func isApart(_ ending: ArraySlice<Substring>, in text: String) -> Bool {
        guard let first = ending.first, ending.allSatisfy({ $0 == $0.uppercased() }) else { return false }
        return text[..<first.startIndex].last { !$0.isWhitespace } == ","
    }

    private static let mostWords = 7
    /// The legal forms that are no words of their own, folded, without periods and spaces.
    private static let forms: Set<String> = [
        "sadecv", "sabdecv", "sapidecv", "sdecv", "sderl", "sderldecv", "srldecv", "srl", "slu", "sprderl", "inc",
        "llc", "llp", "ltd", "ltda", "gmbh", "corp", "plc", "bv", "eirl",
    ]
    private static let short: Set<String> = [
        "sa", "sl", "sc", "ac", "sau", "ag", "co", "iap", "sab", "sapi", "cb", "sas", "slp", "spa", "scoop", "sll",
    ]
    /// The short legal forms that are no surnames, for texts all in capitals.
    private static let unmistakable: Set<String> = ["sa", "sl", "sc", "sau", "sab", "sapi", "sas", "slp", "sll"]
}
