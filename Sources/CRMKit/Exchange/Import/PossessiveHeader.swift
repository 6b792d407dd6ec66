import Localization

/// How tables call what a thing has in one header: `Nombre del producto`, `Product name`.
struct PossessiveHeader {
    /// What people call what is had, and the thing.
    let properties, owners: [String]

    /// What a name of a thing is called.
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

    /// The field in which what the records are called is given; of several that make it up together, the one that stands for
    /// all on cards. `nil` for records that need not be called anything.
    var givenNameKey: String? {
        switch display {
        case .composed(let keys, _, _, _, _) where cards == nil: keys.count == 1 ? keys[0] : nil
        case .composed: displayKey
        case .field(let key): field(key)?.isRequired == true ? key : nil
        }
    }
}
