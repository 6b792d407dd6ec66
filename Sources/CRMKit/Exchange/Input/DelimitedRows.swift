import Formats

/// Rows from delimited text, of which the first line names the cells.
final class DelimitedRows {
    private let source: ByteSource
    private let csv: CSVReader
    private var count = 0
    /// The names of the cells.
    let header: [String]

    /// - Throws: ``RowProblem`` for a malformed header or none; ``CRMError`` `inputOutput` where nothing can be read.
    init(_ source: ByteSource, dialect: CSVDialect, keepsRaw: Bool) throws {
        self.source = source
        csv = CSVReader(source, dialect: dialect, keepsRawRecords: keepsRaw)
        let names: [String]?
        do throws(CSVError) {
            names = try csv.readHeader()
        } catch {
            throw error.asInputError(row: 0, in: source.encoding)
        }
        guard let names else { throw RowProblem.emptyTable }
        header = names
    }

    /// The bytes of the record that was last read.
    var raw: [UInt8] { csv.rawRecord }
    /// Whether an error left the rest of the input unread.
    var stoppedEarly: Bool { csv.stoppedEarly }

    /// The next record as a row; `nil` after the last.
    func next() throws -> InputRow? {
        count += 1
        do throws(CSVError) {
            return try csv.next().map { InputRow($0, names: header) }
        } catch {
            throw error.asInputError(row: count, in: source.encoding)
        }
    }
}
