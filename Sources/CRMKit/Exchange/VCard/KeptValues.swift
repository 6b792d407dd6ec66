import Formats
import Localization

/// What of an input no field could hold, and is kept for the way back: how much, and the first of it.
struct KeptValues: Sendable {
    private var count = 0
    private var first: [Text] = []

    /// As many as a person looks at.
    private static let most = 10
    private static let longest = 60

    /// Notes what of a row is kept.
    mutating func note(_ properties: [VCardProperty], of row: InputRow) {
        count += properties.count
        for property in properties.prefix(Self.most - min(first.count, Self.most)) {
            let file = row.file.map { "\($0), " } ?? ""
            let name = property.name.uppercased()
            let text = property.text.trimmed
            let value = text.count > Self.longest ? "\(text.prefix(Self.longest))…" : text
            first.append(
                Text(
                    en: "\(file)row \(row.number), \(name) \"\(value)\"",
                    es: "\(file)fila \(row.number), \(name) «\(value)»"
                )
            )
        }
    }

    /// What a person is told; `nil` where nothing is kept.
    var notice: Text? {
        guard count > 0 else { return nil }
        let (english, spanish) = (first.map(\.en).joined(separator: "; "), first.map(\.es).joined(separator: "; "))
        guard count > 1 else {
            return Text(
                en: "kept 1 value that its field cannot hold, for the next export of the card: \(english)",
                es: "se conserva 1 valor que su campo no admite, para volver a exportar la tarjeta: \(spanish)"
            )
        }
        let more = count > first.count ? "; …" : ""
        return Text(
            en:
                "kept \(count) values that their fields cannot hold, for the next export of the cards: \(english)\(more)",
            es: """
                se conservan \(count) valores que sus campos no admiten, para volver a exportar las tarjetas: \
                \(spanish)\(more)
                """
        )
    }
}
