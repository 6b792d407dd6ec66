/// The name of an element or an attribute (Namespaces in XML 1.0).
public struct XMLName: Hashable, Sendable, CustomStringConvertible {
    /// The URI of the namespace; empty if there is none.
    public let namespace: String
    /// The name without a prefix.
    public let local: String

    /// Creates a name from its two parts.
    public init(_ local: String, in namespace: String = "") {
        self.namespace = namespace
        self.local = local
    }

    /// The name as `local`, or `{namespace}local`.
    public var description: String { namespace.isEmpty ? local : "{\(namespace)}\(local)" }
}

/// An attribute. References in its value are resolved, and white space becomes spaces (XML 1.0, section 3.3.3).
public struct XMLAttribute: Equatable, Sendable {
    /// The attribute's name.
    public let name: XMLName
    /// The attribute's value.
    public let value: String

    /// Creates an attribute from its parts.
    public init(name: XMLName, value: String) {
        self.name = name
        self.value = value
    }
}

/// The beginning of an element.
public struct XMLElement: Equatable, Sendable {
    /// The element's name.
    public let name: XMLName
    /// The attributes in the order of the input, without namespace declarations.
    public let attributes: [XMLAttribute]
    /// The position of the element's tag.
    public let position: TextPosition

    /// Returns the value of an attribute without a prefix; nil if there is none.
    public subscript(_ local: String) -> String? {
        attributes.first { $0.name.local == local && $0.name.namespace.isEmpty }?.value
    }
}

/// A piece of a document, in the order of the input.
public enum XMLEvent: Equatable, Sendable {
    /// The beginning of an element.
    case start(XMLElement)
    /// The end of the innermost open element.
    case end(XMLName)
    /// Text within an element, in one piece or several.
    case text(String)
}
