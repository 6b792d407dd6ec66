extension ByteSource {
    /// Whether cells at the beginning of a tab-separated text stand in quotes because they need them there, and none in a
    /// way that spreadsheets do not write: a quote within a cell that does not begin with one, or a backslash escape.
    ///
    /// Spreadsheets write such text as RFC 4180 has it, with a tab for the comma; the type text/tab-separated-values
    /// itself knows no quotes. At most 64 KiB are looked at, without consuming them; nothing of a terminal.
    ///
    /// - Throws: ``ReadError`` if the input cannot be read.
    public func hasQuotedCells() throws(ReadError) -> Bool {
        guard !isTyped else { return false }
        let isWhole = try lookAtBeginning()
        let bytes = UnsafeBufferPointer(start: window, count: min(available, Self.longestBeginning))
        var scan = QuotedCellScan(bytes, isCut: !isWhole)
        return scan.findsQuotedCells()
    }
}

/// A walk over the cells of a tab-separated text.
private struct QuotedCellScan {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Whether the text goes on behind the bytes.
    private let isCut: Bool
    private var place = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, isCut: Bool) {
        self.bytes = bytes
        self.isCut = isCut
    }

    private static let quote = UInt8(ascii: "\"")

    mutating func findsQuotedCells() -> Bool {
        var isFound = false
        while place < bytes.count {
            if bytes[place] == Self.quote {
                guard let isNeeded = passQuoted() else { return false }
                isFound = isFound || isNeeded
            } else {
                guard passPlain() else { return false }
            }
            place += 1
        }
        return isFound
    }

    /// Goes to the end of a cell in quotes: whether it needs them; `nil` if it is none. A cell that the text is cut in
    /// says nothing.
    private mutating func passQuoted() -> Bool? {
        var isNeeded = false
        place += 1
        while place < bytes.count {
            switch bytes[place] {
            case Self.quote where place + 1 < bytes.count && bytes[place + 1] == Self.quote:
                isNeeded = true
                place += 1
            case Self.quote:
                place += 1
                if place < bytes.count, bytes[place] == UInt8(ascii: "\r") { place += 1 }
                return place == bytes.count || Self.endsCell(bytes[place]) ? isNeeded : nil
            case UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: "\n"): isNeeded = true
            default: break
            }
            place += 1
        }
        return isCut ? false : nil
    }

    /// Goes to the end of a cell without quotes: whether a spreadsheet writes it so.
    private mutating func passPlain() -> Bool {
        while place < bytes.count, !Self.endsCell(bytes[place]) {
            if bytes[place] == Self.quote { return false }
            if bytes[place] == UInt8(ascii: "\\"), place + 1 < bytes.count,
                [UInt8(ascii: "t"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "\\")].contains(bytes[place + 1])
            {
                return false
            }
            place += 1
        }
        return true
    }

    private static func endsCell(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") }
}
