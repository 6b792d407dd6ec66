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
    /// Whether lines end in CR alone; LF, and CR LF, end them all the same then.
    private var endInReturns = false
    private var line = 0
    private var hasBegun = false

    /// - Parameter takesReturns: whether all lines may end in CR alone, as old Macintoshes write them, and several CR stand
    ///   before an LF, as text becomes that is converted twice.
    init(_ source: ByteSource, maximumLength: Int, takesReturns: Bool = false) {
        self.source = source
        self.maximumLength = maximumLength
        self.takesReturns = takesReturns
    }

    /// Looks anew what the next lines end in: files that were put one behind the other may not agree.
    mutating func settleLineEnds() throws(Failure) {
        guard takesReturns, hasBegun else { return }
        do throws(ReadError) {
            endInReturns = try source.endsLinesWithReturn()
        } catch {
            throw .unreadable(error)
        }
    }

    /// The next line, ended by LF, CR LF or the end of the input; nil after the last. A byte order mark at the
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

    /// Bytes of the window before the next line end, or all when the input ends first, and the bytes of that end.
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

    /// Returns the offset of the first line end in a range of the window; nil when there is none.
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

    /// The bytes of the line end at a place of the window: two of CR LF.
    private func lengthOfEnd(at place: Int) throws(ReadError) -> Int {
        guard source.window[place] == UInt8(ascii: "\r"), try source.ensure(place + 2) else { return 1 }
        return source.window[place + 1] == UInt8(ascii: "\n") ? 2 : 1
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
