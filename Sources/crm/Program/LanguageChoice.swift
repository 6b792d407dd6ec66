import CLIKit
import CRMKit
import Localization

/// Which language to speak: the option, CRM_LANG, the user's configuration, then the locale (POSIX.1, chapter 8.2).
struct LanguageChoice {
    let option: String?
    let environment: Environment

    /// The language; English where nothing says otherwise.
    var language: Language {
        let named = [option, environment.nonEmpty("CRM_LANG")].compactMap { $0 }
        if let language = named.lazy.compactMap(Language.init(localeName:)).first { return language }
        if let language = UserConfiguration(environment: environment).language { return language }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment.nonEmpty($0) }.first
        return locale.flatMap(Language.init(localeName:)) ?? .english
    }

    /// - Throws: ``CRMError`` `usage` for an option that names no language the program speaks.
    static func check(_ option: String?) throws(CRMError) {
        guard let option, Language(localeName: option) == nil else { return }
        let names = Language.allCases.map(\.rawValue).joined(separator: ", ")
        throw CRMError(
            .usage,
            Text(en: "there is no language \"\(option)\"", es: "no existe el idioma «\(option)»"),
            hint: Text(en: "a language is one of \(names)", es: "un idioma es uno de \(names)")
        )
    }
}
