import CLIKit
import CRMKit
import Localization

/// The choice of the language: by the option, CRM_LANG, the user's configuration, then the locale (POSIX.1, chapter
/// 8.2).
struct LanguageChoice {
    /// The source of the decision.
    enum Origin: Equatable {
        /// `--lang`.
        case option
        /// An environment variable, by its name.
        case variable(String)
        /// The user's configuration.
        case userConfiguration
        /// No setting: the default applies.
        case none
    }

    /// The language given on the command line.
    let option: Language?
    let environment: Environment

    /// The language, with the source of the decision.
    struct Decision {
        let language: Language
        let origin: Origin
        /// The error of reading the user's configuration, if any.
        var problem: CRMError?
        /// Remarks about parts of the user's configuration that have no effect.
        var remarks: [Text] = []
    }

    /// The language; English by default.
    var language: Language { decision.language }

    /// The decision. The name of a language that the program does not speak is ignored, and only the first locale
    /// variable that is set counts. The user's configuration is always read, so that its errors are always reported.
    var decision: Decision {
        do throws(CRMError) {
            let (configured, remarks) = try UserConfiguration(environment: environment).language()
            var decision =
                givenDecision ?? configured.map { Decision(language: $0, origin: .userConfiguration) } ?? localeDecision
            decision.remarks = remarks
            return decision
        } catch {
            var decision = givenDecision ?? localeDecision
            decision.problem = error
            return decision
        }
    }

    /// The decision by the option or the program's own variable; `nil` if neither decides.
    private var givenDecision: Decision? {
        if let option { return Decision(language: option, origin: .option) }
        let own = "CRM_LANG"
        return environment.nonEmpty(own).flatMap(Language.init(localeName:)).map {
            Decision(language: $0, origin: .variable(own))
        }
    }

    private var localeDecision: Decision {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].first { environment.nonEmpty($0) != nil }
        if let locale, let language = environment.nonEmpty(locale).flatMap(Language.init(localeName:)) {
            return Decision(language: language, origin: .variable(locale))
        }
        return Decision(language: .english, origin: .none)
    }
}
