import CLIKit
import CRMKit
import Localization

/// The completions for a list of columns being typed.
struct ColumnWords {
    /// The record type at which the paths of the columns start.
    let start: PathStart
    let language: Language

    /// Returns the completions of the last element of a list. A `-` before it stays, `organization.` and `assets.` are
    /// completed to fields of the related records, and columns already in the list are left out.
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

    /// Returns the completions of the last word of an expression, after parentheses, commas and operators.
    func withinExpression(after typed: String) -> FoundWords {
        let word = String(typed.reversed().prefix { !"(), -+*/".contains($0) }.reversed())
        return FoundWords(beginning(with: word), isOpen: true).led(by: String(typed.dropLast(word.count)))
    }

    /// Returns the columns that begin with a text.
    func beginning(with typed: String) -> [CompletionWord] {
        columns(under: typed).filter { $0.word.hasPrefix(typed) }
    }

    /// Returns the names that can follow the last dot; those that need another name after them end with a dot.
    private func columns(under typed: String) -> [CompletionWord] {
        var names = typed.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        names.removeLast()
        let lead = names.map { $0 + "." }.joined()
        return start.names(after: names).map { name in
            CompletionWord(lead + name.text + (name.isIncomplete ? "." : ""), name.label(in: language))
        }
    }
}
