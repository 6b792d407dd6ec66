import Localization

/// Recognizes the first column of a table whose cells were merged: a spreadsheet writes their value in the first row of a
/// group alone, and the rows below it would be without.
struct MergedCells {
    private var column: (index: Int, name: String)?
    private var values: Set<String> = []
    private var empty = Tally()
    /// Whether what was seen shows that the cells are not merged.
    private var isRefuted = false

    /// The number of groups after which no more values are compared.
    private static let mostCompared = 5_000

    /// Takes note of a row, in the order of the input.
    ///
    /// - Parameter columns: the meanings of the cells.
    mutating func note(_ row: InputRow, under columns: [ImportColumn]) {
        if isRefuted || row.columns.isEmpty { return }
        guard let index = column?.index ?? columns.firstIndex(where: { $0 != .ignored }), index < row.texts.count else {
            return
        }
        if column == nil { column = (index, row.names[index]) }
        let text = row.texts[index]?.trimmed ?? ""
        if !text.isEmpty {
            // A group has one value, and another one each.
            isRefuted = values.count > Self.mostCompared || !values.insert(text).inserted
        } else if values.isEmpty {
            isRefuted = true
        } else {
            empty.add(row.line)
        }
    }

    /// The notice about the rows below the first of their groups; `nil` if there are none.
    var notice: Text? {
        guard !isRefuted, let column, values.count > 1, empty.count > 1, empty.count * 2 >= values.count else {
            return nil
        }
        let remedy = Text(
            en: "where the cells of a group are merged in the spreadsheet, fill them down there and import anew",
            es: "si las celdas de un grupo están combinadas en la hoja de cálculo, rellenarlas allí e importar de nuevo"
        )
        return Text(
            en: """
                "\(column.name)" is empty in \(empty.count) rows below others that have it, lines \(empty.names): \(remedy.en)
                """,
            es: """
                «\(column.name)» está vacía en \(empty.count) filas bajo otras que la tienen, líneas \(empty.names): \
                \(remedy.es)
                """
        )
    }
}
