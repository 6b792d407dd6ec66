import Formats
import SQLite

/// Takes in the bytes of one content as they come, in the memory of one piece, and knows its name once all have come.
///
/// What fits into one piece is stored only if no other content is equal. Pieces of a longer one are stored under a number
/// of its own before its name is known, and are taken away again where the name turns out to be another's. Several may be
/// written by turns. A writer that is let go without ``finish()`` or ``discard()`` leaves pieces that nothing names, which
/// the next pruning removes.
public final class ContentWriter {
    private let store: Store
    private var hash = SHA256()
    private var piece: [UInt8] = []
    private var size: Int64 = 0
    /// The number of the content, once a piece is stored.
    private var id: Int64?
    private var pieces: Int64 = 0

    init(_ store: Store) {
        self.store = store
        // At once what it may come to hold: one that grows is copied again and again, and what is not touched costs nothing.
        piece.reserveCapacity(StoredContent.pieceSize)
    }

    /// What names the bytes that have come so far.
    public var sha256: String { hash.hexadecimal }

    /// Adds bytes.
    ///
    /// - Throws: ``CRMError`` where the database cannot take them, or the work is to stop.
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

    /// Stores what has come, unless an equal content is stored already.
    ///
    /// - Parameter heals: whether what is stored is read, and what has come takes its place where it is damaged.
    /// - Returns: the content, and whether it is new to the database. Nothing more can be added.
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

    /// Stores what has come where its SHA-256 is the one that is told of it, else nothing.
    ///
    /// - Returns: whether an equal content is new to the database; `nil` where the hash is another.
    func finish(expecting sha256: String) throws(CRMError) -> Bool? {
        guard hash.hexadecimal == sha256 else {
            try discard()
            return nil
        }
        return try finish(healing: true).isNew
    }

    /// Takes away what was stored so far.
    public func discard() throws(CRMError) {
        try store.translating { try discardPieces() }
    }

    /// Gives a content that is damaged the pieces that have come.
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

    /// Makes the row of the content, complete where all has come: most contents are of one piece.
    private func makeContent(_ content: StoredContent? = nil) throws -> Int64 {
        let insert = try store.statement("INSERT INTO \"content\" (\"sha256\", \"size\") VALUES (?, ?)")
        try insert.run([content.map { .text($0.sha256) } ?? .null, .integer(content?.size ?? 0)])
        return store.database.lastInsertedRowID
    }
}

extension Transaction {
    /// What takes in one content piece by piece, as a parser finds it.
    public func contentWriter() -> ContentWriter { ContentWriter(store) }

    /// Takes in what a body gives piece by piece; where the body throws, nothing of it stays.
    ///
    /// - Parameter heals: as in ``ContentWriter/finish(healing:)``.
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

    /// Takes in all that a source gives.
    public func storeContent(from source: RawSource) throws -> (content: StoredContent, isNew: Bool) {
        try storeContent { writer in
            try source.forEachPiece(of: StoredContent.pieceSize) { try writer.append($0) }
        }
    }

    /// Takes in bytes in memory.
    public func storeContent(_ bytes: [UInt8]) throws -> (content: StoredContent, isNew: Bool) {
        try storeContent { try $0.append(bytes) }
    }
}
