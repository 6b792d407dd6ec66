import Formats

/// The readable text of a message, from its text parts.
///
/// Among alternatives, plain text is preferred to the text of an HTML page, unless it says next to nothing of what the
/// page says: then both are the text. Messages within the message follow, each
/// under its subject and sender.
struct MessageText {
    private struct Piece {
        let part: MIMEPart
        var bytes: [UInt8] = []
        /// The heading above the piece.
        var heading: String?

        var isPage: Bool { part.mediaType == "text/html" }
        var isBlank: Bool { bytes.allSatisfy { $0 <= 0x20 } }
    }

    private var pieces: [Piece] = []
    /// The pages in whose place there is plain text.
    private var pages: [Piece] = []
    /// The open parts with alternatives, each with the number of pieces before it.
    private var alternatives: [(part: Int, start: Int)] = []
    /// The heading for the next piece.
    private var heading: String?

    /// The maximum number of bytes of all parts that are collected, and of the resulting text.
    private static let longest = 4 << 20
    private static let longestText = 1 << 20
    /// The greatest number of bytes of a plain text that may only point to the page.
    private static let longestPointer = 400
    private var isCut = false

    mutating func begin(_ part: MIMEPart) {
        if part.mediaType == "multipart/alternative" { alternatives.append((part.index, pieces.count)) }
        if part.isEmbedded, part.header.value("from") != nil || part.header.value("subject") != nil {
            let lines = ["from", "date", "subject"].compactMap { part.header.text($0) }
            heading = "----- " + lines.joined(separator: " | ") + " -----\n"
        }
        guard part.isInlineText else { return }
        pieces.append(Piece(part: part, heading: heading))
        heading = nil
    }

    /// Adds bytes to the last text part.
    mutating func append(_ bytes: UnsafeRawBufferPointer, of part: Int) {
        guard let last = pieces.last, last.part.index == part else { return }
        let room = Self.longest - pieces.reduce(0) { $0 + $1.bytes.count }
        isCut = isCut || bytes.count > room
        pieces[pieces.count - 1].bytes.append(contentsOf: bytes.prefix(max(room, 0)))
    }

    mutating func end(_ part: MIMEPart) {
        guard let open = alternatives.last, open.part == part.index else { return }
        alternatives.removeLast()
        let choices = pieces[open.start...]
        guard choices.contains(where: { $0.isPage && !$0.isBlank }) else { return }
        let plain = choices.filter { !$0.isPage && !$0.isBlank }
        let choice = Array(choices)
        guard plain.isEmpty || !Self.points(plain, to: choice.filter(\.isPage)) else { return }
        pieces.removeSubrange(open.start...)
        pieces += choice.filter { $0.isPage == plain.isEmpty }
        for page in choice where page.isPage && !plain.isEmpty {
            let room = Self.longest - pages.reduce(0) { $0 + $1.bytes.count }
            if page.bytes.count <= room { pages.append(page) }
        }
    }

    /// Returns whether a plain text has few of the words of the pages beside it: `Vea la versión HTML`.
    private static func points(_ plain: [Piece], to pages: [Piece]) -> Bool {
        guard plain.reduce(0, { $0 + $1.bytes.count }) <= longestPointer else { return false }
        func words(_ pieces: [Piece]) -> WordSet {
            WordSet(pieces.map { String(decoding: text(of: $0).text, as: UTF8.self) }.joined(separator: "\n"))
        }
        return words(plain).holdsFew(of: words(pages))
    }

    /// The text of the pages in whose place there is plain text.
    var pageText: String {
        pages.map { String(decoding: Self.text(of: $0).text, as: UTF8.self) }.joined(separator: "\n")
    }

    /// Returns the text with line feeds and without control characters, whether it was cut off, and the doubts about
    /// the charsets that its parts name.
    func read() -> (text: String, isCut: Bool, doubts: [CharacterSetDoubt]) {
        var doubts: [CharacterSetDoubt] = []
        var whole: [UInt8] = []
        for piece in pieces where !piece.isBlank {
            let (text, doubt) = Self.text(of: piece)
            if let doubt { doubts.append(doubt) }
            if !whole.isEmpty { whole.append(UInt8(ascii: "\n")) }
            whole.append(contentsOf: (piece.heading ?? "").utf8)
            whole.append(contentsOf: text)
        }
        return (whole.withUnsafeBufferPointer(Self.clean), isCut || whole.count > Self.longestText, doubts)
    }

