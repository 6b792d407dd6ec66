import CRMKit
import Localization

/// Unknown names in many rows of one input: each is reported with the first row that has it, and then counted.
final class CommonProblems {
    private var rows: [String: Int] = [:]
    private var names: [String] = []

    /// Whether a problem is to be told with its row.
    func isNew(_ problem: RowProblem) -> Bool {
        guard problem.isOfName, let name = problem.field else { return true }
        if rows[name] == nil { names.append(name) }
        rows[name, default: 0] += 1
        return rows[name] == 1
    }

    /// Notices about the names that occur in further rows.
    var notices: [Text] {
        names.compactMap { name in
            guard let count = rows[name], count > 1 else { return nil }
            let more = count - 1
            return Text(
                en: "\(name): the same in \(more) more \(more == 1 ? "row" : "rows")",
                es: "\(name): lo mismo en \(more) \(more == 1 ? "fila" : "filas") más"
            )
        }
    }
}
