/// The row that was read ahead and not yet imported.
struct RowAhead {
    /// The result of reading ahead, with its bytes.
    enum Found {
        case row(InputRow, raw: [UInt8])
        case fault(RowProblem, raw: [UInt8])
        case end
    }

    private var found: Found?

    var isEmpty: Bool { found == nil }

    /// Reads the next row, with its faults if it can be read in part, or the fault of a row that cannot be read.
    ///
    /// - Throws: errors that are not the fault of a row.
    static func read(_ rows: inout InputRows) throws -> Found {
        do {
            guard let row = try rows.next() else { return .end }
            return .row(row, raw: rows.raw)
        } catch let problem as RowProblem {
            return rows.refused.map { .row($0, raw: rows.raw) } ?? .fault(problem, raw: rows.raw)
        }
    }

    /// Stores what was read ahead, for ``next(of:raw:)``.
    mutating func keep(_ found: Found) { self.found = found }

    /// Returns the next row of the input; `nil` after the last one.
    ///
    /// - Parameter raw: gets the bytes of a row that cannot be read, or only in part.
    /// - Returns: the row, with its bytes if the input has already moved past it.
    mutating func next(of rows: inout InputRows, raw: inout [UInt8]) throws -> (row: InputRow, raw: [UInt8]?)? {
        defer { found = nil }
        switch found {
        case .row(let row, let bytes) where row.isFaulty:
            raw = bytes
            return (row, bytes)
        case .row(let row, let bytes): return (row, bytes)
        case .fault(let problem, let bytes):
            raw = bytes
            throw problem
        case .end: return nil
        case nil: break
        }
        do {
            guard let row = try rows.next() else { return nil }
            return (row, nil)
        } catch {
            raw = rows.raw
            if error is RowProblem, let row = rows.refused { return (row, raw) }
            throw error
        }
    }
}
