import Localization

/// The header of a table: the column names of its rows.
public struct TableHead: Sendable {
    /// The names of the cells.
    public let names: [String]
    /// The line number of the header in the input, from 1.
    let line: Int
    private let found: DelimiterDoubt?
    /// The first rows, as far as they are available without consuming them.
    let sample: [[String]]

    /// - Parameters:
    ///   - found: the doubt about the delimiter for the table as a whole.
    ///   - sample: the first rows.
    init(names: [String], line: Int = 1, doubt found: DelimiterDoubt? = nil, sample: [[String]] = []) {
        self.names = names
        self.sample = sample
        self.line = line
        self.found = found
    }

    /// The doubt about the delimiter, if a name is unknown.
    var doubt: DelimiterDoubt? { found ?? DelimiterDoubt(names) }

    /// What to do about the delimiter if a name is unknown; `nil` if the delimiter is certain.
    public var remedy: Text? { doubt?.remedy }
}
