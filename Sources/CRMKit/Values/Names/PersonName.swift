/// A person's name, split into its parts.
///
/// Names are split as Spanish names: given names, then two surnames, each with its particles. Of three words the first
/// is the given name, unless the second is an initial or a usual second given name (`Juan Carlos Paz`). Of more words
/// the last two are surnames, unless the first of them is an initial. English middle names cannot be recognized: `John
/// Fitzgerald Kennedy` has two surnames. A comma separates the surnames from the given names, `García López, Ana`, except
/// before a degree, which stays with the surname: `Ana Ruiz, PhD`. A suffix such as `Jr.` or `III` is no surname and
/// stays behind the last one. The name of a company has no given name.
struct PersonName: Equatable {
    /// The forms of address at the beginning of the name or behind it, `Dra.`, in the order in which they count.
    let titles: [String]
    let given: String
    let family: String

    /// Splits a whole name.
    ///
    /// - Parameter isTitle: returns whether a first word is a form of address.
    init(_ text: String, isTitle: (String) -> Bool = { _ in false }) {
        var words = Self.words(text)
        if CompanyName.hasLegalForm(text) {
            (self.titles, given, family) = ([], "", words.joined(separator: " "))
            return
        }
        // The name of a couple with two forms of address is not split.
        if words.count > 3, words[1].count == 1, Self.joins(words[1]), isTitle(words[0]), isTitle(words[2]) {
            (self.titles, given, family) = ([], "", words.joined(separator: " "))
            return
        }
        let behindComma = Self.takeDegrees(&words)
        let behind = Self.takeTitlesBehind(&words, isTitle)
        let titles = Self.takeTitles(&words, isTitle) + behind
        let degrees = Self.takeSuffix(&words) + behindComma
        if let comma = words.firstIndex(where: { $0.hasSuffix(",") }), comma < words.count - 1 {
            var rest = Array(words[(comma + 1)...])
            self.titles = titles + Self.takeTitles(&rest, isTitle)
            family = words[...comma].joined(separator: " ").dropLast().description + degrees
            given = rest.joined(separator: " ")
            return
        }
        self.titles = titles
        if let count = Self.familyCount(words) {
            family = words[..<count].joined(separator: " ") + degrees
            given = words[count...].joined(separator: " ")
            return
        }
        // An abbreviated profession that is no form of address here stays with the given name.
        let lead = words.count > 2 && Self.professions.contains(Fold.fold(words[0])) ? 1 : 0
        let groups = Array(words[..<lead]) + Self.groups(Array(words[lead...]))
        let given = lead + Self.givenCount(Array(groups[lead...]))
        self.given = groups[..<given].joined(separator: " ")
        family = groups[given...].joined(separator: " ") + degrees
    }

    /// Removes the forms of address at the beginning of a name, `Prof. Dr.`, as long as a name is left.
    ///
    /// - Parameters:
    ///   - words: the words of the name.
    ///   - hasFamily: whether the family names are given elsewhere.
    /// - Returns: the forms of address removed.
    static func takeTitles(
        _ words: inout [String],
        hasFamily: Bool = false,
        _ isTitle: (String) -> Bool
    ) -> [String] {
        var titles: [String] = []
        while words.count > 1, words[0].count > 1, isTitle(words[0]) {
            // `Lic. en Derecho` is a degree.
            if words.count > 2, Fold.fold(words[1]) == "en" { break }
            if !hasFamily, words.count == 2, isGivenName(words[0]) { break }
            titles.append(words.removeFirst())
        }
        return titles
    }

    /// Whether a form of address may be a name when a single word follows: Don is a name, and a letter with a period an
    /// initial.
    private static func isGivenName(_ title: String) -> Bool { ["don", "d."].contains(Fold.fold(title)) }

    /// Whether a word is a form of address and nothing else.
    static func isOnlyTitle(_ word: String, _ isTitle: (String) -> Bool) -> Bool {
        word.count > 1 && isTitle(word) && !isGivenName(word)
    }

    /// Removes the degrees and the like after the last commas: `Ana Ruiz, Ph.D., MBA`.
    ///
    /// - Returns: what was removed, with its commas; empty when there is none.
    private static func takeDegrees(_ words: inout [String]) -> String {
        var taken = ""
        while let comma = words.dropLast().lastIndex(where: { $0.hasSuffix(",") }),
            words[(comma + 1)...].allSatisfy(isDegree)
        {
            taken = ", \(words[(comma + 1)...].joined(separator: " "))" + taken
            words.removeSubrange((comma + 1)...)
            words[comma].removeLast()
        }
        return taken
    }

