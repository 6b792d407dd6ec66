import CLIKit
import CRMKit
import Formats
import Localization

/// The completions for a filter being typed: fields; after a comparison, the choices of the field before it, or fields
/// to compare with; modules after `has`; within the parentheses of a `has`, the fields of its records.
struct FilterWords {
    /// The record type at which the paths of the filter start.
    let start: PathStart
    let language: Language

    /// Returns the completions of a filter, each including the text typed before the completed word.
    func words(after typed: String) -> FoundWords {
        let isWordByte = { (byte: UInt8) in
            byte >= 0x80 || byte.isLetterOrDigit || "_.-".utf8.contains(byte)
        }
        let word = String(decoding: typed.utf8.reversed().prefix(while: isWordByte).reversed(), as: UTF8.self)
        let lead = String(typed.dropLast(word.count))
        guard let start = start(after: lead) else { return FoundWords([]) }
        let found =
            compared(after: lead, typing: word, from: start) ?? modules(after: lead, from: start)
            ?? ColumnWords(start: start, language: language).beginning(with: word)
        return FoundWords(found.filter { $0.word.hasPrefix(word) }, isOpen: true).led(by: lead)
    }

    /// Returns the start of paths within the last open parenthesis; `nil` if it is that of a `has` whose path is
    /// unknown.
    private func start(after lead: String) -> PathStart? {
        var open: [PathStart?] = [start]
        var rest = lead[...]
        while let character = rest.first {
            let passed = lead[..<rest.startIndex]
            rest.removeFirst()
            switch character {
            case "\"", "'": rest = rest.drop { $0 != character }.dropFirst()
            case "(":
                let around = open.last ?? nil
                open.append(Self.related(before: passed).map { path in around?.inside(path) } ?? around)
            case ")" where open.count > 1: open.removeLast()
            default: continue
            }
        }
        return open.last ?? nil
    }

    /// Returns the path of a `has` at the end of a text; `nil` if there is none.
    private static func related(before bracket: Substring) -> Path? {
        let words = bracket.split { " (".contains($0) }
        guard words.count > 1, words[words.count - 2].lowercased() == "has" else { return nil }
        return Path(String(words[words.count - 1]))
    }

    /// Returns the words that can follow a comparison: the choices of the field before it, otherwise other fields; nil
    /// if there is no comparison.
    private func compared(after lead: String, typing word: String, from start: PathStart) -> [CompletionWord]? {
        let before = lead.reversed().drop { $0 == " " }
        let sign = String(before.prefix { "=!<>~".contains($0) }.reversed())
        guard let comparison = Filter.Comparison(rawValue: sign) else { return nil }
        let field = before.dropFirst(sign.count).drop { $0 == " " }.prefix { !" (,".contains($0) }
        let path = Path(String(field.reversed()))
        let choices = start.choices(at: path)
        if !choices.isEmpty { return choices.map { CompletionWord($0.key, $0.label(in: language)) } }
        let names = word.split(separator: ".", omittingEmptySubsequences: false).dropLast().map(String.init)
        let typed = names.map { $0 + "." }.joined()
        return start.names(after: names, comparableWith: path, by: comparison).map { name in
            CompletionWord(typed + name.text, name.label(in: language))
        }
    }

    /// Returns the modules after `has`; nil if there is none.
    private func modules(after lead: String, from start: PathStart) -> [CompletionWord]? {
        guard lead.lowercased().split(whereSeparator: { " (".contains($0) }).last == "has", lead.hasSuffix(" ") else {
            return nil
        }
        return start.relations.map { CompletionWord($0.text, $0.label(in: language)) }
    }
}
