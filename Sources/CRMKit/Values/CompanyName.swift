/// What names of companies have that those of people have not.
enum CompanyName {
    /// Whether a name ends with a legal form: `Taller Pérez, S.A. de C.V.`, `Acme Inc.`
    static func hasLegalForm(_ text: String) -> Bool {
        let words = text.split { $0.isWhitespace || $0 == "," }
        guard words.count > 1 else { return false }
        for count in 1..<min(words.count, mostWords + 1) {
            let ending = words.suffix(count)
            let form = Fold.fold(ending.joined()).filter { $0 != "." }
            if forms.contains(form) { return true }
            // Without points they are words: Sa is a surname.
            if short.contains(form), ending.contains(where: { $0.contains(".") }) || isApart(ending, in: text) {
                return true
            }
        }
        return false
    }

    /// Whether an ending in capitals stands behind a comma.
    private static func isApart(_ ending: ArraySlice<Substring>, in text: String) -> Bool {
        guard let first = ending.first, ending.allSatisfy({ $0 == $0.uppercased() }) else { return false }
        return text[..<first.startIndex].last { !$0.isWhitespace } == ","
    }

    private static let mostWords = 7
    /// Folded, without points and spaces.
    private static let forms: Set<String> = [
        "sadecv", "sabdecv", "sapidecv", "sdecv", "sderl", "sderldecv", "srldecv", "srl", "slu", "sprderl", "inc",
        "llc", "llp", "ltd", "ltda", "gmbh", "corp", "plc", "bv", "eirl",
    ]
    private static let short: Set<String> = [
        "sa", "sl", "sc", "ac", "sau", "ag", "co", "iap", "sab", "sapi", "cb", "sas", "slp",
    ]
}
