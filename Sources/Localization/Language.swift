/// A language in which the program speaks to people. Machine output never depends on it.
public enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"

    /// Reads a language from a POSIX locale name or an RFC 5646 tag (`es`, `es_MX.UTF-8`, `es-MX`, `en_US`, `C`), or
    /// from its name in English or Spanish (`español`, `inglés`).
    ///
    /// - Returns: `nil` for an empty name and for languages the program does not speak, so that the next environment
    ///   variable can be tried. `C` and `POSIX` are English.
    public init?(localeName: String) {
        let language = localeName.prefix { $0 != "_" && $0 != "-" && $0 != "." && $0 != "@" }.lowercased()
        switch language {
        case "c", "posix", "english", "inglés", "ingles": self = .english
        case "spanish", "español", "espanol", "castellano": self = .spanish
        default: self.init(rawValue: language)
        }
    }
}
