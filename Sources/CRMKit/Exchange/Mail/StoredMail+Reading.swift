import Formats
import Localization

extension StoredMail {
    /// Returns a reader of the original bytes of the message.
    ///
    /// - Throws: ``CRMError`` `notFound` if only the message's fields are stored.
    public func raw(in store: Store) throws(CRMError) -> ContentReader {
        guard let sha256 else {
            throw CRMError(
                .notFound,
                Text(
                    en: "email \(id) has no message here: only its fields are kept",
                    es: "el email \(id) no tiene aquí su mensaje: solo se guardan sus campos"
                ),
                module: .email,
                reference: "\(id)"
            )
        }
        return try store.requiredContent(sha256)
    }

    /// Returns the people in a header field; none when only the fields of the message are stored.
    ///
    /// - Parameter name: the name of the header field in lower case: `reply-to`.
    public func people(_ name: String, in store: Store) throws -> [MailAddress] {
        guard let sha256, let content = try store.openContent(sha256) else { return [] }
        do {
            let reading = MessageReading(looking: { throw HeaderRead(header: $0) }, storing: { nil })
            try MIMEParser.read(reading, unquotesFrom: isQuoted, content.forEachPiece)
            return []
        } catch let read as HeaderRead {
            return read.header.values(name).flatMap { MailAddress.list($0) }
        }
    }

    /// Passes the decoded bytes of an attachment to a closure in pieces.
    ///
    /// - Parameter number: the number of the attachment, from 1.
    /// - Throws: ``CRMError`` `notFound` if there is none with that number, or its contents are not stored; what the
    ///   body throws.
    public func attachment(
        _ number: Int,
        in store: Store,
        _ body: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard attachments.indices.contains(number - 1) else { throw noAttachment(number) }
        if let content = try sha256.flatMap({ try store.openContent($0) }) {
            let picking = AttachmentPicking(number: number, body: body)
            let picked = try MIMEParser.read(picking, unquotesFrom: isQuoted, content.forEachPiece)
            if picked.seen >= number { return }
        }
        // If the message is not stored, the document of the attachment may be.
        guard let document = attachments[number - 1].document, let sha256 = try store.document(document).sha256 else {
            _ = try raw(in: store)
            throw noAttachment(number)
        }
        try store.requiredContent(sha256).forEachPiece(body)
    }

    /// Returns the attachments with the types and sizes that they came with, also those whose documents were revised or
    /// deleted.
    public func attachmentsAsTheyCame(in store: Store) throws -> [Attachment] {
        guard attachments.contains(where: \.isReplaced), let sha256, let content = try store.openContent(sha256) else {
            return attachments
        }
        let reading = MessageReading(looking: { _ in }, storing: { nil })
        let parts = try MIMEParser.read(reading, unquotesFrom: isQuoted, content.forEachPiece).attachments
        return attachments.enumerated().map { index, file in
            guard file.isReplaced, parts.indices.contains(index), parts[index].name == file.name else { return file }
            return Attachment(
                name: file.name,
                mediaType: CodeType.cleaned(parts[index].mediaType.description),
                size: parts[index].size,
                document: file.document,
                isReplaced: true
            )
        }
    }

    /// Returns the first HTML page among the text parts of the message.
    ///
    /// - Returns: `nil` when there is none.
    public func page(in store: Store) throws -> String? {
        let content = try raw(in: store)
        let picked = try MIMEParser.read(PagePicking(), unquotesFrom: isQuoted, content.forEachPiece)
        return picked.part.map { MessageText.page(picked.bytes, of: $0) }
    }

    private func noAttachment(_ number: Int) -> CRMError {
        let count = attachments.count
        return CRMError(
            .notFound,
            Text(en: "email \(id) has no attachment \(number)", es: "el email \(id) no tiene el adjunto \(number)"),
            hint: count == 0
                ? Text(en: "it has none", es: "no tiene ninguno")
                : Text(en: "they are numbered from 1 to \(count)", es: "van numerados del 1 al \(count)"),
            module: .email,
            reference: "\(id)"
        )
    }
}

/// The error that ends the reading of a message after its header.
private struct HeaderRead: Error {
    let header: MailHeader
}

/// Passes the bytes of one attachment to a closure.
private final class AttachmentPicking: MIMEHandler {
    let number: Int
    let body: (UnsafeRawBufferPointer) throws -> Void
    private(set) var seen = 0
    private var part: Int?

    init(number: Int, body: @escaping (UnsafeRawBufferPointer) throws -> Void) {
        (self.number, self.body) = (number, body)
    }

    func begin(_ part: MIMEPart) throws {
        guard part.isAttachment else { return }
        seen += 1
        if seen == number { self.part = part.index }
    }

    func body(_ bytes: UnsafeRawBufferPointer, of part: Int) throws {
        if part == self.part { try body(bytes) }
    }

    func end(_ part: MIMEPart) throws {}
}

/// Collects the bytes of the first HTML page that is not an attachment, up to a maximum length.
private final class PagePicking: MIMEHandler {
    private(set) var part: MIMEPart?
    private(set) var bytes: [UInt8] = []
    private static let longest = 4 << 20

    func begin(_ part: MIMEPart) throws {
        if self.part == nil, part.isInlineText, part.mediaType == "text/html" { self.part = part }
    }

    func body(_ bytes: UnsafeRawBufferPointer, of part: Int) throws {
        if part == self.part?.index { self.bytes.append(contentsOf: bytes.prefix(Self.longest - self.bytes.count)) }
    }

    func end(_ part: MIMEPart) throws {}
}

extension Module {
    /// Whether the records of the module are messages.
    public var takesMail: Bool { name == .email }
}
