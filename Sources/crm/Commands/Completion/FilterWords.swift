import CLIKit
import CRMKit
import Localization

/// What can come next in a filter that is being typed: fields, after a comparison the choices of the one before it or the
/// fields it can be compared with, modules after `has`.
struct FilterWords {
    let module: Module
    let registry: Registry
    let language: Language

    /// The filters that what was typed can become, each whole up to the next place.
    func words(after typed: String) -> FoundWords {
        let isWordByte = { (byte: UInt8) in
            byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }
        let word = String(decoding: typed.utf8.reversed().prefix(while: isWordByte).reversed(), as: UTF8.self)
        let lead = String(typed.dropLast(word.count))
        let found =
            compared(after: lead, typing: word) ?? modules(after: lead)
            ?? ColumnWords(module: module, link: nil, registry: registry, language: language).beginning(with: word)
        return FoundWords(found.filter { $0.word.hasPrefix(word) }, isOpen: true).led(by: lead)
    }

    /// What the field that stands before a comparison can be compared with: its choices, else other fields.
    private func compared(after lead: String, typing word: String) -> [CompletionWord]? {
        let before = lead.reversed().drop { $0 == " " }
        let sign = String(before.prefix { "=!<>~".contains($0) }.reversed())
        guard let comparison = Filter.Comparison(rawValue: sign) else { return nil }
        let field = before.dropFirst(sign.count).drop { $0 == " " }.prefix { !" (,".contains($0) }
        let path = Path(String(field.reversed()))
        let choices = registry.choices(at: path, from: module)
        if !choices.isEmpty { return choices.map { CompletionWord($0.key, $0.label(in: language)) } }
        let names = word.split(separator: ".", omittingEmptySubsequences: false).dropLast().map(String.init)
        let start = names.map { $0 + "." }.joined()
        return registry.pathNames(after: names, from: module, comparableWith: path, by: comparison).map { name in
            CompletionWord(start + name.text, name.label(in: language))
        }
    }

    /// The modules after `has`.
    private func modules(after lead: String) -> [CompletionWord]? {
        guard lead.lowercased().split(separator: " ").last == "has", lead.hasSuffix(" ") else { return nil }
        return registry.relationNames(of: module).map { CompletionWord($0.text, $0.label(in: language)) }
    }
}
