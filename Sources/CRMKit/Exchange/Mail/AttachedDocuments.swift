import Formats

/// Creates documents from the attachments of messages, one for each content however often it is attached.
final class AttachedDocuments {
    private let transaction: Transaction
    private let lookup: MailLookup
    private let module: Module
    private let filing: DocumentFiling
    /// The number of documents created.
    private(set) var made = 0

    /// - Parameter extract: returns the text of files whose format the program cannot read itself.
    init(_ lookup: MailLookup, extractingBy extract: @escaping DocumentFiling.Extraction, in transaction: Transaction) {
        self.lookup = lookup
        filing = DocumentFiling(in: transaction, extractingBy: extract)
        self.transaction = transaction
        module = transaction.store.registry[.document]
    }

    /// Stores the attachments of a new message.
    func attach(_ files: [ReadAttachment], to email: Int64, of emails: Module) throws {
        let rows = try transaction.rows(of: .attachment, in: emails)
        for (index, file) in files.enumerated() {
            try rows.append(values(of: file), to: email, at: Int64(index) + 1)
        }
    }

    /// Adds the attachments to a stored message that had only fields, in the order of the message. Other attachments of
    /// the record follow.
    func complete(_ files: [ReadAttachment], of email: Int64, of emails: Module) throws {
        guard !files.isEmpty else { return }
        let rows = try transaction.rows(of: .attachment, in: emails)
        let own = try files.map { file in
            let values = try self.values(of: file)
            // The document of an export without contents gets its text here.
            if let content = file.content, try transaction.store.text(of: content.sha256) == nil {
                try filing.keepText(of: content, as: file.mediaType, named: file.name)
            }
            return values
        }
        let others = try rows.rows(of: email).map(\.values).filter { row in
            !own.contains { row[0].isNull ? $0[1] == row[1] : $0[0] == row[0] }
        }
        try rows.replace(with: own + others, of: email)
    }

    private func values(of file: ReadAttachment) throws -> [Value] {
        let document = try file.content.map { try self.document(file, $0) }
        return [document.map(Value.integer) ?? .null, .text(file.name), Self.code(file.contentID ?? "")]
    }

    private static let longestCode = 500

    /// Returns the beginning of a text that the message gives as the value of a code; null for one without characters.
    private static func code(_ text: String) -> Value {
        let code = CodeType.cleaned(String(text.unicodeScalars.prefix(longestCode)))
        return code.isEmpty ? .null : .text(code)
    }

    private func document(_ file: ReadAttachment, _ content: StoredContent) throws -> Int64 {
        if let known = try lookup.document(ofContent: content.sha256) { return known }
        var draft = Draft(new: module)
        draft.give("title", .text(file.name))
        draft.give("file_name", .text(file.name))
        draft.give("media_type", Self.code(file.mediaType.description))
        draft.give("size", .integer(content.size))
        draft.give("sha256", .text(content.sha256))
        draft.give("version", .text("1"))
        try transaction.prepare(&draft, problems: [])
        made += 1
        let id = try transaction.insert(&draft)
        try filing.keepText(of: content, as: file.mediaType, named: file.name)
        return id
    }
}
