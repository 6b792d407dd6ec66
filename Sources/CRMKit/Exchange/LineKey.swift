/// The keys of an export's lines that are not fields.
enum LineKey {
    /// The settings of the database.
    static let settings = "settings"
    /// The field of a counter.
    static let counter = "counter"
    /// The module of a record.
    static let module = "module"
    /// The name by which other lines refer to the record.
    static let name = "ref"
    /// The id with which the record was made in another database, if it has another one here.
    static let originalID = "original_id"
    /// The module of the record at the other end of a link.
    static let link = "link"
    /// The record at the other end of a link, or the one that a row of a part belongs to.
    static let record = "record"
    /// The ids of the records that were merged into the record, as `show` prints them.
    static let mergedFrom = "merged_from"
    /// The prefix of a reference to another line's record.
    static let namePrefix = "ref:"
}
