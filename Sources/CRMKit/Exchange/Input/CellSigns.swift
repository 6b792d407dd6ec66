/// What one look at the bytes of a cell tells of it, as cells pass by in millions.
struct CellSigns {
    /// Whether a byte is beyond ASCII.
    private(set) var isBeyondASCII = false
    /// Whether there is a byte by which programs escape, or with which a mark begins that nobody sees.
    private(set) var maySpoil = false
    /// Whether there may be a colon, of which Google puts three between several values.
    private(set) var mayHoldColon = false

    private static let colon = UInt8(ascii: ":")

    /// Looks at text in UTF-8.
    init(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        // Most cells are ASCII, and eight bytes of it are told as one.
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
