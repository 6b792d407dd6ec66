import Localization

/// Rows that refer to missing records of their own module, which only rows among themselves describe, so that none can
/// be written first. Such a record is never created in place of the one that a row describes.
struct ReferenceCycle {
    private let module: Module
    /// The numbers of the rows, by the folded names and keys in their columns.
    private var rows: [String: Int] = [:]
    /// The number of the row being imported.
    var current = 0

    /// Whether rows that refer to one of these are rejected; otherwise they are held back, since the row may still be
    /// written.
    let isLast: Bool

    /// - Parameter groups: the rows; the first row of each group describes its record.
    init(_ groups: [LateRows.Group], in module: Module, isLast: Bool) {
        self.module = module
        self.isLast = isLast
        for (members, plan) in groups {
            guard let row = members.first?.row else { continue }
            for text in plan.names(of: row, in: module) where rows[text] == nil { rows[text] = row.number }
        }
    }

    /// Returns the number of the row with a name or key.
    func row(called text: String, in module: Module) -> Int? {
        module.name == self.module.name ? rows[Fold.fold(text)] : nil
    }

    /// Returns the error for a row that refers to one of the others; `nil` when `text` names none of them.
    func refusal(of text: String) -> CRMError? {
        guard let row = rows[Fold.fold(text)] else { return nil }
        let fault =
            row == current
            ? Text(en: "row \(row) names itself", es: "la fila \(row) se nombra a sí misma")
            : Text(
                en: "rows \(min(row, current)) and \(max(row, current)) name each other, or wait for rows that do",
                es:
                    "las filas \(min(row, current)) y \(max(row, current)) se nombran entre sí, o esperan a filas que lo hacen"
            )
        return CRMError(
            .refused,
            Text(
                en: "\(fault.en): empty the cell of one row, and fill it with a second import",
                es: "\(fault.es): vaciar la celda de una fila, y llenarla con una segunda importación"
            ),
            module: module.name
        )
    }
}

extension RowPlan {
    /// Returns the folded texts by which a row names its record: the name, whole or composed of its parts, and the
    /// keys.
    func names(of row: InputRow, in module: Module) -> [String] {
        let named = Set(module.composedPositions + [module.displayPosition])
        let keys = Set(
            (module.referenceKeys.flatMap(\.fields) + ["external_id"]).compactMap { module.position(of: $0) }
        )
        var names: [String] = []
        var parts: [String] = []
        for (column, text) in zip(columns, row.texts) {
            guard let text = text?.trimmed, !text.isEmpty else { continue }
            switch column {
            case .field(let position):
                if named.contains(position) { parts.append(text) }
                if named.contains(position) || keys.contains(position) { names.append(Fold.fold(text)) }
            case .piece(.fullName), .piece(.memberName): names.append(Fold.fold(text))
            default: continue
            }
        }
        return names + (parts.count > 1 ? [Fold.fold(parts.joined(separator: " "))] : [])
    }
}
