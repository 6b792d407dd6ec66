import Localization

/// A header with a thing and a property of it: `Nombre del producto`, `Product name`.
struct PossessiveHeader {
    /// The words for the property, and for the thing.
    let properties, owners: [String]

    /// The words for the name of a thing.
    static let name = ["name", "nombre"]

    /// The possible headers, folded.
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
    /// The folded headers under which tables have the names of records: the kind of record, `Activo`, or `Nombre del
    /// activo`.
    var nameHeaders: Set<String> {
        let own = [label.en, label.es]
        return Set(
            own.map(ImportHeader.folded) + PossessiveHeader(properties: PossessiveHeader.name, owners: own).spellings
        )
    }

    /// The key of the field for the records' name; if it is composed of several, that of the whole name on cards. `nil`
    /// for records that need no name.
    var givenNameKey: String? {
        switch display {
        case .composed(let keys, _, _, _, _) where cards == nil: keys.count == 1 ? keys[0] : nil
        case .composed: displayKey
        case .field(let key): field(key)?.isRequired == true ? key : nil
        }
    }
}
