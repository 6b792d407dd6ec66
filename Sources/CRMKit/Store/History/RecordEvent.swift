/// An event in the life of a record within one change set.
public enum RecordEvent: Sendable {
    /// The record was created.
    case created
    /// Fields of it changed, in declared order.
    case updated([FieldChange])
    /// The record was deleted.
    case deleted
    /// The deleted record was restored.
    case restored
    /// The record was erased, together with its stored history.
    case erased
    /// The record was linked with another record.
    case linked(LinkEnd)
    /// Attributes of its link to another record changed.
    case linkChanged(LinkEnd, [FieldChange])
    /// The link with another record was deleted.
    case unlinked(LinkEnd)
    /// A row was added to one of the record's parts.
    case partAdded(PartRowImage)
    /// Fields of a row of one of the record's parts changed.
    case partChanged(PartRowImage, [FieldChange])
    /// A row of one of the record's parts was removed.
    case partRemoved(PartRowImage)
}

/// A row of a part as it was at some time.
public struct PartRowImage: Sendable {
    /// The part.
    public let part: Part
    /// The position of the row among those of its record at that time; `nil` if it is not known.
    public let position: Int64?
    /// The fields that had a value, in declared order.
    public let values: [LinkEnd.Attribute]
}

/// One field before and after a change.
public struct FieldChange: Sendable {
    /// The field.
    public let field: Field
    /// The stored value before.
    public let before: Value
    /// The stored value afterwards.
    public let after: Value
    /// The currency of an amount before.
    public let currencyBefore: String?
    /// The currency of an amount afterwards.
    public let currencyAfter: String?
    /// The name of the record that a reference referred to before.
    public let nameBefore: String?
    /// The name of the record that a reference referred to afterwards.
    public let nameAfter: String?
    /// The time zone of the day that a moment stood for before, empty for the user's zone; `nil` if the time of day
    /// counted.
    public let dayZoneBefore: String?
    /// The same as ``dayZoneBefore`` for the value afterwards.
    public let dayZoneAfter: String?
}

/// The other end of a link, and the link's attributes at the time.
public struct LinkEnd: Sendable {
    /// An attribute that has a value.
    public struct Attribute: Sendable {
        /// The attribute.
        public let field: Field
        /// The stored value.
        public let value: Value
    }

    /// The other record's module.
    public let module: ModuleName
    /// The other record's id.
    public let id: Int64
    /// The other record's present name, or its last one when it was deleted.
    public let name: String?
    /// The attributes that had a value, in declared order.
    public let attributes: [Attribute]
}
