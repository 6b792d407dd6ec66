/// The default of a text field, as people write it: the same text for every record, or numbers made from a pattern.
enum DefaultText: Equatable {
    /// The same text for every record.
    case text(String)
    /// To each the next.
    case numbers(NumberPattern)
}

/// A default that is counted from when a record is made, as people write it: `today`, `+30d`.
struct RelativeDefault {
    /// As it is written.
    let text: String
}
