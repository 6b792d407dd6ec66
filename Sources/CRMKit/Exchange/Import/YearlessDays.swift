import Localization

/// Days without a year among the cells of an import, as Google writes a birthday of an unknown year (RFC 6350, section
/// 4.3.1): how many were left out, and the first of them.
struct YearlessDays: Sendable {
    private var count = 0
    private var first: [Text] = []

    /// As many as a person looks at.
    private static let most = 10

    /// Whether a text is such a day: `--02-03`, `--0203`.
    static func isOne(_ text: String) -> Bool {
        guard text.utf8.first(where: { $0 != UInt8(ascii: " ") }) == UInt8(ascii: "-") else { return false }
        let text = text.trimmed
        guard text.hasPrefix("--") else { return false }
        let digits = text.dropFirst(2).filter { $0 != "-" }
        return digits.utf8.count == 4 && digits.utf8.allSatisfy(\.isDigit)
    }

    /// Notes the days of a row.
    mutating func note(_ days: [(field: Text, text: String)], of row: InputRow) {
        count += days.count
        for day in days.prefix(Self.most - first.count) {
            let file = row.file.map { "\($0), " } ?? ""
            first.append(
                Text(
                    en:
                        "\(file)row \(row.number) (line \(row.line)), \(day.field.en) \"\(day.text)\": left out, it has no year",
                    es: """
                        \(file)fila \(row.number) (línea \(row.line)), \(day.field.es) «\(day.text)»: se omite, no tiene \
                        año
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
                en: "and \(count - first.count) more days without a year",
                es: "y \(count - first.count) días más sin año"
            )
        ]
    }
}
