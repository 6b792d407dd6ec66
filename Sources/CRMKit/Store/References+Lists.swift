import Localization

extension Reference {
    /// The advice for a list of records that is given where references alone are read.
    static let hintAtPipedList = Text(
        en: "of a list that is piped, --format id prints the ids alone",
        es: "de una lista que llega por una tubería, --format id imprime solo los ids"
    )

    /// Returns what to write instead of a word that means several records, or of a line of a list that is none of its
    /// records; `nil` for any other text.
    static func hint(atListed text: String, in module: Module) -> Text? {
        let text = text.trimmed
        let isOfJSON = ["[", "]", "{"].contains(text) || text.hasPrefix("{\"")
        if isOfJSON || text.lowercased() == "id" || text.contains("\t") { return hintAtPipedList }
        if text == "-" {
            return Text(
                en: "references are words here: of a list, xargs makes them of its lines",
                es: "aquí las referencias son palabras: de una lista, xargs las hace de sus líneas"
            )
        }
        if ["all", "todo", "todos", "todas", "*"].contains(text.lowercased()) { return chosen(by: "id > 0") }
        let parts = text.split(separator: ",").map { String($0).trimmed }
        if parts.count > 1, parts.allSatisfy({ id($0) != nil }) {
            let words = parts.joined(separator: " ").abridged
            return Text(en: "each is a word of its own: \(words)", es: "cada uno es una palabra propia: \(words)")
        }
        return range(text, in: module)
    }

    /// The hint at a range of ids, which neither a telephone nor a code looks like.
    private static func range(_ text: String, in module: Module) -> Text? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { id(String($0)) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first < last,
            likelyPrefix(text, in: module) == "name"
        else { return nil }
        return chosen(by: "id >= \(first) and id <= \(last)")
    }

    private static func chosen(by filter: String) -> Text {
        Text(
            en: "records are named one by one, or chosen: --where '\(filter)'",
            es: "los registros se nombran uno por uno, o se eligen: --where '\(filter)'"
        )
    }
}
