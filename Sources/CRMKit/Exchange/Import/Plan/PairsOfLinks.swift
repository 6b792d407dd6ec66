import Localization

/// The suspicion that an import is given the input of `link`: pairs of existing records, one link on each row, from
/// which records with these names would be created.
struct PairsOfLinks {
    /// The modules of the records in pairs, contacts first.
    private let center: ModuleName
    private let other: ModuleName
    /// The name of the column with records of the import's module.
    let own: String

    /// - Parameters:
    ///   - columns: the meanings of the names as columns of records of the module.
    ///   - module: the module that is imported.
    /// - Returns: `nil` where the columns do not describe links with records of the module.
    init?(_ names: [String], as columns: [ImportColumn?], for module: Module, in registry: Registry) {
        let center = registry[registry.center]
        for other in module.linkedModules(in: registry) {
            let outer = module.name == center.name ? registry[other] : module
            guard let (contact, record) = Self.sides(names, of: center, and: outer) else { continue }
            // A column named like other records is a field if the module has it: a contact's `email`.
            let foreign = module.name == center.name ? record : contact
            if case .field(let position)? = columns[foreign], module.fields[position].type.target == nil { continue }
            (self.center, self.other) = (center.name, outer.name)
            own = names[module.name == center.name ? contact : record]
            return
        }
        return nil
    }

    /// Returns the columns of both sides if all others are attributes of links.
    private static func sides(
        _ names: [String],
        of center: Module,
        and other: Module
    ) -> (contact: Int, record: Int)? {
        guard names.count > 1, let relation = Relation(other, center: center.name) else { return nil }
        var columns: [LinkColumn] = []
        for name in names {
            guard let column = LinkColumn(name, relation: relation, center: center, module: other) else { return nil }
            columns.append(column)
        }
        let contacts = columns.indices.filter { if case .contact = columns[$0] { true } else { false } }
        let records = columns.indices.filter { if case .record = columns[$0] { true } else { false } }
        guard contacts.count == 1, records.count == 1 else { return nil }
        return (contacts[0], records[0])
    }

    /// The advice on what to do instead.
    var remedy: Text {
        let command = "\(center.noun) link \(other.noun) --input"
        let option = "--map \("\(own)=name".inShellQuotes)"
        return Text(
            en: """
                the columns are those of links between records that exist: make them with '\(command) FILE'; to make new \
                records that are called so, give \(option)
                """,
            es: """
                las columnas son las de vínculos entre registros que existen: crearlos con '\(command) ARCHIVO'; para crear \
                registros nuevos que se llamen así, dar \(option)
                """
        )
    }
}
