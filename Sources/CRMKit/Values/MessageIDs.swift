/// The ids of messages as headers name them (RFC 5322 section 3.6.4).
enum MessageIDs {
    /// The ids of a text, each once: what stands in angle brackets; where nothing does, its words.
    ///
    /// - Parameter onlyBracketed: whether words count alone that have an `@` in them.
    static func list(_ text: String, onlyBracketed: Bool = false) -> [String] {
        var ids: [String] = []
        var rest = text[...]
        while let start = rest.utf8.firstIndex(of: UInt8(ascii: "<")),
            let end = rest.utf8[start...].firstIndex(of: UInt8(ascii: ">"))
        {
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

    /// A text of ids as fields hold them: without the angle brackets, with a space between them.
    static func plain(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
        return list(text).joined(separator: " ")
    }
}
