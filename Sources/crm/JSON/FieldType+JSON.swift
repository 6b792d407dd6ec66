import CRMKit
import Formats

extension FieldType {
    /// Returns a stored value as JSON, in the same form as in records.
    ///
    /// - Parameters:
    ///   - currency: the record's currency, needed only for money.
    ///   - name: the name of the record to which a reference refers.
    func json(of value: Value, currency: String?, name: String?) -> JSONValue {
        let text = text(of: value, currency: currency)
        if value.isNull { return isList ? .array([]) : .null }
        switch form {
        case .identifier, .number, .money:
            return JSONNumber(text).map(JSONValue.number) ?? .text(text)
        case .boolean: return .bool(text == "true")
        case .list: return .array(elements(of: value).map(JSONValue.string))
        case .reference:
            return .object([
                JSONMember("id", JSONNumber(text).map(JSONValue.number) ?? .null), JSONMember("name", .text(name)),
            ])
        case .anyReference:
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            return .object([
                JSONMember("module", .text(parts.first)),
                JSONMember("id", .integer(parts.last.flatMap(Int64.init))), JSONMember("name", .text(name)),
            ])
        default: return .string(text)
        }
    }
}
