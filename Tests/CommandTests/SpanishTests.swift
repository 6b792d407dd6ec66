import CLIKit
import CRMKit
import Localization
import Testing

@testable import crm

@Suite("Spanish")
struct SpanishTests {
    /// Words of both languages.
    private static let cognates: Set<String> = [
        "no", "error", "manual", "general", "real", "normal", "singular", "plural", "decimal", "terminal", "local",
        "byte",
        "bytes", "descriptor", "email", "emails", "chat", "sector", "personal", "final", "roles", "vip", "tutorial",
        "series",
        "euros", "agendas", "editor", "ordinal",
    ]

    /// What stands in the texts of either language because it is typed so, or is called so everywhere.
    private static let names: Set<String> = {
        var names: Set<String> = [
            "committed", "false", "part", "quincenal",
            "cron", "less", "sqlite", "lines", "scripts", "script", "shell", "has", "null", "record", "details",
            "related",
            "ids", "exempt", "acme", "outlook", "google", "linkedin", "apple", "hubspot", "mailchimp", "pipedrive",
            "shopify", "vtiger", "man",
            "completions",
            "filters", "options", "environment", "files", "language", "region", "points", "bounces", "pesos", "ana",
            "maria", "jose", "josé",
            "ruiz", "garcía", "matches",
            "carlos",
            "juan", "paz", "unicode", "iana", "vcards", "true",
            "monday", "changes", "weasyprint", "wkhtmltopdf", "chromium", "webp", "src", "img", "position",
            "moment", "crontab", "mar", "maría", "plata", "factor", "svg", "html", "odoo", "noidentificacion", "keep",
            "figures", "curl", "token", "rocketchat", "systemd", "timer", "systemctl", "enable", "icalendar",
            "vdirsyncer",
            "windows", "mutt", "mbox", "mboxrd", "maildir", "sieve", "procmail", "fetchmail", "sendmail", "msmtp",
            "pdftotext", "kib", "offset", "rid", "zoho", "salesforce", "printf", "sed", "puebla", "tablet",
        ]
        func add(_ text: String) {
            names.formUnion(text.split { !$0.isLetter }.map { $0.lowercased() })
        }
        for column in Report.all.flatMap(\.columns) { add(column.key) }
        for order in MergePreferences.Order.allCases { add(order.rawValue) }
        for name in SummaryParser.grammar.en.matches(of: /"([a-z]+)"/) { add(String(name.1)) }
        for path in WordingTests.commands() {
            add(path.line)
            for option in path.options.map(\.option) {
                add(option.long)
                if case .words(let words) = option.completion { words.forEach { add($0.word) } }
            }
        }
        for module in ReadLine.registry.modules {
            for field in module.fields + (module.contacts.link?.attributes ?? []) + module.parts.flatMap(\.fields) {
                add(field.key)
                field.type.choices.forEach { add($0.key) }
            }
        }
        return names
    }()

    /// The words that a text has in both languages, though they are of one: what was left over.
    private static func leftOver(_ text: Text) -> Set<String> {
        guard text.en != text.es else { return [] }
        return words(text.en).intersection(words(text.es)).subtracting(names).subtracting(cognates)
    }

    /// A grammar without what stands in double quotes there, which is typed so.
    private static func untyped(_ code: String) -> String {
        code.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .map { $0.isMultiple(of: 2) ? $1 : "" }.joined(separator: " ")
    }

    /// Words of sentences: no part of what is typed, as `--where`, `created_at`, `ext:K-7` and `'crm export'`.
    private static func words(_ text: String) -> Set<String> {
        Set(
            text.split { $0 == " " || $0 == "\n" }.compactMap { token in
                let word = token.drop { "(«\"'".contains($0) }.prefix { $0.isLetter }
                let rest = token.drop { "(«\"'".contains($0) }.dropFirst(word.count)
                let isWord = word.count > 2 && rest.allSatisfy { ".,;:)»\"'".contains($0) }
                return isWord && word != word.uppercased() ? word.lowercased() : nil
            }
        )
    }

    @Test("has no English left over in help and manual")
    func grammar() {
        for path in WordingTests.commands() {
            let command = path.leaf
            var texts = [command.summary] + command.discussion + command.operands.flatMap { [$0.name, $0.summary] }
            texts += command.options.flatMap { option -> [Text] in
                let placeholder: Text = if case .value(let placeholder) = option.kind { placeholder } else { "" }
                return [option.summary, option.discussion, placeholder]
            }
            texts += command.examples.flatMap { [$0.line, $0.explanation] }
            for block in command.sections.flatMap(\.body) {
                switch block {
                case .paragraph(let text): texts.append(text)
                case .code(let text): texts.append(Text(en: Self.untyped(text.en), es: Self.untyped(text.es)))
                case .definitions(let rows): texts += rows.map(\.meaning)
                case .terms(let rows): texts += rows.map(\.meaning)
                case .examples(let examples): texts += examples.flatMap { [$0.line, $0.explanation] }
                case .options: break
                }
            }
            for text in texts {
                let words = Self.leftOver(text)
                #expect(words.isEmpty, "\(path.line): \(words.sorted()) in \(text.es)")
            }
        }
    }

    @Test("tells what is left over from what is meant")
    func telling() {
        #expect(Self.leftOver(Text(en: "the file was lost", es: "el archivo was perdido")) == ["was"])
        #expect(Self.leftOver(Text(en: "write 'crm export --links x'", es: "escribir 'crm export --links x'")) == [])
    }

    @Test("has words for what the system says of files and pipes, and no English for anything else")
    func system() {
        for number in Int32(1)...133 {
            let text = Text(errno: number)
            #expect(text.en != text.es, "\(text.en)")
            #expect(Self.leftOver(text).isEmpty, "\(text)")
        }
    }

    @Test("calls every field by its label, whatever the accents, and gets the option or the path to write")
    func fields() throws {
        let plain: [Character: Character] = ["á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ñ": "n"]
        for module in ReadLine.registry.modules {
            for field in module.writableFields {
                for label in [field.label.es, String(field.label.es.map { plain[$0] ?? $0 })] {
                    let word = label.lowercased().split(separator: " ").joined(separator: "-")
                    let line = "\(module.name.noun) edit 1 --\(word)"
                    guard word != field.flag, !word.contains("."), !word.contains("/") else { continue }
                    do {
                        _ = try ReadLine(line)
                    } catch let error as UsageError {
                        let hint = error.hint?.es ?? ""
                        let isTold = hint.hasPrefix("eso es ") && hint.contains("'--\(field.flag)'")
                        #expect(isTold || error.message.es.contains("necesita un valor"), "\(line): \(hint)")
                    }
                }
            }
        }
    }
}
