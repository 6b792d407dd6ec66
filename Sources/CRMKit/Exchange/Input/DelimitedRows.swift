import Formats
import Localization

/// Rows from delimited text, of which the first line names the cells, as spreadsheets and the exports of other programs
/// write it.
final class DelimitedRows {
    private let source: ByteSource
    private let csv: CSVReader
    private var count = 0
    /// How the text is spelled, as its first line or the caller says.
    let dialect: CSVDialect
    /// The names of the cells.
    let header: [String]
    /// The first letter of the first name, of no case, by which most rows are told from one that repeats the header.
    private let headerStart: UInt8
    /// The names by which such a row is known, whatever its case and blanks.
    private let foldedHeader: [String]
    /// What stands in lines above the header.
    private var titles: [String] = []
    /// How many rows repeat the header.
    private var repeatedHeaders = 0
    /// The lines of the first of them.
    private var repeatedLines: [Int] = []

    /// Enough lines to find the others by.
    private static let mostLines = 5

    /// - Throws: ``RowProblem`` for a malformed header or none; ``CRMError`` `inputOutput` where nothing can be read.
    init(_ source: ByteSource, dialect: CSVDialect, keepsRaw: Bool) throws {
        self.source = source
        do throws(CSVError) {
            let separator = try Self.separator(of: source, dialect)
            self.dialect = separator.map { .csv(delimiter: $0) } ?? dialect
            csv = CSVReader(
                source,
                dialect: self.dialect,
                maximumRecordLength: InputRow.mostBytes,
                isLenient: true,
                firstLine: separator == nil ? 1 : 2,
                keepsRawRecords: keepsRaw
            )
            var names = try csv.readHeader()
            if names.map(Self.isPreamble) == true {
                _ = try csv.readHeader()
                names = try csv.readHeader()
            }
            while let title = names, Self.isTitle(title, of: csv.headerWidth), try Self.isTitled(source, self.dialect) {
                titles.append(title[0])
                names = try csv.readHeader()
            }
            header = names ?? []
        } catch {
            throw error.asInputError(row: 0, in: source.encoding)
        }
        guard let first = header.first else { throw RowProblem.emptyTable }
        headerStart = Self.start(of: first.utf8)
        foldedHeader = header.map { Fold.fold($0.trimmed) }
    }

    /// What a first line `sep=;` says.
    private static func separator(
        of source: ByteSource,
        _ dialect: CSVDialect
    ) throws(CSVError) -> CSVDialect.Delimiter? {
        guard dialect.quoting == .doubleQuotes else { return nil }
        do throws(ReadError) {
            return try source.takeSeparatorLine()
        } catch {
            throw .unreadable(error)
        }
    }

    /// Whether a line has one cell that holds something, as a title above a table has: a phrase, or a word before empty
    /// cells.
    private static func isTitle(_ names: [String], of width: Int) -> Bool {
        guard names.count == 1 else { return false }
        return width > 2 || names[0].trimmed.contains(" ")
    }

    private static func isTitled(_ source: ByteSource, _ dialect: CSVDialect) throws(CSVError) -> Bool {
        do throws(ReadError) {
            return try source.isTitled(dialect)
        } catch {
            throw .unreadable(error)
        }
    }

    /// An export of LinkedIn's connections begins with a word and a paragraph about it.
    private static func isPreamble(_ names: [String]) -> Bool { names == ["Notes:"] || names == ["Notas:"] }

    /// The bytes of the record that was last read.
    var raw: [UInt8] { csv.rawRecord }
    /// Whether an error left the rest of the input unread.
    var stoppedEarly: Bool { csv.stoppedEarly }

    /// The next record that does not repeat the header as a row; `nil` after the last.
    func next() throws -> InputRow? {
        count += 1
        do throws(CSVError) {
            while let record = try csv.next() {
                guard repeatsHeader(record) else { return InputRow(record, names: header) }
                repeatedHeaders += 1
                if repeatedLines.count < Self.mostLines { repeatedLines.append(record.line) }
            }
            return nil
        } catch {
            let problem = error.asInputError(row: count, in: source.encoding)
            guard case .raggedRow(let expected, let found, _) = error, found < expected,
                dialect.quoting == .backslashes, let row = problem as? RowProblem
            else { throw problem }
            throw row.advising(Self.quotedTabs)
        }
    }

    /// What is to be done with rows between tabs that have line breaks in quotes.
    private static let quotedTabs = Text(
        en: "where a text in quotes goes on in the next line, as spreadsheets write it, give --delimiter tab",
        es:
            "si un texto entre comillas sigue en la línea siguiente, como lo escriben las hojas de cálculo, dar --delimiter tab"
    )

    /// What was passed over so far that a person should know of.
    var notices: [Text] { [titleNotice, headerNotice].compactMap { $0 } }

    private var titleNotice: Text? {
        guard !titles.isEmpty else { return nil }
        let shown = titles.map { "\"\($0.trimmed.abridged)\"" }.joined(separator: ", ")
        return Text(
            en: "passed over what stands above the header: \(shown)",
            es: "se omitió lo que está encima del encabezado: \(shown)"
        )
    }

    private var headerNotice: Text? {
        guard repeatedHeaders > 0 else { return nil }
        let lines = repeatedLines.map(String.init).joined(separator: ", ")
        let more = repeatedHeaders > repeatedLines.count ? ", …" : ""
        guard repeatedHeaders > 1 else {
            return Text(
                en: "passed over line \(lines), which repeats the header",
                es: "se omitió la línea \(lines), que repite el encabezado"
            )
        }
        return Text(
            en: "passed over \(repeatedHeaders) rows that repeat the header: lines \(lines)\(more)",
            es: "se omitieron \(repeatedHeaders) filas que repiten el encabezado: líneas \(lines)\(more)"
        )
    }

    /// Files that were put together have each its header.
    private func repeatsHeader(_ record: CSVRecord) -> Bool {
        guard Self.start(of: record.bytes(at: 0)) == headerStart else { return false }
        return (0..<record.count).allSatisfy { index in
            let bytes = record.bytes(at: index)
            if bytes.elementsEqual(header[index].utf8) { return true }
            return bytes.count <= Self.mostBytes
                && Fold.fold(String(decoding: bytes, as: UTF8.self).trimmed) == foldedHeader[index]
        }
    }

    /// No name is longer, blanks and all.
    private static let mostBytes = 256

    /// The first byte that is no blank, of no case; 0 for one beyond ASCII, which may be folded to another.
    private static func start(of bytes: some Sequence<UInt8>) -> UInt8 {
        guard let first = bytes.first(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else { return 0 }
        return first >= 0x80 ? 0 : first | 0x20
    }
}
