import Localization

/// The columns of a module's records by which duplicates are recognized.
struct ResemblanceColumns {
    /// A value that nearly identifies a record, with the columns that hold it.
    struct Signal {
        /// The prefix of a reference key, or the key of a field.
        let key: String
        let label: Text
        let fields: [Field]
        let parts: [KeyPlaces.PartPlace]
        /// Whether it is an address that may belong to a role instead of a person.
        let isAddress: Bool
        /// Whether it is a code, which identifies a record whatever its name.
        var isCode: Bool { fields.first?.type.isCode ?? false }
    }

    let module: Module
    let kind: NameWords.Kind
    let names: [Field]
    /// The field of the surname; `nil` for names of things.
    var surname: Field? { kind == .person ? names.last : nil }
    let signals: [Signal]
    let context: Field?
    let facts: [Field]
    /// The hashes of values that identify nobody.
    let nobodys: Set<UInt64>

    /// - Returns: `nil` for a module that does not declare by what its records resemble each other.
    init?(_ module: Module) {
        guard let resemblance = module.resemblance else { return nil }
        self.module = module
        switch resemblance.name {
        case .person: kind = .person
        case .title: kind = .title
        }
        let isPerson = kind == .person
        names = resemblance.name.fields.compactMap { module.field($0) }
        signals = resemblance.keys.compactMap { key in
            if let places = KeyPlaces(key, in: module), let first = places.fields.first {
                let label = module.referenceKeys.contains { $0.prefix == key } ? Self.label(first) : first.label
                return Signal(
                    key: key,
                    label: label,
                    fields: places.fields,
                    parts: places.parts,
                    isAddress: isPerson && first.type == .email
                )
            }
            return module.field(key).map {
                Signal(key: key, label: $0.label, fields: [$0], parts: [], isAddress: false)
            }
        }
        context = resemblance.context.flatMap { module.field($0) }
        facts = resemblance.facts.compactMap { module.field($0) }
        nobodys = Set((signals.flatMap(\.fields) + facts).flatMap(\.type.nobodys).map { NameWords.hash($0.utf8) })
    }

    /// Returns the label of a signal: addresses and numbers have the same one in every field.
    private static func label(_ field: Field) -> Text {
        switch field.type {
        case .email: Text(en: "E-mail", es: "Correo")
        case .phone: Text(en: "Telephone", es: "Teléfono")
        default: field.label
        }
    }

    /// The columns with the names of records.
    var nameColumns: [SQLFragment] { names.map { .name($0.comparedColumn) } }

    /// The column of the context; null if there is none.
    var contextColumn: SQLFragment { context.map { .name($0.comparedColumn) } ?? "NULL" }
}

extension Module {
    /// The labels of the values by which duplicates are recognized, besides names; empty for a module without such
    /// values.
    public var resemblances: [Text] {
        guard let columns = ResemblanceColumns(self) else { return [] }
        let labels = columns.signals.map(\.label) + (columns.facts + [columns.context].compactMap { $0 }).map(\.label)
        return labels.reduce(into: []) { known, label in if !known.contains(label) { known.append(label) } }
    }
}
