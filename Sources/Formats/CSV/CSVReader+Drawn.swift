extension CSVReader {
    /// Returns the length of the line at the beginning of the window, including its end, if it decorates a table and is
    /// not a record: a rule of `-`, `=`, `+` and `|`, as database consoles and Markdown write them, the row count
    /// behind a table, or the end-of-file character of MS-DOS (U+001A). Nil for any other line.
    func drawnLineLength() throws(ReadError) -> Int? {
        let first = source.window[0]
        if first == Self.endOfFile { return try endOfFileLength() }
        guard "-+=|(".utf8.contains(first) else { return nil }
        var length = 0
        while try source.ensure(length + 1), !Self.isLineEnd(source.window[length]) {
            guard length < Self.longestDrawn, first == UInt8(ascii: "(") || isOfRule(source.window[length]) else {
                return nil
            }
            length += 1
        }
        let line = UnsafeBufferPointer(start: source.window, count: length)
        guard first == UInt8(ascii: "(") ? Self.isRowCount(line) : Self.isRule(line) else { return nil }
        guard try source.ensure(length + 1) else { return length }
        let hasBoth = try source.ensure(length + 2) && source.window[length + 1] == UInt8(ascii: "\n")
        return length + (source.window[length] == UInt8(ascii: "\r") && hasBoth ? 2 : 1)
    }

    private static let endOfFile: UInt8 = 0x1A
    private static let longestDrawn = 4096

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    /// Returns the number of bytes if only end-of-file characters, NUL and line ends follow, with which old programs
    /// fill the last block of a file; nil otherwise.
    private func endOfFileLength() throws(ReadError) -> Int? {
        var length = 1
        while try source.ensure(length + 1) {
            let byte = source.window[length]
            guard length < Self.longestDrawn, byte == Self.endOfFile || byte == 0 || Self.isLineEnd(byte) else {
                return nil
            }
            length += 1
        }
        return length
    }

    private func isOfRule(_ byte: UInt8) -> Bool {
        "-+=|: ".utf8.contains(byte) || classes.plain[Int(byte)] == .delimiter
    }

    /// Returns whether a line has three `-` or `=` in a row; fewer may stand for an empty cell.
    private static func isRule(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        ["---", "==="].contains { line.firstRange(of: $0.utf8) != nil }
    }

    /// Returns whether a line is a row count: `(1 row)`, `(12 rows)`, `(2 filas)`.
    private static func isRowCount(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = line.drop { $0 == UInt8(ascii: "(") }
        let digits = text.prefix { $0 &- 0x30 < 10 }
        guard !digits.isEmpty, digits.count < 12 else { return false }
        let rest = text.dropFirst(digits.count).map(\.asciiLowercased)
        return [" row)", " rows)", " fila)", " filas)"].contains { rest.elementsEqual($0.utf8) }
    }
}
