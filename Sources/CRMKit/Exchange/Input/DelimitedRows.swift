import Formats
import Localization

/// Rows from delimited text whose first line names the columns, as spreadsheets and other programs export it.
final class DelimitedRows {
    private let source: ByteSource
    private let csv: CSVReader
    private var count = 0
    /// The dialect of the text, from its first lines or the caller.
    let dialect: CSVDialect
    /// The names of the cells.
    var header: [String] { head.names }
    /// The header of the rows.
    let head: TableHead
    private let repetition: HeaderRepetition
    /// Whether another program may have written the table. Cells of tables written by this program are read unchanged.
    private let isForeign: Bool
    private var passedOver = PassedOverLines()
    /// Whether a row had more than one cell.
    private var hasWhole = false
    /// Whether the last record was a text below the table.
    private var isBelow = false
    /// The record that was last refused, as a row; `nil` if its cells could not be told apart.
    private(set) var refused: InputRow?

    /// - Parameters:
    ///   - dialect: the dialect of the text, if it is not the default one of the format.
    ///   - knows: returns whether some of the names in a header are known.
    ///   - samples: returns whether the meaning of names, or the reading of what is below them, depends on the first
    ///     rows.
    /// - Throws: ``RowProblem`` for a missing or malformed header; ``CRMError`` `inputOutput` if the input cannot be
    ///   read.
    init(
        _ source: ByteSource,
        format: InputFormat,
        dialect: CSVDialect?,
        keepsRaw: Bool,
        knowing knows: ([String]) -> Bool,
        sampling samples: ([String]) -> Bool
    ) throws {
        var source = source
        var doubt: DelimiterDoubt?
        do throws(CSVError) {
            var firstLine = 1
            var beginning = try TableBeginning(
                of: source,
                format: format,
                dialect: dialect,
                knowing: knows,
                sampling: samples
            )
            if let delimiter = beginning.delimiterInQuotes {
                firstLine = beginning.firstLine
                source = ByteSource(unquoting: source)
                beginning = try TableBeginning(
                    of: source,
                    format: format,
                    dialect: .csv(delimiter: delimiter),
                    knowing: knows,
                    sampling: samples
                )
                passedOver.areLinesUnquoted = true
            }
            doubt = beginning.doubt
            passedOver.quotes = beginning.quotes
            self.dialect = beginning.dialect
            csv = CSVReader(
                source,
                dialect: beginning.dialect,
                maximumRecordLength: InputRow.mostBytes,
                isLenient: true,
                firstLine: beginning.firstLine + firstLine - 1,
                keepsRawRecords: keepsRaw
            )
            passedOver.titles = try Self.titles(beginning.titles, of: csv)
            head = try Self.head(of: csv, after: beginning)
        } catch {
            throw Self.problem(error, in: source, doubting: doubt)
        }
        self.source = source
        guard !head.names.isEmpty else { throw RowProblem.emptyTable }
        repetition = HeaderRepetition(of: head.names)
        isForeign = !TableBeginning.isOwn(head.names) || !head.names.contains("id")
    }

    /// Reads the records above the header, and returns the first text of each.
    private static func titles(_ count: Int, of csv: CSVReader) throws(CSVError) -> [String] {
        var titles: [String] = []
        for _ in 0..<count {
            let title = try csv.readHeader() ?? []
            titles.append(title.first { !$0.trimmed.isEmpty } ?? "")
        }
        return titles
    }

    /// Reads the header, below the titles.
    private static func head(of csv: CSVReader, after beginning: TableBeginning) throws(CSVError) -> TableHead {
        let names = try csv.readHeader() ?? []
        return TableHead(names: names, line: csv.headerLine, doubt: beginning.doubt, sample: beginning.sample)
    }

    /// Returns the problem above the rows, with advice if the delimiter may be wrong.
    private static func problem(
        _ error: CSVError,
        in source: ByteSource,
        doubting doubt: DelimiterDoubt?
    ) -> any Error {
        let problem = error.asInputError(row: 0, in: InputEncoding(of: source))
        // The text after a quoted name may be the actual delimiter.
        guard case .textAfterQuote = error, let doubt, let row = problem as? RowProblem else { return problem }
        return row.advising(doubt.remedy)
    }

    /// The bytes of the record that was last returned or refused.
    var raw: [UInt8] { csv.rawRecord }
    /// Whether an error left the rest of the input unread.
    var stoppedEarly: Bool { csv.stoppedEarly }
    /// Notices about skipped lines.
    var notices: [Text] { passedOver.notices }

    /// Returns the next record that does not repeat the header, as a row; `nil` after the last.
    func next() throws -> InputRow? {
        count += 1
        do throws(CSVError) {
            while let record = try nextRow() {
                if repetition.isMet(by: record) {
                    passedOver.headers.add(record.line)
                    continue
                }
                if record.given < record.count { passedOver.cut.add(record.line) }
                return InputRow(record, names: header, isForeign: isForeign)
            }
            return nil
        } catch {
            throw problem(error)
        }
    }

