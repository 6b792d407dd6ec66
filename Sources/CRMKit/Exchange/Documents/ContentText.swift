import Formats

/// The searchable text of a content: the beginning of its text.
enum ContentText {
    /// The maximum number of bytes of text stored for one content.
    static let most = 1 << 20
    /// The maximum number of bytes of an HTML page that are searched for text.
    private static let mostOfPage = 4 << 20

    /// Returns the text of a content that is text itself or a message, in UTF-8; `nil` for any other type.
    static func text(of reader: ContentReader, as type: MediaType) throws -> [UInt8]? {
        if type == .html || type == .xhtml {
            let page = try plain(reader, atMost: mostOfPage)
            return Array(HTMLText.text(of: page).utf8)
        }
        if type == .message { return Array(try MessageText.text(of: reader).utf8) }
        return type.isText ? try plain(reader, atMost: most) : nil
    }

    private static func plain(_ reader: ContentReader, atMost most: Int) throws -> [UInt8] {
        let bytes = try reader.bytes(atMost: most)
        return UndeclaredText.utf8(of: bytes, isWhole: Int64(bytes.count) == reader.content.size)
    }

    /// Returns a text cut to at most ``most`` bytes, not within a character.
    static func shortened(_ text: [UInt8]) -> [UInt8] {
        guard text.count > most else { return text }
        var end = most
        while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(text[..<end])
    }
}
