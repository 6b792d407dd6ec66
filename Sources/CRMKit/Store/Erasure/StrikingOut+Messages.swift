import Formats
import SQLite

extension StrikingOut {
    /// Deletes the original messages that contain one of the names anywhere, even where no field has the text: in a
    /// header added by a server, in a delivery report, in an alternative, or between the parts.
    mutating func letGoOfNamingMessages() throws {
        for module in store.registry.modules {
            for field in Table(module).messageFields { try letGoOfMessages(in: field, of: module) }
        }
    }

    private mutating func letGoOfMessages(in field: Field, of module: Module) throws {
        let kept = ChangeLog.former(field.key)
        let isKept: SQLFragment = """
            "table_name" = \(bind: .text(module.table)) AND \(ChangeLog.isReadable) AND \(kept) IS NOT NULL
            """
        try store.database.execute("CREATE TABLE \"temp\".\"searched\" (\"id\" INTEGER PRIMARY KEY, \"name\" TEXT)")
        try store.run(
            """
            INSERT INTO "temp"."searched" ("id", "name") SELECT "id", "sha256" FROM "content" WHERE "sha256" IN (\
            SELECT \(name: field.key) FROM \(name: module.table) WHERE \(name: field.key) IS NOT NULL \
            UNION SELECT \(kept) FROM "change" WHERE \(isKept))
            """
        )
        try store.forEachRow { isNext in
            "SELECT \"id\", \"name\" FROM \"temp\".\"searched\" WHERE \(isNext)"
        } _: { _, row in
            guard let name = row[1].text, let content = try store.openContent(name),
                try MessageSearch.finds(names, in: content)
            else { return }
            let ids = try store.database.all(
                fragment: """
                    SELECT "id" FROM \(name: module.table) WHERE \(name: field.key) = \(bind: .text(name)) \
                    UNION SELECT "record" FROM "change" WHERE \(isKept) AND \(kept) = \(bind: .text(name))
                    """
            ).compactMap { $0[0].integer }
            for id in ids { count(StruckPlace(id, in: Table(module), field: nil, .message)) }
            try transaction.letGoOfMessages(SQLFunctions.rows(ids), in: module)
        }
        store.forgetStatements()
        try store.database.execute("DROP TABLE \"temp\".\"searched\"")
    }
}

/// Searches a whole message for the names of a person: its bytes as they came, the texts of all headers, and the texts
/// of all parts.
private final class MessageSearch: MIMEHandler {
    /// What ends the reading of a message in which a name was found.
    private struct Found: Error {}

    private let names: ErasedNames
    /// The part being read, and its bytes so far.
    private var part: MIMEPart?
    private var text = Stretches(size: 8 << 20)

    private init(_ names: ErasedNames) { self.names = names }

    /// Whether a message contains one of the names. One that cannot be read may contain them.
    static func finds(_ names: ErasedNames, in content: ContentReader) throws -> Bool {
        do {
            let search = MessageSearch(names)
            var bytes = Stretches(size: 1 << 20)
            _ = try MIMEParser.read(search) { body in
                try content.forEachPiece { piece in
                    try bytes.append(piece, search.look(atBytes:))
                    try body(piece)
                }
            }
            try bytes.finish(search.look(atBytes:))
            return false
        } catch is Found {
            return true
        } catch let error as CRMError where error.code == .failed {
            return true
        }
    }

    // MARK: - Parts

    func begin(_ part: MIMEPart) throws {
        for text in part.header.texts { try look(at: text) }
        self.part = part.kind == .leaf && !Self.isOfMedia(part) ? part : nil
    }

    func body(_ bytes: UnsafeRawBufferPointer, of index: Int) throws {
        guard let part, part.index == index else { return }
        try text.append(bytes) { try look(at: $0, of: part) }
    }

    func end(_ part: MIMEPart) throws {
        guard self.part?.index == part.index else { return }
        try text.finish { try look(at: $0, of: part) }
        self.part = nil
    }

    /// Whether a part is a picture or a recording, without text to be searched.
    private static func isOfMedia(_ part: MIMEPart) -> Bool {
        ["image/", "audio/", "video/", "font/"].contains(where: part.mediaType.hasPrefix)
    }

    // MARK: - Texts

    private func look(at text: String) throws {
        if names.stand(in: text) { throw Found() }
    }

    /// Searches the bytes of a part. Those of a file that is no text are left to whoever looks into the file.
    private func look(at bytes: [UInt8], of part: MIMEPart) throws {
        let isSigned = part.mediaType.contains("pkcs7")
        if bytes.contains(0), part.contentType["charset"] == nil, !isSigned { return }
        let text = ForeignCharacterSet.text(bytes, label: part.contentType["charset"])
        try look(at: text)
        // Parts such as the header of a message that came back have words encoded as headers do.
        if text.contains("=?") { try look(at: EncodedWords.text(text.utf8)) }
        if part.mediaType == "text/html" { try look(at: HTMLText.text(of: Array(text.utf8))) }
        guard part.contentType["format"]?.lowercased() == "flowed" else { return }
        let deletesSpace = part.contentType["delsp"]?.lowercased() == "yes"
        try look(at: FlowedText.joined(text, deletesSpace: deletesSpace))
    }

    /// Searches the bytes of the message as they came. Lines in Base64 are searched as what they stand for.
    private func look(atBytes bytes: [UInt8]) throws {
        let lines = bytes.split(separator: UInt8(ascii: "\n")).filter { line in
            line.count < Self.longLine || line.contains { !Self.isBase64($0) }
        }
        try look(at: ForeignCharacterSet.text(Array(lines.joined(separator: [UInt8(ascii: "\n")])), label: nil))
    }

    /// The number of bytes from which a line may be of Base64.
    private static let longLine = 60

    private static func isBase64(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || "+/=\r".utf8.contains(byte)
    }
}

/// Bytes that come in pieces and are passed on in stretches. Each begins some lines before the end of the one before, so
/// that what stands across an end is in the next as a whole.
private struct Stretches {
    private let size: Int
    private var bytes: [UInt8] = []

    private static let overlap = 4 << 10

    init(size: Int) { self.size = size }

    mutating func append(_ piece: UnsafeRawBufferPointer, _ body: ([UInt8]) throws -> Void) throws {
        bytes.append(contentsOf: piece)
        guard bytes.count >= size else { return }
        let line = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let end = line > size / 2 ? line : bytes.count
        try body(Array(bytes[..<end]))
        let start = end - Self.overlap
        bytes.removeFirst((bytes[start..<end - 1].firstIndex(of: UInt8(ascii: "\n")) ?? start - 1) + 1)
    }

    mutating func finish(_ body: ([UInt8]) throws -> Void) throws {
        if !bytes.isEmpty { try body(bytes) }
        bytes = []
    }
}
