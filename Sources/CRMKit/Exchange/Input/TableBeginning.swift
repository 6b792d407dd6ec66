import Formats

/// What the first lines of delimited text say of the rest.
struct TableBeginning {
    /// How the text is spelled.
    let dialect: CSVDialect
    /// The number of the first line that is left.
    let firstLine: Int
    /// How many records stand above the one that names the cells.
    let titles: Int

    /// Takes a line that tells what separates the cells, and nothing else.
    ///
    /// - Parameter dialect: what the caller says.
    init(of source: ByteSource, format: InputFormat, dialect: CSVDialect?) throws(CSVError) {
        let told = dialect ?? (format == .tsv ? .csv(delimiter: .tab) : .csv())
        do throws(ReadError) {
            let separator = format == .tsv ? nil : try source.takeSeparatorLine()
            firstLine = separator == nil ? 1 : 2
            let spelled = separator.map { .csv(delimiter: $0) } ?? told
            let records = try source.firstRecords(as: spelled) { Self.titles(above: $0) == nil }
            titles = Self.titles(above: records) ?? 0
            let isOwn = format == .tsv && dialect == nil && Self.isOwn(records.dropFirst(titles).first ?? [])
            self.dialect = isOwn ? .tsv : spelled
        } catch {
            throw .unreadable(error)
        }
    }

    /// So many lines of titles nobody writes.
    private static let mostTitles = 12

    /// How many of the first records are titles: what reports write above their header, in one cell a line, or in two of
    /// which the first ends in a colon. `nil` as long as all are that, as the rows of a table of one column may be; one that
    /// programs write is not waited for.
    private static func titles(above records: [[String]]) -> Int? {
        if let first = records.first, isOwn(first) { return 0 }
        var leastNames = 2
        for (index, record) in records.enumerated() {
            if index > mostTitles { return 0 }
            let filled = record.filter { !$0.trimmed.isEmpty }
            // A column of numbers of rows has no name.
            if filled.count == 1, record[0].trimmed.isEmpty { return index }
            if filled.count < 2 { continue }
            if filled.count == 2, filled[0].trimmed.hasSuffix(":") {
                leastNames = 3
                continue
            }
            return filled.count < leastNames ? 0 : index
        }
        return nil
    }

    /// Whether names are spelled as this program spells them, in whose tables of tabs a backslash hides what would break a
    /// row; spreadsheets quote it.
    private static func isOwn(_ names: [String]) -> Bool {
        names.allSatisfy { name in
            name.utf8.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } == true
                && name.utf8.allSatisfy {
                    switch $0 {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                        UInt8(ascii: "_"), UInt8(ascii: "."):
                        true
                    default: false
                    }
                }
        }
    }
}
