import Localization

/// The words in both languages that people write for the functions and measures of summaries. They are not understood;
/// an error suggests the name.
enum SummaryWords {
    private static let functions: [(name: String, words: String)] = [
        ("year", "año anio anual"), ("quarter", "trimestre"), ("month", "mes mensual"), ("week", "semana"),
        ("weekday", "día-de-la-semana día-semana"), ("day", "día fecha date"), ("band", "banda rango tramo range"),
        ("days", "días"), ("hours", "hora horas hour"),
    ]

    private static let measureNames: [(name: String, words: String)] = [
        ("count", "contar cuenta conteo número cantidad"), ("sum", "suma sumar total"),
        ("avg", "promedio media average mean"), ("min", "mínimo menor minimum"), ("max", "máximo mayor maximum"),
        ("median", "mediana"), ("percentile", "percentil cuantil quantile"), ("share", "parte proporción porcentaje"),
        ("rate", "tasa razón ratio"),
    ]

    /// Returns the functions and measures that a word means.
    static func names(meantBy word: String) -> [String] { names(meantBy: word, in: functions + measureNames) }

    /// Returns the measures that a word means.
    static func measures(meantBy word: String) -> [String] { names(meantBy: word, in: measureNames) }

    private static func names(meantBy word: String, in table: [(name: String, words: String)]) -> [String] {
        let entries = table.map { (name: $0.name, words: $0.words.split(separator: " ").map(String.init)) }
        // días is not día.
        let exact = entries.filter { $0.words.contains(word.lowercased()) }
        let meant = MeantWord(word)
        return (exact.isEmpty ? entries.filter { meant.means(oneOf: $0.words) } : exact).map(\.name)
    }
}
