import CRMKit
import Localization

/// The text of a cell for people: labels of choices, names of references.
enum PeopleText {
    /// The text; empty for no value.
    static func of(_ column: OutputColumn, in row: Rows, _ language: Language) -> String {
        if row.isNull(column.position) { return "" }
        switch column.kind {
        case .reference(let target, let name):
            return named(name.map(row.text), else: "\(target.noun) \(row.integer(column.position))")
        case .anyReference(let id, let name):
            let reference = "\(row.text(column.position)):\(row.integer(id))"
            guard let name, !row.isNull(name) else { return reference }
            return "\(row.text(name)) (\(reference))"
        case .linked: return String(row.text(column.position).dropFirst().dropLast())
        case .money(let currency):
            return column.type.label(of: row.value(column.position), currency: row.text(currency), in: language)
        default:
            return column.type.label(of: row.value(column.position), currency: nil, in: language)
        }
    }

    private static func named(_ name: String?, else other: String) -> String {
        guard let name, !name.isEmpty else { return other }
        return name
    }
}
