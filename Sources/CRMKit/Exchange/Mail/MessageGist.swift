import Formats

/// The contents that copies of a message have in common. A mailing list adds its name to the subject and a footer to
/// the text, redirects replies to itself and removes attachments; servers rewrite addresses.
final class MessageGist: MIMEHandler {
    private var header = MailHeader.empty
    private var text = MessageText()
    private var hashes: [Int: SHA256] = [:]
    /// The SHA-256 of each attachment.
    private var files: Set<String> = []

    func begin(_ part: MIMEPart) throws {
        if part.index == 0 { header = part.header }
        text.begin(part)
        if part.isAttachment { hashes[part.index] = SHA256() }
    }

    func body(_ bytes: UnsafeRawBufferPointer, of part: Int) throws {
        hashes[part]?.update(bytes)
        text.append(bytes, of: part)
    }

    func end(_ part: MIMEPart) throws {
        text.end(part)
        if let hash = hashes.removeValue(forKey: part.index) { files.insert(hash.hexadecimal) }
    }

    /// Returns the gist of a message.
    static func of(
        isQuoted: Bool,
        _ read: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws -> MessageGist {
        try MIMEParser.read(MessageGist(), unquotesFrom: isQuoted, read)
    }

    /// Whether the message is a copy of a stored one with the same id, without anything that the stored one lacks.
    func isCopy(of kept: MessageGist) -> Bool {
        guard let date, date == kept.date, files.isSubset(of: kept.files) else { return false }
        guard pagesAddNothing(to: kept) else { return false }
        if isOfList || kept.isOfList {
            guard Self.subject(of: header) == Self.subject(of: kept.header) else { return false }
            // A mailing list adds text before or after the original.
            let (own, others) = (words, kept.words)
            return isOfList && own.firstIndex(of: others, from: 0) != nil
                || kept.isOfList && others.firstIndex(of: own, from: 0) != nil
        }
        return header.text("subject") == kept.header.text("subject")
            && ["from", "to", "cc", "reply-to"].allSatisfy { addresses($0) == kept.addresses($0) }
            && words == kept.words
    }

    /// Whether the pages beside the text say nothing that a stored message lacks.
    private func pagesAddNothing(to kept: MessageGist) -> Bool {
        let (own, others) = (Self.words(of: text.pageText), Self.words(of: kept.text.pageText))
        if own == others || own.count == 1 { return true }
        // The stored message may have only the text, which the page repeats in its own form.
        if others.count == 1 { return WordSet(text.pageText).isSubset(of: WordSet(kept.text.text)) }
        return isOfList && own.firstIndex(of: others, from: 0) != nil
            || kept.isOfList && others.firstIndex(of: own, from: 0) != nil
    }

    /// A test for whether a message with some text may be the same mail.
    var likeness: (String) -> Bool {
        let own = words
        return { kept in
            let others = Self.words(of: kept)
            return own.firstIndex(of: others, from: 0) != nil || others.firstIndex(of: own, from: 0) != nil
        }
    }

    // MARK: - Components

    private var date: Int64? { header.value("date").flatMap { MailDate($0) }?.seconds }

    /// Whether the message came through a mailing list (RFC 2369, RFC 2919).
    private var isOfList: Bool {
        ["list-id", "list-post", "mailing-list", "x-mailing-list"].contains { header.value($0) != nil }
    }

    private func addresses(_ field: String) -> Set<String> {
        Set(header.values(field).flatMap { MailAddress.list($0) }.map { EmailAddress.matchKey(for: $0.address) })
    }

    /// The words of the text, each between spaces.
    private var words: [UInt8] { Self.words(of: text.text) }

    private static func words(of text: String) -> [UInt8] {
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.isEmpty ? [UInt8(ascii: " ")] : Array(" \(words.joined(separator: " ")) ".utf8)
    }

    /// Returns the subject without the names of mailing lists: `[ventas] Hola`.
    private static func subject(of header: MailHeader) -> String {
        var rest = MailSubject(header.text("subject") ?? "").base[...]
        while rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
            rest = MailSubject(String(rest[rest.index(after: end)...])).base[...]
        }
        return String(rest)
    }
}
