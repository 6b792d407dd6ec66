import CRMKit
import Formats
import Localization

/// A template of messages: `Subject: …` on its first line, then the text, with places for what is known of the contact and
/// of other records.
struct MailTemplate {
    private let subject: Template?
    private let body: Template
    private let source: Text

    /// A value is missing of one record: others may have it.
    struct MissingValue: Error {
        let error: CRMError
    }

    /// The most bytes of one.
    private static let longest = 1 << 20
    private static let mark = "subject:"

    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be read, `invalid` for what is no template.
    init(reading path: String) throws {
        let bytes = try SmallFile.read(path, atMost: Self.longest)
        var text = String(decoding: UndeclaredText.utf8(of: bytes), as: UTF8.self).replacing("\r\n", with: "\n")
        source = Text(path)
        var first: String?
        if text.lowercased().hasPrefix(Self.mark) {
            let end = text.firstIndex(of: "\n") ?? text.endIndex
            first = String(text[..<end].dropFirst(Self.mark.count))
            text = String(text[end...].dropFirst())
            if text.hasPrefix("\n") { text.removeFirst() }
        }
        do {
            subject = try first.map { try Template(parsing: $0, as: .text) }
            body = try Template(parsing: text, as: .text)
        } catch let error as TemplateError {
            throw CRMError(error, in: source)
        }
    }

    /// The names that are asked for.
    private var names: [String] { ((subject?.names ?? []) + body.names).map(\.name) }

    /// Fills it in.
    ///
    /// - Parameter records: what names begin with, and the record that they then are paths of: `contact.first_name`.
    /// - Returns: the subject, `nil` where the template has none, and the text.
    /// - Throws: ``CRMError`` `invalid` for a name that means nothing; ``MissingValue``.
    func filled(
        with records: [(root: String, module: ModuleName, id: Int64)],
        in store: Store,
        for audience: Audience
    ) throws -> (subject: String?, text: String) {
        let cell = PaperCell(
            style: LetterStyle(
                language: audience.language,
                country: try store.readSettings().country,
                clock: audience.clock
            ),
            audience: audience,
            currency: nil
        )
        var values: [String: Template.Value] = [:]
        for (root, module, id) in records {
            let paths = Set(names.filter { $0.hasPrefix("\(root).") }.map { String($0.dropFirst(root.count + 1)) })
            if paths.isEmpty { continue }
            _ = try store.read(id, of: store.modules.registry[module], columns: paths.sorted(), withNames: true) {
                row in
                for column in row.columns {
                    for (name, text) in try cell.names(of: column, in: row) { values["\(root).\(name)"] = .text(text) }
                }
            }
        }
        do {
            var text = ""
            try body.fill(with: values) { text += $0 }
            var line: String?
            if let subject {
                var words = ""
                try subject.fill(with: values) { words += $0 }
                line = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            return (line, text)
        } catch let error as TemplateError {
            if case .missingValue = error.reason { throw MissingValue(error: CRMError(error, in: source)) }
            throw CRMError(error, in: source)
        }
    }
}
