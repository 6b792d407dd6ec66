/// Text whose paragraphs were broken into lines for transport (RFC 3676).
public enum FlowedText {
    /// Returns the text with each paragraph on one line; quoted ones retain their marks.
    ///
    /// - Parameter deletesSpace: whether the blank at the end of a broken line was added (`DelSp=yes`).
    public static func joined(_ text: String, deletesSpace: Bool) -> String {
        var output = ""
        var paragraph: (depth: Int, text: String)?
        func end() {
            guard let paragraph else { return }
            let marks = String(repeating: ">", count: paragraph.depth)
            output += marks + (paragraph.depth > 0 && !paragraph.text.isEmpty ? " " : "") + paragraph.text + "\n"
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let depth = line.prefix { $0 == ">" }.count
            var content = line.dropFirst(depth)
            if content.hasPrefix(" ") { content = content.dropFirst() }
            let isSignature = content == "-- "
            let isFlowed = content.hasSuffix(" ") && !isSignature
            if isFlowed && deletesSpace { content = content.dropLast() }
            if let open = paragraph, open.depth == depth, !isSignature {
                paragraph = (depth, open.text + content)
            } else {
                end()
                paragraph = (depth, String(content))
            }
            if !isFlowed {
                end()
                paragraph = nil
            }
        }
        end()
        // The empty text after the last line end is not a line.
        return text.last?.isNewline == true && output.hasSuffix("\n") ? String(output.dropLast()) : output
    }
}
