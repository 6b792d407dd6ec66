import Formats
import Localization

/// Contents as lines of an export: a line for each piece, in order, the bytes in base64 (RFC 4648 section 4).
///
///     {"content":"9f86d0…","size":300000,"offset":0,"base64":"…"}
///     {"content":"9f86d0…","size":300000,"offset":262144,"base64":"…","text":"…"}
///
/// The last piece brings what of the text can be looked for, where something can.
enum ContentLine {
    /// The SHA-256 of the whole.
    static let key = "content"
    /// How many bytes the whole has.
    static let size = "size"
    /// How many bytes of it come before.
    static let offset = "offset"
    /// The bytes.
    static let bytes = "base64"
    /// What of its text can be looked for.
    static let text = "text"

    /// Writes all contents that rows name, in the order of their names.
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

/// Takes contents back from such lines.
final class ContentLines {
    private let transaction: Transaction
    /// The content of which pieces have come and others are to come.
    private var open: (sha256: String, size: Int64, taken: Int64, writer: ContentWriter)?

    init(in transaction: Transaction) { self.transaction = transaction }

    /// Takes a piece.
    ///
    /// - Returns: whether the database has a content more by it.
    /// - Throws: ``LineFault`` for one that is malformed, or is not the next of its content.
    func take(_ members: [JSONMember]) throws -> Bool {
        let sha256 = try text(ContentLine.key, members)
        let size = try number(ContentLine.size, members)
        let offset = try number(ContentLine.offset, members)
        let encoded = try text(ContentLine.bytes, members)
        guard let bytes = Base64.decode(encoded.utf8) else {
            throw LineFault(
                field: ContentLine.bytes,
                value: nil,
                cause: ValueError(en: "is not base64", es: "no es base64")
            )
        }
        if offset == 0 {
            try discard()
            open = (sha256, size, 0, transaction.contentWriter())
        }
        guard let current = open, current.sha256 == sha256, current.size == size, current.taken == offset,
            current.taken + Int64(bytes.count) <= size
        else {
            try discard()
            throw LineFault(
                field: ContentLine.offset,
                value: "\(offset)",
                cause: ValueError(
                    en: "is not the next piece of the content",
                    es: "no es la parte siguiente del contenido"
                )
            )
        }
        try current.writer.append(bytes)
        let taken = current.taken + Int64(bytes.count)
        open?.taken = taken
        guard taken == size else { return false }
        open = nil
        guard let isNew = try current.writer.finish(expecting: sha256) else {
            throw LineFault(
                field: ContentLine.key,
                value: sha256,
                cause: ValueError(en: "is not the SHA-256 of the bytes", es: "no es el SHA-256 de los bytes")
            )
        }
        if isNew, case .string(let text)? = members.first(where: { $0.name == ContentLine.text })?.value {
            let content = StoredContent(sha256: sha256, size: size)
            try transaction.setText(ContentText.shortened(Array(text.utf8)), of: content)
        }
        return isNew
    }

    /// Ends the input.
    ///
    /// - Throws: ``ValueError`` for a content of which pieces are missing.
    func finish() throws {
        guard let sha256 = open?.sha256 else { return }
        try discard()
        throw LineFault(
            field: ContentLine.key,
            value: sha256,
            cause: ValueError(en: "lacks its last pieces", es: "no tiene sus últimas partes")
        )
    }

    private func discard() throws {
        try open?.writer.discard()
        open = nil
    }

    private func text(_ key: String, _ members: [JSONMember]) throws -> String {
        guard case .string(let text)? = members.first(where: { $0.name == key })?.value else {
            throw LineFault(field: key, value: nil, cause: ValueError(en: "must be a text", es: "debe ser un texto"))
        }
        return text
    }

    private func number(_ key: String, _ members: [JSONMember]) throws -> Int64 {
        guard let value = members.first(where: { $0.name == key })?.value, let text = try value.cellText(),
            let number = Int64(text), number >= 0
        else {
            throw LineFault(
                field: key,
                value: nil,
                cause: ValueError(en: "must be a whole number", es: "debe ser un número entero")
            )
        }
        return number
    }
}
