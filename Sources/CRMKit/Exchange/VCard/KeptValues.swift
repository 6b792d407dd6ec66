import Localization

/// What of an input no field could hold, and is kept for the way back: how much, and the first of it.
struct KeptValues: Sendable {
    private var count = 0
    private var first: [Text] = []

    /// As many as a person looks at.
    private static let most = 10
    private static let longest = 60

    /// Notes what of a row is kept.
    mutating func note(_ values: [(field: Text, text: String)], of row: InputRow) {
        count += values.count
        for value in values.prefix(Self.most - first.count) {
            let file = row.file.map { "\($0), " } ?? ""
            let isLong = value.text.count > Self.longest
            let text = "\(value.text.prefix(Self.longest))\(isLong ? "…" : "")"
            first.append(
                Text(
                    en: """
                        \(file)row \(row.number) (line \(row.line)), \(value.field.en) "\(text)": its field cannot hold it; it is kept and \
                        exported with the card
                        """,
                    es: """
                        \(file)fila \(row.number) (línea \(row.line)), \(value.field.es) «\(text)»: no cabe en su campo; se conserva y se \
                        exporta con la tarjeta
                        """
                )
            )
        }
    }

    /// What a person is told: a line for each of the first.
    var notices: [Text] {
        guard count > first.count else { return first }
        return first + [
            Text(
                en: "and \(count - first.count) more values that their fields cannot hold",
                es: "y \(count - first.count) valores más que no caben en sus campos"
            )
        ]
    }
}
