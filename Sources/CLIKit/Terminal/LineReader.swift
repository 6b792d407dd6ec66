/// Reads lines of UTF-8 from a file descriptor with read(2) and its own buffer.
///
/// A terminal stays in its usual (canonical) mode, in which it edits the line itself.
public final class LineReader {
    /// A line that cannot be read. The next call continues after it.
    public enum Failure: Error, Sendable, Equatable {
        /// The line is not UTF-8.
        case invalidUTF8
        /// The line is longer than ``LineReader/longestLine``.
        case lineTooLong
        /// The system reported an error while reading.
        case system(SystemError)
    }

    /// The greatest length of a line, in bytes.
    public static let longestLine = 65_536

    private let source: FileDescriptor
    private var buffer: [UInt8] = []
    private var atEnd = false

    /// Creates a reader of an open file.
    public init(_ source: FileDescriptor) {
        self.source = source
    }

    /// Returns the next line without its end (LF or CRLF); `nil` at the end of the input. The last line may lack an
    /// end.
    public func next() throws(Failure) -> String? {
        var line: [UInt8] = []
        var isWhole = true
        var isComplete = false
        while !isComplete {
            if buffer.isEmpty {
                try fill()
                if atEnd { break }
            }
            let end = buffer.firstIndex(of: UInt8(ascii: "\n"))
            let piece = buffer[..<(end ?? buffer.count)]
            isComplete = end != nil
            isWhole = isWhole && line.count + piece.count <= Self.longestLine
            if isWhole {
                line.append(contentsOf: piece)
            }
            buffer.removeFirst(piece.count + (isComplete ? 1 : 0))
        }
        if !isComplete, line.isEmpty, isWhole { return nil }
        guard isWhole else { throw .lineTooLong }
        if line.last == UInt8(ascii: "\r") {
            line.removeLast()
        }
        guard let text = String(validating: line, as: UTF8.self) else { throw .invalidUTF8 }
        return text
    }

    private func fill() throws(Failure) {
        do {
            buffer = try source.read(upTo: 4_096)
        } catch {
            throw .system(error)
        }
        atEnd = buffer.isEmpty
    }
}
