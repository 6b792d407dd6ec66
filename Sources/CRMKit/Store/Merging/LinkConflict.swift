import Localization

/// An attribute for which two links with one record, which a merge makes one, have different values.
public struct LinkConflict: Sendable {
    /// The attribute.
    public let field: Field
    /// The kind of record that both are linked with.
    public let module: ModuleName
    /// The id of that record.
    public let record: Int64
    /// The ids of the records that become one, and what the link of each has; first that of the one that stays.
    public let values: [(id: Int64, value: Value)]
    /// The place among them of the value that the link keeps; the other stands in its note.
    public let kept: Int

    /// The value that only the note has, and whose it was.
    public var other: (id: Int64, value: Value) { values[1 - kept] }

    /// The attribute as a preference names it: `product.link.status`.
    public var key: String { Self.key(of: field, module) }

    static func key(of field: Field, _ module: ModuleName) -> String { "\(module.noun).link.\(field.key)" }

    /// Whether links that become one may have different values of an attribute of which one is chosen: links of two roles
    /// stay two, the earlier beginning counts, and notes are joined.
    static func isChosen(_ field: Field) -> Bool { !["role", "since", "until", "note"].contains(field.key) }
}
