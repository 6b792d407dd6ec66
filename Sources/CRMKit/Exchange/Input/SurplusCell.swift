import Formats
import Localization

/// The cell with which a row of a table becomes longer than the header, and what is likely to have divided another one.
enum SurplusCell {
    /// Returns the advice for a row with too many cells.
    ///
    /// - Parameters:
    ///   - cells: the cells of the row up to the first one with text that the header does not name.
    ///   - delimiter: what separates them.
    ///   - isUnnamed: whether the last cell stands below an empty name at the end of the header, as a remark beside the
    ///     table does.
    static func remedy(among cells: [String], delimiter: CSVDialect.Delimiter, isUnnamed: Bool) -> Text {
        let surplus = shortened(cells.last?.trimmed ?? "")
        let told = Text(en: "\"\(surplus)\" is one cell too many", es: "sobra la celda «\(surplus)»")
        guard let number = number(among: cells, delimiter) else {
            guard !isUnnamed else {
                return Text(
                    en: """
                        "\(surplus)" has no header above it: give its column one, such as description, or empty the cell
                        """,
                    es: """
                        «\(surplus)» no tiene encabezado arriba: dar uno a su columna, como description, o vaciar la celda
                        """
                )
            }
            return Text(
                en: "\(told.en): a cell with the delimiter in it stands in double quotes",
                es: "\(told.es): una celda que contenga el separador va entre comillas dobles"
            )
        }
        return Text(
            en: "\(told.en): where \(number) is one number, write it in double quotes, or without the comma",
            es: "\(told.es): si \(number) es un solo número, escribirlo entre comillas dobles, o sin la coma"
        )
    }

    private static func shortened(_ text: String) -> String {
        text.count > longest ? "\(text.prefix(longest))…" : text
    }

    /// The number of characters shown of a cell.
    private static let longest = 30

    /// Returns the first number whose thousands stand in a cell of their own, as `2,120.50` does without quotes; `nil` if
    /// there is none.
    private static func number(among cells: [String], _ delimiter: CSVDialect.Delimiter) -> String? {
        guard delimiter == .comma else { return nil }
        let cells = cells.map(\.trimmed)
        for (first, second) in zip(cells, cells.dropFirst()) {
            let lead = first.drop { !$0.isASCII || !$0.isNumber }
            let group = second.prefix { $0.isASCII && $0.isNumber }
            let rest = second.dropFirst(group.count)
            let isWhole = (1...3).contains(lead.count) && lead.allSatisfy { $0.isASCII && $0.isNumber }
            let hasNoWord = first.dropLast(lead.count).allSatisfy { $0.isCurrencySymbol || $0 == " " || $0 == "-" }
            if isWhole, hasNoWord, lead.first != "0", group.count == 3, rest.isEmpty || rest.first == "." {
                return "\(first),\(second)"
            }
        }
        return nil
    }
}
