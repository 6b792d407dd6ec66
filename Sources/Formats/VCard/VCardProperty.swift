/// A property of a card: one line of it, unfolded.
public struct VCardProperty: Equatable, Sendable {
    /// The name that groups properties, such as `item1`.
    public let group: String?
    /// The name as it was written, such as `TEL` or `X-ABLabel`; the case of its letters does not matter.
    public let name: String
    /// The parameters in order.
    public let parameters: [VCardParameter]
    /// The value as vCard 3.0 and 4.0 write it, with its escapes. It holds no line breaks.
    public let rawValue: String

    /// A property whose value is given as vCard 3.0 and 4.0 write it. Line breaks become `\n`. Name and group are made
    /// of letters, digits, hyphens and underscores.
    public init(_ name: String, rawValue: String, group: String? = nil, parameters: [VCardParameter] = []) {
        self.group = group
        self.name = name
        self.parameters = parameters
        self.rawValue = VCardText.escapingLineBreaks(rawValue)
    }

    /// A property with a text. CR LF, CR and LF are one and the same in it.
    public init(_ name: String, text: String, group: String? = nil, parameters: [VCardParameter] = []) {
        self.init(name, rawValue: VCardText.escape(text), group: group, parameters: parameters)
    }

    /// A property with a list of texts, such as `CATEGORIES`.
    public init(_ name: String, list: [String], group: String? = nil, parameters: [VCardParameter] = []) {
        self.init(name, rawValue: VCardText.join(list, ","), group: group, parameters: parameters)
    }

    /// A property with components of one or more texts each, such as `N` or `ADR`.
    public init(
        _ name: String,
        components: [[String]],
        group: String? = nil,
        parameters: [VCardParameter] = []
    ) {
        let value = components.map { VCardText.join($0, ",") }.joined(separator: ";")
        self.init(name, rawValue: value, group: group, parameters: parameters)
    }

    /// The value as one text.
    public var text: String { VCardText.unescape(rawValue.utf8) }

    /// The value as a list of texts between commas. Never empty.
    public var list: [String] {
        VCardText.split(rawValue.utf8, UInt8(ascii: ",")).map { VCardText.unescape($0) }
    }

    /// The value as components between semicolons, each a list of texts between commas. Neither is ever empty.
    public var components: [[String]] {
        VCardText.split(rawValue.utf8, UInt8(ascii: ";")).map { component in
            VCardText.split(component, UInt8(ascii: ",")).map { VCardText.unescape($0) }
        }
    }

    /// The value as components between semicolons, each one text whatever commas it has: some write commas that separate
    /// nothing without a backslash. Never empty.
    public var parts: [String] { VCardText.split(rawValue.utf8, UInt8(ascii: ";")).map { VCardText.unescape($0) } }

    /// The components between semicolons as they stand in the value, with their escapes. Never empty.
    public var rawParts: [String] {
        VCardText.split(rawValue.utf8, UInt8(ascii: ";")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// True when this is the property's name, whatever the case of its letters.
    public func isNamed(_ name: String) -> Bool { self.name.lowercased() == name.lowercased() }

    /// The values of all parameters of a name, in order.
    public func parameterValues(_ name: String) -> [String] {
        parameters.lazy.filter { $0.isNamed(name) }.flatMap(\.values)
    }

    /// The property's types in lower case, such as `home` and `voice`, without `pref`; a value in quotes may hold
    /// several between commas (RFC 6350 section 5.6).
    public var types: [String] { allTypes.filter { $0 != VCardProperty.preferred } }

    /// True for what is preferred among its like: `TYPE=pref` (RFC 2426) or `PREF=1` (RFC 6350 section 5.3).
    public var isPreferred: Bool {
        allTypes.contains(VCardProperty.preferred) || parameterValues("PREF").contains("1")
    }

    static let preferred = "pref"

    private var allTypes: [String] {
        parameterValues("TYPE").flatMap { $0.lowercased().split(separator: ",").map(String.init) }
    }

    /// The same property with other parameters.
    func with(_ parameters: [VCardParameter]) -> VCardProperty {
        VCardProperty(name, rawValue: rawValue, group: group, parameters: parameters)
    }

    /// The same property with another value.
    func with(rawValue: String) -> VCardProperty {
        VCardProperty(name, rawValue: rawValue, group: group, parameters: parameters)
    }
}
