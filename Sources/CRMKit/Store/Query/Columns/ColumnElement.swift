import Formats
import SQLite

/// One value of a column with several values.
public struct ColumnElement: Sendable, Hashable {
    /// The value as stored; null if the record has none. A reference to any module is `case:3`.
    public let value: Value
    /// The ISO 4217 code of the currency of an amount.
    public let currency: String?
    /// The name of the record that a reference refers to, when names were requested.
    public let name: String?
    /// The zone of a moment that stands for a whole day, of which only the day is shown; empty for the user's zone;
    /// `nil` if the time of day counts.
    public let dayZone: String?
}

extension Rows {
    /// Returns the values of a column of kind `several`, in their order; none for any other column.
    public func elements(of column: OutputColumn) -> [ColumnElement] {
        var parser = JSONParser()
        guard case .several(let isNested) = column.kind, !isNull(column.position),
            case .array(let elements)? = try? parser.parse(text(column.position))
        else { return [] }
        return elements.map { element in
            guard isNested, case .array(let parts) = element else {
                return ColumnElement(value: Value(element), currency: nil, name: nil, dayZone: nil)
            }
            let other = parts.count > 1 ? Value(parts[1]) : .null
            let (isMoney, isMoment) = (column.type == .money, column.type.form == .moment)
            return ColumnElement(
                value: parts.first.map { Value($0) } ?? .null,
                currency: isMoney ? other.text : nil,
                name: isMoney || isMoment ? nil : other.text,
                dayZone: isMoment ? other.text : nil
            )
        }
    }
}

extension Value {
    /// Creates a value from a JSON scalar that SQLite wrote; null for an array or object.
    fileprivate init(_ json: JSONValue) {
        switch json {
        case .string(let text): self = .text(text)
        case .number(let number):
            self = Int64(number.literal).map(Value.integer) ?? Double(number.literal).map(Value.real) ?? .null
        case .bool(let isTrue): self = .integer(isTrue ? 1 : 0)
        case .null, .array, .object: self = .null
        }
    }
}
