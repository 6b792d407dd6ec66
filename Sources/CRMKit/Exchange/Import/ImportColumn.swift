import Localization

/// What a column of an import holds.
public enum ImportColumn: Sendable, Hashable {
    /// A field of the record, by its position.
    case field(Int)
    /// A record that a field refers to, named by one of its keys: `organization.name`.
    case reference(Int, prefix: String)
    /// A record of another module that is linked with this one; the prefix of its key, where the header names one.
    case linked(ModuleName, prefix: String?)
    /// Several such records in one cell.
    case linkedList(ModuleName)
    /// An attribute of those links.
    case attribute(String)
    /// Nothing that can be set: the id, what the program computes, the error of a rejected row.
    case ignored
}

/// Reads the headers of an import: keys, labels in either language, labels of a vtiger export, paths.
struct ImportHeader {
    private let module: Module
    private let registry: Registry
    private let map: [String: String]
    private let matchesID: Bool

    /// - Parameters:
    ///   - map: what the user says of headers, `Their Column` to `field`.
    ///   - matchesID: whether rows say by an id which record they are about.
    init(_ module: Module, registry: Registry, map: [String: String], matchesID: Bool) {
        self.matchesID = matchesID
        self.module = module
        self.registry = registry
        self.map = Dictionary(map.map { (Self.folded($0.key), $0.value) }) { _, last in last }
    }

    /// What a column holds; `nil` for a header that means nothing.
    func column(_ header: String) -> ImportColumn? {
        let name = map[Self.folded(header)] ?? header
        if name == Self.passedOver { return .ignored }
        return field(named: name) ?? path(name) ?? link(name)
            ?? (Self.folded(name) == Self.errorHeader ? .ignored : nil)
    }

    /// What the user maps a column to that is to be passed over.
    private static let passedOver = "-"

    /// The column that a file of rejected rows has beside the input's own.
    static let errorHeader = "error"

    /// Every name a column can have, for the message about one that is unknown.
    var names: [String] {
        let links = linkable.flatMap { other in [other.rawValue, "\(other.rawValue).…"] }
        return module.writableFields.map(\.key) + links
    }

    private func field(named name: String) -> ImportColumn? {
        let folded = Self.folded(name)
        let position = module.fields.firstIndex { field in
            Self.folded(field.key) == folded || Self.folded(field.label.en) == folded
                || Self.folded(field.label.es) == folded || field.singular.map(Self.folded) == folded
        }
        let key = module.foreignLabels.first { Self.folded($0.label) == folded }?.field
        guard let found = position ?? key.flatMap(module.position) else { return nil }
        let field = module.fields[found]
        return field.isWritable || matchesID && field.type == .identifier ? .field(found) : .ignored
    }

    /// `organization.name`; the id of a reference may be written as `organization.id`.
    private func path(_ name: String) -> ImportColumn? {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, case .field(let position)? = field(named: parts[0]),
            let target = module.fields[position].type.target
        else { return nil }
        return prefix(parts[1], in: registry[target]).map { .reference(position, prefix: $0) }
    }

    private func link(_ name: String) -> ImportColumn? {
        let folded = Self.folded(name)
        for other in linkable {
            let target = registry[other]
            let singular = [target.name.rawValue, target.label.en, target.label.es].map(Self.folded)
            let plural = [target.name.rawValue + "s", target.plural.en, target.plural.es].map(Self.folded)
            if singular.contains(folded) { return .linked(other, prefix: nil) }
            if plural.contains(folded) { return .linkedList(other) }
            let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
            if parts.count == 2, singular.contains(Self.folded(parts[0])), let prefix = prefix(parts[1], in: target) {
                return .linked(other, prefix: prefix)
            }
        }
        return attribute(folded)
    }

    /// `link.role`, or `role` where the record has no such field.
    private func attribute(_ folded: String) -> ImportColumn? {
        let name = folded.hasPrefix("link.") ? String(folded.dropFirst("link.".count)) : folded
        let outer = module.name == registry.center ? linkable.map { registry[$0] } : [module]
        let attributes = outer.compactMap(\.contacts.link).flatMap(\.attributes)
        let found = attributes.first { field in
            [field.key, field.label.en, field.label.es].contains { Self.folded($0) == name }
        }
        return found.map { .attribute($0.key) }
    }

    private func prefix(_ name: String, in target: Module) -> String? {
        let folded = Self.folded(name)
        if folded == "id" { return "id" }
        if folded == "ext" || folded == Self.folded("external_id") { return "ext" }
        if Self.folded(target.displayKey) == folded || folded == "name" { return "name" }
        return target.referenceKeys.first { Self.folded($0.prefix) == folded }?.prefix
    }

    /// The modules whose records a row can link with.
    private var linkable: [ModuleName] { module.linkedModules(in: registry) }

    /// Case, accents, and what separates words do not matter in a header.
    private static func folded(_ text: String) -> String {
        Fold.fold(String(text.map { $0 == "_" || $0 == "-" ? " " : $0 }))
    }
}
