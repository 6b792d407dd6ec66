import Formats

extension JSONValue {
    /// Returns a string; null for nil.
    static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

    /// Returns a whole number; null for nil.
    static func integer(_ number: Int64?) -> JSONValue { number.map { .number(JSONNumber($0)) } ?? .null }
}
