import CRMKit
import Formats
import Localization

/// A template for messages: `Subject: …` or `Asunto: …` on the first line, then the text, with placeholders for values
/// of the contact and of other records.
struct MailTemplate {
    private let subject: Template?
    private let body: Template
    private let source: Text
    /// The name of the subject's source, for messages to the user.
    private let subjectSource: Text
    /// The number of lines of the file before the text.
    private let head: Int
    /// Whether there is no text.
    let isBlank: Bool

    /// The first name of paths in the template, such as `contact` in `contact.first_name`, with the record for it.
    struct Root {
        let name: String
        let module: ModuleName
        /// The record; `nil` if none is given, in which case each value is missing.
        let id: Int64?
        /// The option that gives the record; nil if there is none.
        var option: String?
    }

    /// The error for a value that a record lacks, although other records may have it.
    struct MissingValue: Error {
        let error: CRMError
    }

    /// The maximum size of a template in bytes.
    private static let longest = 1 << 20
    /// The possible beginnings of the first line, in both languages.
    private static let marks = ["subject:", "asunto:"]

    /// - Parameters:
    ///   - path: the file; `-` for the session's standard input.
    ///   - given: the subject given on the command line instead of the template's.
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be read, `invalid` for a malformed template.
    init(reading path: String, subject given: String?, in session: Session) throws {
        let bytes = try session.readWhole(path, atMost: Self.longest)
        var text = String(decoding: UndeclaredText.utf8(of: bytes), as: UTF8.self).replacing("\r\n", with: "\n")
        source = InputFile(path).name
        var first: String?
        let whole = text
        let beginning = text.prefix(16).lowercased()
        if let mark = Self.marks.first(where: beginning.hasPrefix) {
            let end = text.firstIndex(of: "\n") ?? text.endIndex
            first = String(text[..<end].dropFirst(mark.count))
            text = String(text[end...].dropFirst())
            if text.hasPrefix("\n") { text.removeFirst() }
        }
        subjectSource = given == nil ? source : Text(EmailDraftVerb.subject.spelling)
        isBlank = text.allSatisfy(\.isWhitespace)
        head = whole.dropLast(text.count).count { $0 == "\n" }
        subject = try (given ?? first).map { [subjectSource] in try Self.parsed($0, from: subjectSource) }
        body = try Self.parsed(text, from: source, after: head)
    }

    /// - Parameter lines: the number of lines of the source before the text.
    private static func parsed(_ text: String, from source: Text, after lines: Int = 0) throws(CRMError) -> Template {
        do throws(TemplateError) {
            return try Template(parsing: text, as: .text)
        } catch {
            throw CRMError(error, in: source, after: lines)
        }
    }

    /// The notice about a template without a subject; `nil` if it has one.
    var notice: Text? {
        if subject != nil { return nil }
        return Text(
            en: "\(source.en): it has no subject: its first line would be Subject: …; --subject gives one",
            es: "\(source.es): no tiene asunto: su primera línea sería Asunto: …; --subject lo da"
        )
    }

    /// The error that a message would have no text.
    var emptiness: CRMError {
        CRMError(.invalid, Text(en: "\(source.en): it has no text", es: "\(source.es): no tiene texto"), module: .email)
    }

    /// The names that the template uses.
    private var names: [String] { ((subject?.names ?? []) + body.names).map(\.name) }

    /// Returns the template filled in.
    ///
    /// - Parameter roots: the records from which the paths in the template start, with their names.
    /// - Returns: the subject, `nil` if the template has none, and the text.
    /// - Throws: ``CRMError`` `invalid` for an unknown name; ``MissingValue``.
    func filled(
        with roots: [Root],
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
        for root in roots {
            let lead = "\(root.name)."
            let asked = Set(names.filter { $0.hasPrefix(lead) })
            if asked.isEmpty { continue }
            let paths = asked.map { String($0.dropFirst(lead.count)) }.sorted()
            if root.id == nil { for name in asked { values[name] = .text("") } }
            // Unknown names are reported even without a record: no record has the id 0.
            let module = store.modules.registry[root.module]
            _ = try store.read(root.id ?? 0, of: module, columns: paths, withNames: true) { row in
                for column in row.columns {
                    for (name, text) in try cell.names(of: column, in: row) { values[lead + name] = .text(text) }
                }
            }
        }
        let text = try fill(body, from: source, after: head, with: values, of: roots)
        let line = try subject.map { try fill($0, from: subjectSource, after: 0, with: values, of: roots) }
        return (line?.split(whereSeparator: \.isWhitespace).joined(separator: " "), text)
    }

    private func fill(
        _ template: Template,
        from source: Text,
        after lines: Int,
        with values: [String: Template.Value],
        of roots: [Root]
    ) throws -> String {
        do {
            var text = ""
            try template.fill(with: values) { text += $0 }
            return text
        } catch let error as TemplateError {
            var told = CRMError(error, in: source, after: lines)
            told.hint = hint(for: error, roots) ?? told.hint
            if case .missingValue = error.reason { throw MissingValue(error: told) }
            throw told
        }
    }

    /// Returns the advice about an unknown name or a missing value.
    private func hint(for error: TemplateError, _ roots: [Root]) -> Text? {
        switch error.reason {
        case .missingValue(let name):
            let root = roots.first { name.hasPrefix("\($0.name).") }
            guard let root, root.id == nil, let option = root.option else { return nil }
            return Text(
                en: "give --\(option), or write {{\(name)|}} or words after the |",
                es: "dar --\(option), o escribir {{\(name)|}} o un texto después de |"
            )
        case .unknownName:
            let leads = roots.map { "\($0.name)." }
            return Text(
                en: "names begin with \(leads.joined(separator: " or ")), as {{contact.first_name}} does",
                es: "los nombres empiezan con \(leads.joined(separator: " o ")), como {{contact.first_name}}"
            )
        default: return nil
        }
    }
}
