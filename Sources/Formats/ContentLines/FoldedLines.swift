/// The syntax of content lines.
enum ContentSyntax {
    /// The syntax of RFC 2426 and RFC 6350.
    case card
    /// The syntax of vCard 2.1.
    case legacyCard
    /// The syntax of RFC 5545.
    case calendar
}

/// The lines of a card or of a calendar component between its BEGIN and its END, as in the input.
struct FoldedLines {
    /// The number of the BEGIN line in the input, from 1. The lines follow it.
    let firstLine: Int
    private(set) var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// Whether the program that wrote the lines has folded them at the soft line breaks of quoted-printable too, so that
    /// the blank behind each of these is none of the text: one stands within a character, or in a value without blanks.
    private var foldsSoftBreaks = false

    init(firstLine: Int) { self.firstLine = firstLine }

    var count: Int { ends.count }

    mutating func append(_ line: UnsafeBufferPointer<UInt8>) {
        if !foldsSoftBreaks, count > 0, line.first?.isSpaceOrTab == true { foldsSoftBreaks = isFoldOfSoftBreak(line) }
        bytes.append(contentsOf: line)
        ends.append(bytes.count)
    }

    /// Returns whether the blank at the beginning of a line folds the last line, which ends in a soft line break.
    private func isFoldOfSoftBreak(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard self[count - 1].last(where: { !$0.isSpaceOrTab }) == UInt8(ascii: "=") else { return false }
        var before = ContentLine()
        before.append(self[count - 1], line: 0, column: 1)
        if before.breaksCharacter(before: Array(line.dropFirst())[...]) { return true }
        return before.endsWithSoftBreak && before.name.map(CardProperties.holdsNoBlanks) == true
    }

    subscript(index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

    /// Returns the lines as in the input, between two more, each ended with CR LF.
    func bytes(between begin: String, and end: String) -> [UInt8] {
        var whole: [UInt8] = []
        whole.reserveCapacity(bytes.count + 2 * (count + 2) + begin.utf8.count + end.utf8.count)
        func add(_ line: some Sequence<UInt8>) {
            whole += line
            whole += "\r\n".utf8
        }
        add(begin.utf8)
        for index in 0..<count { add(self[index]) }
        add(end.utf8)
        return whole
    }

    /// Returns the number of a line in the input.
    func number(of index: Int) -> Int { firstLine + 1 + index }

    /// Returns the property that begins at line `index`, unfolded, and advances `index` past it; nil when only empty
    /// lines are left.
    ///
    /// Folds are undone as in RFC 6350 section 3.2 and RFC 5545 section 3.1, even within a character. vCard 2.1 folds
    /// only at white space, which stays. Quoted-printable continues after a soft line break, and in a line that begins
    /// with an escape; some programs write a soft line break even at the end of a value. Base64 continues over any line
    /// that contains only its digits. An unescaped line break in a text is read as part of it.
    func unfoldProperty(at index: inout Int, in syntax: ContentSyntax) -> ContentLine? {
        while index < count && self[index].isEmpty { index += 1 }
        guard index < count else { return nil }
        var line = ContentLine()
        line.append(self[index], line: number(of: index), column: 1)
        index += 1
        while index < count {
            if let skipped = fold(at: index, after: line, in: syntax) {
                if line.endsWithSoftBreak || line.isWithinType { line.removeSoftBreak() }
                line.append(self[index].dropFirst(skipped), line: number(of: index), column: skipped + 1)
                index += 1
            } else if let next = furtherText(at: index, of: line, in: syntax) {
                // An unescaped line break of the text.
                let breaks = [UInt8](repeating: UInt8(ascii: "\n"), count: next - index + 1)
                if line.endsWithSoftBreak { line.removeSoftBreak() }
                line.append((breaks + self[next])[...], line: number(of: next), column: 1)
                index = next + 1
            } else {
                break
            }
        }
        if line.endsWithSoftBreak { line.removeSoftBreak() }
        return line
    }

    /// Returns the index of the next line that is not empty, if it is not a property but continues a text with
    /// unescaped line breaks; nil otherwise.
    private func furtherText(at index: Int, of line: ContentLine, in syntax: ContentSyntax) -> Int? {
        guard line.transferEncoding != .base64, let next = (index..<count).first(where: { !self[$0].isEmpty }),
            !CardProperties.isPlain(self[next]), !beginsFoldedName(at: next), let name = line.name
        else { return nil }
        let isFurther =
            syntax == .calendar
            ? CalendarProperties.holdsLines(name) && CalendarProperties.isFurtherText(self[next])
            : CardProperties.holdsLines(name) && CardProperties.isFurtherText(self[next], of: name)
        return isFurther ? next : nil
    }

    /// Returns the number of bytes at the start of a line that only fold the property; `nil` for a line that does not
    /// continue the property.
    private func fold(at index: Int, after line: ContentLine, in syntax: ContentSyntax) -> Int? {
        let next = self[index]
        let isIndented = Self.isIndented(next)
        if line.isWithinType { return 0 }
        if line.endsWithSoftBreak {
            if syntax != .calendar, CardProperties.begins(next) { return nil }
            return isIndented && foldsSoftBreaks ? 1 : 0
        }
        if isIndented { return syntax == .legacyCard && line.transferEncoding == nil ? 0 : 1 }
        if line.holdsBase64 {
            return !next.isEmpty && next.allSatisfy(Base64.isDigit) && !beginsFoldedName(at: index) ? 0 : nil
        }
        return line.transferEncoding == .quotedPrintable && QuotedPrintable.escaped(next) != nil ? 0 : nil
    }

    /// Returns whether a line begins with white space, by which it continues the line before it.
    static func isIndented(_ line: ArraySlice<UInt8>) -> Bool {
        line.first?.isSpaceOrTab ?? false
    }

    /// Returns whether a line may begin a property whose name is so long that it is folded.
    private func beginsFoldedName(at index: Int) -> Bool {
        let isName = self[index].allSatisfy { ContentToken.contains($0) || ".;=".utf8.contains($0) }
        guard isName, index + 1 < count else { return false }
        let folds = (index + 1..<count).prefix { Self.isIndented(self[$0]) }
        return folds.contains { self[$0].contains(UInt8(ascii: ":")) }
    }

    /// Returns the text after the colon, without surrounding white space, in a line that begins with a name.
    static func value(of name: String, in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard line.count > name.utf8.count, zip(line, name.utf8).allSatisfy({ $0 | 0x20 == $1 }) else { return nil }
        let rest = line.dropFirst(name.utf8.count).drop { $0.isSpaceOrTab }
        guard rest.first == UInt8(ascii: ":") || rest.first == UInt8(ascii: ";"),
            let colon = rest.lastIndex(of: UInt8(ascii: ":"))
        else { return nil }
        return rest[(colon + 1)...].trimmingSpaces
    }
}

extension Sequence<UInt8> {
    /// Whether there are only spaces and tabs.
    var isBlank: Bool { allSatisfy(\.isSpaceOrTab) }
}

extension ArraySlice<UInt8> {
    /// The bytes without spaces and tabs at both ends.
    var trimmingSpaces: ArraySlice<UInt8> {
        guard let first = firstIndex(where: { !$0.isSpaceOrTab }), let last = lastIndex(where: { !$0.isSpaceOrTab })
        else { return [] }
        return self[first...last]
    }
}