    /// Removes the word at the end of a name that tells it from that of a father or a son: `José Gómez Farías Jr.`. A name
    /// of a given name and a surname is left.
    ///
    /// - Returns: the word with a blank before it; empty when there is none.
    private static func takeSuffix(_ words: inout [String]) -> String {
        guard words.count > 2, let last = words.last, suffixes.contains(last.filter { $0 != "." }),
            !words[words.count - 2].hasSuffix(",")
        else { return "" }
        words.removeLast()
        return " \(last)"
    }

    /// In the spellings in use: `Hijo` is a surname too, and `V` an initial.
    private static let suffixes: Set<String> = ["Jr", "JR", "jr", "Sr", "SR", "sr", "II", "III", "IV", "hijo"]

    /// Whether a word is a degree or suffix that English puts after names. `Md` and `Ed` do not count: they are also
    /// given names.
    private static func isDegree(_ word: String) -> Bool { degrees.contains(word.filter { $0 != "." }) }

    private static let degrees: Set<String> = [
        "PhD", "PHD", "Phd", "phd", "DPhil", "EdD", "PsyD", "MBA", "EMBA", "MPA", "MPH", "MSc", "BSc", "LLM", "LLB",
        "MD", "DDS", "DVM", "CPA", "CFA", "PMP", "Esq", "Jr", "JR", "jr", "II", "III", "IV",
    ]

    /// Removes the forms of address after the last comma: `Pérez, Juan, Lic.`
    ///
    /// - Returns: the forms of address removed.
    private static func takeTitlesBehind(_ words: inout [String], _ isTitle: (String) -> Bool) -> [String] {
        guard let comma = words.lastIndex(where: { $0.hasSuffix(",") }), comma < words.count - 1,
            words[(comma + 1)...].allSatisfy({ isOnlyTitle($0, isTitle) })
        else { return [] }
        let titles = Array(words[(comma + 1)...])
        words.removeSubrange((comma + 1)...)
        words[comma].removeLast()
        return titles
    }

    /// Returns the number of words of the family names if these come first, which a leading particle shows:
    /// `de la Torre Ana`; otherwise `nil`.
    private static func familyCount(_ words: [String]) -> Int? {
        let lead = words.prefix { particles.contains(Fold.fold($0)) }.count
        // A single particle with a capital letter may begin two surnames, `Da Silva Pérez`; Van is also a given name.
        guard lead > 1 || lead == 1 && words[0].first?.isLowercase == true, words.count > lead + 1,
            ["de", "del", "da", "dos", "von", "van"].contains(Fold.fold(words[0]))
        else { return nil }
        let rest = words[(lead + 1)...]
        if rest.contains(where: { particles.contains(Fold.fold($0)) }) { return nil }
        let hasSecondFamily = rest.count > 1 && !secondGivenNames.contains(Fold.fold(rest[rest.startIndex]))
        return lead + 1 + (hasSecondFamily ? 1 : 0)
    }

    /// Returns words, each with the particles before it. Surnames joined by a conjunction are one: `Ramón y Cajal`.
    private static func groups(_ words: [String]) -> [String] {
        var groups: [String] = []
        var lead: [String] = []
        for (index, word) in words.enumerated() {
            if joins(word), lead.isEmpty, index < words.count - 1,
                let last = groups.popLast()
            {
                lead = [last, word]
                continue
            }
            // A name does not begin with a particle: `Van Morrison`.
            if particles.contains(Fold.fold(word)), !(groups.isEmpty && lead.isEmpty && words.count < 3) {
                lead.append(word)
            } else {
                groups.append((lead + [word]).joined(separator: " "))
                lead = []
            }
        }
        if !lead.isEmpty { groups.append(lead.joined(separator: " ")) }
        return groups
    }

    /// Whether a word joins two surnames; a capital letter may be an initial: `John E. Smith`.
    private static func joins(_ word: String) -> Bool { ["y", "Y", "e", "i"].contains(word) }

    private static func givenCount(_ groups: [String]) -> Int {
        switch groups.count {
        case 0, 1: 0
        case 2: 1
        case 3: isSecondGiven(groups[1], after: groups[0]) ? 2 : 1
        default: givenCount(ofMany: groups)
        }
    }

    /// Returns the number of given names of four or more groups. An initial among the last two is none of the surnames:
    /// `J. R. R. Tolkien`.
    private static func givenCount(ofMany groups: [String]) -> Int {
        let last = groups.count - 1
        let given = isDevotion(groups[last - 1], after: groups[last - 2]) ? last : last - 1
        return isInitial(groups[given]) && given < last ? last : given
    }

    /// Whether a group is a letter with or without a period.
    private static func isInitial(_ group: String) -> Bool {
        group.count == 1 || group.count == 2 && group.hasSuffix(".")
    }

    /// Whether a group is a second given name: `María del Carmen`, `Juan Carlos`.
    private static func isSecondGiven(_ group: String, after first: String) -> Bool {
        let words = group.split(separator: " ")
        if words.count > 1 { return isDevotion(group, after: first) }
        return isInitial(group) || secondGivenNames.contains(Fold.fold(group))
    }

