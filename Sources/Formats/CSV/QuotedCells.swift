/// The quotes around cells of a tab-separated text.
public enum CellQuotes: Sendable {
    /// No cell needs those it has, or quotes stand in a way that spreadsheets do not write.
    case absent
    /// Cells with commas alone stand in quotes, which may be theirs.
    case doubtful
    /// Cells stand in quotes as spreadsheets write them.
    case written
}

extension ByteSource {
    /// Returns whether cells at the beginning of a tab-separated text stand in quotes because they need them there, and
    /// none in a way that spreadsheets do not write: a quote within a cell that does not begin with one, or a backslash
    /// escape.
    ///
    /// Spreadsheets write such text as RFC 4180 has it, with a tab for the comma; the type text/tab-separated-values
    /// itself knows no quotes. Those that put a comma between tabs in quotes end their lines with CR LF. At most 64 KiB
    /// are looked at, without consuming them; nothing of a terminal.
    ///
    /// - Throws: ``ReadError`` if the input cannot be read.
    public func cellQuotes() throws(ReadError) -> CellQuotes {
        guard !isTyped else { return .absent }
        let isWhole = try lookAtBeginning()
        let bytes = UnsafeBufferPointer(start: window, count: min(available, Self.longestBeginning))
        var scan = QuotedCellScan(bytes, isCut: !isWhole)
        return scan.quotes()
    }
}

/// A walk over the cells of a tab-separated text.
private struct QuotedCellScan {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Whether the text continues after the bytes.
    private let isCut: Bool
    private var place = 0
    /// Whether a cell in quotes needs them in every text with tabs.
    private var needsQuotes = false
    /// Whether a cell in quotes has a comma.
    private var hasCommas = false

    init(_ bytes: UnsafeBufferPointer<UInt8>, isCut: Bool) {
        self.bytes = bytes
        self.isCut = isCut
    }

    private static let quote = UInt8(ascii: "\"")

    mutating func quotes() -> CellQuotes {
        while place < bytes.count {
            guard bytes[place] == Self.quote ? passQuoted() : passPlain() else { return .absent }
            place += 1
        }
        let isOfSpreadsheet = endsLinesWithReturns || bytes.first == Self.quote
        if needsQuotes || hasCommas && isOfSpreadsheet { return .written }
        return hasCommas ? .doubtful : .absent
    }

    /// Whether the first line ends with CR LF.
    private var endsLinesWithReturns: Bool {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end > 0 else { return false }
        return bytes[end - 1] == UInt8(ascii: "\r")
    }

    /// Goes to the end of a cell in quotes: whether it is one. A cell that the text is cut in says nothing.
    private mutating func passQuoted() -> Bool {
        var (isNeeded, hasComma) = (false, false)
        place += 1
        while place < bytes.count {
            switch bytes[place] {
            case Self.quote where place + 1 < bytes.count && bytes[place + 1] == Self.quote:
                isNeeded = true
                place += 1
            case Self.quote:
                place += 1
                if place < bytes.count, bytes[place] == UInt8(ascii: "\r") { place += 1 }
                guard place == bytes.count || Self.endsCell(bytes[place]) else { return false }
                needsQuotes = needsQuotes || isNeeded
                hasCommas = hasCommas || hasComma
                return true
            case UInt8(ascii: ","): hasComma = true
            case UInt8(ascii: "\t"), UInt8(ascii: "\n"): isNeeded = true
            default: break
            }
            place += 1
        }
        return isCut
    }

    /// Moves to the end of a cell without quotes, and returns whether a spreadsheet would leave out the quotes.
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
