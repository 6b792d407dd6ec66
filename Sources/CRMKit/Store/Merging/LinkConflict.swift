/// An attribute with different values in two links to the same record, which a merge joins into one link.
public struct LinkConflict: Sendable {
    /// The attribute.
    public let field: Field
    /// The module of the record to which both links lead.
    public let module: ModuleName
    /// The id of that record.
    public let record: Int64
    /// The ids of the merged records with the values in their links, the kept record first.
    public let values: [(id: Int64, value: Value)]
    /// The index of the value that the joined link has; the other value is added to its note.
    public let kept: Int

    /// The value that is only in the note, with the id of its record.
    public var other: (id: Int64, value: Value) { values[1 - kept] }

    /// The attribute as written in a preference: `product.link.status`.
    public var key: String { Self.key(of: field, module) }

    static func key(of field: Field, _ module: ModuleName) -> String { "\(module.noun).link.\(field.key)" }

    /// Whether one of two different values of an attribute is chosen when links are joined. Links with different roles
    /// are not joined, a beginning is the earlier one or goes with what it is of, and notes are combined.
    static func isChosen(_ field: Field) -> Bool { !["role", "since", "until", "note"].contains(field.key) }
}
