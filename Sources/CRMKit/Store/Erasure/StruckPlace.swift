/// A place in which a name of an erased person stood.
public struct StruckPlace: Sendable {
    /// The kind of a place.
    public enum Kind: String, Sendable, CaseIterable {
        /// A text of a record or of a row of one.
        case text
        /// A message as it came, which is no longer kept with its record.
        case message
        /// What the history keeps of a record or of a row of one.
        case history
        /// The command line of a change set.
        case command
        /// The searched text of a file.
        case file
    }

    /// The kind of the place.
    public let kind: Kind
    /// The module of the record; `nil` for a command line and for the text of a file.
    public private(set) var module: Module?
    /// The id of the record, or of the change set with the command line; `nil` where it is not known, as for the history
    /// of rows of records.
    public private(set) var id: Int64?
    /// The part of the row; `nil` for a record itself and for a link.
    public private(set) var part: Part?
    /// The first field of the row that contained a name; `nil` outside of rows.
    public private(set) var field: Field?

    init(_ kind: Kind, id: Int64? = nil) { (self.kind, self.id) = (kind, id) }

    init(_ id: Int64, in table: Table, field: Field?, _ kind: Kind) {
        (self.kind, self.field) = (kind, field)
        (module, part) = (table.module, table.part)
        self.id = kind != .history || table.holdsRecords ? id : nil
    }
}
