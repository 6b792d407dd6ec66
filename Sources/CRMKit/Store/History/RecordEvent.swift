/// An event in the life of a record within one change set.
public enum RecordEvent: Sendable {
    /// It was made.
    case created
    /// Fields of it changed, in declared order.
    case updated([FieldChange])
    /// It was deleted.
    case deleted
    /// It came back after a deletion.
    case restored
    /// The record was erased, together with its stored history.
    case erased
    /// It was linked to another record.
    case linked(LinkEnd)
    /// Attributes of its link to another record changed.
    case linkChanged(LinkEnd, [FieldChange])
    /// Its link to another record was taken away.
    case unlinked(LinkEnd)
    /// A row was added to one of the record's parts.
    case partAdded(PartRowImage)
    /// Fields of a row of one of the record's parts changed.
    case partChanged(PartRowImage, [FieldChange])
    /// A row of a part of it was taken away.
    case partRemoved(PartRowImage)
}

/// A row of a part as it was at some time.
public struct PartRowImage: Sendable {
    /// The part.
    public let part: Part
    /// The place of the row among the rows of its record at that time; `nil` where that is not known.
    public let position: Int64?
    /// The fields that had a value, in declared order.
    public let values: [LinkEnd.Attribute]
}

/// One field before and after a change.
public struct FieldChange: Sendable {
    /// The field.
    public let field: Field
    /// As it was stored before.
    public let before: Value
    /// As it was stored afterwards.
    public let after: Value
    /// The currency of the record before, in which an amount is to be read.
    public let currencyBefore: String?
    /// The currency of the record afterwards.
    public let currencyAfter: String?
    /// What the record is called that a reference named before.
    public let nameBefore: String?
    /// What the record is called that a reference named afterwards.
    public let nameAfter: String?
    /// The zone whose day a moment stood for before, empty for that of the user; `nil` where the time of day counted.
    public let dayZoneBefore: String?
    /// The same afterwards.
    public let dayZoneAfter: String?
}

/// The other end of a link, and the link's attributes at the time.
public struct LinkEnd: Sendable {
    /// An attribute that has a value.
    public struct Attribute: Sendable {
        /// The attribute.
        public let field: Field
        /// As it was stored.
        public let value: Value
    }

    /// The other record's module.
    public let module: ModuleName
    /// The other record.
    public let id: Int64
    /// What the other record is called, or was when it was deleted.
    public let name: String?
    /// The attributes that had a value, in declared order.
    public let attributes: [Attribute]
}
