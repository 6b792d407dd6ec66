/// The name of an element or an attribute (Namespaces in XML 1.0).
public struct XMLName: Hashable, Sendable, CustomStringConvertible {
    /// The URI of the namespace; empty when there is none.
    public let namespace: String
    /// The name without a prefix.
    public let local: String

    /// A name given by its two parts.
    public init(_ local: String, in namespace: String = "") {
        self.namespace = namespace
        self.local = local
    }

    /// `local`, or `{namespace}local`.
    public var description: String { namespace.isEmpty ? local : "{\(namespace)}\(local)" }
}

/// An attribute, its value without references and with spaces for white space (XML 1.0, section 3.3.3).
public struct XMLAttribute: Equatable, Sendable {
    /// The attribute's name.
    public let name: XMLName
    /// The attribute's value.
    public let value: String

    /// An attribute given by its parts.
    public init(name: XMLName, value: String) {
        self.name = name
        self.value = value
    }
}

/// The beginning of an element.
public struct XMLElement: Equatable, Sendable {
    /// The element's name.
    public let name: XMLName
    /// In the order of the input, declarations of namespaces left out.
    public let attributes: [XMLAttribute]
    /// The position at which the element's tag begins.
    public let position: TextPosition

    /// The value of an attribute without a prefix; nil where there is none.
    public subscript(_ local: String) -> String? {
        attributes.first { $0.name.local == local && $0.name.namespace.isEmpty }?.value
    }
}

/// A piece of a document, in the order of the input.
public enum XMLEvent: Equatable, Sendable {
    /// An element begins.
    case start(XMLElement)
    /// The element that began last, and has not ended, ends.
    case end(XMLName)
    /// Text within an element, in one piece or several.
    case text(String)
}
