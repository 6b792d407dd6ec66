/// Tells how the lines of a message end, by the end of its first line: with line feeds, or with carriage returns alone, as
/// old programs of the Macintosh wrote them.
struct LineEndForm {
    /// The end of a line.
    enum Form {
        /// A line feed, possibly after carriage returns.
        case feeds
        /// A carriage return, or whatever else ends a line.
        case returns
    }

    /// The form, once the first line has ended.
    private(set) var form: Form?
    private var hasReturn = false

    /// Returns whether carriage returns end the lines of a message, whose next piece this is.
    mutating func areReturns(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if let form { return form == .returns }
        var rest = bytes[...]
        if !hasReturn {
            rest = rest.drop { $0 != 0x0A && $0 != 0x0D }
            hasReturn = rest.first == 0x0D
        }
        // Carriage returns before a line feed are part of its line end.
        guard let next = hasReturn ? rest.first(where: { $0 != 0x0D }) : rest.first else { return false }
        form = next == 0x0A ? .feeds : .returns
        return form == .returns
    }
}
