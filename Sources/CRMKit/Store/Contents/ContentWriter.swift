import Formats
import SQLite

/// Stores the bytes of one content as they arrive, holding only one piece in memory. The content's name, its hash, is
/// known at the end.
///
/// A content that fits into one piece is only stored when no equal one exists. Pieces of a longer one are stored under
/// an id of their own before its name is known, and are deleted again when an equal content exists. Several contents
/// may be written alternately. A writer released without ``finish()`` or ``discard()`` leaves pieces that nothing
/// refers to, which the next pruning removes.
public final class ContentWriter {
    private let store: Store
    private var hash = SHA256()
    private var piece: [UInt8] = []
    private var size: Int64 = 0
    /// The row id of the content, once a piece is stored.
    private var id: Int64?
    private var pieces: Int64 = 0

    init(_ store: Store) {
        self.store = store
        // The capacity is reserved at once, since growing would copy the bytes again and again. Untouched memory costs
        // nothing.
        piece.reserveCapacity(StoredContent.pieceSize)
    }

    /// The hash of the bytes so far.
    public var sha256: String { hash.hexadecimal }

    /// Adds bytes.
    ///
    /// - Throws: ``CRMError`` if the database cannot store the bytes, or if the work is to stop.
    public func append(_ bytes: UnsafeRawBufferPointer) throws(CRMError) {
        try store.translating {
            hash.update(bytes)
            size += Int64(bytes.count)
            var rest = bytes[...]
            while !rest.isEmpty {
                if piece.count == StoredContent.pieceSize {
                    try store.checkStop()
                    try writePiece()
                }
                let next = rest.prefix(StoredContent.pieceSize - piece.count)
                piece.append(contentsOf: next)
                rest = rest.dropFirst(next.count)
            }
        }
    }

    /// Adds bytes.
    public func append(_ bytes: [UInt8]) throws(CRMError) {
        let outcome = bytes.withUnsafeBytes { bytes in Result { () throws(CRMError) in try append(bytes) } }
        try outcome.get()
    }

    /// Stores the bytes, unless an equal content is stored already. No more bytes can be added afterwards.
    ///
    /// - Parameter heals: whether a stored equal content is verified, and replaced if it is damaged.
    /// - Returns: the content, and whether it is new to the database.
    public func finish(healing heals: Bool = false) throws(CRMError) -> (content: StoredContent, isNew: Bool) {
        let content = StoredContent(sha256: hash.hexadecimal, size: size)
        return try store.translating {
            if let stored = try store.contentID(content.sha256) {
                if heals, try store.verifyContent(content.sha256) != .sound { try replacePieces(of: stored) }
                try discardPieces()
                return (content, false)
            }
            try store.checkStop()
            if let id {
                if !piece.isEmpty { try writePiece() }
                try store.run(
                    """
                    UPDATE "content" SET "sha256" = \(bind: .text(content.sha256)), "size" = \(bind: .integer(size)) \
                    WHERE "id" = \(bind: .integer(id))
                    """
                )
            } else {
                id = try makeContent(content)
                if !piece.isEmpty { try writePiece() }
            }
            return (content, true)
        }
    }

    /// Stores the bytes if their SHA-256 is the expected one, and otherwise discards them.
    ///
    /// - Returns: whether the content is new to the database; `nil` when the hash differs.
    func finish(expecting sha256: String) throws(CRMError) -> Bool? {
        guard hash.hexadecimal == sha256 else {
            try discard()
            return nil
        }
        return try finish(healing: true).isNew
    }

    /// Deletes what was stored so far.
    public func discard() throws(CRMError) {
        try store.translating { try discardPieces() }
    }

    /// Replaces the pieces of a damaged content by the new ones.
    private func replacePieces(of stored: Int64) throws {
        if !piece.isEmpty { try writePiece() }
        try store.run("DELETE FROM \"content_piece\" WHERE \"content\" = \(bind: .integer(stored))")
        if let id {
            try store.run(
                """
                UPDATE "content_piece" SET "content" = \(bind: .integer(stored)) WHERE "content" = \(bind: .integer(id))
                """
            )
        }
        try store.run(
            "UPDATE \"content\" SET \"size\" = \(bind: .integer(size)) WHERE \"id\" = \(bind: .integer(stored))"
        )
    }

    private func discardPieces() throws {
        piece = []
        guard let id else { return }
        try store.run("DELETE FROM \"content_piece\" WHERE \"content\" = \(bind: .integer(id))")
        try store.run("DELETE FROM \"content\" WHERE \"id\" = \(bind: .integer(id))")
        self.id = nil
    }

    private func writePiece() throws {
        let id = try self.id ?? makeContent()
        self.id = id
        let insert = try store.statement(
            "INSERT INTO \"content_piece\" (\"content\", \"number\", \"bytes\") VALUES (?, ?, ?)"
        )
        defer {
            insert.reset()
            insert.clearBindings()
        }
        try insert.bind(id, at: 1)
        try insert.bind(pieces, at: 2)
        try piece.withUnsafeBytes { bytes in
            try insert.bindBorrowed(blob: bytes, at: 3)
            _ = try insert.step()
        }
        pieces += 1
        piece.removeAll(keepingCapacity: true)
    }

    /// Creates the row of a content, with its hash if all bytes are known: most contents fit into one piece.
    private func makeContent(_ content: StoredContent? = nil) throws -> Int64 {
        let insert = try store.statement("INSERT INTO \"content\" (\"sha256\", \"size\") VALUES (?, ?)")
        try insert.run([content.map { .text($0.sha256) } ?? .null, .integer(content?.size ?? 0)])
        return store.database.lastInsertedRowID
    }
}

extension Transaction {
    /// Returns a writer for one content whose bytes arrive piece by piece.
    public func contentWriter() -> ContentWriter { ContentWriter(store) }

    /// Stores the content that a closure writes piece by piece. If the closure throws, nothing is stored.
    ///
    /// - Parameter heals: see ``ContentWriter/finish(healing:)``.
    /// - Returns: the content, and whether it is new to the database.
    public func storeContent(
        healing heals: Bool = false,
        _ body: (ContentWriter) throws -> Void
    ) throws -> (content: StoredContent, isNew: Bool) {
        let writer = contentWriter()
        do {
            try body(writer)
        } catch {
            try writer.discard()
            throw error
        }
        return try writer.finish(healing: heals)
    }

    /// Stores bytes in memory.
    public func storeContent(_ bytes: [UInt8]) throws -> (content: StoredContent, isNew: Bool) {
        try storeContent { try $0.append(bytes) }
    }
}
