/// One of the parts that a message is made of, the whole of it among them (RFC 2045, RFC 2046).
public struct MIMEPart: Sendable {
    /// What a part holds.
    public enum Kind: Sendable, Equatable {
        /// Bytes: a text, a file.
        case leaf
        /// Other parts.
        case multipart
        /// A message with parts of its own. Its bytes as they stand are given as its body if it is in no other such part.
        case message
    }

    /// Its place among the parts in the order in which they begin, from 0.
    public let index: Int
    /// The part that it belongs to; `nil` for the message itself.
    public let parent: Int?
    /// How many parts it is in.
    public let depth: Int
    /// What it holds.
    public let kind: Kind
    /// Its header; that of the message is the message's.
    public let header: MailHeader
    /// Content-Type: the type and the subtype in lower case, with a slash between them, and the parameters.
    public let contentType: HeaderParameters
    /// The type in lower case, `text/plain` where there is none or a malformed one.
    public let mediaType: String
    /// Content-Disposition, where there is one.
    public let disposition: HeaderParameters?
    /// Whether it belongs to a message within the message.
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

    /// The file name of the part as it was written, safe or not: the one in Content-Disposition, else the one in Content-Type.
    public var fileName: String? {
        let name = disposition?["filename"] ?? contentType["name"]
        return name == "" ? nil : name
    }

    /// Content-ID without its brackets, by which other parts name it (RFC 2392).
    public var contentID: String? {
        guard let text = header.text("content-id") else { return nil }
        let id = text.trimmingAngles
        return id.isEmpty ? nil : id
    }

    /// Whether it is shown as part of the message: a text that is not said to be a file, or that is said to be shown.
    public var isInlineText: Bool {
        guard kind == .leaf, mediaType == "text/plain" || mediaType == "text/html" else { return false }
        return disposition?.value == "inline" || disposition?.value != "attachment" && fileName == nil
    }

    /// Whether it is a file that came with the message: what is no text to be shown or has a name beside, and a message
    /// within it as a whole.
    public var isAttachment: Bool {
        switch kind {
        case .leaf: !isInlineText || fileName != nil
        case .message: !isEmbedded
        case .multipart: false
        }
    }
}

extension String {
    /// A message id or the like without blanks and angle brackets around it.
    var trimmingAngles: String {
        var text = self[...]
        while let first = text.first, first == "<" || first.isWhitespace { text = text.dropFirst() }
        while let last = text.last, last == ">" || last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}

/// What hears of the parts of a message as they are read. Parts begin in order; those in a part begin and end within it.
public protocol MIMEHandler: AnyObject {
    /// A part begins, its header read.
    func begin(_ part: MIMEPart) throws
    /// Bytes of a part's body, decoded; they are valid until this returns.
    func body(_ bytes: UnsafeRawBufferPointer, of part: Int) throws
    /// A part has ended.
    func end(_ part: MIMEPart) throws
}
