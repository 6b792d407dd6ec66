import Localization

/// The meaning of a column of a link input.
enum LinkColumn: Equatable {
    /// A reference to the contact, with the prefix of the reference key when the header names one.
    case contact(prefix: String?)
    /// A reference to the other record.
    case record(prefix: String?)
    /// An attribute of the link, by its position.
    case attribute(Int)

    /// Reads a column name as an end or an attribute of a link: `contact`, `contact.email`, `asset.serial`, `role`,
    /// `Desde`.
    init?(_ name: String, relation: Relation, center: Module, module: Module) {
        if let side = Self.side(of: name, center: center, module: module) {
            self = side
            return
        }
        let folded = Fold.fold(name)
        let attributes = relation.link.attributes
        let position = attributes.firstIndex { field in
            [field.key, field.label.en, field.label.es].contains { Fold.fold($0) == folded }
        }
        guard let position else { return nil }
        self = .attribute(position)
    }

    /// Reads the header of one column, which may also be a header that an import of either side's records reads as a
    /// key: `Correo`, `Número de serie`.
    init?(header name: String, relation: Relation, center: Module, module: Module, registry: Registry) {
        if let column = LinkColumn(name, relation: relation, center: center, module: module) {
            self = column
            return
        }
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        if parts.count == 2, let side = Self.side(of: parts[0], center: center, module: module) {
            // What an import calls a key also names it behind the side: `contacto.correo`.
            let isContact = side == .contact(prefix: nil)
            guard let prefix = Self.key(called: parts[1], of: isContact ? center : module, registry) else { return nil }
            self = isContact ? .contact(prefix: prefix) : .record(prefix: prefix)
            return
        }
        let prefixes = [center, module].map { Self.key(called: name, of: $0, registry) }
        switch (prefixes[0], prefixes[1]) {
        case (let prefix?, nil): self = .contact(prefix: prefix)
        case (nil, let prefix?): self = .record(prefix: prefix)
        default: return nil
        }
    }

    /// Returns the prefix of the reference key that a header means in an import of a module's records.
    private static func key(called name: String, of module: Module, _ registry: Registry) -> String? {
        let header = ImportHeader(module, registry: registry, map: [:], matchesID: true)
        guard case .field(let position)? = header.column(called: name) else { return nil }
        let key = module.fields[position].key
        let keys = module.referenceKeys.filter { $0.fields.contains(key) }
        return (keys.first { $0.prefix == key } ?? keys.first)?.prefix
    }

    private static func side(of name: String, center: Module, module: Module) -> LinkColumn? {
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        for (end, isContact) in [(center, true), (module, false)] {
            let folded = Fold.fold(parts[0])
            let names = [end.name.rawValue, end.name.noun, end.label.en, end.label.es]
            guard names.contains(where: { Fold.fold($0) == folded }) else { continue }
            guard parts.count > 1 else { return isContact ? .contact(prefix: nil) : .record(prefix: nil) }
            let key = parts[1].lowercased()
            guard let prefix = KeyPlaces(key, in: end) != nil ? key : ImportHeader.prefix(parts[1], in: end) else {
                return nil
            }
            return isContact ? .contact(prefix: prefix) : .record(prefix: prefix)
        }
        return nil
    }

    /// Returns the headers that the message about an unknown column lists.
    static func names(relation: Relation, center: Module, module: Module) -> [String] {
        [center, module].flatMap { end in
            let keys = ["id", "ext", "name"] + end.referenceKeys.map(\.prefix)
            return [end.name.rawValue] + keys.map { "\(end.name.rawValue).\($0)" }
        } + relation.link.attributes.map(\.key)
    }
}
