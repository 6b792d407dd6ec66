/// What a field of text gets by default, as people write it: the same text for every record, or numbers by a pattern.
enum DefaultText: Equatable {
    /// The same for every record.
    case text(String)
    /// To each the next.
    case numbers(NumberPattern)
}
