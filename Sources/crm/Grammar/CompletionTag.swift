import CLIKit
import CRMKit

/// The kinds of completions that the program itself finds.
enum CompletionTag: Equatable {
    /// The module or list whose columns, filters or views are completed.
    enum Subject: Equatable {
        case module(ModuleName)
        /// The module named by the first operand.
        case named
    }

    /// A record of a module.
    case reference(ModuleName)
    /// A record of any module, written after the module.
    case anyReference
    /// The columns of a module, and of its links to another module.
    case columns(Subject, link: ModuleName?)
    case filter(Subject)
    /// An expression of a summary.
    case expression(ModuleName)
    case view(Subject)
    /// A column of an input, and the field of the imported module for it.
    case mapping
    /// The kind of a row of a part of the called verb's module.
    case rowKind(part: String)
    /// A custom field of the records or rows named by the first operand.
    case addedField
    /// A choice of the field named by the first operand.
    case choice
    /// A record of the module named by the first operand.
    case namedRecord
    /// A subcommand of the command named by the operands.
    case command
    case changeSet
    /// A module or a change set.
    case history

    /// The tag as text in the grammar.
    var text: String {
        switch self {
        case .reference(let module): "reference:\(module)"
        case .anyReference: "reference:"
        case .columns(let subject, let link): "column:\(subject.text)" + (link.map { ":\($0)" } ?? "")
        case .filter(let subject): "filter:\(subject.text)"
        case .expression(let module): "expression:\(module)"
        case .view(let subject): "view:\(subject.text)"
        case .mapping: "mapping"
        case .rowKind(let part): "kind:\(part)"
        case .addedField: "field"
        case .choice: "choice"
        case .namedRecord: "record"
        case .command: "command"
        case .changeSet: "changeset"
        case .history: "history"
        }
    }

    /// Reads a tag written by ``text``; `nil` for other text.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let words = parts.dropFirst().map { $0.isEmpty ? nil : $0 }
        switch (parts[0], words.first ?? nil, words.count) {
        case ("reference", nil, 1): self = .anyReference
        case ("reference", let module?, 1): self = .reference(ModuleName(rawValue: module))
        case ("column", let module?, 1): self = .columns(Subject(module), link: nil)
        case ("column", let module?, 2):
            guard let link = words[1] else { return nil }
            self = .columns(Subject(module), link: ModuleName(rawValue: link))
        case ("filter", let module?, 1): self = .filter(Subject(module))
        case ("expression", let module?, 1): self = .expression(ModuleName(rawValue: module))
        case ("view", let module?, 1): self = .view(Subject(module))
        case ("mapping", nil, 0): self = .mapping
        case ("kind", let part?, 1): self = .rowKind(part: part)
        case ("field", nil, 0): self = .addedField
        case ("choice", nil, 0): self = .choice
        case ("record", nil, 0): self = .namedRecord
        case ("command", nil, 0): self = .command
        case ("changeset", nil, 0): self = .changeSet
        case ("history", nil, 0): self = .history
        default: return nil
        }
    }
}

extension CompletionTag.Subject {
    /// The word for the named module; it is not the noun of any module.
    private static let namedText = "record"

    fileprivate var text: String {
        switch self {
        case .module(let name): name.noun
        case .named: Self.namedText
        }
    }

    fileprivate init(_ text: String) { self = text == Self.namedText ? .named : .module(ModuleName(rawValue: text)) }
}

extension Completion {
    /// Returns a completion that the program finds at run time.
    static func found(_ tag: CompletionTag) -> Completion { .dynamic(tag.text) }
}
