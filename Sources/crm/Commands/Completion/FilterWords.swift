import CLIKit
import CRMKit
import Localization

/// What can come next in a filter that is being typed: fields, the choices of one after `=`, modules after `has`.
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
            choices(after: lead) ?? modules(after: lead)
            ?? ColumnWords(module: module, link: nil, registry: registry, language: language).beginning(with: word)
        return FoundWords(found.filter { $0.word.hasPrefix(word) }, isOpen: true).led(by: lead)
    }

    /// The choices of the field that stands before a comparison.
    private func choices(after lead: String) -> [CompletionWord]? {
        let before = lead.reversed().drop { $0 == " " }
        guard before.first == "=" else { return nil }
        let field = before.drop { "=!".contains($0) }.drop { $0 == " " }.prefix { !" (,".contains($0) }
        let choices = registry.choices(at: Path(String(field.reversed())), from: module)
        return choices.map { CompletionWord($0.key, $0.label(in: language)) }
    }

    /// The modules after `has`.
    private func modules(after lead: String) -> [CompletionWord]? {
        guard lead.lowercased().split(separator: " ").last == "has", lead.hasSuffix(" ") else { return nil }
        return registry.relationNames(of: module).map { CompletionWord($0.text, $0.label(in: language)) }
    }
}
