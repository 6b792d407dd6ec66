import Localization

extension PathResolver {
    /// Returns the hint at an unknown field that is written as other programs write orders, lists and functions: `name
    /// desc`, `name;email`, `*`, `month`.
    ///
    /// - Returns: `nil` for any other name.
    func hint(atListed name: String, at place: Place) -> Text? {
        if ["*", "all", "todo", "todos", "todas"].contains(name.lowercased()) {
            return Text(
                en: "CSV and JSON have all fields where no columns are named",
                es: "CSV y JSON llevan todos los campos si no se indican columnas"
            )
        }
        let words = name.split { ": ;|\t".contains($0) }.map(String.init)
        if words.count == 2, let sign = Self.signs[words[1].lowercased()], isField(words[0], at: place) {
            return Text(thatIs: [sign + words[0]])
        }
        if words.count > 1, words.allSatisfy({ isField($0, at: place) }) {
            return Text(thatIs: [words.joined(separator: ",")])
        }
        guard Period(rawValue: name.lowercased()) != nil else { return nil }
        let example = "\(name.lowercased())(created_at)"
        return Text(
            en: "in summaries that is a function of a date, as in \(example)",
            es: "en los resúmenes es una función de una fecha, como en \(example)"
        )
    }

    /// The sign before a sort key for the words that other programs put behind it.
    private static let signs = ["desc": "-", "descending": "-", "descendente": "-", "asc": "", "ascending": ""]

    private func isField(_ name: String, at place: Place) -> Bool { find(Path(name), from: place) != nil }
}
