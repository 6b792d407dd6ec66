extension CardMapping.Name {
    /// Splits a whole name into the fields it is composed of; the given name may be empty.
    ///
    /// - Parameters:
    ///   - module: the module of the fields.
    ///   - company: the person's company, which some programs write before the name: `Acme, Ana Ruiz`.
    func fields(of text: String, in module: Module, at company: String? = nil) -> [(key: String, text: String)] {
        guard let name = split(text, in: module, at: company) else { return [(given, ""), (family, text)] }
        let title = name.titles.first.flatMap { self.salutation($0, in: module) }.map { (salutation, $0.key) }
        return [(given, name.given), (family, name.family)] + (title.map { [$0] } ?? [])
    }

    /// Returns the forms of address in a whole name. A record can have only the first one.
    func titles(of text: String, in module: Module, at company: String? = nil) -> [String] {
        split(text, in: module, at: company)?.titles ?? []
    }

    /// Splits a whole name; returns `nil` for a text without letters and for the name of a firm.
    private func split(_ text: String, in module: Module, at company: String?) -> PersonName? {
        if !text.contains(where: \.isLetter) || Self.isFirm(text) { return nil }
        let own = company.map { Self.withoutCompany(text, $0) } ?? text
        return own.map { own in PersonName(own) { salutation($0, in: module) != nil } }
    }

    /// Whether a text has a word with an ampersand inside, as only names of firms have: `A&A Tire Repair`.
    private static func isFirm(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return false }
        return text.split { $0.isWhitespace }.contains { word in
            word.contains("&") && word.first != "&" && word.last != "&"
        }
    }

    /// Returns a name without the name of a company and a comma before or after it.
    ///
    /// - Returns: `nil` if it is only the name of the company.
    private static func withoutCompany(_ text: String, _ company: String) -> String? {
        let company = Fold.fold(company)
        if company.isEmpty { return text }
        if Fold.fold(text) == company { return nil }
        for comma in text.indices where text[comma] == "," {
            let (before, after) = (String(text[..<comma]).trimmed, String(text[text.index(after: comma)...]).trimmed)
            if Fold.fold(before) == company, !after.isEmpty { return after }
            if Fold.fold(after) == company, !before.isEmpty { return before }
        }
        return text
    }

    /// Splits the forms of address off the given names: `Ing. Luis`. The first of them is the salutation.
    ///
    /// - Returns: `nil` if the names do not begin with one.
    func titled(_ given: String, in module: Module) -> (given: String, salutation: String, titles: [String])? {
        guard given.hasWhiteSpace else { return nil }
        var words = given.split { $0.isWhitespace }.map(String.init)
        let titles = PersonName.takeTitles(&words, hasFamily: true) { salutation($0, in: module) != nil }
        guard let choice = titles.first.flatMap({ salutation($0, in: module) }) else { return nil }
        return (words.joined(separator: " "), choice.key, titles)
    }

    /// Returns the form of address in a text that consists of nothing else: `Sra.`
    ///
    /// - Returns: `nil` for a text with another word, which is a given name.
    func onlyTitle(_ text: String, in module: Module) -> String? {
        let words = text.split { $0.isWhitespace }.map(String.init)
        guard words.allSatisfy({ PersonName.isOnlyTitle($0) { salutation($0, in: module) != nil } }) else { return nil }
        return words.lazy.compactMap { salutation($0, in: module)?.key }.first
    }

    /// Returns the first known form of address among those before a name: `Dr. Ing.`, `Excma. Sra.`
    func salutation(ofPrefix text: String, in module: Module) -> Choice? {
        if let whole = salutation(text, in: module) { return whole }
        return text.split { $0.isWhitespace || $0 == "," }.lazy.compactMap { salutation(String($0), in: module) }.first
    }

    /// Returns the form of address for a word, with or without its point.
    func salutation(_ word: String, in module: Module) -> Choice? {
        (module.field(salutation)?.type.choices ?? []).formOfAddress(word)
    }
}
