import Formats
import Localization

/// Contents as lines of an export. Either there is a line for each piece, in order, with the bytes in base64 (RFC 4648
/// section 4). Or the bytes are files in a separate folder, and each content has one line without bytes.
///
///     {"content":"9f86d0…","size":300000,"offset":0,"base64":"…"}
///     {"content":"9f86d0…","size":300000,"offset":262144,"base64":"…","text":"…"}
///     {"content":"9f86d0…","size":300000,"text":"…"}
///
/// The last line of each content has its searchable text, if there is any.
enum ContentLine {
    /// The SHA-256 of the whole content.
    static let key = "content"
    /// The size of the whole content in bytes.
    static let size = "size"
    /// The offset of the piece in the content, in bytes.
    static let offset = "offset"
    /// The bytes of the piece, in base64.
    static let bytes = "base64"
    /// The text of the content for searching.
    static let text = "text"

    /// Whether a line is about a content whose bytes are a file in a folder.
    static func isOfFile(_ members: [JSONMember]) -> Bool {
        !members.contains { $0.name == bytes || $0.name == offset }
    }

    /// Writes a line for each content that rows refer to, in the order of their hashes, without bytes.
    ///
    /// - Parameter keep: called with each content, to store its bytes elsewhere.
    static func write(contentsOf store: Store, to sink: ByteSink, keeping keep: (ContentReader) throws -> Void) throws {
        try store.forEachNamedContent { sha256, size in
            guard size != nil, let reader = try store.openContent(sha256) else { return }
            try keep(reader)
            var json = JSONWriter(sink)
            try json.beginObject()
            try json.key(key)
            try json.string(sha256)
            try json.key(Self.size)
            try json.number(reader.content.size)
            if let text = try store.text(of: sha256) {
                try json.key(Self.text)
                try json.string(text)
            }
            try json.endObject()
            try json.endLine()
        }
    }

    /// Writes the lines of all contents that rows refer to, in the order of their hashes, with their bytes.
    static func write(contentsOf store: Store, to sink: ByteSink) throws {
        try store.forEachNamedContent { sha256, size in
            guard size != nil, let reader = try store.openContent(sha256) else { return }
            var offset: Int64 = 0
            let whole = reader.content.size
            func line(_ piece: UnsafeRawBufferPointer) throws {
                var json = JSONWriter(sink)
                try json.beginObject()
                try json.key(key)
                try json.string(sha256)
                for (key, value) in [(Self.size, whole), (Self.offset, offset)] {
                    try json.key(key)
                    try json.number(value)
                }
                try json.key(bytes)
                try json.string(Base64.encode(piece))
                offset += Int64(piece.count)
                if offset == whole, let text = try store.text(of: sha256) {
                    try json.key(Self.text)
                    try json.string(text)
                }
                try json.endObject()
                try json.endLine()
            }
            try reader.forEachPiece(line)
            if whole == 0 { try line(UnsafeRawBufferPointer(start: nil, count: 0)) }
        }
    }
}
