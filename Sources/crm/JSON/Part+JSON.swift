import CRMKit
import Formats

extension Part {
    /// Returns a row as JSON: its position, then the fields in the form of records.
    func json(of row: PartColumn.Row) -> JSONValue {
        let members = zip(fields, row.values).map { field, value -> JSONMember in
            let isUnsaid = value.isNull && field.traits.contains(.overriding)
            let json = field.type.json(of: value, currency: row.currency, name: row.names[field.key])
            return JSONMember(field.key, isUnsaid ? .null : json)
        }
        return .object([JSONMember(Part.positionKey, .number(JSONNumber(row.position)))] + members)
    }
}
