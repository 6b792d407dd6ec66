/// The lines in UTF-8 of a text for which the user has named another encoding.
final class LinesInUTF8 {
    /// The position of the first character beyond ASCII of the first such line; `nil` if there is none.
    private(set) var first: TextPosition?
    private(set) var count = 0
    /// The position of the first byte that was not passed yet.
    private var position: TextPosition
    /// Whether the present line is counted.
    private var isCounted = false

    /// - Parameter position: where the text begins in which they are looked for.
    init(from position: TextPosition) { self.position = position }

    /// Counts the present line, a part of which is UTF-8.
    ///
    /// - Parameter offset: where in the line the part begins, as far as the line was not passed yet.
    func note(_ part: UnsafeBufferPointer<UInt8>, from offset: Int) {
        if first == nil {
            let ahead = offset + (part.firstIndex { $0 >= 0x80 } ?? 0)
            first = TextPosition(line: position.line, column: position.column + ahead, offset: position.offset + ahead)
        }
        if !isCounted { count += 1 }
        isCounted = true
    }

    /// Passes a line, or a piece of one.
    func pass(_ line: UnsafeBufferPointer<UInt8>) {
        let isWhole = line.last == UInt8(ascii: "\n")
        position = TextPosition(
            line: position.line + (isWhole ? 1 : 0),
            column: isWhole ? 1 : position.column + line.count,
            offset: position.offset + line.count
        )
        if isWhole { isCounted = false }
    }
}
