import Localization

/// Declares that records of a module can be merged, and which part takes the values for which no field is left.
public struct Merging: Sendable {
    /// The name of the part whose rows take addresses and numbers for which no field is left; `nil` for none.
    let overflow: String?
    /// The key of the field of such a row that names the field the value came from.
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
    /// The name of the part that lists the records merged into a record.
    static let mergedName = "merged"
    /// The key of the id that a merged record had.
    static let formerID = "former_id"
    /// The key of the external id of a merged record, if it differs from that of the remaining record. If the remaining
    /// record took it over, it is the one that the remaining record had before.
    static let formerKey = "former_external_id"
    /// The key of the code of a merged record, or of the one that the remaining record gave up for it, like
    /// ``formerKey``, in a module with unique codes. It also holds further keys by which a record was named, see
    /// ``FormerKey``; a record with several of these has a row for each.
    static let formerCode = "former_code"

    /// The records merged into a record. The rows are part of the history, so undo and redo remove and restore them,
    /// and they move along when the record itself is merged into another.
    static let merged = Declaration(
        name: mergedName,
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
    ).part
}

extension Module {
    /// The table that records which of the module's records were merged into which; `nil` when they cannot be merged.
    var mergedTable: Table? { merging == nil ? nil : Table(.merged, of: self) }

    /// The part that takes the values for which the remaining record has no field.
    public var overflowPart: Part? { merging?.overflow.flatMap { part(named: $0) } }

    /// Returns the kind of the overflow part's rows that holds values of a type; `nil` when there is none.
    func overflowChoice(of type: FieldType) -> String? {
        overflowPart?.keyField?.variants?.types.first { $0.type == type && type != .text }?.choice
    }

    /// The fields by which a merged record is still found: the external id, the code, and the other keys for whose
    /// values the remaining record has no rows.
    var formerKeys: [FormerKey] {
        guard merging != nil else { return [] }
        let keys = fields.filter { $0.traits.contains(.key) && $0.type.form == .text && $0.key != "external_id" }
        let code = keys.first { $0.traits.contains(.unique) }
        let others = keys.filter { $0.key != code?.key && overflowChoice(of: $0.type) == nil }
        return [
            field("external_id").map { FormerKey(field: $0, column: Part.formerKey, lead: "") },
            code.map { FormerKey(field: $0, column: Part.formerCode, lead: "") },
        ].compactMap(\.self) + others.map { FormerKey(field: $0, column: Part.formerCode, lead: "\($0.key):") }
    }
}

/// A field by which a merged record is still found, and how its value is stored in a row of ``Part/merged``.
struct FormerKey {
    let field: Field
    /// The key of the row's field.
    let column: String
    /// The prefix of the value, if values of several fields are stored in one field of the row.
    let lead: String

    /// Returns the form in which a value of the field is stored.
    ///
    /// - Parameter country: the country of telephone numbers without a country code.
    func stored(_ value: String, country: String?) -> String {
        if lead.isEmpty { return value }
        return FieldType.code.matchKey(for: lead + field.type.matchKey(for: value, country: country), country: nil)
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

    /// Prefers no record, unless an order is given.
    public init(order: Order? = nil) { self.order = order }

    /// The record whose value of a field is kept; `nil` when none was named.
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
