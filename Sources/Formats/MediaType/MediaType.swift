/// A media type, by which messages and browsers name the format of a file: `application/pdf` (RFC 6838).
public struct MediaType: Sendable, Hashable, CustomStringConvertible {
    /// Type and subtype in lower case, without parameters.
    public let description: String

    /// Reads a declared type, such as `Text/HTML; charset=utf-8`, without its parameters.
    public init(_ text: String) {
        let end = text.firstIndex(of: ";") ?? text.endIndex
        let words = text[..<end].split(whereSeparator: \.isWhitespace)
        description = words.joined().lowercased()
    }

    /// The type of bytes about which nothing is known.
    public static let unknown = MediaType("application/octet-stream")
    /// Plain text.
    public static let plainText = MediaType("text/plain")
    /// An HTML page.
    public static let html = MediaType("text/html")
    /// A PDF document.
    public static let pdf = MediaType("application/pdf")
    /// An XHTML page.
    public static let xhtml = MediaType("application/xhtml+xml")
    /// A mail message (RFC 822).
    public static let message = MediaType("message/rfc822")

    /// The number of bytes at a file's beginning that suffice to recognize its type.
    public static let sniffLength = 4096

    /// Determines the type of a file from its beginning and its name. Unambiguous bytes take precedence. The name
    /// distinguishes types with the same beginning, such as those packed in a ZIP archive, and kinds of text.
    ///
    /// - Parameters:
    ///   - beginning: the first ``telling`` bytes, or all of a shorter file.
    ///   - name: the file's name; `nil` if it has none.
    public init(of beginning: UnsafeRawBufferPointer, named name: String?) {
        let named = name.flatMap(Self.type(ofName:))
        if let mark = FileMark.all.first(where: { $0.marks(beginning) }) {
            if let packed = PackedType(beginning)?.type {
                self = MediaType(packed)
                return
            }
            let isAlike = named.map { mark.isAlso($0) } ?? false
            self = MediaType(isAlike ? named ?? mark.type : mark.type)
        } else if TextLikeness.isText(beginning) {
            if TextLikeness.isHTML(beginning) {
                self = named == Self.xhtml.description ? .xhtml : .html
            } else {
                self = named.map { Self.isOfText($0) } ?? false ? MediaType(named ?? "") : .plainText
            }
        } else {
            // A name that declares text is wrong if the bytes are not text.
            self = named.map { Self.isOfText($0) } ?? true ? .unknown : MediaType(named ?? "")
        }
    }

    /// Whether the type says nothing about the bytes, as programs declare it for unknown files.
    public var isUnspecific: Bool { Self.unspecific.contains(description) || !description.contains("/") }

    private static let unspecific: Set<String> = [
        "application/octet-stream", "application/x-octet-stream", "binary/octet-stream", "application/binary",
        "application/unknown", "application/x-unknown", "unknown/unknown", "application/force-download",
        "application/x-force-download", "application/download", "application/x-download", "application/save",
        "application/x-unknown-content-type", "application/x-unknown-application-octet-stream", "*/*",
    ]

    /// Whether files of the type are text that can be read directly.
    public var isText: Bool { Self.isOfText(description) }

    private static func isOfText(_ type: String) -> Bool {
        type.hasPrefix("text/") || type.hasSuffix("+xml") || type.hasSuffix("+json") || textual.contains(type)
    }

    private static let textual: Set<String> = [
        "application/json", "application/xml", "application/javascript", "application/sql", "application/x-sh",
        "application/yaml", "application/toml", "message/rfc822", "application/jsonl",
    ]

    private static func type(ofName name: String) -> String? {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        let ending = name[name.index(after: dot)...].lowercased()
        return names.first { $0.ending == ending }?.type
    }

    /// The known file name extensions with their types. The first extension of a type is the one to use for it. Source:
    /// the IANA registry, and the usual names for types by RFC 6838 (https://www.iana.org/assignments/media-types).
    private static let names: [(ending: String, type: String)] = [
        ("txt", "text/plain"), ("text", "text/plain"), ("log", "text/plain"), ("md", "text/markdown"),
        ("csv", "text/csv"), ("tsv", "text/tab-separated-values"), ("html", "text/html"), ("htm", "text/html"),
        ("xhtml", "application/xhtml+xml"), ("css", "text/css"), ("ics", "text/calendar"), ("vcf", "text/vcard"),
        ("rtf", "application/rtf"), ("xml", "application/xml"), ("json", "application/json"),
        ("jsonl", "application/jsonl"), ("yaml", "application/yaml"), ("yml", "application/yaml"),
        ("toml", "application/toml"), ("js", "application/javascript"), ("sql", "application/sql"),
        ("sh", "application/x-sh"), ("eml", "message/rfc822"), ("mbox", "application/mbox"),
        ("pdf", "application/pdf"), ("ps", "application/postscript"), ("eps", "application/postscript"),
        ("doc", "application/msword"), ("xls", "application/vnd.ms-excel"),
        ("ppt", "application/vnd.ms-powerpoint"), ("msg", "application/vnd.ms-outlook"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("odt", "application/vnd.oasis.opendocument.text"),
        ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("odp", "application/vnd.oasis.opendocument.presentation"), ("epub", "application/epub+zip"),
        ("zip", "application/zip"), ("jar", "application/java-archive"), ("gz", "application/gzip"),
        ("tgz", "application/gzip"), ("bz2", "application/x-bzip2"), ("xz", "application/x-xz"),
        ("zst", "application/zstd"), ("7z", "application/x-7z-compressed"), ("rar", "application/vnd.rar"),
        ("tar", "application/x-tar"), ("png", "image/png"), ("jpg", "image/jpeg"), ("jpeg", "image/jpeg"),
        ("gif", "image/gif"), ("webp", "image/webp"), ("bmp", "image/bmp"), ("tif", "image/tiff"),
        ("tiff", "image/tiff"), ("svg", "image/svg+xml"), ("heic", "image/heic"), ("ico", "image/vnd.microsoft.icon"),
        ("mp3", "audio/mpeg"), ("m4a", "audio/mp4"), ("ogg", "audio/ogg"), ("opus", "audio/ogg"),
        ("flac", "audio/flac"), ("wav", "audio/wav"), ("mp4", "video/mp4"), ("m4v", "video/mp4"),
        ("mov", "video/quicktime"), ("webm", "video/webm"), ("mkv", "video/matroska"), ("avi", "video/x-msvideo"),
        ("dwg", "image/vnd.dwg"), ("dxf", "image/vnd.dxf"), ("sqlite", "application/vnd.sqlite3"),
        ("db", "application/vnd.sqlite3"), ("p7m", "application/pkcs7-mime"),
        ("p7s", "application/pkcs7-signature"), ("cer", "application/pkix-cert"), ("key", "application/octet-stream"),
    ]
}
