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
    private let takesReturns: Bool
    /// What lines end in.
    private var lineEnd = UInt8(ascii: "\n")
    private var line = 0
    private var hasBegun = false

    /// - Parameter takesReturns: whether all lines may end in CR alone, as old Macintoshes write them, and several CR stand
    ///   before an LF, as text becomes that is converted twice.
    init(_ source: ByteSource, maximumLength: Int, takesReturns: Bool = false) {
        self.source = source
        self.maximumLength = maximumLength
        self.takesReturns = takesReturns
    }

    /// The next line, ended by LF, CR LF or the end of the input; nil after the last. A byte order mark at the
    /// start is skipped.
    mutating func next() throws(Failure) -> Line? {
        do throws(ReadError) {
            if !hasBegun {
                try source.skipByteOrderMark()
                if takesReturns, try source.endsLinesWithReturn() { lineEnd = UInt8(ascii: "\r") }
            }
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
        var count = length
        while count > 0, first[count - 1] == UInt8(ascii: "\r"), takesReturns || count == length { count -= 1 }
        return Line(bytes: .init(start: first, count: count), position: position)
    }

    /// Bytes of the window before the next line end, or all when the input ends first.
    private func lineLength(from position: TextPosition) throws(Failure) -> Int {
        var searched = 0
        while true {
            if let found = memchr(source.window + searched, Int32(lineEnd), source.available - searched) {
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

extension ByteSource {
    /// Whether the first line ends in CR alone.
    fileprivate func endsLinesWithReturn() throws(ReadError) -> Bool {
        var searched = 0
        while true {
            while searched < available, window[searched] != UInt8(ascii: "\n") {
                if window[searched] == UInt8(ascii: "\r") {
                    // A line end may go on behind the window.
                    while try ensure(searched + 1), window[searched] == UInt8(ascii: "\r") { searched += 1 }
                    return searched == available || window[searched] != UInt8(ascii: "\n")
                }
                searched += 1
            }
            guard searched == available, searched < Self.longestFirstLine, try fill() else { return false }
        }
    }

    private static let longestFirstLine = 64 * 1024
}
