extension ByteSource {
    /// Returns the first records of delimited text, as many as are wanted, without consuming them.
    ///
    /// - Parameters:
    ///   - dialect: the dialect of the text.
    ///   - isWanted: whether another record is wanted after these.
    /// - Returns: the fields of each record, without empty ones at its end. There are fewer records than wanted if the
    ///   input ends, if the next record is malformed, or if the records are too long to look at.
    /// - Throws: ``ReadError`` if the input cannot be read.
    public func firstRecords(
        as dialect: CSVDialect,
        while isWanted: ([[String]]) -> Bool
    ) throws(ReadError) -> [[String]] {
        try skipByteOrderMark()
        var isWhole = false
        while true {
            let records = completeRecords(as: dialect, isWhole: isWhole)
            guard isWanted(records), !isWhole, available < Self.longestBeginning else { return records }
            isWhole = try !lookFurther()
        }
    }

    /// Returns the records at the beginning of delimited text, at most 64 KiB of it, without consuming them. It waits
    /// for a pipe, so that the result does not depend on the pieces in which the input arrives.
    ///
    /// - Parameter dialect: the dialect of the text.
    /// - Returns: the fields of each record, without empty ones at its end, up to one that is malformed; none for a
    ///   terminal, whose user waits for an answer to each line.
    /// - Throws: ``ReadError`` if the input cannot be read.
    public func beginning(as dialect: CSVDialect) throws(ReadError) -> [[String]] {
        guard !isTyped else { return [] }
        return completeRecords(as: dialect, isWhole: try lookAtBeginning(), upTo: .max)
    }

    /// Reads the beginning of the input into the window, as much of it as is looked at, behind a byte order mark.
    ///
    /// - Returns: whether the input ended before that.
    func lookAtBeginning() throws(ReadError) -> Bool {
        try skipByteOrderMark()
        while available < Self.longestBeginning {
            guard try lookFurther() else { return true }
        }
        return false
    }

    /// Returns the first byte that is not UTF-8 in the lines at the beginning of the window; nil if there is none.
    ///
    /// - Parameter lines: the number of the window's first line, and that of the last line to examine.
    public func malformedByte(inLines lines: ClosedRange<Int>) throws(ReadError) -> CSVError? {
        try skipByteOrderMark()
        let bytes = Array(UnsafeBufferPointer(start: window, count: min(available, Self.longestBeginning)))
        var rest = bytes[...]
        for line in lines where !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            let isCut = end == bytes.count && bytes.count == Self.longestBeginning
            if !isCut, let index = UTF8Sequence.firstMalformed(in: rest[..<end]) {
                let column = index - rest.startIndex + 1
                return .invalidUTF8(rest[index], at: .init(record: 0, field: 1, line: line, column: column))
            }
            rest = rest[end...]
        }
        return nil
    }

    static let longestBeginning = 64 * 1024
    private static let mostRecords = 32

    private func completeRecords(as dialect: CSVDialect, isWhole: Bool, upTo most: Int = mostRecords) -> [[String]] {
        let bytes = Array(UnsafeBufferPointer(start: window, count: min(available, Self.longestBeginning)))
        let reader = CSVReader(ByteSource(bytes: bytes, chunkSize: bytes.count + 1), dialect: dialect, isLenient: true)
        var records: [[String]] = []
        do throws(CSVError) {
            while records.count < most, let fields = try reader.readHeader() { records.append(fields) }
        } catch {
            // The reader of the whole text reports the error.
            return records
        }
        // The last record may continue beyond the window.
        if !isWhole, !records.isEmpty { records.removeLast() }
        return records
    }
}
