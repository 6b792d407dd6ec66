import Localization

/// Rows that name records of their own module and could not be taken, since none of these is there: some of them name each
/// other, or themselves. No record is made in place of one of them.
struct NamingCircle {
    private let module: Module
    /// The rows by what their columns call them, folded.
    private var rows: [String: Int] = [:]
    /// The row that is being taken.
    var current = 0

    /// Whether rows that name one of them are refused; else they are put off, since it may still come.
    let isLast: Bool

    /// - Parameter groups: the rows, of which the first of each group tells of its record.
    init(_ groups: [LateRows.Group], in module: Module, isLast: Bool) {
        self.module = module
        self.isLast = isLast
        for (members, plan) in groups {
            guard let row = members.first?.row else { continue }
            for text in plan.callings(of: row, in: module) where rows[text] == nil { rows[text] = row.number }
        }
    }

    /// The row that is called so.
    func row(called text: String, in module: Module) -> Int? {
        module.name == self.module.name ? rows[Fold.fold(text)] : nil
    }

    /// Why a row is refused that names one of the others.
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
    /// What the columns of a row call its record, folded: its name, whole or of its parts, and its keys.
    func callings(of row: InputRow, in module: Module) -> [String] {
        let named = Set(module.composedPositions + [module.displayPosition])
        let keys = Set((module.referenceKeys.flatMap(\.fields) + ["external_id"]).compactMap(module.position))
        var callings: [String] = []
        var parts: [String] = []
        for (column, text) in zip(columns, row.texts) {
            guard let text = text?.trimmed, !text.isEmpty else { continue }
            switch column {
            case .field(let position):
                if named.contains(position) { parts.append(text) }
                if named.contains(position) || keys.contains(position) { callings.append(Fold.fold(text)) }
            case .piece(.fullName), .piece(.memberName): callings.append(Fold.fold(text))
            default: continue
            }
        }
        return callings + (parts.count > 1 ? [Fold.fold(parts.joined(separator: " "))] : [])
    }
}
