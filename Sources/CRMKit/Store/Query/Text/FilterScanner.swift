import Localization

/// Reads the words of a filter from its bytes. The characters of a word depend on its place, so that the parser asks
/// for the kind of word that it expects.
struct FilterScanner {
    /// A word and its position.
    struct Word {
        let text: String
        let position: Int
    }

    /// A quote that is never closed.
    struct UnclosedQuote: Error {
        let position: Int
    }

    private let bytes: [UInt8]
    private(set) var position = 0
    /// The last position whose column was computed, from which columns are counted.
    private var counted = (position: 0, column: 1)

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Whether everything has been read.
    var isAtEnd: Bool { position == bytes.count }

    /// The next byte, which is not consumed; 0 at the end.
    var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

    /// Skips white space. The methods that read words expect to be called after it.
    mutating func skipSpace() {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    }

    /// Consumes a character, if it comes next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard !isAtEnd, next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// The name at the position, which is not consumed: letters of any script, digits, `_` and `-`, beginning with a
    /// letter.
    var name: String? {
        var end = position
        while let scalar = scalar(at: end), end > position ? scalar.isInName : scalar.beginsName {
            end += UTF8.width(scalar)
        }
        return end > position ? String(decoding: bytes[position..<end], as: UTF8.self) : nil
    }

    /// The scalar value that begins at a position; `nil` at the end.
    private func scalar(at position: Int) -> Unicode.Scalar? {
        guard position < bytes.count else { return nil }
        if bytes[position] < 0x80 { return Unicode.Scalar(bytes[position]) }
        let longest = bytes[position..<min(position + 4, bytes.count)]
        return String(decoding: longest, as: UTF8.self).unicodeScalars.first
    }

    /// Consumes a name.
    mutating func takeName() -> Word? {
        guard let name else { return nil }
        defer { position += name.utf8.count }
        return Word(text: name, position: position)
    }

    /// Consumes digits and points.
    mutating func takeNumber() -> Word? {
        let start = position
        while position < bytes.count, bytes[position].isDigit || bytes[position] == UInt8(ascii: ".") { position += 1 }
        return position > start ? Word(text: text(from: start), position: start) : nil
    }

    /// Returns the comparison signs in a row from a position on, including signs of other languages.
    func signs(from start: Int) -> String {
        String(decoding: bytes[start...].prefix { "=<>!~:&|".utf8.contains($0) }, as: UTF8.self)
    }

    /// Returns the text scanned since a position, without trailing space.
    func text(from start: Int) -> String {
        String(decoding: bytes[start..<position], as: UTF8.self).trimmed
    }

    /// Returns a bare word as a path; `nil` when it does not have the form of a path.
    static func path(_ word: String, column: Int) -> Path? {
        var scanner = FilterScanner(word)
        var names: [String] = []
        repeat {
            guard let name = scanner.takeName() else { return nil }
            names.append(name.text)
        } while scanner.take(".")
        return scanner.isAtEnd ? Path(names, column: column) : nil
    }

    /// Consumes a keyword in any case, if it is the name at the position.
    mutating func take(keyword: String) -> Bool {
        guard let name, name.utf8.count == keyword.utf8.count,
            zip(name.utf8, keyword.utf8).allSatisfy({ ($0 | 0x20) == $1 })
        else { return false }
        position += name.utf8.count
        return true
    }

    /// Consumes a comparison.
    mutating func takeComparison() -> Filter.Comparison? {
        if take("=") { return .equal }
        if take("~") { return .contains }
        if take("<") { return take("=") ? .lessOrEqual : .less }
        if take(">") { return take("=") ? .greaterOrEqual : .greater }
        guard position + 1 < bytes.count, take("!") else { return nil }
        if take("=") { return .notEqual }
        position -= 1
        return nil
    }

    /// Consumes a bare word, which extends to the next space, quote, bracket or comma and does not begin like a
    /// comparison.
    mutating func takeBareWord() -> Word? {
        let start = position
        if "=<>!~".utf8.contains(next) { return nil }
        while position < bytes.count, !Self.endsBareWord(bytes[position]) { position += 1 }
        guard position > start else { return nil }
        return Word(text: String(decoding: bytes[start..<position], as: UTF8.self), position: start)
    }

    /// Extends the bare word that began at a position by the words after it and by text after a comma, if they form one
    /// value together.
    ///
    /// - Parameters:
    ///   - isListed: whether a comma ends the value.
    ///   - isOne: whether words, joined by spaces, are one value.
    /// - Returns: the longest such value; `nil`, with nothing consumed, if the word stands alone.
    mutating func takePhrase(from start: Int, isListed: Bool, if isOne: (String) -> Bool) -> Word? {
        var words: [String] = []
        var (end, found) = (start, Word?.none)
        var foundEnd = position
        while words.count < Self.mostWords {
            while end < bytes.count, Self.isSpace(bytes[end]) { end += 1 }
            let piece = bytes[end...].prefix { byte in
                !Self.endsBareWord(byte) || byte == UInt8(ascii: ",") && !isListed
            }
            guard let first = piece.first, !"=<>!~".utf8.contains(first) else { break }
            let word = String(decoding: piece, as: UTF8.self)
            guard words.isEmpty || !["and", "or"].contains(word.lowercased()) else { break }
            words.append(word)
            end = piece.endIndex
            let text = words.joined(separator: " ")
            if end > position, isOne(text) { (found, foundEnd) = (Word(text: text, position: start), end) }
        }
        position = foundEnd
        return found
    }

