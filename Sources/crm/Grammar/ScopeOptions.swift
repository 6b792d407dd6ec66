import CLIKit
import CRMKit
import Localization

/// The options of commands that cover several modules, and the time between two days.
enum ScopeOptions {
    static let since = ValueOption<String>(
        "since",
        Placeholder.date,
        summary: Text(en: "From this day on", es: "Desde este día"),
        discussion: Text(
            en: "The day itself is among them. Days are those of the local time zone.",
            es: "El propio día cuenta. Los días son los de la zona horaria local."
        )
    )
    .synonyms("desde from after")
    static let until = ValueOption<String>(
        "until",
        Placeholder.date,
        summary: Text(en: "Up to this day", es: "Hasta este día"),
        discussion: Text(
            en: "The day itself is among them; --until today leaves out what is still to come.",
            es: "El propio día cuenta; --until today omite lo que está por venir."
        )
    )
    .synonyms("hasta to before")

    /// Returns the option for the modules to cover.
    static func modules(_ registry: Registry) -> ListOption<Module> {
        ListOption<Module>(
            "module",
            short: "m",
            Placeholder.module,
            separatedBy: ",",
            summary: Text(en: "Only records of these modules", es: "Solo registros de estos módulos"),
            discussion: Text(
                en: "Several are separated by commas, or the option is repeated.",
                es: "Varios se separan con comas, o se repite la opción."
            ),
            completion: .modules(of: registry),
            parse: { word throws(ExpectedValue) in
                if let module = registry.find(ModuleName(rawValue: word)), registry.names.contains(module.name) {
                    return module
                }
                let labelled = Text(joining: registry.names.map { Text(word: $0.noun, label: registry[$0].label) })
                let error = registry.unknownModule(word, hint: labelled)
                throw .worded(error.message, hint: error.hint ?? labelled)
            }
        )
        .synonyms("módulo módulos modulo modulos modules")
    }
}

extension Completion {
    /// Returns the names of the modules, each with its label. Most commands complete nothing and need few modules.
    static func modules(of registry: Registry) -> Completion {
        .lateWords { registry.names.map { ($0.noun, registry[$0].label) } }
    }
}
