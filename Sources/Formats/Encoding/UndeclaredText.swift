/// The text of a file without a declared encoding.
public enum UndeclaredText {
    /// Returns the text in UTF-8. A byte order mark decides its encoding; without one it is UTF-8 if the bytes are,
    /// otherwise windows-1252, as in browsers (WHATWG Encoding section 6.1).
    ///
    /// - Parameter isWhole: whether the bytes are the whole file; otherwise the last character may be cut, and is left
    ///   out then.
    public static func utf8(of bytes: [UInt8], isWhole: Bool = true) -> [UInt8] {
        for encoding in [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian] {
            guard let mark = encoding.byteOrderMark, bytes.starts(with: mark) else { continue }
            let rest = Array(bytes.dropFirst(mark.count))
            let isCut = !isWhole && encoding == .utf8
            return TextDecoder(encoding: encoding).decode(isCut ? UTF8Sequence.withoutCutCharacter(rest) : rest)
        }
        let isUTF8 = bytes.withUnsafeBufferPointer { EncodingEvidence.isUTF8($0, isLast: isWhole) }
        guard isUTF8 else { return TextDecoder(encoding: .windows1252).decode(bytes) }
        return isWhole ? bytes : UTF8Sequence.withoutCutCharacter(bytes)
    }
}
