/// The places where the comments of a header field end (RFC 5322 section 3.2.2), found in one pass: a field of
/// parentheses alone would otherwise be read to its end from each of them.
struct CommentEnds {
    /// The index of the closing parenthesis, by that of the opening one.
    private var closing: [Int: Int] = [:]

    init(_ field: [UInt8]) {
        guard field.contains(UInt8(ascii: "(")) else { return }
        var open: [Int] = []
        var isEscaped = false
        for (index, byte) in field.enumerated() {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "("): open.append(index)
            case UInt8(ascii: ")"): if let begin = open.popLast() { closing[begin] = index }
            default: break
            }
        }
    }

    /// The index of the parenthesis that closes the comment beginning at an index; nil if none does.
    subscript(begin: Int) -> Int? { closing[begin] }
}
