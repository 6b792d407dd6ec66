import Formats
import Localization

/// Rows from delimited text, of which a line names the cells, as spreadsheets and the exports of other programs write it.
final class DelimitedRows {
    private let source: ByteSource
    private let csv: CSVReader
    private var count = 0
    /// How the text is spelled, as its first lines or the caller says.
    let dialect: CSVDialect
    /// The names of the cells.
    let header: [String]
    private let repetition: HeaderRepetition
    private var passedOver = PassedOverLines()
    /// What was read to find out whether the row before it was the last.
    private var ahead: Result<InputRow, any Error>?
    /// The bytes of the row that was last given, where one was read after it.
    private var rawBefore: [UInt8]?

    /// - Parameter dialect: how the text is spelled, where it is not as the format has it.
    /// - Throws: ``RowProblem`` for a malformed header or none; ``CRMError`` `inputOutput` where nothing can be read.
    init(_ source: ByteSource, format: InputFormat, dialect: CSVDialect?, keepsRaw: Bool) throws {
        self.source = source
        do throws(CSVError) {
            let beginning = try TableBeginning(of: source, format: format, dialect: dialect)
            self.dialect = beginning.dialect
            csv = CSVReader(
                source,
                dialect: beginning.dialect,
                maximumRecordLength: InputRow.mostBytes,
                isLenient: true,
                firstLine: beginning.firstLine,
                keepsRawRecords: keepsRaw
            )
            for _ in 0..<beginning.titles {
                let title = try csv.readHeader() ?? []
                passedOver.titles.append(title.first { !$0.trimmed.isEmpty } ?? "")
            }
            header = try csv.readHeader() ?? []
        } catch {
            throw error.asInputError(row: 0, in: source.encoding)
        }
        guard !header.isEmpty else { throw RowProblem.emptyTable }
        repetition = HeaderRepetition(of: header)
    }

    /// The bytes of the record that was last given or refused.
    var raw: [UInt8] { rawBefore ?? csv.rawRecord }
    /// Whether an error left the rest of the input unread.
    var stoppedEarly: Bool { csv.stoppedEarly && ahead == nil }
    /// What was passed over so far that a person should know of.
    var notices: [Text] { passedOver.notices }

    /// The next record that is a row, and neither the header again nor, at the end, what the rows come to; `nil` after the
    /// last.
    func next() throws -> InputRow? {
        rawBefore = nil
        if let ahead {
            self.ahead = nil
            return try ahead.get()
        }
        guard let row = try read() else { return nil }
        guard row.holdsTotals else { return row }
        let raw = csv.rawRecord
        do {
            guard let following = try read() else {
                passedOver.totals = row.line
                return nil
            }
            ahead = .success(following)
        } catch {
            ahead = .failure(error)
        }
        rawBefore = raw
        return row
    }

    private func read() throws -> InputRow? {
        count += 1
        do throws(CSVError) {
            while let record = try csv.next() {
                if repetition.isMet(by: record) {
                    passedOver.headers.add(record.line)
                    continue
                }
                if record.given < record.count { passedOver.cut.add(record.line) }
                return InputRow(record, names: header)
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
}

/// By what a row is known that repeats the header: files that were put together have each its own.
private struct HeaderRepetition {
    private let header: [String]
    /// The first letter of the first name, of no case, by which most rows are told from such a one.
    private let start: UInt8
    /// The names by which it is known, whatever its case and blanks.
    private let folded: [String]

    /// No name is longer, blanks and all.
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

    /// The first byte that is no blank, of no case; 0 for one beyond ASCII, which may be folded to another.
    private static func start(of bytes: some Sequence<UInt8>) -> UInt8 {
        guard let first = bytes.first(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else { return 0 }
        return first >= 0x80 ? 0 : first | 0x20
    }
}

extension InputRow {
    /// Whether the row says nothing but what others come to: a word for that, and beside it numbers alone.
    fileprivate var holdsTotals: Bool {
        guard texts.count > 1, let place = texts.firstIndex(where: { $0?.trimmed.isEmpty == false }),
            let word = texts[place]?.trimmed, word.utf8.count <= Self.longestTotal, Self.mayBeTotal(word)
        else { return false }
        let name = word.lastIndex(where: \.isLetter).map { String(word[...$0]) } ?? ""
        guard Self.totals.contains(Fold.fold(name)) else { return false }
        return texts[(place + 1)...].allSatisfy { text in text.map(Self.isNumber) ?? true }
    }

    private static let longestTotal = 48

    private static let totals: Set<String> = [
        "total", "totales", "totals", "gran total", "grand total", "grand totals", "total general",
        "total de registros", "total records", "suma", "sumas", "sum", "suma total",
    ]

    /// Whether a word begins as one of the words does, which few names do.
    private static func mayBeTotal(_ word: String) -> Bool {
        let beginning = word.utf8.prefix(3).map { $0 | 0x20 }
        return ["tot", "gra", "sum"].contains { beginning.elementsEqual($0.utf8) }
    }

    /// Whether a text has digits and no more letters than the name of a currency, or is blank.
    private static func isNumber(_ text: String) -> Bool {
        let letters = text.count(where: \.isLetter)
        return text.trimmed.isEmpty || letters <= 3 && text.contains(where: \.isNumber)
    }
}
