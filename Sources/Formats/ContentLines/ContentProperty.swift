/// A property of a card or of a calendar component: one content line, unfolded (RFC 6350 section 3.3, RFC 5545 section
/// 3.1).
public struct ContentProperty: Equatable, Sendable {
    /// The prefix that groups properties, such as `item1`.
    public let group: String?
    /// The name as written, such as `TEL` or `X-ABLabel`; its case does not matter.
    public let name: String
    /// The parameters in order.
    public let parameters: [ContentParameter]
    /// The value as written in vCard 3.0, vCard 4.0 and iCalendar, with its escapes and without line breaks.
    public let rawValue: String

    /// Creates a property from a raw value, in which line breaks become `\n`. Name and group consist of letters,
    /// digits, hyphens and underscores.
    public init(_ name: String, rawValue: String, group: String? = nil, parameters: [ContentParameter] = []) {
        self.group = group
        self.name = name
        self.parameters = parameters
        self.rawValue = ContentText.escapingLineBreaks(rawValue)
    }

    /// Creates a property with a text, in which CR LF, CR and LF are equivalent.
    public init(_ name: String, text: String, group: String? = nil, parameters: [ContentParameter] = []) {
        self.init(name, rawValue: ContentText.escape(text), group: group, parameters: parameters)
    }

    /// Creates a property with a list of texts, such as `CATEGORIES`.
    public init(_ name: String, list: [String], group: String? = nil, parameters: [ContentParameter] = []) {
        self.init(name, rawValue: ContentText.join(list, ","), group: group, parameters: parameters)
    }

    /// Creates a property with components of one or more texts each, such as `N` or `ADR`.
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

    /// The value as a list of texts, split at commas. Never empty.
    public var list: [String] {
        ContentText.split(rawValue.utf8, UInt8(ascii: ",")).map { ContentText.unescape($0) }
    }

    /// The value as components, split at semicolons, each a list of texts, split at commas. Neither is ever empty.
    public var components: [[String]] {
        ContentText.split(rawValue.utf8, UInt8(ascii: ";")).map { component in
            ContentText.split(component, UInt8(ascii: ",")).map { ContentText.unescape($0) }
        }
    }

    /// The value as components, split at semicolons, each a single text whatever its commas: some programs write commas
    /// that separate nothing without a backslash. Never empty.
    public var parts: [String] { ContentText.split(rawValue.utf8, UInt8(ascii: ";")).map { ContentText.unescape($0) } }

    /// The raw components, split at semicolons, with their escapes. Never empty.
    public var rawParts: [String] {
        ContentText.split(rawValue.utf8, UInt8(ascii: ";")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The name and the value as a line without parameters, where it may be a marker; otherwise nothing.
    var bareLine: [UInt8] { isNamed("BEGIN") || isNamed("END") ? Array("\(name):\(rawValue)".utf8) : [] }

    /// Returns whether this is the property's name, in any case.
    public func isNamed(_ name: String) -> Bool { ContentToken.isSame(self.name, name) }

    /// Returns the values of all parameters of a name, in order.
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
