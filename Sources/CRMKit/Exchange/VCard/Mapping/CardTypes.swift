import Formats

/// The types and labels that telephones and address books use for addresses and numbers, translated to the words of the
/// standards: `fax`, `pager`, `cell`, `assistant`, `work`, `home` (RFC 6350 section 6.4.1).
enum CardTypes {
    /// Returns all types of a property, with their standard names where there are any.
    ///
    /// - Parameter label: the label of the property's group in Apple's address book.
    static func words(of property: ContentProperty, label: String?) -> Set<String> {
        var words = Set(property.types)
        for type in property.types { words.formUnion(standard(type) ?? []) }
        return words.union(label.flatMap(standard) ?? [])
    }

    /// Returns the standard words for a type or label: `HomeFAX`, `Móvil del trabajo`.
    ///
    /// - Returns: `nil` for a label with any other word.
    static func standard(_ label: String) -> Set<String>? {
        var found: Set<String> = []
        for word in Fold.fold(label).split(whereSeparator: { !$0.isLetter }).map(String.init) {
            if silent.contains(word) { continue }
            guard let words = known[word] else { return nil }
            found.formUnion(words)
        }
        return found
    }

    /// Returns the most significant of some words: the kind of device comes before its location.
    static func main(of words: Set<String>) -> String? { order.first(where: words.contains) }

    /// Returns words in the order in which cards have them: the location, then the device.
    static func listed(_ words: Set<String>) -> [String] { order.reversed().filter(words.contains) }

    private static let order = ["fax", "pager", "assistant", "cell", "work", "home"]

    /// The words without significance.
    private static let silent: Set<String> = [
        "x", "voice", "voz", "tel", "telf", "tfno", "telefono", "telephone", "phone", "number", "numero", "num", "pref",
        "preferred", "internet", "msg", "address", "direccion", "de", "del", "la", "el", "of", "the",
    ]

    /// The standard words by folded words.
    private static let known: [String: [String]] = {
        var known: [String: [String]] = [
            "homefax": ["home", "fax"], "workfax": ["work", "fax"], "otherfax": ["fax"], "faxhome": ["home", "fax"],
            "faxwork": ["work", "fax"], "workmobile": ["work", "cell"], "workcell": ["work", "cell"],
            "homemobile": ["home", "cell"], "workpager": ["work", "pager"], "homepager": ["home", "pager"],
            "companymobile": ["work", "cell"],
        ]
        for (type, words) in spoken { for word in words.split(separator: " ") { known[String(word)] = [type] } }
        return known
    }()

    /// The words that users and programs use for each type.
    private static let spoken = [
        ("fax", "fax faxes telefax facsimile telecopie"),
        ("pager", "pager beeper buscapersonas busca bip"),
        ("assistant", "assistant asistente ayudante secretaria secretary assistent"),
        (
            "cell",
            "cell cellphone cellular mobile mobil mobiltelefon movil celular iphone handy portable telemovel cellulare"
                + " smartphone mob"
        ),
        (
            "work",
            "work trabajo oficina office business empresa company laboral arbeit geschaftlich buro travail bureau lavoro"
                + " ufficio trabalho escritorio"
        ),
        ("home", "home casa hogar domicilio particular privat private maison domicile residence"),
    ]
}
