import Formats
import Localization

/// A file stored in the database: its content and the facts from its bytes and its name.
public struct FiledFile: Sendable {
    /// The bytes.
    public let content: StoredContent
    /// The media type of the content.
    public let mediaType: MediaType
    /// The file's name; `nil` when it has none.
    public let name: String?

    /// The inputs for the fields of a document.
    var inputs: [FieldInput] {
        [
            FieldInput("file_name", .set(name ?? "")), FieldInput("media_type", .set(mediaType.description)),
            FieldInput("size", .set("\(content.size)")), FieldInput("sha256", .set(content.sha256)),
        ]
    }
}

/// Stores files as documents, within one transaction, holding only a piece of a file in memory.
public struct DocumentFiling {
    /// Extracts the text of a file with another program: given its type, its name and its content, returns UTF-8, or
    /// `nil` when there is no text.
    public typealias Extraction = (MediaType, String?, ContentReader) throws -> [UInt8]?

    private let transaction: Transaction
    private let extract: Extraction
    private let module: Module
    private var store: Store { transaction.store }

    /// - Parameter extract: returns the text of files whose format the program cannot read itself.
    public init(in transaction: Transaction, extractingBy extract: @escaping Extraction = { _, _, _ in nil }) {
        self.transaction = transaction
        self.extract = extract
        module = transaction.store.registry[.document]
    }

    /// Stores a file, and its text for searching.
    ///
    /// - Parameter name: the name of the file, which may be a path on another system.
    /// - Throws: `ReadError` for a file that cannot be read; ``CRMError``.
    public func take(_ source: RawSource, named name: String?) throws -> FiledFile {
        var beginning: [UInt8] = []
        let (content, isNew) = try transaction.storeContent(healing: true) { writer in
            try source.forEachPiece(of: StoredContent.pieceSize) { piece in
                if beginning.count < MediaType.sniffLength {
                    beginning.append(contentsOf: piece.prefix(MediaType.sniffLength - beginning.count))
                }
                try writer.append(piece)
            }
        }
        let name = name.map(FileName.cleaned)
        let type = beginning.withUnsafeBytes { MediaType(of: $0, named: name) }
        if isNew {
            try keepText(of: content, as: type, named: name)
        } else {
            try keepMissingText(of: content, as: type, named: name)
        }
        return FiledFile(content: content, mediaType: type, name: name)
    }

    /// Returns the file whose content is already in the database.
    ///
    /// - Returns: `nil` if the content is missing or damaged, so that it must be stored again.
    public func known(_ sha256: String, named name: String?) throws -> FiledFile? {
        guard try store.verifyContent(sha256) == .sound, let reader = try store.openContent(sha256) else { return nil }
        let name = name.map(FileName.cleaned)
        let type = try reader.bytes(atMost: MediaType.sniffLength).withUnsafeBytes { MediaType(of: $0, named: name) }
        try keepMissingText(of: reader.content, as: type, named: name)
        return FiledFile(content: reader.content, mediaType: type, name: name)
    }

    /// Stores the text of a content that has none yet, because the program to extract it was missing or failed before.
    private func keepMissingText(of content: StoredContent, as type: MediaType, named name: String?) throws {
        guard try store.text(of: content.sha256) == nil else { return }
        try keepText(of: content, as: type, named: name)
        // No record has changed, so the search index would not notice the new text.
        if try store.text(of: content.sha256) != nil { try store.forgetMark(of: .search) }
    }

    /// Stores the searchable text of a content.
    ///
    /// - Parameter name: the name of the file, for notices about it.
    public func keepText(of content: StoredContent, as type: MediaType, named name: String?) throws {
        let reader = try store.requiredContent(content.sha256)
        guard let text = try ContentText.text(of: reader, as: type) ?? extract(type, name, reader) else { return }
        if text.count > ContentText.most || type.isText && content.size > Int64(ContentText.most) {
            transaction.notice(
                Text(
                    en: "of long texts the first MiB is searched, the rest is not",
                    es: "de los textos largos se busca en el primer MiB, no en el resto"
                )
            )
        }
        try transaction.setText(ContentText.shortened(text), of: content)
    }

    // MARK: - Documents

    /// Creates a document from a file.
    ///
    /// - Parameter inputs: values for its fields, which take precedence over those read from the file. Without a title,
    ///   the file's name without its extension is used.
    /// - Returns: the document's id.
    public func add(_ file: FiledFile, _ inputs: [FieldInput]) throws -> Int64 {
        var told = file.inputs + [FieldInput("version", .set("1"))]
        if let name = file.name { told.append(FieldInput("title", .set(FileName.stem(name)))) }
        return try transaction.add(module, Self.merge(told, inputs))
    }

    /// Replaces the content of a document with a later version. The earlier content becomes a row of the document's
    /// revisions.
    ///
    /// - Parameter inputs: values for its other fields, such as a version other than the next number.
    /// - Returns: whether anything changed; the same content again changes nothing.
    /// - Throws: ``CRMError`` `invalid` for a version that the document had before.
    public func revise(_ id: Int64, with file: FiledFile, _ inputs: [FieldInput]) throws -> Bool {
        guard let record = try store.storedRecord(module, id: id) else { throw Store.missing(id, in: module) }
        if record["sha256"].text == file.content.sha256 { return try transaction.edit(module, id: id, inputs) }
        let former = record["version"].text ?? "1"
        let versions = try store.revisions(of: id).map(\.version) + [former]
        let given = inputs.last { $0.field == "version" }.flatMap(\.text)
        if let given, versions.contains(given) {
            throw CRMError(
                .invalid,
                Text(
                    en: "\(module.called(id).en) has a version \(given) already",
                    es: "\(module.called(id).es) ya tiene una versión \(given)"
                ),
                module: module.name
            )
        }
        if record["sha256"].text != nil || record["url"].text != nil || record["path"].text != nil {
            let kept = ["file_name", "media_type", "sha256", "url", "path"].map { key in
                FieldInput(key, .set(record[key].text ?? ""))
            }
            try transaction.add(
                .revision,
                to: id,
                of: module,
                kept + [
                    FieldInput("version", .set(former)),
                    FieldInput("size", .set(record["size"].integer.map(String.init) ?? "")),
                    FieldInput("replaced_at", .set(transaction.now)),
                ]
            )
        }
        let version = given ?? Self.next(after: former, among: versions)
        let fields = file.inputs + ["url", "path"].map { FieldInput($0, .set("")) }
        return try transaction.edit(module, id: id, Self.merge(fields + [FieldInput("version", .set(version))], inputs))
    }

    /// Merges inputs; those given replace those of the same fields.
    private static func merge(_ told: [FieldInput], _ given: [FieldInput]) -> [FieldInput] {
        let keys = Set(given.map(\.field))
        return told.filter { !keys.contains($0.field) } + given
    }

    /// Returns the version after another: its last number is incremented, and again while the version is known. `1` and
    /// `2.9` become `2` and `2.10`.
    static func next(after version: String, among known: [String]) -> String {
        let digits = version.utf8.reversed().prefix(while: \.isDigit)
        let lead = String(decoding: version.utf8.dropLast(digits.count), as: UTF8.self)
        var number = Int(String(decoding: digits.reversed(), as: UTF8.self)) ?? 1
        let stem = digits.isEmpty ? "\(lead)-" : lead
        while true {
            number += 1
            let next = "\(stem)\(number)"
            if !known.contains(next) { return next }
        }
    }
}
