/// A person's name in its parts, as far as a whole name shows them.
///
/// Names are taken as Spanish has them: given names, then two surnames, each with its particles. Of three words the
/// first is the given name, unless the second is one that people have as a second given name (`Juan Carlos Paz`); of more
/// the last two are surnames. What an English middle name is cannot be told: `John Fitzgerald Kennedy` has two surnames.
/// A comma says it all: `García López, Ana`.
struct PersonName: Equatable {
    /// How the person is addressed, as the name begins: `Dra.`
    let title: String?
    let given: String
    let family: String

    /// Takes a whole name apart.
    ///
    /// - Parameter isTitle: whether a first word is a form of address.
    init(_ text: String, isTitle: (String) -> Bool = { _ in false }) {
        var words = text.split { $0.isWhitespace }.map(String.init)
        if words.count > 1, isTitle(words[0]) { title = words.removeFirst() } else { title = nil }
        if let comma = words.firstIndex(where: { $0.hasSuffix(",") }), comma < words.count - 1 {
            family = words[...comma].joined(separator: " ").dropLast().description
            given = words[(comma + 1)...].joined(separator: " ")
            return
        }
        let groups = Self.groups(words)
        let given = Self.givenCount(groups)
        self.given = groups[..<given].joined(separator: " ")
        family = groups[given...].joined(separator: " ")
    }

    /// Words with the particles before them.
    private static func groups(_ words: [String]) -> [String] {
        var groups: [String] = []
        var lead: [String] = []
        for word in words {
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

    private static func givenCount(_ groups: [String]) -> Int {
        switch groups.count {
        case 0, 1: 0
        case 2: 1
        case 3: isSecondGiven(groups[1], after: groups[0]) ? 2 : 1
        default: groups.count - 2
        }
    }

    /// `María del Carmen`, `Juan Carlos`.
    private static func isSecondGiven(_ group: String, after first: String) -> Bool {
        let words = group.split(separator: " ")
        if words.count > 1 {
            return ["maria", "ma", "ma.", "mª"].contains(Fold.fold(first)) && Fold.fold(String(words[0])) == "del"
                || Fold.fold(first) == "juan" && Fold.fold(group) == "de dios"
        }
        return secondGivenNames.contains(Fold.fold(group))
    }

    private static let particles: Set<String> = [
        "de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "du", "van", "von", "der", "den", "ter", "le",
        "san", "santa", "y", "e", "i",
    ]

    /// Second given names in common use, folded; those that are surnames as often (`Alonso`, `Martín`) are not among them.
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
        "leticia", "lourdes", "lucia", "luis", "luisa", "magdalena", "manuel", "manuela", "marcela", "margarita",
        "maria", "mariana", "mario", "marta", "martha", "mercedes", "miguel", "monica", "montserrat", "natalia",
        "olga", "oscar", "pablo", "paloma", "patricia", "paula", "pedro", "pilar", "rafael", "ramon", "raquel",
        "raul", "rebeca", "ricardo", "roberto", "rocio", "rodrigo", "rosa", "rosario", "ruben", "salvador", "santiago",
        "sebastian", "sergio", "silvia", "sofia", "soledad", "susana", "teresa", "tomas", "valeria", "veronica",
        "vicente", "victor", "victoria", "virginia", "xavier", "yolanda",
    ]
}
