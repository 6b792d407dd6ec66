/// A property of a card or of a component of a calendar: one content line, unfolded (RFC 6350 section 3.3, RFC 5545
/// section 3.1).
public struct ContentProperty: Equatable, Sendable {
    /// The name that groups properties, such as `item1`.
    public let group: String?
    /// The name as it was written, such as `TEL` or `X-ABLabel`; the case of its letters does not matter.
    public let name: String
    /// The parameters in order.
    public let parameters: [ContentParameter]
    /// The value as vCard 3.0 and 4.0 and iCalendar write it, with its escapes. It holds no line breaks.
    public let rawValue: String

    /// A property whose value is given as it is written. Line breaks become `\n`. Name and group are made
    /// of letters, digits, hyphens and underscores.
    public init(_ name: String, rawValue: String, group: String? = nil, parameters: [ContentParameter] = []) {
        self.group = group
        self.name = name
        self.parameters = parameters
        self.rawValue = ContentText.escapingLineBreaks(rawValue)
    }

    /// A property with a text. CR LF, CR and LF are one and the same in it.
    public init(_ name: String, text: String, group: String? = nil, parameters: [ContentParameter] = []) {
        self.init(name, rawValue: ContentText.escape(text), group: group, parameters: parameters)
    }

    /// A property with a list of texts, such as `CATEGORIES`.
    public init(_ name: String, list: [String], group: String? = nil, parameters: [ContentParameter] = []) {
        self.init(name, rawValue: ContentText.join(list, ","), group: group, parameters: parameters)
    }

    /// A property with components of one or more texts each, such as `N` or `ADR`.
    public init(
        _ name: String,
        components: [[String]],
        group: String? = nil,
        parameters: [ContentParameter] = []
    ) {
        let value = components.map { ContentText.join($0, ",") }.joined(separator: ";")
        self.init(name, rawValue: value, group: group, parameters: parameters)
    }

    /// The value as one text.
    public var text: String { ContentText.unescape(rawValue) }

    /// The value as a list of texts between commas. Never empty.
    public var list: [String] {
        ContentText.split(rawValue.utf8, UInt8(ascii: ",")).map { ContentText.unescape($0) }
    }

    /// The value as components between semicolons, each a list of texts between commas. Neither is ever empty.
    public var components: [[String]] {
        ContentText.split(rawValue.utf8, UInt8(ascii: ";")).map { component in
            ContentText.split(component, UInt8(ascii: ",")).map { ContentText.unescape($0) }
        }
    }

    /// The value as components between semicolons, each one text whatever commas it has: some write commas that separate
    /// nothing without a backslash. Never empty.
    public var parts: [String] { ContentText.split(rawValue.utf8, UInt8(ascii: ";")).map { ContentText.unescape($0) } }

    /// The components between semicolons as they stand in the value, with their escapes. Never empty.
    public var rawParts: [String] {
        ContentText.split(rawValue.utf8, UInt8(ascii: ";")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// True when this is the property's name, whatever the case of its letters.
    public func isNamed(_ name: String) -> Bool { ContentToken.isSame(self.name, name) }

    /// The values of all parameters of a name, in order.
    public func parameterValues(_ name: String) -> [String] {
        parameters.lazy.filter { $0.isNamed(name) }.flatMap(\.values)
    }

    /// Returns the property with other parameters.
    public func with(parameters: [ContentParameter]) -> ContentProperty {
        ContentProperty(name, rawValue: rawValue, group: group, parameters: parameters)
    }

    /// Returns the property with a parameter that replaces all of the same name; without values, they are removed.
    public func with(_ name: String, _ values: [String]) -> ContentProperty {
        let others = parameters.filter { !$0.isNamed(name) }
        return with(parameters: values.isEmpty ? others : others + [ContentParameter(name, values)])
    }

    /// Returns the property with another value.
    func with(rawValue: String) -> ContentProperty {
        ContentProperty(name, rawValue: rawValue, group: group, parameters: parameters)
    }
}