    /// Whether a text is given names alone, as far as the second shows: `María José`.
    static func areGivenNames(_ text: String) -> Bool {
        let groups = groups(words(text))
        return groups.count == 2 && isSecondGiven(groups[1], after: groups[0])
    }

    /// Whether a group continues a devotional given name: `María de los Ángeles`, `Juan de Dios`. Groups that are
    /// surnames as often (`de la Cruz`) do not count.
    private static func isDevotion(_ group: String, after first: String) -> Bool {
        let (folded, name) = (Fold.fold(group), Fold.fold(first))
        if name == "juan" { return folded == "de dios" }
        let words = name.split(separator: " ")
        guard let last = words.last, ["maria", "ma", "ma.", "mª"].contains(last) else { return false }
        return folded.hasPrefix("del ") || devotions.contains(folded)
    }

    /// The ends of devotional names after María, folded.
    private static let devotions: Set<String> = [
        "de los angeles", "de los dolores", "de los remedios", "de los milagros", "de los santos",
        "de los desamparados", "de las mercedes", "de las nieves", "de las angustias", "de la luz", "de la paz",
        "de la concepcion", "de la soledad", "de la asuncion", "de la esperanza", "de la caridad", "de la almudena",
        "de la o", "de la encarnacion", "de la consolacion", "de guadalupe", "de lourdes", "de fatima", "de jesus",
        "de montserrat", "de lujan", "de monserrat",
    ]

    /// Abbreviated professions and degrees with which names begin, folded.
    private static let professions: Set<String> = [
        "m.c.", "m.a.", "m.i.", "ph.d.", "biol.", "psic.", "psicol.", "q.f.b.", "m.v.z.", "c.d.", "enf.", "abog.",
        "tec.", "cap.", "gral.", "cmdte.", "hna.", "hno.", "pbro.", "rev.", "econ.", "not.", "t.s.", "l.c.", "l.a.e.",
        "l.c.p.", "mvz", "qfb",
    ]

    /// Words that join others into one name, folded: `de la Mora`.
    static let particles: Set<String> = [
        "de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "du", "van", "von", "der", "den", "ter", "le",
        "san", "santa", "y", "e", "i", "vda", "vda.", "viuda",
    ]

    /// Second given names in common use, folded, without those that are surnames as often (`Alonso`, `Martín`).
    private static let secondGivenNames: Set<String> = [
        "adriana", "alberto", "alejandra", "alejandro", "alfonso", "alfredo", "alicia", "amparo", "andrea", "andres",
        "angel", "angela", "angeles", "antonia", "antonio", "arturo", "beatriz", "belen", "benito", "bernardo",
        "carlos",
        "carmen", "carolina", "cecilia", "cesar", "claudia", "concepcion", "consuelo", "cristina", "cristobal",
        "daniel",
        "daniela", "david", "diana", "dolores", "eduardo", "elena", "elisa", "emilio", "enrique", "ernesto", "esteban",
        "esther", "eugenia", "eugenio", "felipe", "fernanda", "fernando", "francisca", "francisco", "gabriel",
        "gabriela",
        "gerardo", "gloria", "guadalupe", "guillermo", "gustavo", "hector", "ignacio", "ines", "isabel", "ivan",
        "javier",
        "jesus", "joaquin", "jorge", "jose", "josefa", "josefina", "juan", "julia", "julian", "julio", "laura",
        "leonor",
        "leticia", "lourdes", "lucia", "luis", "luisa", "luz", "magdalena", "manuel", "manuela", "marcela", "margarita",
        "maria", "mariana", "mario", "marta", "martha", "mercedes", "miguel", "monica", "montserrat", "natalia",
        "olga", "oscar", "pablo", "paloma", "patricia", "paula", "pedro", "pilar", "rafael", "ramon", "raquel",
        "raul", "rebeca", "ricardo", "roberto", "rocio", "rodrigo", "rosa", "rosario", "ruben", "salvador", "santiago",
        "sebastian", "sergio", "silvia", "sofia", "soledad", "susana", "teresa", "tomas", "valeria", "veronica",
        "ma", "ma.", "mª", "fco", "fco.", "gpe", "gpe.",
        "vicente", "victor", "victoria", "virginia", "xavier", "yolanda",
    ]
}

extension [Choice] {
    /// Returns the form of address that a word stands for, with or without its periods.
    func formOfAddress(_ word: String) -> Choice? {
        func undotted(_ spelling: String) -> some Sequence<UInt8> {
            spelling.utf8.lazy.filter { $0 != UInt8(ascii: ".") }
        }
        let spelling = Choice.spelling(word)
        return first { $0.spellings.contains { undotted($0).elementsEqual(undotted(spelling)) } }
            ?? first { $0.isMeant(by: spelling) }
    }
}
