import Formats

/// An attachment of a message.
struct ReadAttachment {
    /// The name, without folders and invisible characters.
    private(set) var name: String
    private(set) var mediaType: MediaType
    let contentID: String?
    var content: StoredContent?
    /// The number of bytes.
    private(set) var size: Int64 = 0
    private let number: Int
    /// The first bytes, collected when the message does not state a specific type.
    private var beginning: [UInt8]?

    init(_ part: MIMEPart, number: Int) {
        name = AttachmentName.name(of: part, number: number)
        mediaType = MediaType(part.mediaType)
        contentID = part.contentID
        self.number = number
        if mediaType.isUnspecific { beginning = [] }
    }

    /// Counts bytes, and collects the first ones.
    mutating func look(at bytes: UnsafeRawBufferPointer) {
        size += Int64(bytes.count)
        guard let known = beginning, known.count < MediaType.sniffLength else { return }
        beginning?.append(contentsOf: bytes.prefix(MediaType.sniffLength - known.count))
    }

    /// Determines the type from the file's name and bytes when the message does not state it.
    mutating func settle() {
        guard let bytes = beginning else { return }
        beginning = nil
        let isMade = name == AttachmentName.made(of: mediaType, number: number)
        mediaType = bytes.withUnsafeBytes { MediaType(of: $0, named: isMade ? nil : name) }
        if isMade { name = AttachmentName.made(of: mediaType, number: number) }
    }
}

/// Reads a message into what is stored: the information in its header, its text and its attachments, whose bytes are
/// stored as they arrive.
final class MessageReading: MIMEHandler {
    private(set) var header = MailHeader.empty
    private(set) var text = MessageText()
    private(set) var attachments: [ReadAttachment] = []
    /// The delivery report that the message contains, if any.
    private(set) var delivery = DeliveryReportReading()
    /// Whether there are more parts, or deeper ones, than are read.
    private(set) var isIncomplete = false
    /// The attachments being read, by part: the position among the attachments, and the writer of the contents.
    private var open: [Int: (place: Int, writer: ContentWriter?)] = [:]
    /// Examines the header before anything of the message is stored; an error it throws ends the reading.
    private let look: (MailHeader) throws -> Void
    /// Returns a writer for an attachment; `nil` when attachments are not stored.
    private let makeWriter: () -> ContentWriter?

    init(looking look: @escaping (MailHeader) throws -> Void, storing makeWriter: @escaping () -> ContentWriter?) {
        (self.look, self.makeWriter) = (look, makeWriter)
    }

    func begin(_ part: MIMEPart) throws {
        if part.index == 0 {
            header = part.header
            try look(header)
        }
        text.begin(part)
        delivery.begin(part)
        guard part.isAttachment else { return }
        open[part.index] = (attachments.count, makeWriter())
        attachments.append(ReadAttachment(part, number: attachments.count + 1))
    }

    func body(_ bytes: UnsafeRawBufferPointer, of part: Int) throws {
        delivery.append(bytes, of: part)
        if let file = open[part] {
            attachments[file.place].look(at: bytes)
            try file.writer?.append(bytes)
        }
        text.append(bytes, of: part)
    }

    func end(_ part: MIMEPart) throws {
        text.end(part)
        guard let file = open.removeValue(forKey: part.index) else { return }
        attachments[file.place].settle()
        attachments[file.place].content = try file.writer?.finish().content
    }

    func endIncomplete() { isIncomplete = true }
}

extension MessageText {
    /// Returns the subject and the text of a stored message.
    static func text(of content: ContentReader) throws -> String {
        let reading = MessageReading(looking: { _ in }, storing: { nil })
        let message = try MIMEParser.read(reading, content.forEachPiece)
        return "\(message.header.text("subject") ?? "")\n\(message.text.text)"
    }
}

/// The name under which an attachment is stored.
enum AttachmentName {
    /// Returns the last component of the path that a part gives as its name, cleaned; for a part without a name, one
    /// made from its number and type.
    static func name(of part: MIMEPart, number: Int) -> String {
        let given = part.fileName.map(clean) ?? ""
        if !given.isEmpty { return given }
        if part.kind == .message { return "message-\(number).eml" }
        return made(of: MediaType(part.mediaType), number: number)
    }

    /// Returns a name made from the number and the type alone.
    static func made(of mediaType: MediaType, number: Int) -> String {
        let type = mediaType.description.split(separator: "/").last.map(String.init) ?? ""
        return
            "attachment-\(number).\(extensions[mediaType.description] ?? (plainTypes.contains(type) ? type : "bin"))"
    }

    /// Returns the usable part of a name from outside; empty if there is none.
    static func clean(_ name: String) -> String {
        let text = FileName.safe(name, otherwise: "").trimmed
        return text.allSatisfy { $0 == "_" || $0 == "." } ? "" : text
    }

    private static let extensions = [
        "text/calendar": "ics", "text/plain": "txt", "message/delivery-status": "txt", "text/rfc822-headers": "txt",
        "image/jpeg": "jpg", "application/pgp-signature": "asc", "application/pkcs7-signature": "p7s",
        "text/vcard": "vcf", "text/x-vcard": "vcf", "application/zip": "zip", "message/rfc822": "eml",
    ]
    private static let plainTypes: Set<String> = ["html", "png", "gif", "pdf", "webp", "csv", "xml", "json", "rtf"]
}