    /// Returns the problem of a record that cannot be read, with advice, and keeps what could be read of it.
    private func problem(_ error: CSVError) -> any Error {
        refused = nil
        let problem = error.asInputError(row: count, in: InputEncoding(of: source))
        if case .recordTooLong = error { return (problem as? RowProblem)?.advisingWhole ?? problem }
        guard case .raggedRow(let expected, let found, let cells, let position) = error,
            let row = problem as? RowProblem
        else {
            return problem
        }
        let advised = advice(on: cells, found: found, expected: expected).map(row.advising) ?? row
        refused = InputRow(number: count, line: position.line, names: header, ragged: cells, fault: advised)
        return advised
    }

    /// Returns what to do about a record with too many cells, or too few; `nil` if nothing is known.
    private func advice(on cells: [String], found: Int, expected: Int) -> Text? {
        if found < expected, dialect.quoting == .backslashes { return Self.quotedTabs }
        guard dialect.quoting == .doubleQuotes else { return nil }
        if found == 1, expected > 1, cells.first?.utf8.contains(dialect.delimiter.rawValue) == true {
            return Self.quotedWhole
        }
        if expected == 1 { return Self.unquoted }
        guard found > expected else { return nil }
        let isUnnamed = cells.count <= expected + csv.unnamedCount
        return SurplusCell.remedy(among: cells, delimiter: dialect.delimiter, isUnnamed: isUnnamed)
    }

    /// Returns the next record that is not a remark below the table. A report has such remarks, each on a line of its
    /// own, after its last complete row and an empty line: who made it, and when. If rows were cut before, a single
    /// cell may be a row.
    private func nextRow() throws(CSVError) -> CSVRecord? {
        while true {
            let line: Int
            do throws(CSVError) {
                guard let record = try csv.next() else { return nil }
                guard record.count > 1, record.given == 1 || Self.isNote(record) && (isBelow || csv.followsEmptyLine)
                else {
                    isBelow = false
                    hasWhole = true
                    return record
                }
                guard isBelowTable else { return record }
                line = record.line
            } catch {
                guard case .raggedRow(_, 1, _, let position) = error, isBelowTable else { throw error }
                line = position.line
            }
            isBelow = true
            passedOver.texts.add(line)
        }
    }

    /// Whether a record has a text in its first cell alone that reads as a remark. Spreadsheets write the empty cells
    /// of a remark too, but a record may also consist of just a name.
    private static func isNote(_ record: CSVRecord) -> Bool {
        guard (1..<record.count).allSatisfy({ record.bytes(at: $0).isEmpty }) else { return false }
        let text = record.string(at: 0).trimmed
        return endings.contains(where: Fold.fold(text).hasPrefix) || text.contains(":")
            || text.last == "." && text.count > 10 || "*(".contains(text.first ?? " ")
            || text.split(separator: " ").count > 6
    }

    /// The beginnings of remarks at the end of a report, folded.
    private static let endings = [
        "fin de ", "fin del ", "end of ", "generado ", "generada ", "generated ", "impreso ", "printed ", "exportado ",
        "exported ", "elaborado ", "confidential", "confidencial", "powered by", "created by", "creado por", "emitido ",
        "informacion confidencial", "reporte generado", "report generated", "documento generado",
    ]

    private var isBelowTable: Bool { isBelow || hasWhole && csv.followsEmptyLine && passedOver.cut.count == 0 }

    /// Advice for a table of one column whose cells contain the delimiters of other tables.
    private static let unquoted = Text(
        en: "a cell with the delimiter in it stands in double quotes",
        es: "una celda que contenga el separador va entre comillas dobles"
    )

    /// Advice for a row that stands in quotes as a whole, as spreadsheets write a line that was pasted into one cell.
    private static let quotedWhole = Text(
        en: "the whole row stands in double quotes: take them away",
        es: "la fila entera va entre comillas dobles: quitarlas"
    )

    /// Advice for tab-separated rows with line breaks inside quotes.
    private static let quotedTabs = Text(
        en: "where a text in quotes goes on in the next line, as spreadsheets write it, give --delimiter tab",
        es:
            "si un texto entre comillas sigue en la línea siguiente, como lo escriben las hojas de cálculo, dar --delimiter tab"
    )
}

/// Recognizes rows that repeat the header, as in files joined together.
private struct HeaderRepetition {
    private let header: [String]
    /// The first letter of the first name, regardless of case, by which most rows are found to differ.
    private let start: UInt8
    /// The names in comparable form, regardless of case and spaces.
    private let folded: [String]

    /// The maximum length of a cell that may be a name.
    private static let mostBytes = 256

    init(of header: [String]) {
        self.header = header
        start = Self.start(of: (header.first ?? "").utf8)
        folded = header.map { Fold.fold($0.trimmed) }
    }

    func isMet(by record: CSVRecord) -> Bool {
        guard Self.start(of: record.bytes(at: 0)) == start else { return false }
        return (0..<record.count).allSatisfy { index in
            let bytes = record.bytes(at: index)
            if bytes.elementsEqual(header[index].utf8) { return true }
            return bytes.count <= Self.mostBytes
                && Fold.fold(String(decoding: bytes, as: UTF8.self).trimmed) == folded[index]
        }
    }

    /// Returns the first byte that is not blank, regardless of case; 0 for one beyond ASCII, which may be folded to
    /// another.
    private static func start(of bytes: some Sequence<UInt8>) -> UInt8 {
        guard let first = bytes.first(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else { return 0 }
        return first >= 0x80 ? 0 : first | 0x20
    }
}
