/// The bytes by which files of a type are recognized (WHATWG MIME Sniffing section 6; the magic file of file(1)).
struct FileMark: Sendable {
    /// The recognized type.
    let type: String
    /// The offset of the bytes in the file.
    let offset: Int
    let bytes: [UInt8]
    /// The beginnings or endings of other types whose files have the same bytes. For these the file's name decides.
    let alike: [String]

    private init(_ type: String, _ bytes: [UInt8], at offset: Int = 0, alike: [String] = []) {
        self.type = type
        self.offset = offset
        self.bytes = bytes
        self.alike = alike
    }

    private init(_ type: String, _ text: StaticString, at offset: Int = 0, alike: [String] = []) {
        self.init(type, text.withUTF8Buffer { Array($0) }, at: offset, alike: alike)
    }

    /// Returns whether a file with this beginning has the mark.
    func marks(_ beginning: UnsafeRawBufferPointer) -> Bool {
        guard beginning.count >= offset + bytes.count else { return false }
        return beginning[offset..<offset + bytes.count].elementsEqual(bytes)
    }

    /// Returns whether files of a type also have the mark.
    func isAlso(_ type: String) -> Bool { alike.contains { type.hasPrefix($0) || type.hasSuffix($0) } }

    static let all: [FileMark] = [
        FileMark("application/pdf", "%PDF-"), FileMark("application/postscript", "%!PS"),
        FileMark("image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        FileMark("image/jpeg", [0xFF, 0xD8, 0xFF]), FileMark("image/gif", "GIF8"),
        FileMark("image/webp", "WEBP", at: 8), FileMark("audio/wav", "WAVE", at: 8),
        FileMark("video/x-msvideo", "AVI ", at: 8),
        FileMark("image/tiff", [0x49, 0x49, 0x2A, 0x00]), FileMark("image/tiff", [0x4D, 0x4D, 0x00, 0x2A]),
        FileMark(
            "application/zip",
            [0x50, 0x4B, 0x03, 0x04],
            alike: [
                "application/vnd.openxmlformats-", "application/vnd.oasis.", "+zip", "application/java-archive",
            ]
        ),
        FileMark("application/zip", [0x50, 0x4B, 0x05, 0x06]),
        FileMark(
            "application/x-ole-storage",
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            alike: ["application/msword", "application/vnd.ms-"]
        ),
        FileMark("application/gzip", [0x1F, 0x8B]), FileMark("application/x-bzip2", "BZh"),
        FileMark("application/x-xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
        FileMark("application/zstd", [0x28, 0xB5, 0x2F, 0xFD]),
        FileMark("application/x-7z-compressed", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        FileMark("application/vnd.rar", "Rar!"), FileMark("application/x-tar", "ustar", at: 257),
        FileMark("application/rtf", "{\\rtf"), FileMark("audio/mpeg", "ID3"),
        FileMark("audio/mpeg", [0xFF, 0xFB]), FileMark("audio/flac", "fLaC"), FileMark("audio/ogg", "OggS"),
        FileMark("video/mp4", "ftyp", at: 4, alike: ["audio/mp4", "video/quicktime", "image/heic"]),
        FileMark("video/matroska", [0x1A, 0x45, 0xDF, 0xA3], alike: ["video/webm"]),
        FileMark("application/vnd.sqlite3", "SQLite format 3\0"),
        FileMark("image/svg+xml", "<svg"),
        FileMark("text/calendar", "BEGIN:VCALENDAR"), FileMark("text/vcard", "BEGIN:VCARD"),
        FileMark("application/xml", "<?xml", alike: ["+xml", "text/xml", "text/html"]),
    ]
}

/// The recognition of text and of its kind.
enum TextLikeness {
    /// Returns whether a file with this beginning is text: without control characters except line ends, tabs and
    /// escape, in UTF-8 or a single-byte encoding, or in UTF-16 with a byte order mark.
    static func isText(_ beginning: UnsafeRawBufferPointer) -> Bool {
        if beginning.starts(with: [0xFF, 0xFE]) || beginning.starts(with: [0xFE, 0xFF]) { return true }
        return !beginning.contains { byte in
            byte < 0x20 && !(0x09...0x0D).contains(byte) && byte != 0x1B || byte == 0x7F
        }
    }

    /// Returns whether a text begins like an HTML page (WHATWG MIME Sniffing section 7.1).
    static func isHTML(_ beginning: UnsafeRawBufferPointer) -> Bool {
        let marked = beginning.starts(with: ByteSource.byteOrderMark) ? beginning.dropFirst(3) : beginning[...]
        let text = marked.drop(while: \.isBlank).prefix(longest)
        let lowered = text.map(\.asciiLowercased)
        return beginnings.contains { lowered.starts(with: $0.utf8) }
    }

    private static let beginnings = [
        "<!doctype html", "<html", "<head", "<body", "<title", "<table", "<div", "<p>", "<h1",
    ]
    private static let longest = 16
}
