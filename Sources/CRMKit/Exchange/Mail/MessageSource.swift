import Formats

/// The bytes of a message that is being imported, in memory or stored.
struct MessageSource {
    private let bytes: [UInt8]
    private let content: ContentReader?
    let isQuoted: Bool

    init(_ bytes: [UInt8], _ stored: StoredContent?, isQuoted: Bool, in store: Store) throws {
        self.bytes = bytes
        self.isQuoted = isQuoted
        content = try stored.map { try store.requiredContent($0.sha256) }
    }

    /// Passes the bytes to a closure in pieces.
    func read(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        if let content { try content.forEachUnverifiedPiece(body) } else { try bytes.withUnsafeBytes(body) }
    }

    /// Returns the hash that identifies the message.
    func essence() throws -> String { try MessageEssence.of(isQuoted: isQuoted, read) }

    /// Returns the hash that identifies a message without an id; `nil` if nothing in it does.
    func essenceWithoutID() throws -> String? { try MessageEssence.ofUnnamed(isQuoted: isQuoted, read) }

    /// Whether the message has lines beginning with `From ` that the mbox quotes.
    func hasQuotedLines() throws -> Bool {
        guard isQuoted else { return false }
        var isFound = false
        try read { piece in isFound = isFound || piece.holdsQuotedFrom }
        return isFound
    }
}
