import CRMKit
import Localization

/// Problems with unknown names that recur in many rows of an input. Each is reported with its first row, and then
/// counted.
final class CommonProblems {
    private var rows: [String: Int] = [:]
    private var names: [String] = []

    /// Counts a problem and returns whether it should be reported with its row.
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
