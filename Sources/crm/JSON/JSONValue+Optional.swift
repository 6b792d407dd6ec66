import Formats

extension JSONValue {
    /// Text, or null where there is none.
    static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

    /// A whole number, or null where there is none.
    static func integer(_ number: Int64?) -> JSONValue { number.map { .number(JSONNumber($0)) } ?? .null }
}
