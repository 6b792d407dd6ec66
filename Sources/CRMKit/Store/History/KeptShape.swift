/// The columns that history keeps of a row, in the order in which it does: rows that changed alike have the same.
struct KeptShape {
    let columns: [String]
    /// What stands before the value of each: its name and a colon.
    private let beginnings: [[UInt8]]

    private init(_ columns: [String]) {
        self.columns = columns
        beginnings = columns.map { Array("\"\($0)\":".utf8) }
    }

    /// Whether a row has it, told by going through its bytes once.
    private func fits(_ row: UnsafeRawBufferPointer) -> Bool {
        var reading = KeptReading(bytes: row)
        guard reading.pass(UInt8(ascii: "{")) else { return false }
        for (index, beginning) in beginnings.enumerated() {
            guard index == 0 || reading.pass(UInt8(ascii: ",")), reading.pass(beginning), reading.passValue() else {
                return false
            }
        }
        return reading.pass(UInt8(ascii: "}")) && reading.isAtEnd
    }

    /// Adds the shape of a row to those that are known, unless it is among them.
    ///
    /// - Throws: what tells of damage for a row that is no object.
    static func note(_ row: UnsafeRawBufferPointer, in known: inout [KeptShape]) throws {
        // Most rows have that of the row before.
        if let last = known.last, last.fits(row) { return }
        if let index = known.firstIndex(where: { $0.fits(row) }) {
            known.swapAt(index, known.count - 1)
            return
        }
        let columns = try RowMembers(keptAs: row).columns
        if !known.contains(where: { $0.columns == columns }) { known.append(KeptShape(columns)) }
    }
}
