import Formats

/// Rows with a single cell, each a line that refers to a record.
final class ReferenceRows {
    private let source: ByteSource
    private var lines: ReferenceLines
    private var count = 0
    /// The name of the cell.
    let name: String
    /// Whether an error left the rest of the input unread.
    private(set) var stoppedEarly = false

    init(_ source: ByteSource, name: String) {
        self.source = source
        lines = ReferenceLines(source)
        self.name = name
    }

    /// Returns the next line as a row; `nil` after the last.
    func next() throws -> InputRow? {
        count += 1
        do throws(LineError) {
            guard let line = try lines.next() else { return nil }
            return InputRow(number: count, line: line.line, names: [name], texts: [line.text], columns: [1])
        } catch {
            stoppedEarly = lines.stoppedEarly
            throw error.asInputError(row: count, in: InputEncoding(of: source))
        }
    }
}
