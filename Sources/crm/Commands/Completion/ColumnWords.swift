import CLIKit
import CRMKit
import Localization

/// The columns of a module's records, for a list of them that is being typed.
struct ColumnWords {
    let module: Module
    /// The link whose attributes are columns too.
    let link: LinkDefinition?
    let registry: Registry
    let language: Language

    /// The columns that the last element of a list can become: `-` before it stays, `organization.` gives the fields
    /// of what it refers to, and columns that are in the list already are left out.
    func listed(after typed: String) -> FoundWords {
        var elements = typed.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        var last = elements.popLast() ?? ""
        var lead = elements.map { $0 + "," }.joined()
        if last.hasPrefix("-") {
            lead += "-"
            last.removeFirst()
        }
        let used = Set(elements.map { $0.hasPrefix("-") ? String($0.dropFirst()) : $0 })
        return FoundWords(beginning(with: last).filter { !used.contains($0.word) }, isOpen: true).led(by: lead)
    }

    /// The columns that begin so.
    func beginning(with typed: String) -> [CompletionWord] {
        columns(under: typed).filter { $0.word.hasPrefix(typed) }
    }

    private func columns(under typed: String) -> [CompletionWord] {
        guard let dot = typed.firstIndex(of: ".") else {
            let paths = link == nil ? [] : [CompletionWord("link.", Text(en: "Link", es: "Vínculo")(in: language))]
            return words(module.fields, lead: "") + paths
        }
        let lead = String(typed[...dot])
        let key = String(typed[..<dot])
        if key == "link", let link { return words(link.attributes, lead: lead) }
        guard let target = module.field(key)?.type.target else { return [] }
        return words(registry[target].fields, lead: lead)
    }

    private func words(_ fields: [Field], lead: String) -> [CompletionWord] {
        fields.map { CompletionWord(lead + $0.key, $0.label(in: language)) }
    }
}
