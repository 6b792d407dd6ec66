/// Finds the end of an array element by brackets and strings alone, in as many steps as its bytes arrive in.
struct JSONExtent {
    /// The number of bytes known to belong to the element.
    private(set) var length = 0
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// Examines the bytes from `length` on. Returns true if the element ends before one of them.
    mutating func advance(over bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        while length < count {
            if isInString {
                passString(bytes, count)
                continue
            }
            switch bytes[length] {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if depth == 0 { return true }
                depth -= 1
            case UInt8(ascii: ","):
                if depth == 0 { return true }
            default: break
            }
            length += 1
        }
        return false
    }

    /// Examines the bytes that have come since, of a text whose last byte ends a line. Returns true if all its brackets and
    /// strings are closed, or something follows that is not part of it.
    mutating func isWhole(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return true }
            return advance(over: start, bytes.count) || depth == 0 && !isInString
        }
    }

    private mutating func passString(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        if isEscaped {
            isEscaped = false
            length += 1
            return
        }
        length = JSONString.nextSpecial(bytes, from: length, to: count)
        guard length < count else { return }
        isEscaped = bytes[length] == UInt8(ascii: "\\")
        isInString = bytes[length] != UInt8(ascii: "\"")
        length += 1
    }
}
