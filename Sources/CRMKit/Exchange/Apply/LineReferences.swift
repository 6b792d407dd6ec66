import Formats
import Localization

/// Resolves the references in lines: names of other lines, ids, and keys of records.
final class LineReferences {
    /// The target of a reference.
    enum Target {
        /// The reference is empty.
        case none
        /// An existing record.
        case record(ModuleName, Int64)
        /// The record of a line that has not been written yet, by its name.
        case awaited(String)
        /// The record of a line that was rejected.
        case rejected
    }

    private let names: LocalNames
    private let resolver: ReferenceResolver
    private let registry: Registry

    init(names: LocalNames, in transaction: Transaction) {
        self.names = names
        resolver = ReferenceResolver(transaction: transaction, creates: [], hasColumns: false)
        registry = transaction.store.registry
    }

    /// Reads a reference to a record of one module.
    func target(of value: JSONValue, in module: ModuleName) throws -> Target {
        if let name = Self.name(in: value) {
            let target = try target(of: name)
            if case .record(let other, _) = target, other != module {
                throw ValueError(
                    en:
                        "\(name) is one of the \(registry[other].several.en), not of the \(registry[module].several.en)",
                    es: "\(name) es \(registry[other].spanish.oneOfThem), no \(registry[module].spanish.oneOfThem)"
                )
            }
            return target
        }
        let id: JSONValue = if case .object = value { value["id"] ?? value } else { value }
        guard let text = try id.cellText(), !text.isEmpty else { return .none }
        return .record(module, try resolver.id(text, prefix: nil, in: registry[module]))
    }

    /// Reads a reference to a record of any module.
    func target(of value: JSONValue) throws -> Target {
        if let name = Self.name(in: value) { return try target(of: name) }
        guard let text = try value.cellText(), !text.isEmpty else { return .none }
        guard let colon = text.firstIndex(of: ":"),
            let module = registry.find(ModuleName(rawValue: String(text[..<colon])))
        else {
            throw ValueError(
                en: "write a module and a reference, such as case:3",
                es: "escribir un módulo y una referencia, como case:3"
            )
        }
        let rest = String(text[text.index(after: colon)...])
        return .record(module.name, try resolver.id(rest, prefix: nil, in: module))
    }

    private func target(of name: String) throws -> Target {
        guard let meaning = try names.meaning(of: name) else { return .awaited(name) }
        return meaning.id.map { .record(meaning.module, $0) } ?? .rejected
    }

    /// Whether a value refers by name to a line that has its record as another database stored it.
    func isWhole(_ value: JSONValue) throws -> Bool {
        guard let name = Self.name(in: value) else { return false }
        return try names.meaning(of: name)?.isWhole ?? false
    }

    /// Returns the name in a reference such as `ref:acme`; `nil` for any other value.
    private static func name(in value: JSONValue) -> String? {
        guard case .string(let text) = value, text.utf8.starts(with: LineKey.namePrefix.utf8) else { return nil }
        return String(text.dropFirst(LineKey.namePrefix.utf8.count))
    }
}
