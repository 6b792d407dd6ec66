import Localization

/// What a column of a link input holds.
enum LinkColumn: Equatable {
    /// A reference to the contact; the prefix of its key, where the header names one.
    case contact(prefix: String?)
    /// A reference to the other record.
    case record(prefix: String?)
    /// An attribute of the link, by its position.
    case attribute(Int)

    /// Reads the header of one column: `contact`, `contact.email`, `asset.serial`, `role`, `Desde`.
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

    private static func side(of name: String, center: Module, module: Module) -> LinkColumn? {
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        for (end, isContact) in [(center, true), (module, false)] {
            let folded = Fold.fold(parts[0])
            let names = [end.name.rawValue, end.name.noun, end.label.en, end.label.es]
            guard names.contains(where: { Fold.fold($0) == folded }) else { continue }
            guard parts.count > 1 else { return isContact ? .contact(prefix: nil) : .record(prefix: nil) }
            let key = parts[1].lowercased()
            let prefix = key == "external_id" ? "ext" : key
            guard prefix == "id" || KeyPlaces(prefix, in: end) != nil else { return nil }
            return isContact ? .contact(prefix: prefix) : .record(prefix: prefix)
        }
        return nil
    }

    /// Every header a column may have, for the message about one that is unknown.
    static func names(relation: Relation, center: Module, module: Module) -> [String] {
        [center, module].flatMap { end in
            let keys = ["id", "ext", "name"] + end.referenceKeys.map(\.prefix)
            return [end.name.rawValue] + keys.map { "\(end.name.rawValue).\($0)" }
        } + relation.link.attributes.map(\.key)
    }
}
