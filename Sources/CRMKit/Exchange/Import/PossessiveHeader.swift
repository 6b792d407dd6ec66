import Localization

/// A header that names a thing and a property of it: `Nombre del producto`, `Product name`.
struct PossessiveHeader {
    /// The words for the property, and for the thing.
    let properties, owners: [String]

    /// The words for the name of a thing.
    static let name = ["name", "nombre"]

    /// The headers, folded.
    var spellings: [String] {
        owners.flatMap { owner in
            properties.flatMap { property in
                ["\(owner) \(property)"]
                    + ["", "of ", "of the ", "de ", "del ", "de la "].map { "\(property) \($0)\(owner)" }
            }
        }.map(ImportHeader.folded)
    }
}

extension Module {
    /// The headers, folded, under which tables have what the records are called: by what they are, `Activo`, or `Nombre del
    /// activo`.
    var nameHeaders: Set<String> {
        let own = [label.en, label.es]
        return Set(
            own.map(ImportHeader.folded) + PossessiveHeader(properties: PossessiveHeader.name, owners: own).spellings
        )
    }

    /// The key of the field for the records' name; of several that make it up, the one that cards use for the whole.
    /// `nil` for records that need no name.
    var givenNameKey: String? {
        switch display {
        case .composed(let keys, _, _, _, _) where cards == nil: keys.count == 1 ? keys[0] : nil
        case .composed: displayKey
        case .field(let key): field(key)?.isRequired == true ? key : nil
        }
    }
}
