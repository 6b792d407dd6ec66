/// The signs of special contents found in one pass over the bytes of a cell. Cells are read by the million.
struct CellSigns {
    /// Whether a byte is beyond ASCII.
    private(set) var isBeyondASCII = false
    /// Whether there may be an escape sequence, or an invisible character such as a byte order mark.
    private(set) var maySpoil = false
    /// Whether there may be a colon. Google's exports separate several values in a cell by three.
    private(set) var mayHoldColon = false

    private static let colon = UInt8(ascii: ":")

    /// Examines text in UTF-8.
    init(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        // Most cells are ASCII, which is checked eight bytes at a time.
        while position + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            guard word & 0x8080_8080_8080_8080 == 0, !ForeignEscapes.mayHoldSign(word) else { break }
            if word.mayHold(Self.colon) { mayHoldColon = true }
            position += 8
        }
        while position < bytes.count {
            let byte = bytes[position]
            if byte >= 0x80 {
                isBeyondASCII = true
                if String.isLeadOfMark(byte) { maySpoil = true }
            } else if ForeignEscapes.isSign(byte) {
                maySpoil = true
            } else if byte == Self.colon {
                mayHoldColon = true
            }
            position += 1
        }
    }
}
