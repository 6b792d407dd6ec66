import Formats
import Localization

/// A JSON Schema, draft 2020-12 (https://json-schema.org/draft/2020-12/json-schema-core).
///
/// The schema of an object names the members that are always there and allows others: adding a key is not a breaking
/// change, so a reader must accept unknown keys. Values are never empty text where null has the same meaning.
public struct JSONSchema: Sendable, Equatable {
    private var keywords: [JSONMember]

    private init(_ keywords: [JSONMember]) { self.keywords = keywords }

    private init(type: String, _ keywords: [JSONMember] = []) {
        self.init([JSONMember("type", .string(type))] + keywords)
    }

    /// The schema as JSON.
    public var value: JSONValue { .object(keywords) }

    /// Returns a complete schema: with its dialect, an identifier, and the definitions it refers to.
    ///
    /// - Parameter name: the end of the identifier, `urn:crm:schema:NAME`.
    public func document(named name: String) -> JSONValue {
        let head = [
            JSONMember("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            JSONMember("$id", .string("urn:crm:schema:\(name)")),
        ]
        let definitions = Self.definitions.filter { refers(to: $0.name) }
        let tail = definitions.isEmpty ? [] : [JSONMember("$defs", .object(definitions))]
        return .object(head + keywords + tail)
    }

    private func refers(to definition: String) -> Bool { value.contains(.string(Self.pointer(to: definition))) }
}

// MARK: - Values

extension JSONSchema {
    /// Text that is not empty.
    public static let string = JSONSchema(type: "string", [JSONMember("minLength", .number(JSONNumber(1)))])
    /// Any number, with all its decimals.
    public static let number = JSONSchema(type: "number")
    /// `true` or `false`.
    public static let boolean = JSONSchema(type: "boolean")
    /// The id of a record or of a change set.
    public static let identifier = integer(in: 1...Int64.max)
    /// The schema of a count.
    public static let count = integer(in: 0...Int64.max)
    /// A moment, RFC 3339 in UTC to the second.
    public static let moment = string(format: "date-time", pattern: "Z$")
    /// Any JSON value.
    public static let anything = JSONSchema([])
    /// Null and nothing else.
    public static let null = JSONSchema(type: "null")

    /// Returns the schema of a string with a format of section 7.3 of the validation vocabulary, or that matches a
    /// pattern (ECMA-262).
    public static func string(format: String? = nil, pattern: String? = nil) -> JSONSchema {
        let keywords = [("format", format), ("pattern", pattern)].compactMap { name, value in
            value.map { JSONMember(name, .string($0)) }
        }
        return JSONSchema(type: "string", keywords)
    }

    /// Returns the schema of a whole number. An upper bound of `Int64.max` is left out.
    public static func integer(in range: ClosedRange<Int64>) -> JSONSchema {
        let minimum = JSONMember("minimum", .number(JSONNumber(range.lowerBound)))
        let maximum = JSONMember("maximum", .number(JSONNumber(range.upperBound)))
        return JSONSchema(type: "integer", [minimum] + (range.upperBound == .max ? [] : [maximum]))
    }

    /// Returns the schema of a number between two bounds, which are allowed values.
    public static func number(from minimum: Int64, to maximum: Int64) -> JSONSchema {
        JSONSchema(
            type: "number",
            [
                JSONMember("minimum", .number(JSONNumber(minimum))),
                JSONMember("maximum", .number(JSONNumber(maximum))),
            ]
        )
    }

    /// Returns the schema of a string with one of some values.
    public static func one(of words: [String]) -> JSONSchema {
        JSONSchema(type: "string", [JSONMember("enum", .array(words.map(JSONValue.string)))])
    }

    /// Returns the schema of an array.
    ///
    /// - Parameter isSet: whether the elements are unique.
    public static func array(of items: JSONSchema, isSet: Bool = false) -> JSONSchema {
        let unique = isSet ? [JSONMember("uniqueItems", .bool(true))] : []
        return JSONSchema(type: "array", [JSONMember("items", items.value)] + unique)
    }

    /// Returns the schema of an object with members in this order. All are required except those that are named
    /// optional.
    public static func object(
        _ members: [(name: String, schema: JSONSchema)],
        optional: Set<String> = []
    ) -> JSONSchema {
        let required = members.map(\.name).filter { !optional.contains($0) }
        return JSONSchema(
            type: "object",
            [
                JSONMember("properties", .object(members.map { JSONMember($0.name, $0.schema.value) })),
                JSONMember("required", .array(required.map(JSONValue.string))),
            ]
        )
    }

    /// Returns the schema of an object whose further members follow a schema.
    public func others(_ schema: JSONSchema) -> JSONSchema {
        JSONSchema(keywords + [JSONMember("additionalProperties", schema.value)])
    }

    /// Returns the schema of a value that matches at least one of some schemas.
    public static func any(of schemas: [JSONSchema]) -> JSONSchema {
        JSONSchema([JSONMember("anyOf", .array(schemas.map(\.value)))])
    }

    /// The schema, allowing null too.
    public var orNull: JSONSchema {
        guard case .string(let type)? = value["type"] else { return .any(of: [self, .null]) }
        var schema = self
        schema.keywords = keywords.map { keyword in
            switch (keyword.name, keyword.value) {
            case ("type", _): JSONMember("type", .array([.string(type), .string("null")]))
            case ("enum", .array(let words)): JSONMember("enum", .array(words + [.null]))
            default: keyword
            }
        }
        return schema
    }

    /// Returns the schema with a title in English, and the Spanish title at the beginning of its description.
    ///
    /// The schema is machine output and does not follow the user's language; strict validators would refuse a keyword
    /// of our own.
    public func titled(_ title: Text, description: String? = nil) -> JSONSchema {
        let parts = [title.es == title.en ? nil : "Spanish: \(title.es).", description].compactMap { $0 }
        let head = [JSONMember("title", .string(title.en))]
        let text = parts.isEmpty ? [] : [JSONMember("description", .string(parts.joined(separator: " ")))]
        return JSONSchema(head + text + keywords)
    }
}

// MARK: - Parts that many schemas share

extension JSONSchema {
    /// The schema of a reference to a record of a known module.
    public static let reference = JSONSchema(referringTo: "reference")
    /// The schema of a reference to a record of any module.
    public static let anyReference = JSONSchema(referringTo: "any_reference")

    private init(referringTo definition: String) {
        self.init([JSONMember("$ref", .string(Self.pointer(to: definition)))])
    }

    private static func pointer(to definition: String) -> String { "#/$defs/\(definition)" }

    private static var definitions: [JSONMember] {
        let name = (
            "name", string.orNull.titled(Text(en: "What the record is called", es: "Cómo se llama el registro"))
        )
        let module = ("module", string.titled(Text(en: "Module", es: "Módulo")))
        return [
            JSONMember("reference", object([("id", identifier), name]).value),
            JSONMember("any_reference", object([module, ("id", identifier), name]).value),
        ]
    }
}

extension JSONValue {
    /// Whether the value is a given value other than an array or object, or contains it at any depth.
    fileprivate func contains(_ value: JSONValue) -> Bool {
        switch self {
        case .array(let elements): elements.contains { $0.contains(value) }
        case .object(let members): members.contains { $0.value.contains(value) }
        default: self == value
        }
    }
}
