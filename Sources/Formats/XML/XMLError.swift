/// An error in an XML document.
public enum XMLError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The construct that is misplaced or malformed.
    public enum Fault: String, Equatable, Sendable {
        /// The declaration at the beginning, or one elsewhere.
        case declaration = "malformed XML declaration"
        /// No element in the whole document.
        case noElement = "no element"
        /// Text, or a second element, outside of the document's element.
        case outside = "content outside of the document's element"
        /// Something that begins no name, or a name with colons where none belong.
        case name = "malformed name"
        /// A tag with something else than attributes in it.
        case tag = "malformed tag"
        /// An attribute without a value in quotes, or with a < in it.
        case attribute = "malformed attribute"
        /// Something that begins with <! and is nothing that is known.
        case markup = "unknown markup"
        /// A comment with -- in it.
        case comment = "malformed comment"
        /// A processing instruction without a target.
        case instruction = "malformed processing instruction"
        /// An & that begins no reference.
        case reference = "malformed reference"
        /// ]]> in a text.
        case sectionEnd = "]]> outside of a CDATA section"
        /// A declaration of a namespace that must not be.
        case namespace = "malformed namespace declaration"
    }

    /// A limited quantity.
    public enum Bound: String, Equatable, Sendable {
        /// Elements within elements.
        case depth
        /// The number of attributes of one element.
        case attributes
        /// Namespaces that are declared at one place.
        case namespaces
        /// Bytes of a name.
        case name
        /// The number of bytes of the names and values of one tag.
        case tag
    }

    /// The input could not be read.
    case unreadable(ReadError)
    /// Something does not stand where it should.
    case malformed(Fault, at: TextPosition)
    /// The input ends before the document does.
    case unexpectedEnd(at: TextPosition)
    /// The end tag at the position ends another element than the one that is open.
    case mismatchedEnd(expected: String, at: TextPosition)
    /// The element has the attribute already.
    case repeatedAttribute(String, at: TextPosition)
    /// No namespace is declared for the prefix.
    case undeclaredPrefix(String, at: TextPosition)
    /// The document is in an encoding that is not known.
    case unsupportedEncoding(String, at: TextPosition)
    /// The document is of an edition of XML that is not known.
    case unsupportedVersion(String, at: TextPosition)
    /// A document type declaration, which is never read.
    case doctype(at: TextPosition)
    /// A reference to another entity than the five that need no declaration.
    case unknownEntity(String, at: TextPosition)
    /// More of something than the limit.
    case beyond(Bound, limit: Int, at: TextPosition)
    /// A character that no document may hold, be it written as a reference.
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

    /// The error in English, for logs.
    public var description: String {
        guard let position else { return reason }
        return "\(position): \(reason)"
    }

    private var reason: String {
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
