import Formats

/// A file that came with a message.
struct ReadAttachment {
    /// A name without folders and without characters that do not show.
    let name: String
    let mediaType: String
    let contentID: String?
    var content: StoredContent?
}

/// Reads a message into what is kept of it: what its header says, its text, and its files, whose bytes go where they are
/// stored as they come.
struct MessageReading: MIMEHandler {
    private(set) var header = MailHeader.empty
    private(set) var text = MessageText()
    private(set) var attachments: [ReadAttachment] = []
    /// The files whose bytes come, by part.
    private var open: [Int: (place: Int, writer: ContentWriter?)] = [:]
    /// Looks at the header before anything of the message is kept; what it throws ends the reading.
    private let look: (MailHeader) throws -> Void
    /// Makes what stores a file; gives none where files are passed over.
    private let makeWriter: () -> ContentWriter?

    init(looking look: @escaping (MailHeader) throws -> Void, storing makeWriter: @escaping () -> ContentWriter?) {
        (self.look, self.makeWriter) = (look, makeWriter)
    }

    mutating func begin(_ part: MIMEPart) throws {
        if part.index == 0 {
            header = part.header
            try look(header)
        }
        text.begin(part)
        guard part.isAttachment else { return }
        open[part.index] = (attachments.count, makeWriter())
        attachments.append(
            ReadAttachment(
                name: AttachmentName.name(of: part, number: attachments.count + 1),
                mediaType: part.mediaType,
                contentID: part.contentID
            )
        )
    }

    mutating func body(_ bytes: UnsafeRawBufferPointer, of part: Int) throws {
        if let file = open[part] {
            try file.writer?.append(bytes)
        } else {
            text.append(bytes, of: part)
        }
    }

    mutating func end(_ part: MIMEPart) throws {
        text.end(part)
        guard let file = open.removeValue(forKey: part.index), let writer = file.writer else { return }
        attachments[file.place].content = try writer.finish().content
    }
}

/// The name under which a file of a message is kept.
enum AttachmentName {
    private static let longest = 200

    /// The last piece of the path that a part gives for a name, without what a file cannot be called; one by its place and
    /// type where it gives none.
    static func name(of part: MIMEPart, number: Int) -> String {
        let given = part.fileName.map(clean) ?? ""
        if !given.isEmpty { return given }
        if part.kind == .message { return "message-\(number).eml" }
        let type = part.mediaType.split(separator: "/").last.map(String.init) ?? ""
        return "attachment-\(number).\(extensions[part.mediaType] ?? (plainTypes.contains(type) ? type : "bin"))"
    }

    /// What is left of a name that comes from outside.
    static func clean(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
        var scalars = String.UnicodeScalarView()
        for scalar in last.unicodeScalars {
            let category = scalar.properties.generalCategory
            if [.control, .format, .lineSeparator, .paragraphSeparator].contains(category) { continue }
            scalars.append(scalar)
        }
        let text = String(scalars).trimmed
        if text.allSatisfy({ $0 == "." }) { return "" }
        guard text.utf8.count > longest else { return text }
        // What says of what kind it is stays.
        let ending = text.split(separator: ".").last.map { ".\($0)" } ?? ""
        let kept = ending.utf8.count < 20 && ending.utf8.count < text.utf8.count ? ending : ""
        var beginning = text.dropLast(kept.count)
        while beginning.utf8.count + kept.utf8.count > longest { beginning = beginning.dropLast() }
        return beginning + kept
    }

    private static let extensions = [
        "text/calendar": "ics", "text/plain": "txt", "message/delivery-status": "txt", "text/rfc822-headers": "txt",
        "image/jpeg": "jpg", "application/pgp-signature": "asc", "application/pkcs7-signature": "p7s",
        "text/vcard": "vcf", "text/x-vcard": "vcf", "application/zip": "zip", "message/rfc822": "eml",
    ]
    private static let plainTypes: Set<String> = ["html", "png", "gif", "pdf", "webp", "csv", "xml", "json", "rtf"]
}
