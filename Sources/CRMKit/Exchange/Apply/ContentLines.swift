import Formats
import Localization

/// Opens the file with the bytes of a content, by its SHA-256.
public typealias ContentFiles = (_ sha256: String) throws -> RawSource

/// Restores contents from the lines of an export.
final class ContentLines {
    private let transaction: Transaction
    private let openFile: ContentFiles?
    /// The content whose pieces are incomplete.
    private var open: (sha256: String, size: Int64, taken: Int64, writer: ContentWriter)?

    /// - Parameter openFile: opens the files of contents whose bytes are stored beside the lines; `nil` if no folder is
    ///   known.
    init(openingBy openFile: ContentFiles?, in transaction: Transaction) {
        self.openFile = openFile
        self.transaction = transaction
    }

    /// Adds the piece of a line.
    ///
    /// - Returns: whether this completes a new content.
    /// - Throws: ``LineFault`` for a malformed piece, and for one that is not the next of its content.
    func take(_ members: [JSONMember]) throws -> Bool {
        let sha256 = try text(ContentLine.key, members)
        let size = try number(ContentLine.size, members)
        if ContentLine.isOfFile(members) { return try takeFile(sha256, members, size) }
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
        return try finish(current.writer, sha256, members, size)
    }

    /// Stores a content whose bytes are in a file; the file of a content already in the database is not read.
    private func takeFile(_ sha256: String, _ members: [JSONMember], _ size: Int64) throws -> Bool {
        try discard()
        // Only a SHA-256 is used as a file name, so that input cannot choose another file.
        guard sha256.utf8.count == 64, sha256.utf8.allSatisfy({ $0.isDigit || (0x61...0x66).contains($0) }) else {
            throw LineFault(
                field: ContentLine.key,
                value: sha256,
                cause: ValueError(en: "is not a SHA-256", es: "no es un SHA-256")
            )
        }
        if try transaction.store.openContent(sha256) != nil { return false }
        guard let openFile else {
            throw LineFault(
                field: ContentLine.key,
                value: nil,
                cause: ValueError(
                    en: "its bytes are in a folder beside: name it with --content-folder",
                    es: "sus bytes están en una carpeta aparte: indicarla con --content-folder"
                ),
                // The same holds for all contents, and is told once.
                isOfName: true
            )
        }
        let writer = transaction.contentWriter()
        do {
            try openFile(sha256).forEachPiece(of: StoredContent.pieceSize) { try writer.append($0) }
        } catch {
            try writer.discard()
            throw error
        }
        return try finish(writer, sha256, members, size)
    }

    private func finish(
        _ writer: ContentWriter,
        _ sha256: String,
        _ members: [JSONMember],
        _ size: Int64
    ) throws -> Bool {
        guard let isNew = try writer.finish(expecting: sha256) else {
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
    /// - Throws: ``LineFault`` if the last content is incomplete.
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
