import Formats

/// The facts about delimited text that its first lines show.
struct TableBeginning {
    /// The dialect of the text.
    let dialect: CSVDialect
    /// The number of the first line after a line that states the delimiter.
    let firstLine: Int
    /// The number of records above the header.
    let titles: Int
    /// The delimiter that is suspected instead of the present one, as it would make the column names known.
    let doubt: DelimiterDoubt?
    /// The delimiter within lines that are quoted as a whole; `nil` if lines are not.
    let delimiterInQuotes: CSVDialect.Delimiter?
    /// The quotes of cells below names of this program's own style, as only spreadsheets write them with tabs.
    let quotes: CellQuotes
    /// The first rows below the header, when anything depends on them.
    let sample: [[String]]

    /// Examines the beginning of a text, consuming only a line that states the delimiter.
    ///
    /// - Parameters:
    ///   - dialect: the dialect given by the caller.
    ///   - knows: returns whether some of the names of a header are known.
    ///   - samples: returns whether the meaning of names, or the reading of what is below them, depends on the rows, so
    ///     that a pipe is read until they have arrived.
    init(
        of source: ByteSource,
        format: InputFormat,
        dialect: CSVDialect?,
        knowing knows: ([String]) -> Bool,
        sampling samples: ([String]) -> Bool
    ) throws(CSVError) {
        let told = dialect ?? (format == .tsv ? .csv(delimiter: .tab) : .csv())
        var fault: CSVError?
        do throws(ReadError) {
            let separator = format == .tsv ? nil : try source.takeSeparatorLine()
            firstLine = separator == nil ? 1 : 2
            let spelled = separator.map { .csv(delimiter: $0) } ?? told
            let top = try Self.top(of: source, as: spelled, knowing: knows)
            delimiterInQuotes =
                try knows(top.header) ? nil : Self.delimiterInQuotes(of: source, as: spelled, knowing: knows)
            let isOwn = format == .tsv && dialect == nil && Self.isOwn(top.header)
            quotes = isOwn && !top.header.contains("id") ? try source.cellQuotes() : .absent
            self.dialect = isOwn && quotes != .written ? .tsv : spelled
            if let markdown = DelimiterDoubt(markdown: top.header) {
                doubt = markdown
            } else {
                doubt =
                    try knows(top.header)
                    ? nil
                    : Self.delimiter(of: source, besides: spelled.delimiter, knowing: knows).map(DelimiterDoubt.init)
                        ?? DelimiterDoubt(quoted: top.header, as: spelled)
            }
            if !knows(top.header), doubt == nil, DelimiterDoubt(top.header) == nil {
                fault = try source.malformedByte(inLines: firstLine...(firstLine + Self.mostTitles))
            }
            // Lines above unknown names are not taken for titles.
            let titles = doubt == nil ? top.titles : 0
            self.titles = titles
            sample =
                try samples(top.header) ? Array(source.beginning(as: self.dialect).dropFirst(titles + 1)) : []
        } catch {
            throw .unreadable(error)
        }
        // Invalid bytes that ended the search are reported before unknown names.
        if let fault { throw fault }
    }

    /// Returns the delimiter of names in a first line that is quoted as a whole, if it makes some of them known.
    private static func delimiterInQuotes(
        of source: ByteSource,
        as dialect: CSVDialect,
        knowing knows: ([String]) -> Bool
    ) throws(ReadError) -> CSVDialect.Delimiter? {
        guard let line = try source.firstRecords(as: dialect, while: \.isEmpty).first, line.count == 1,
            try source.firstByte() == UInt8(ascii: "\"")
        else { return nil }
        return CSVDialect.Delimiter.allCases.first { delimiter in
            let names = line[0].split(separator: Character(Unicode.Scalar(delimiter.rawValue))).map { part in
                String(part.drop { $0 == "\"" }.prefix { $0 != "\"" })
            }
            return names.count > 1 && knows(names)
        }
    }

    /// Returns the delimiter that makes column names known, the one with most names if there are several, without
    /// consuming anything.
    static func delimiter(
        of source: ByteSource,
        besides told: CSVDialect.Delimiter? = nil,
        knowing knows: ([String]) -> Bool
    ) throws(ReadError) -> CSVDialect.Delimiter? {
        var found: (delimiter: CSVDialect.Delimiter, count: Int)?
        for delimiter in CSVDialect.Delimiter.allCases where delimiter != told {
            let header = try top(of: source, as: .csv(delimiter: delimiter), knowing: knows).header
            let count = header.count { knows([$0]) }
            if header.count > 1, count > found?.count ?? 0 { found = (delimiter, count) }
        }
        return found?.delimiter
    }

    /// Returns the column names in a dialect, and the number of records above them.
    ///
    /// A single known name may be the whole header of a table with one column, whose rows may contain commas: `Ruiz,
    /// Ana`.
    private static func top(
        of source: ByteSource,
        as dialect: CSVDialect,
        knowing knows: ([String]) -> Bool
    ) throws(ReadError) -> (titles: Int, header: [String]) {
        let records = try source.firstRecords(as: dialect) { records in
            guard let likely = titles(above: records) else { return true }
            return likely < records.count && isOfGroups(records[likely]) && records.count < likely + 2
        }
        let likely = titles(above: records) ?? 0
        guard likely < records.count else { return (0, records.first ?? []) }
        if let below = names(below: likely, in: records, knowing: knows) { return (below, records[below]) }
        let known = knows(records[likely]) ? nil : records[..<likely].firstIndex(where: knows)
        return (known ?? likely, records[known ?? likely])
    }

    /// Whether a record may have titles of groups of columns, each in the first of several merged cells. The first
    /// column may belong to no group.
    private static func isOfGroups(_ record: [String]) -> Bool { record.contains { $0.trimmed.isEmpty } }

    /// Returns the index of the column names below titles of groups: every cell but empty ones at the end has a name,
    /// and more of them are known than above. `nil` if there are none.
    private static func names(
        below titles: Int,
        in records: [[String]],
        knowing knows: ([String]) -> Bool
    ) -> Int? {
        let (above, below) = (titles, titles + 1)
        guard below < records.count, let last = records[below].lastIndex(where: { !$0.trimmed.isEmpty }),
            case let names = records[below][...last],
            names.count > records[above].filter({ !$0.trimmed.isEmpty }).count,
            names.allSatisfy({ !$0.trimmed.isEmpty }),
            isOfGroups(records[above]) || records[above].count < names.count
        else { return nil }
        let (ofTitles, ofNames) = (records[above].count { knows([$0]) }, records[below].count { knows([$0]) })
        return ofNames > 1 && ofNames > ofTitles ? below : nil
    }

    /// The maximum number of title lines above a header.
    private static let mostTitles = 12

    /// Returns the number of title records that reports have above their header: records with one cell, or with two if
    /// the first ends in a colon. Returns `nil` while all records may be titles, as in a table with one column. For
    /// headers in this program's own style no further records are needed.
    private static func titles(above records: [[String]]) -> Int? {
        if let first = records.first, isOwn(first) { return 0 }
        var leastNames = 2
        for (index, record) in records.enumerated() {
            if index > mostTitles { return 0 }
            let filled = record.filter { !$0.trimmed.isEmpty }
            // A column for the numbers of rows may have no name.
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

    /// Whether names are in this program's own style. Its tab-separated tables use backslash escapes, where
    /// spreadsheets use quotes.
    static func isOwn(_ names: [String]) -> Bool {
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
