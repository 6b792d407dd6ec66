/// The ids of messages as headers name them (RFC 5322 section 3.6.4).
enum MessageIDs {
    /// Returns the ids in a text, each once: the contents of angle brackets or, in a text without them, the words. Of
    /// brackets within brackets, `<<1@x>>`, the inner ones count.
    ///
    /// - Parameter onlyBracketed: whether words without brackets must contain an `@`.
    static func list(_ text: String, onlyBracketed: Bool = false) -> [String] {
        var ids: [String] = []
        var rest = text[...]
        while let first = rest.utf8.firstIndex(of: UInt8(ascii: "<")),
            let end = rest.utf8[first...].firstIndex(of: UInt8(ascii: ">"))
        {
            let start = rest.utf8[..<end].lastIndex(of: UInt8(ascii: "<")) ?? first
            let id = String(rest[rest.utf8.index(after: start)..<end])
            ids.append(id.utf8.areVisibleASCII ? id : id.filter { !$0.isWhitespace })
            rest = rest[rest.utf8.index(after: end)...]
        }
        if ids.isEmpty {
            let words = text.split { $0.isWhitespace || "<>".contains($0) }.map(String.init)
            ids = onlyBracketed ? words.filter { $0.contains("@") } : words
        }
        return ids.filter { !$0.isEmpty }.uniqued
    }

    /// Returns the ids of a text as fields store them: without angle brackets, separated by spaces. A text without
    /// brackets is returned unchanged.
    static func plain(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
        return list(text).joined(separator: " ")
    }
}
