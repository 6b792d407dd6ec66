import Glibc

/// Splits an input into lines, whatever their contents.
struct LineScanner {
    /// A line in the source's window, without its line end; valid until the next line is requested.
    struct Line {
        let bytes: UnsafeBufferPointer<UInt8>
        let position: TextPosition
    }

    /// The reason why there is no next line.
    enum Failure: Error {
        case unreadable(ReadError)
        case tooLong(at: TextPosition)

        /// Returns the failure as an error of the format whose lines these are.
        func asError<Fault: FormatError>(tooLong: (TextPosition) -> Fault) -> Fault {
            switch self {
            case .unreadable(let error): .unreadable(error)
            case .tooLong(let position): tooLong(position)
            }
        }
    }

    private let source: ByteSource
    private let maximumLength: Int
    private let takesReturns: Bool
    /// Whether CR alone ends a line, in addition to LF and CR LF.
    private var endInReturns = false
    private var line = 0
    private var hasBegun = false

    /// - Parameter takesReturns: whether CR alone may end all lines, as on old Macintoshes, and several CR may precede
    ///   an LF, as in text whose line ends were converted twice.
    init(_ source: ByteSource, maximumLength: Int, takesReturns: Bool = false) {
        self.source = source
        self.maximumLength = maximumLength
        self.takesReturns = takesReturns
    }

    /// Determines the line ends again, since joined files may have different ones.
    mutating func settleLineEnds() throws(Failure) {
        guard takesReturns, hasBegun else { return }
        do throws(ReadError) {
            endInReturns = try source.endsLinesWithReturn()
        } catch {
            throw .unreadable(error)
        }
    }

    /// Returns the next line, ended by LF, CR LF or the end of the input; nil after the last. A byte order mark at the
    /// start is skipped.
    mutating func next() throws(Failure) -> Line? {
        do throws(ReadError) {
            if !hasBegun {
                try source.skipByteOrderMark()
                if takesReturns { endInReturns = try source.endsLinesWithReturn() }
            }
        } catch {
            throw .unreadable(error)
        }
        line += 1
        let position = TextPosition(line: line, column: hasBegun ? 1 : source.offset + 1, offset: source.offset)
        hasBegun = true
        let (length, end) = try lineLength(from: position)
        guard length <= maximumLength else { throw .tooLong(at: position) }
        guard length > 0 || source.available > 0 else { return nil }
        let first = source.window
        source.consume(length + end)
        var count = length
        while count > 0, first[count - 1] == UInt8(ascii: "\r"), takesReturns || count == length { count -= 1 }
        return Line(bytes: .init(start: first, count: count), position: position)
    }

    /// Returns the number of bytes in the window before the next line end, or before the end of the input, and the
    /// length of that line end.
    private func lineLength(from position: TextPosition) throws(Failure) -> (text: Int, end: Int) {
        var searched = 0
        while true {
            do throws(ReadError) {
                if let found = lineEnd(in: searched..<source.available) { return (found, try lengthOfEnd(at: found)) }
                searched = source.available
                if searched <= maximumLength, try !source.fill() { return (searched, 0) }
            } catch {
                throw .unreadable(error)
            }
            guard searched <= maximumLength else { throw .tooLong(at: position) }
        }
    }

    /// Returns the offset of the first line end in a range of the window; nil if there is none.
    private func lineEnd(in range: Range<Int>) -> Int? {
        guard endInReturns else { return place(of: UInt8(ascii: "\n"), in: range) }
        let carriage = place(of: UInt8(ascii: "\r"), in: range)
        return place(of: UInt8(ascii: "\n"), in: range.lowerBound..<(carriage ?? range.upperBound)) ?? carriage
    }

    private func place(of byte: UInt8, in range: Range<Int>) -> Int? {
        memchr(source.window + range.lowerBound, Int32(byte), range.count).map {
            UnsafeRawPointer(source.window).distance(to: UnsafeRawPointer($0))
        }
    }

    /// Returns the length of the line end at an offset of the window: 2 for CR LF.
    private func lengthOfEnd(at place: Int) throws(ReadError) -> Int {
        guard source.window[place] == UInt8(ascii: "\r"), try source.ensure(place + 2) else { return 1 }
        return source.window[place + 1] == UInt8(ascii: "\n") ? 2 : 1
    }
}

extension ByteSource {
    /// Returns whether the first line ends in CR alone.
    fileprivate func endsLinesWithReturn() throws(ReadError) -> Bool {
        var searched = 0
        while true {
            while searched < available, window[searched] != UInt8(ascii: "\n") {
                if window[searched] == UInt8(ascii: "\r") {
                    // A line end may continue behind the window.
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
