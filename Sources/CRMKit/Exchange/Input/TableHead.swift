/// The column names of rows, as a table has them in its header.
public struct TableHead: Sendable {
    /// The names of the cells.
    public let names: [String]
    /// The header's line in the input, from 1.
    let line: Int
    private let found: DelimiterDoubt?
    /// The first of the rows, as far as they can be had without being taken.
    let sample: [[String]]

    /// - Parameters:
    ///   - found: the doubt about the delimiter that the table as a whole raises.
    ///   - sample: the first rows.
    init(names: [String], line: Int = 1, doubt found: DelimiterDoubt? = nil, sample: [[String]] = []) {
        self.names = names
        self.sample = sample
        self.line = line
        self.found = found
    }

    /// The suspicion that the cells are separated by something else, where a name means nothing.
    var doubt: DelimiterDoubt? { found ?? DelimiterDoubt(names) }
}
