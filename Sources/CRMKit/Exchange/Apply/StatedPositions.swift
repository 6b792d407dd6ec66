/// The positions given in lines for rows of parts, for records whose rows arrive out of order. While rows are missing,
/// the others are stored before their final positions. For rows in order nothing is stored.
struct StatedPositions {
    /// The given positions of a record's rows, in the order in which the rows are stored.
    private var byRecord: [Int64: [Int64]] = [:]

    /// Returns the present position of the row with a given position; `nil` when it has not arrived yet.
    func place(of position: Int64, in record: Int64) -> Int64? {
        guard let stated = byRecord[record] else { return position }
        return stated.firstIndex(of: position).map { Int64($0) + 1 }
    }

    /// Returns the position at which to insert a new row: before the rows for which higher positions were given.
    ///
    /// - Parameter position: the position given for the row; `nil` when none was given, which puts the row last.
    func place(ofNew position: Int64?, in record: Int64) -> Int64? {
        guard let position, let stated = byRecord[record] else { return position }
        return Int64(stated.firstIndex { $0 > position } ?? stated.count) + 1
    }

    /// Records that a row was stored at a position.
    mutating func note(_ position: Int64?, in record: Int64, at place: Int64) {
        guard var stated = byRecord[record] else {
            if let position, position > place { byRecord[record] = Array(1..<place) + [position] }
            return
        }
        stated.insert(position ?? (stated.last ?? 0) + 1, at: Int(place) - 1)
        byRecord[record] = stated.last == Int64(stated.count) ? nil : stated
    }
}