    /// The maximum number of words in a value without quotes: `31 de diciembre de 2026 a las 10:00 am`.
    private static let mostWords = 9

    /// Consumes a text in single or double quotes, in which the quote itself is doubled.
    mutating func takeQuoted() throws(UnclosedQuote) -> Word? {
        let quote = next
        guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return try takeTypographic() }
        let start = position
        var content: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == quote {
                if next != quote || isAtEnd {
                    return Word(text: String(decoding: content, as: UTF8.self), position: start)
                }
                position += 1
            }
            content.append(byte)
        }
        throw UnclosedQuote(position: start)
    }

    /// Consumes a text in typographic quotes, into which word processors and telephones turn plain ones: “Ruiz”,
    /// ‘Ruiz’, «Ruiz». The closing quote must end a word, unlike an apostrophe.
    private mutating func takeTypographic() throws(UnclosedQuote) -> Word? {
        guard let opening = scalar(at: position), let closing = Self.closing(of: opening) else { return nil }
        let start = position
        let content = start + UTF8.width(opening)
        var end = content
        while let scalar = scalar(at: end) {
            let after = end + UTF8.width(scalar)
            if closing.contains(scalar),
                after == bytes.count || Self.isSpace(bytes[after]) || "),".utf8.contains(bytes[after])
            {
                position = after
                return Word(text: String(decoding: bytes[content..<end], as: UTF8.self), position: start)
            }
            end = after
        }
        throw UnclosedQuote(position: start)
    }

    /// Returns the closing quotes for an opening quote; `nil` for another character.
    private static func closing(of opening: Unicode.Scalar) -> [Unicode.Scalar]? {
        switch opening {
        case "\u{201C}", "\u{201E}": ["\u{201C}", "\u{201D}"]
        case "\u{201D}": ["\u{201D}"]
        case "\u{2018}": ["\u{2018}", "\u{2019}"]
        case "\u{00AB}": ["\u{00BB}"]
        case "`": ["`", "\u{00B4}"]
        case "\u{00B4}": ["\u{00B4}"]
        default: nil
        }
    }

    /// Whether a quote stands at a position or directly before it, without a space before that.
    func touchesQuote(at position: Int) -> Bool {
        let isQuote = { (byte: UInt8) in byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") }
        guard position > 0, position < bytes.count, !Self.isSpace(bytes[position - 1]) else { return false }
        return isQuote(bytes[position]) || isQuote(bytes[position - 1])
    }

    /// Returns the text at a position for a message: up to the next space, at most 20 characters.
    func excerpt(at position: Int) -> String {
        let rest = bytes[position...].prefix { !Self.isSpace($0) }
        return String(String(decoding: rest, as: UTF8.self).prefix(20))
    }

    /// Returns the message that something else was expected than the text at a position.
    func expected(_ expected: Text, at position: Int) -> Text {
        Self.expected(
            expected,
            found: position == bytes.count ? Text(en: "the end", es: "el final") : Text("'\(excerpt(at: position))'")
        )
    }

    /// Returns the message that something else was expected than the text from a position to the present one.
    func expected(_ expected: Text, from start: Int) -> Text {
        Self.expected(expected, found: Text("'\(String(decoding: bytes[start..<position], as: UTF8.self).trimmed)'"))
    }

    private static func expected(_ expected: Text, found: Text) -> Text {
        Text(
            en: "expected \(expected.en), found \(found.en)",
            es: "se esperaba \(expected.es), se encontró \(found.es)"
        )
    }

    /// The message for brackets nested more deeply than supported.
    static let nestedTooDeeply = Text(en: "brackets are nested too deeply", es: "hay demasiados paréntesis anidados")

    /// Returns the column of a position, counted in characters from 1.
    mutating func column(at position: Int) -> Int {
        if position < counted.position { counted = (0, 1) }
        let characters = bytes[counted.position..<position].count { $0 & 0xC0 != 0x80 }
        counted = (position, counted.column + characters)
        return counted.column
    }

    /// Returns to an earlier position.
    mutating func rewind(to position: Int) {
        self.position = position
    }

    /// Moves to the character at a column, counted from 1.
    mutating func rewind(toColumn column: Int) {
        let starts = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 }
        position = starts.dropFirst(column - 1).first ?? bytes.count
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func endsBareWord(_ byte: UInt8) -> Bool {
        isSpace(byte) || "(),'\"".utf8.contains(byte)
    }
}

extension Unicode.Scalar {
    fileprivate var beginsName: Bool {
        isASCII ? (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(UInt8(value) | 0x20) : properties.isAlphabetic
    }

    /// Whether a scalar can stand in a name; combining marks belong to the letter before them.
    fileprivate var isInName: Bool {
        if beginsName { return true }
        return isASCII
            ? ("0"..."9").contains(self) || self == "_" || self == "-"
            : properties.canonicalCombiningClass != .notReordered
    }
}