    /// The text, cut off at the maximum length.
    var text: String { read().text }

    /// Returns the text of a piece in UTF-8.
    private static func text(of piece: Piece) -> (text: [UInt8], doubt: CharacterSetDoubt?) {
        let type = piece.part.contentType
        let label = type["charset"] ?? (piece.isPage ? declaredCharset(in: piece.bytes) : nil)
        let (text, doubt) = ForeignCharacterSet.utf8(of: piece.bytes, label: label)
        if piece.isPage { return (HTMLText.bytes(of: text), doubt) }
        guard type["format"]?.lowercased() == "flowed" else { return (text, doubt) }
        let joined = FlowedText.joined(
            String(decoding: text, as: UTF8.self),
            deletesSpace: type["delsp"]?.lowercased() == "yes"
        )
        return (Array(joined.utf8), doubt)
    }

    /// Returns an HTML page, decoded by the charset of its part or, if the part names none, by the one that the page
    /// declares.
    static func page(_ bytes: [UInt8], of part: MIMEPart) -> String {
        ForeignCharacterSet.text(bytes, label: part.contentType["charset"] ?? declaredCharset(in: bytes))
    }

    /// Returns the charset that a page declares in its first bytes (HTML Standard, section 13.2.3.2).
    private static func declaredCharset(in page: [UInt8]) -> String? {
        let beginning = String(decoding: page.prefix(1024), as: UTF8.self).lowercased()
        guard let mark = beginning.firstRange(of: "charset=") else { return nil }
        let value = beginning[mark.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
        return String(value.prefix { $0.isLetter || $0.isNumber || "-_:.".contains($0) })
    }

    /// Returns the text with single line feeds, without other control characters (C2 80 to C2 9F are those of C1 in
    /// UTF-8), with line feeds for the line and paragraph separators (E2 80 A8 and A9), and cut off at the maximum
    /// length.
    private static func clean(_ text: UnsafeBufferPointer<UInt8>) -> String {
        var clean: [UInt8] = []
        clean.reserveCapacity(min(text.count, longestText))
        var previous: UInt8 = 0
        var next = 0
        while next < text.count {
            // Most of a text consists of runs of printable ASCII, which are copied whole.
            let run = text[next...].prefix { $0 >= 0x20 && $0 < 0x7F }
            if !run.isEmpty {
                clean.append(contentsOf: run.prefix(max(0, longestText - clean.count)))
                (previous, next) = (text[run.endIndex - 1], run.endIndex)
                continue
            }
            let byte = text[next]
            // The cut is before a character of which not all bytes fit.
            if byte & 0xC0 != 0x80, clean.count + length(ofCharacterFrom: byte) > longestText { break }
            defer { (previous, next) = (byte, next + 1) }
            switch byte {
            case 0x0A where previous == 0x0D: continue
            case 0x0D: clean.append(0x0A)
            case 0x09, 0x0A: clean.append(byte)
            case ..<0x20, 0x7F: continue
            case 0x80...0x9F where previous == 0xC2: clean.removeLast()
            case 0xA8...0xA9 where clean.suffix(2).elementsEqual([0xE2, 0x80]):
                clean.removeLast(2)
                clean.append(0x0A)
            default: clean.append(byte)
            }
        }
        while let last = clean.last, last == 0x0A || last == 0x20 || last == 0x09 { clean.removeLast() }
        return String(decoding: clean.drop { $0 == 0x0A }, as: UTF8.self)
    }

    /// Returns the number of bytes in UTF-8 of a character that begins with a byte.
    private static func length(ofCharacterFrom lead: UInt8) -> Int {
        switch lead {
        case 0xF0...: 4
        case 0xE0...: 3
        case 0xC0...: 2
        default: 1
        }
    }
}
