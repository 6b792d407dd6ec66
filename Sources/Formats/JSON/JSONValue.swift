/// A JSON value. Two objects are equal if they have the same members in the same order.
public enum JSONValue: Equatable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, exactly as written.
    case number(JSONNumber)
    /// A string, unescaped.
    case string(String)
    /// An array, its elements in order.
    case array([JSONValue])
    /// An object with its members in the order of the text. A parsed one has no name twice.
    case object([JSONMember])

    /// The compact JSON text.
    public var text: String {
        let sink = ByteSink.memory()
        var writer = JSONWriter(sink)
        // Writing to a sink in memory cannot fail.
        try? writer.value(self)
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    /// Returns the elements of a text that is an array; nil for any other text.
    public static func elements(ofArray text: String) -> [JSONValue]? {
        var parser = JSONParser()
        guard case .array(let elements)? = try? parser.parse(text) else { return nil }
        return elements
    }

    /// Returns the members of a text that is an object; nil for any other text.
    public static func members(ofObject text: String) -> [JSONMember]? {
        var parser = JSONParser()
        guard case .object(let members)? = try? parser.parse(text) else { return nil }
        return members
    }

    /// The value of the object's member with a name; nil when there is none, or when this is not an object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

/// A name in a JSON object with its value.
public struct JSONMember: Equatable, Sendable {
    /// The member's name, without quotes and escapes.
    public let name: String
    /// The member's value.
    public let value: JSONValue

    /// Creates a member.
    public init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}
