/// The columns that the history stores for a row, in their order. Rows with the same changed columns have the same
/// shape.
struct HistoryRowShape {
    let columns: [String]
    /// The bytes before the value of each column: the quoted name and a colon.
    private let beginnings: [[UInt8]]

    fileprivate init(_ columns: [String]) {
        self.columns = columns
        beginnings = columns.map { Array("\"\($0)\":".utf8) }
    }

    /// Whether a row has this shape, in a single pass over its bytes.
    fileprivate func fits(_ row: UnsafeRawBufferPointer) -> Bool {
        var reading = HistoryRowCursor(bytes: row)
        guard reading.pass(UInt8(ascii: "{")) else { return false }
        for (index, beginning) in beginnings.enumerated() {
            guard index == 0 || reading.pass(UInt8(ascii: ",")), reading.pass(beginning), reading.passValue() else {
                return false
            }
        }
        return reading.pass(UInt8(ascii: "}")) && reading.isAtEnd
    }
}

/// The shapes of many rows.
struct HistoryRowShapes {
    /// The maximum number of shapes that are remembered.
    private static let most = 16

    /// The columns that any of the rows has; `nil` if a row is not a JSON object, which is reported when the row is
    /// restored.
    private(set) var columns: Set<String>? = []
    /// Whether all rows have the same shape.
    private(set) var areAlike = true
    private var shapes: [HistoryRowShape] = []

    /// Adds the shape of a row.
    mutating func note(_ row: UnsafeRawBufferPointer) {
        // Most rows have the shape of the row before.
        if let last = shapes.last, last.fits(row) { return }
        guard columns != nil else { return }
        if let index = shapes.firstIndex(where: { $0.fits(row) }) { return shapes.swapAt(index, shapes.count - 1) }
        guard let found = try? RowMembers(keptAs: row).columns else { return columns = nil }
        areAlike = shapes.isEmpty || areAlike && shapes.last?.columns == found
        columns?.formUnion(found)
        if shapes.count == Self.most { shapes.removeFirst() }
        shapes.append(HistoryRowShape(found))
    }
}
