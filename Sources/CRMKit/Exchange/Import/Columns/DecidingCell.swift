/// What a cell says of a field that another column of its table has too.
public enum DecidingCell: Sendable, Hashable {
    /// One of certain words, each with the value it says; any other says nothing.
    case words([String: String])
    /// That the cell holds anything at all says a value, as the time of a departure says that somebody has left.
    case presence(String)

    /// Returns the value that a cell says; `nil` if it says none.
    ///
    /// - Precondition: the words are spelled by ``Choice/spelling(_:)``.
    func value(in text: String) -> String? {
        switch self {
        case .words(let words): words[Choice.spelling(text)]
        case .presence(let value): text.trimmed.isEmpty ? nil : value
        }
    }

    /// The same with its words spelled by ``Choice/spelling(_:)``.
    var spelled: DecidingCell {
        guard case .words(let words) = self else { return self }
        return .words(Dictionary(words.map { (Choice.spelling($0), $1) }) { first, _ in first })
    }
}
