/// The name of a column among those of its table, which may have several with the same name.
struct Heading {
    /// The name as the input spells it.
    let name: String
    /// The column's number in the table, from 1.
    let place: Int
    /// The column's number among those with the same name, from 1; `nil` when it is the only one.
    let turn: Int?

    /// Returns the headings of a table, in the order of its columns.
    static func all(_ names: [String]) -> [Heading] {
        let folded = names.map(ImportHeader.folded)
        let counts = Dictionary(folded.map { ($0, 1) }, uniquingKeysWith: +)
        var turns: [String: Int] = [:]
        return names.indices.map { index in
            let turn = turns[folded[index], default: 0] + 1
            turns[folded[index]] = turn
            return Heading(
                name: names[index],
                place: index + 1,
                turn: counts[folded[index]] == 1 ? nil : turn
            )
        }
    }

    /// The name of the column in a mapping: `Correo`, the second of two as `Correo#2`, a column without a name by its
    /// number as `#4`.
    var spelling: String {
        if name.trimmed.isEmpty { return byPlace }
        return turn.map { "\(name)#\($0)" } ?? name
    }

    /// All ways to name the column in a mapping, the most specific one first.
    var spellings: [String] { [spelling, name, byPlace] }

    private var byPlace: String { "#\(place)" }
}
