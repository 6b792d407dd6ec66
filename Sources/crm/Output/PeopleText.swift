import CRMKit
import Localization

/// The text of cells for people, with the labels of choices and the names of references.
enum PeopleText {
    /// Returns the text of a cell; empty for no value.
    ///
    /// - Throws: ``CRMError`` `configuration` for malformed rows of a part, which only another program can have
    ///   written.
    static func of(_ column: OutputColumn, in row: Rows, _ audience: Audience) throws(CRMError) -> String {
        if let total = column.totalPosition, row.integer(total) != 0 {
            return OutputColumn.total(in: audience.language)
        }
        if row.isNull(column.position) { return "" }
        switch column.kind {
        case .reference(let target, let name):
            return displayName(name.map(row.text), target, row.integer(column.position), audience)
        case .anyReference(let id, let name):
            let reference = audience.reference(to: row.text(column.position), "\(row.integer(id))")
            return displayName(name.map(row.text), reference)
        case .several:
            return row.elements(of: column).compactMap { text(of: $0, column.type, audience) }
                .joined(separator: MachineText.separator)
        case .rows(let rows):
            return try rows.rows(row.text(column.position)).map { rows.label(of: $0, for: audience) }
                .joined(separator: MachineText.separator)
        case .duration where column.isRounded:
            return Duration(seconds: row.integer(column.position)).roundedForm
        case .linked: return String(row.text(column.position).dropFirst().dropLast())
        case .money(let currency):
            return column.type.label(of: row.value(column.position), currency: row.text(currency), for: audience)
        default:
            return column.type.label(
                of: row.value(column.position),
                currency: nil,
                dayZone: column.dayZonePosition.flatMap { row.isNull($0) ? nil : row.text($0) },
                for: audience
            )
        }
    }

    /// Returns the text of a cell that may have several lines: for rows of a part, one line for each with its position.
    ///
    /// - Throws: the errors of ``of(_:in:_:)``.
    static func lines(_ column: OutputColumn, in row: Rows, _ audience: Audience) throws(CRMError) -> String {
        guard case .rows(let rows) = column.kind, !row.isNull(column.position) else {
            return try of(column, in: row, audience)
        }
        return try rows.rows(row.text(column.position)).map { "\($0.position)  \(rows.label(of: $0, for: audience))" }
            .joined(separator: "\n")
    }

    /// Returns the text of one element of a list; `nil` for null.
    private static func text(of element: ColumnElement, _ type: FieldType, _ audience: Audience) -> String? {
        if element.value.isNull { return nil }
        switch type {
        case .reference(let target): return displayName(element.name, target, element.value.integer ?? 0, audience)
        case .anyReference:
            let parts = (element.value.text ?? "").split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return displayName(element.name, element.value.text ?? "") }
            return displayName(element.name, audience.reference(to: String(parts[0]), parts[1]))
        default:
            return type.label(
                of: element.value,
                currency: element.currency,
                dayZone: element.dayZone,
                for: audience
            )
        }
    }

    /// Returns the name of a record; its noun and id if it has none.
    private static func displayName(
        _ name: String?,
        _ target: ModuleName,
        _ id: Int64,
        _ audience: Audience
    ) -> String {
        if let name, !name.isEmpty { return name }
        if audience.language == .english { return "\(target.noun) \(id)" }
        return audience.reference(to: target.rawValue, "\(id)")
    }

    /// Returns the name of a record of any module, if it has one, followed by its reference.
    private static func displayName(_ name: String?, _ reference: String) -> String {
        guard let name, !name.isEmpty else { return reference }
        return "\(name) (\(reference))"
    }
}
