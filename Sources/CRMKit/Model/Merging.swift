import Localization

/// A declaration that records of a module can be merged, and where values go that the merged record has no field for.
public struct Merging: Sendable {
    /// The name of the part whose rows take addresses and numbers that find no place; `nil` where none does.
    let overflow: String?
    /// The key of the field of such a row that says in which field the value stood.
    let origin: String?

    /// Declares that records of a module can be merged.
    ///
    /// - Parameters:
    ///   - overflow: the name of the part that takes surplus values. Its key field is of several kinds, among them
    ///     addresses or numbers.
    ///   - origin: the key of a text field of the part's rows that records which field the value came from.
    init(overflow: String? = nil, origin: String? = nil) {
        self.overflow = overflow
        self.origin = origin
    }
}

extension Part {
    /// The name of the part that keeps which records have become one with theirs.
    static let mergedName = "merged"
    /// The key of the id that a merged record had.
    static let formerID = "former_id"
    /// The key of the external id that a merged record had and the one that was kept has not.
    static let formerKey = "former_external_id"
    /// The key of the code that a merged record had and the one that was kept has not, of a module whose records have one
    /// each.
    static let formerCode = "former_code"

    /// The records that have become one with the record. As rows under history they go and come back with what an undo
    /// takes back, and move on where the record itself is merged into another.
    static let merged = Part(
        mergedName,
        en: "Merged record",
        es: "Registro fusionado",
        plural: (key: "merged_records", en: "Merged records", es: "Registros fusionados"),
        gender: .masculine,
        visibility: .kept,
        fields: [
            .integer(formerID, en: "Former id", es: "Id anterior", [.required, .key], in: 1...Int64.max),
            .code(formerKey, en: "Former external id", es: "Id externo anterior", .key),
            .code(formerCode, en: "Former code", es: "Código anterior", .key),
        ]
    )
}

extension Module {
    /// The table that records which of the module's records were merged into which; `nil` when they cannot be merged.
    var mergedTable: Table? { merging == nil ? nil : Table(.merged, of: self) }

    /// The fields that go on naming a merged record, whose values are no other record's, and where those are kept.
    var formerKeys: [(field: Field, keptAs: String)] {
        guard merging != nil else { return [] }
        let code = fields.first {
            !$0.traits.isDisjoint(with: .unique) && $0.traits.contains(.key) && $0.key != "external_id"
        }
        return [field("external_id").map { ($0, Part.formerKey) }, code.map { ($0, Part.formerCode) }].compactMap { $0 }
    }
}

/// Which records' values a merge prefers, in addition to those of the record that is kept.
public struct MergePreferences: Sendable {
    /// Which of the records is asked first for a value.
    public enum Order: String, Sendable, CaseIterable {
        /// The record that was changed most recently.
        case newer
        /// The record that has been unchanged longest.
        case older
    }

    /// Which record is asked first for a value; `nil` for the record that is kept, then the others in the order named.
    public var order: Order?
    /// The records whose value of a field is kept, by the field's key.
    public internal(set) var choices: [(field: String, id: Int64)] = []
    /// The records whose links' value of an attribute is kept, by the attribute's name, ``LinkConflict/key``.
    public internal(set) var linkChoices: [(attribute: String, id: Int64)] = []

    /// No preference beside the record that stays.
    public init(order: Order? = nil) { self.order = order }

    /// The record whose value of a field is kept, where one is named.
    func choice(_ key: String) -> Int64? { choices.last { $0.field == key }?.id }

    /// The record whose links' value of an attribute is kept, where one is named.
    func linkChoice(_ attribute: String) -> Int64? { linkChoices.last { $0.attribute == attribute }?.id }

    /// Every record that is named, with what is kept of it.
    var named: [(key: String, id: Int64)] {
        choices.map { (key: $0.field, id: $0.id) } + linkChoices.map { (key: $0.attribute, id: $0.id) }
    }
}

extension CRMError {
    /// Refuses to merge a record into itself.
    public init(mergingIntoItself id: Int64, of module: Module) {
        self.init(
            .usage,
            Text(
                en: "\(module.called(id).en) cannot be merged into itself",
                es: "no se puede fusionar \(module.called(id).es) consigo"
            ),
            module: module.name,
            reference: "\(id)"
        )
    }
}
