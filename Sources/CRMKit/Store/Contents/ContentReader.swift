import Formats
import SQLite

/// Reads the bytes of one content, a piece at a time, in order or from any position.
///
/// Contents never change, so pieces that are read at different times belong together even if others write in between.
public final class ContentReader {
    /// The content to read.
    public let content: StoredContent
    private let store: Store
    private let id: Int64

    init(_ content: StoredContent, id: Int64, in store: Store) {
        (self.content, self.id, self.store) = (content, id, store)
    }

    /// Calls a closure with all bytes in order, piece by piece; they are valid only during the call. What is written from
    /// them can be relied on once the function returns.
    ///
    /// - Throws: ``CRMError`` `configuration` if a piece of the content is missing or has another length, or after the last
    ///   piece if the bytes have another hash than the content is named by; what the body throws.
    public func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var hash = SHA256()
        try forEachUnverifiedPiece { piece in
            hash.update(piece)
            try body(piece)
        }
        if hash.hexadecimal != content.sha256 { throw CRMError.damagedContent(content.sha256) }
    }

    /// Calls a closure with all bytes in order, as ``forEachPiece(_:)`` does, but without comparing their hash.
    func forEachUnverifiedPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try forEachPiece(in: 0..<content.size, body)
    }

    /// Calls a closure with a range of the bytes, piece by piece; the range may extend beyond the end.
    public func forEachPiece(in range: Range<Int64>, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let range = range.clamped(to: 0..<content.size)
        if range.isEmpty { return }
        let size = Int64(StoredContent.pieceSize)
        for number in range.lowerBound / size...(range.upperBound - 1) / size {
            try store.checkStop()
            let start = number * size
            let wanted = range.clamped(to: start..<min(start + size, content.size))
            try withPiece(number) { piece in
                try body(
                    UnsafeRawBufferPointer(
                        rebasing: piece[Int(wanted.lowerBound - start)..<Int(wanted.upperBound - start)]
                    )
                )
            }
        }
    }

    /// Returns all bytes, or only the first `most` of them.
    ///
    /// - Parameter most: the maximum number of bytes.
    public func bytes(atMost most: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(most, Int(clamping: content.size)))
        try forEachPiece(in: 0..<Int64(most)) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// Calls a closure with a piece, which is valid only during the call; the closure may read the content too.
    private func withPiece(_ number: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        // Several readers may alternate, so a statement is taken out of the cache while it holds a piece.
        let rows = try store.translating {
            try store.idlePieceRead
                ?? store.database.prepare(
                    "SELECT \"bytes\" FROM \"content_piece\" WHERE \"content\" = ? AND \"number\" = ?",
                    persistent: true
                )
        }
        store.idlePieceRead = nil
        defer {
            rows.reset()
            store.idlePieceRead = rows
        }
        try store.translating {
            try rows.bind(id, at: 1)
            try rows.bind(number, at: 2)
            guard try rows.step() else { throw CRMError.damagedContent(content.sha256) }
        }
        let piece = rows.blobBytes(at: 0)
        let size = Int64(StoredContent.pieceSize)
        guard Int64(piece.count) == min(size, content.size - number * size) else {
            throw CRMError.damagedContent(content.sha256)
        }
        try body(piece)
    }
}

extension Store {
    /// Returns the row id of the content with a hash; `nil` when it is not stored.
    func contentID(_ sha256: String) throws -> Int64? {
        let rows = try statement("SELECT \"id\" FROM \"content\" WHERE \"sha256\" = ?")
        defer { rows.reset() }
        try rows.bind(sha256, at: 1)
        return try rows.step() ? rows.integer(at: 0) : nil
    }

    /// Returns the reader of the content with a hash.
    ///
    /// - Returns: `nil` when the database does not have it.
    public func openContent(_ sha256: String) throws(CRMError) -> ContentReader? {
        try translating {
            let rows = try statement("SELECT \"id\", \"size\" FROM \"content\" WHERE \"sha256\" = ?")
            defer { rows.reset() }
            try rows.bind(sha256, at: 1)
            guard try rows.step() else { return nil }
            return ContentReader(
                StoredContent(sha256: sha256, size: rows.integer(at: 1)),
                id: rows.integer(at: 0),
                in: self
            )
        }
    }

    /// Returns the reader of the content with a hash.
    ///
    /// - Throws: ``CRMError`` `notFound` when the database does not have it.
    public func requiredContent(_ sha256: String) throws(CRMError) -> ContentReader {
        guard let reader = try openContent(sha256) else { throw .missingContent(sha256) }
        return reader
    }

    /// Whether any content has a size. If none has, a file of that size cannot be stored already, and need not be
    /// hashed first.
    public func hasContent(ofSize size: Int64) throws(CRMError) -> Bool {
        try translating {
            try database.scalar("SELECT 1 FROM \"content\" WHERE \"size\" = ? LIMIT 1", [.integer(size)]) != nil
        }
    }

    /// Reads all bytes of a content and compares their hash with its name.
    public func verifyContent(_ sha256: String) throws(CRMError) -> StoredContent.Verdict {
        try translating {
            guard let reader = try openContent(sha256) else { return .missing }
            var hash = SHA256()
            var size: Int64 = 0
            do {
                try reader.forEachUnverifiedPiece { piece in
                    hash.update(piece)
                    size += Int64(piece.count)
                }
            } catch let error as CRMError where error.code == .configuration {
                return .damaged(sha256: hash.hexadecimal, size: size)
            }
            return hash.hexadecimal == sha256 ? .sound : .damaged(sha256: hash.hexadecimal, size: size)
        }
    }
}
