import Localization

/// A topic with a chapter of its own in the program's manual, which is also a word of `help`.
enum HelpTopic: String, CaseIterable {
    case tutorial, options, values, columns, filters, figures, environment, files
    case exitStatus = "exit-status"

    /// The name of the topic that people read.
    var label: Text {
        switch self {
        case .tutorial: Text(en: "tutorial", es: "recorrido")
        case .options: Text(en: "common options", es: "opciones")
        case .values: Text(en: "values", es: "valores")
        case .columns: Text(en: "columns", es: "columnas")
        case .filters: Text(en: "filters", es: "filtros")
        case .figures: Text(en: "figures", es: "cifras")
        case .environment: Text(en: "environment", es: "entorno")
        case .files: Text(en: "files", es: "archivos")
        case .exitStatus: Text(en: "exit status", es: "estado de salida")
        }
    }

    /// Words for what the chapter is about.
    private var otherWords: [String] {
        guard self == .values else { return [] }
        return ["dates", "amounts", "numbers", "fechas", "importes", "números", "cantidades"]
    }

    /// - Returns: `nil` for a word that is no topic in either language.
    init?(named word: String) {
        let isIt: (HelpTopic) -> Bool = {
            $0.rawValue == word || $0.label.es.replacing(" ", with: "-") == word || $0.otherWords.contains(word)
        }
        guard let topic = Self.allCases.first(where: isIt) else { return nil }
        self = topic
    }
}
