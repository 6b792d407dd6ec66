/// The lines of a text, without the quotes around those that are quoted as a whole: `"Ana,""Paz, Leo"""` as `Ana,"Paz,
/// Leo"`. Spreadsheets write such lines for a table whose rows were pasted into one column.
final class UnquotedLines {
    private let source: ByteSource
    /// The line last read; the bytes from `next` on have yet to be consumed.
    private var line: [UInt8] = []
    private var next = 0

    init(_ source: ByteSource) { self.source = source }

    /// Reads up to `room` bytes and returns their number; 0 at the end.
    func read(into target: UnsafeMutablePointer<UInt8>, _ room: Int) throws(ReadError) -> Int {
        while next == line.count {
            guard try takeLine() else { return 0 }
        }
        let length = min(room, line.count - next)
        line.withUnsafeBufferPointer { bytes in
            guard let first = bytes.baseAddress else { return }
            target.update(from: first + next, count: length)
        }
        next += length
        return length
    }

    /// The greatest length of a line, in bytes. A longer one is not a row and is returned unchanged.
    private static let longest = 4 << 20

    private func takeLine() throws(ReadError) -> Bool {
        var length = 0
        while try source.ensure(length + 1), length < Self.longest {
            length += 1
            if source.window[length - 1] == UInt8(ascii: "\n") { break }
        }
        guard length > 0 else { return false }
        let bytes = Array(UnsafeBufferPointer(start: source.window, count: length))
        source.consume(length)
        (line, next) = (Self.unquoted(bytes) ?? bytes, 0)
        return true
    }

    /// Returns a line without the quotes around it, including its end; `nil` if it is not quoted as a whole. Delimiters
    /// behind the closing quote, which spreadsheets write for empty columns, are removed.
    private static func unquoted(_ line: [UInt8]) -> [UInt8]? {
        let quote = UInt8(ascii: "\"")
        guard line.first == quote else { return nil }
        var inner: [UInt8] = []
        inner.reserveCapacity(line.count)
        var index = 1
        while index < line.count {
            if line[index] == quote {
                guard index + 1 < line.count, line[index + 1] == quote else { break }
                index += 1
            }
            inner.append(line[index])
            index += 1
        }
        let rest = line[min(index + 1, line.count)...]
        let isClosed = index < line.count && rest.allSatisfy { ",;\t \r\n".utf8.contains($0) }
        return isClosed ? inner + rest.drop { !"\r\n".utf8.contains($0) } : nil
    }
}
