/// A part of a message, or the message as a whole (RFC 2045, RFC 2046).
public struct MIMEPart: Sendable {
    /// The kind of content of a part.
    public enum Kind: Sendable, Equatable {
        /// Bytes, such as a text or a file.
        case leaf
        /// A container of other parts.
        case multipart
        /// A message with parts of its own. Its body is its unchanged bytes, unless it is inside another message part.
        case message
    }

    /// The part's index in the order in which parts begin, from 0.
    public let index: Int
    /// The index of the enclosing part; `nil` for the message itself.
    public let parent: Int?
    /// The number of enclosing parts.
    public let depth: Int
    /// The kind of content.
    public let kind: Kind
    /// The part's header; for the message, the header of the message.
    public let header: MailHeader
    /// Content-Type: the type and subtype in lower case, separated by a slash, and the parameters.
    public let contentType: HeaderParameters
    /// The type in lower case; if it is missing or malformed, `text/plain`, or `message/rfc822` in a digest.
    public let mediaType: String
    /// Content-Disposition; `nil` if there is none.
    public let disposition: HeaderParameters?
    /// Whether the part belongs to an embedded message.
    public let isEmbedded: Bool

    init(
        index: Int,
        parent: Int?,
        depth: Int,
        header: MailHeader,
        contentType: HeaderParameters,
        mediaType: String,
        kind: Kind,
        isEmbedded: Bool = false
    ) {
        (self.index, self.parent, self.depth, self.header, self.kind) = (index, parent, depth, header, kind)
        self.isEmbedded = isEmbedded
        (self.contentType, self.mediaType) = (contentType, mediaType)
        disposition = header.value("content-disposition").map(HeaderParameters.init)
    }

    /// The file name of the part as written, which may be unsafe: that of Content-Disposition, otherwise that of
    /// Content-Type.
    public var fileName: String? {
        let name = disposition?["filename"] ?? contentType["name"]
        return name == "" ? nil : name
    }

    /// The Content-ID without its angle brackets, by which other parts refer to it (RFC 2392).
    public var contentID: String? {
        guard let text = header.text("content-id") else { return nil }
        let id = text.trimmingAngles
        return id.isEmpty ? nil : id
    }

    /// Whether the part is shown as text of the message: a plain or HTML text not marked as a file, or one marked as
    /// inline.
    public var isInlineText: Bool {
        guard kind == .leaf, mediaType == "text/plain" || mediaType == "text/html" else { return false }
        return disposition?.value == "inline" || disposition?.value != "attachment" && fileName == nil
    }

    /// Whether the part is an attachment: anything that is not shown as text or has a file name, or a whole embedded
    /// message.
    public var isAttachment: Bool {
        switch kind {
        case .leaf: !isInlineText || fileName != nil
        case .message: !isEmbedded
        case .multipart: false
        }
    }
}

extension String {
    /// The text, such as a message id, without blanks and angle brackets around it.
    var trimmingAngles: String {
        var text = self[...]
        while let first = text.first, first == "<" || first.isWhitespace { text = text.dropFirst() }
        while let last = text.last, last == ">" || last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}

/// A handler for the parts of a message while it is parsed. Parts begin in order, and inner parts begin and end within
/// their container.
public protocol MIMEHandler: AnyObject {
    /// Handles the beginning of a part, whose header has been read.
    func begin(_ part: MIMEPart) throws
    /// Handles decoded bytes of a part's body, which are valid only during the call.
    func body(_ bytes: UnsafeRawBufferPointer, of part: Int) throws
    /// Handles the end of a part.
    func end(_ part: MIMEPart) throws
    /// Handles the end of a message of which not all parts were passed on: there are too many, or they are too deep.
    func endIncomplete()
}

extension MIMEHandler {
    /// Does nothing.
    public func endIncomplete() {}
}
