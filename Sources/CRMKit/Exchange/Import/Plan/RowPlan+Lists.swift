import Localization

extension RowPlan {
    /// Returns the problem of a row that only holds a further element of a list of the row above, as Odoo writes the
    /// tags of a record after the first; `nil` for any other row.
    func problemOfElement(in row: InputRow, of module: Module) -> RowProblem? {
        // Most rows begin with something else, so that no other cell is looked at.
        guard row.number > 1, !row.columns.isEmpty, let first = row.texts.firstIndex(where: Self.isFilled),
            isList(first, of: module),
            row.texts.indices.allSatisfy({ !Self.isFilled(row.texts[$0]) || isList($0, of: module) })
        else { return nil }
        return RowProblem(
            row: row.number,
            line: row.line,
            reason: Text(
                en: """
                    has nothing but \(row.names[first]): what belongs to the row above goes there, behind a comma, as in the \
                    import-compatible export of Odoo
                    """,
                es: """
                    no tiene más que \(row.names[first]): lo que es de la fila de arriba va allí, tras una coma, como en la \
                    exportación de Odoo que es compatible con la importación
                    """
            )
        )
    }

    private static func isFilled(_ text: String?) -> Bool { text?.isEmpty == false }

    private func isList(_ cell: Int, of module: Module) -> Bool {
        guard columns.indices.contains(cell), case .field(let position) = columns[cell] else { return false }
        return module.fields[position].type == .list(.text)
    }
}
