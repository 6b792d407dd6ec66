import Glibc

/// Cuts an input into lines, without looking at what they hold.
struct LineScanner {
    /// A line within the source's window, without its line end; valid until the next line is asked for.
    struct Line {
        let bytes: UnsafeBufferPointer<UInt8>
        let position: TextPosition
    }

    /// Why there is no next line.
    enum Failure: Error {
        case unreadable(ReadError)
        case tooLong(at: TextPosition)
    }

    private let source: ByteSource
    private let maximumLength: Int
    private var line = 0
    private var hasBegun = false

    init(_ source: ByteSource, maximumLength: Int) {
        self.source = source
        self.maximumLength = maximumLength
    }

    /// The next line, ended by LF, CR LF or the end of the input; nil after the last. A byte order mark at the
    /// start is skipped.
    mutating func next() throws(Failure) -> Line? {
        do throws(ReadError) {
            if !hasBegun { try source.skipByteOrderMark() }
        } catch {
            throw .unreadable(error)
        }
        line += 1
        let position = TextPosition(line: line, column: hasBegun ? 1 : source.offset + 1, offset: source.offset)
        hasBegun = true
        let length = try lineLength(from: position)
        guard length <= maximumLength else { throw .tooLong(at: position) }
        guard length > 0 || source.available > 0 else { return nil }
        let first = source.window
        source.consume(min(length + 1, source.available))
        let endsWithCR = length > 0 && first[length - 1] == UInt8(ascii: "\r")
        return Line(bytes: .init(start: first, count: endsWithCR ? length - 1 : length), position: position)
    }

    /// Bytes of the window before the next LF, or all when the input ends first.
    private func lineLength(from position: TextPosition) throws(Failure) -> Int {
        var searched = 0
        while true {
            if let found = memchr(source.window + searched, Int32(UInt8(ascii: "\n")), source.available - searched) {
                return UnsafeRawPointer(source.window).distance(to: UnsafeRawPointer(found))
            }
            searched = source.available
            guard searched <= maximumLength else { throw .tooLong(at: position) }
            do throws(ReadError) {
                if try !source.fill() { return searched }
            } catch {
                throw .unreadable(error)
            }
        }
    }
}
