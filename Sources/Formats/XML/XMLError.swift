/// An error in an XML document.
public enum XMLError: FormatError, Equatable {
    /// The construct that is misplaced or malformed.
    public enum Fault: String, Equatable, Sendable {
        /// The XML declaration is malformed, or not at the beginning.
        case declaration = "malformed XML declaration"
        /// No element in the whole document.
        case noElement = "no element"
        /// Text, or a second element, outside the document's element.
        case outside = "content outside of the document's element"
        /// Something other than a name, or a name with misplaced colons.
        case name = "malformed name"
        /// A tag that contains something other than attributes.
        case tag = "malformed tag"
        /// An attribute without a quoted value, or with a < in it.
        case attribute = "malformed attribute"
        /// Unknown markup that begins with <!.
        case markup = "unknown markup"
        /// A comment with -- in it.
        case comment = "malformed comment"
        /// A processing instruction without a target.
        case instruction = "malformed processing instruction"
        /// An & that does not begin a reference.
        case reference = "malformed reference"
        /// ]]> in a text.
        case sectionEnd = "]]> outside of a CDATA section"
        /// A namespace declaration that is not allowed.
        case namespace = "malformed namespace declaration"
    }

    /// A limited quantity.
    public enum Bound: String, Equatable, Sendable {
        /// The depth of nested elements.
        case depth
        /// The number of attributes of one element.
        case attributes
        /// The number of namespaces declared at one place.
        case namespaces
        /// The number of bytes of a name.
        case name
        /// The number of bytes of the names and values of one tag.
        case tag
    }

    /// The input could not be read.
    case unreadable(ReadError)
    /// The construct at the position is misplaced or malformed.
    case malformed(Fault, at: TextPosition)
    /// The input ends before the document does.
    case unexpectedEnd(at: TextPosition)
    /// The end tag at the position does not match the open element.
    case mismatchedEnd(expected: String, at: TextPosition)
    /// The element already has the attribute.
    case repeatedAttribute(String, at: TextPosition)
    /// No namespace is declared for the prefix.
    case undeclaredPrefix(String, at: TextPosition)
    /// The encoding of the document is unknown.
    case unsupportedEncoding(String, at: TextPosition)
    /// The version of XML is unknown.
    case unsupportedVersion(String, at: TextPosition)
    /// A document type declaration, which is never read.
    case doctype(at: TextPosition)
    /// A reference to an entity other than the five predefined ones.
    case unknownEntity(String, at: TextPosition)
    /// A quantity exceeds its limit.
    case beyond(Bound, limit: Int, at: TextPosition)
    /// A character that no document may contain, not even as a reference.
    case invalidCharacter(UInt32, at: TextPosition)
    /// A byte that is not part of well-formed UTF-8, or that the encoding of a decoded input does not define.
    case invalidUTF8(UInt8, at: TextPosition)

    /// The position of the error; nil when the input could not be read.
    public var position: TextPosition? {
        switch self {
        case .unreadable: nil
        case .malformed(_, let position), .unexpectedEnd(let position), .mismatchedEnd(_, let position),
            .repeatedAttribute(_, let position), .undeclaredPrefix(_, let position),
            .unsupportedEncoding(_, let position), .unsupportedVersion(_, let position), .doctype(let position),
            .unknownEntity(_, let position), .beyond(_, _, let position), .invalidCharacter(_, let position),
            .invalidUTF8(_, let position):
            position
        }
    }

    /// What is wrong, in English.
    public var reason: String {
        switch self {
        case .unreadable(let error): error.description
        case .malformed(let fault, _): fault.rawValue
        case .unexpectedEnd: "unexpected end"
        case .mismatchedEnd(let name, _): "end of another element than '\(name)'"
        case .repeatedAttribute(let name, _): "second attribute '\(name)'"
        case .undeclaredPrefix(let prefix, _): "undeclared prefix '\(prefix)'"
        case .unsupportedEncoding(let name, _): "unknown encoding '\(name)'"
        case .unsupportedVersion(let version, _): "unknown version '\(version)'"
        case .doctype: "document type declaration"
        case .unknownEntity(let name, _): "unknown entity '\(name)'"
        case .beyond(let bound, let limit, _): "more than \(limit): \(bound.rawValue)"
        case .invalidCharacter(let scalar, _): "invalid character U+\(String(scalar, radix: 16))"
        case .invalidUTF8(let byte, _): "invalid UTF-8, byte 0x\(String(byte, radix: 16))"
        }
    }
}
