/// Writes header values from any text: as ASCII in lines of limited length. No text can end the line or the header
/// early.
enum HeaderText {
    /// The greatest length of a line (RFC 5322 section 2.1.1).
    private static let longestLine = 78
    /// The greatest length of an encoded word (RFC 2047 section 2).
    private static let longestWord = 75

    /// Returns a field with any text.
    static func field(_ name: String, _ text: String) -> String {
        folded("\(name):", words(unfolded(text), isPhrase: false))
    }

    /// Returns a field with addresses.
    static func field(_ name: String, of people: [OutgoingMessage.Person]) -> String {
        let pieces = people.enumerated().flatMap { index, person -> [String] in
            let comma = index + 1 < people.count ? "," : ""
            let name = unfolded(person.name)
            if name.isEmpty { return ["\(person.address)\(comma)"] }
            return phrase(name) + ["<\(person.address)>\(comma)"]
        }
        return folded("\(name):", pieces)
    }

    /// Returns a field with its words on as many lines as needed.
    static func folded(_ name: String, _ words: [String]) -> String {
        var text = name
        var length = name.utf8.count
        for word in words {
            let isFirst = text.utf8.count == name.utf8.count
            if !isFirst, length + 1 + word.utf8.count > longestLine {
                text += "\n"
                length = 0
            }
            text += " \(word)"
            length += 1 + word.utf8.count
        }
        return text + "\n"
    }

    /// Returns a text in one line, without control characters: nothing in it can end a line.
    static func unfolded(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: line.append(" ")
            default: line.append(scalar)
            }
        }
        return String(line).split(separator: " ").joined(separator: " ")
    }

    /// Returns an id in the form that can stand between angle brackets.
    static func id(_ text: String) -> String {
        String(
            text.unicodeScalars.filter { (0x21..<0x7F).contains($0.value) && $0 != "<" && $0 != ">" }.map(
                Character.init
            )
        )
    }

    /// Returns whether a text is a media type without special characters.
    static func isType(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { $0.isLetterOrDigit || "!#$&-^_.+".utf8.contains($0) }
            }
    }

    // MARK: - Encoded words

    /// Returns the words of a text in the form of a header: ASCII words unchanged, a run of other words as one encoded
    /// word. Python shows a blank between two encoded words of a phrase, which is one text to all other readers; between
    /// words that are not encoded all show the same.
    private static func words(_ text: String, isPhrase: Bool) -> [String] {
        var result: [String] = []
        var run: [Substring] = []
        func end() {
            if !run.isEmpty { result += encoded(run.joined(separator: " "), isPhrase: isPhrase) }
            run = []
        }
        for word in text.split(separator: " ") {
            if isPlain(word), !isPhrase || isAtom(word) {
                end()
                result.append(String(word))
            } else {
                run.append(word)
            }
        }
        end()
        return result
    }

    /// Returns whether a word can be written as it is: it does not look like an encoded word, and fits a line.
    private static func isPlain(_ word: Substring) -> Bool {
        word.utf8.allSatisfy { (0x21..<0x7F).contains($0) } && !word.contains("=?") && word.utf8.count < longestWord
    }

    /// Returns whether a word is an atom (RFC 5322 section 3.2.3), which stands in a phrase as it is.
    private static func isAtom(_ word: some StringProtocol) -> Bool {
        word.utf8.allSatisfy { $0.isLetterOrDigit || "!#$%&'*+-/^_`{|}~".utf8.contains($0) }
    }

    /// Returns the name of a person: as it is, in quotation marks, or encoded.
    private static func phrase(_ name: String) -> [String] {
        let isASCII = name.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        guard isASCII, !name.contains("=?"), name.split(separator: " ").allSatisfy({ $0.utf8.count < longestWord })
        else { return words(name, isPhrase: true) }
        if name.split(separator: " ").allSatisfy(isAtom) { return name.split(separator: " ").map(String.init) }
        let escaped = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\"".split(separator: " ").map(String.init)
    }

    /// Returns a text as encoded words, none of which splits a character, nor a word unless it is too long. Readers join
    /// them without the space between them.
    private static func encoded(_ text: String, isPhrase: Bool) -> [String] {
        let bytes = Array(text.utf8)
        let escaped = bytes.count { !isLiteral($0, isPhrase) && $0 != 0x20 }
        let isQ = escaped * 3 < bytes.count
        let (lead, room) = ("=?utf-8?\(isQ ? "q" : "b")?", longestWord - 23)
        var words: [String] = []
        var chunk: [UInt8] = []
        var length = 0
        func end() {
            guard !chunk.isEmpty else { return }
            let body = isQ ? chunk.map { quoted($0, isPhrase) }.joined() : Base64.encode(chunk)
            words.append("\(lead)\(body)?=")
            (chunk, length) = ([], 0)
        }
        func size(of bytes: [UInt8]) -> Int {
            isQ ? bytes.reduce(0) { $0 + quoted($1, isPhrase).utf8.count } : bytes.count
        }
        for scalar in text.unicodeScalars {
            let next = Array(String(Character(scalar)).utf8)
            let added = size(of: next)
            while (isQ ? length + added : (length + added + 2) / 3 * 4) > room {
                // The blank begins the next word, unless that already does.
                let blank = chunk.lastIndex(of: 0x20) ?? 0
                let rest = blank > 0 ? Array(chunk[blank...]) : []
                chunk.removeLast(rest.count)
                end()
                (chunk, length) = (rest, size(of: rest))
            }
            chunk += next
            length += added
        }
        end()
        return words
    }

    /// Returns whether a byte can stand unencoded in an encoded word; within a phrase fewer can (RFC 2047 section 5).
    private static func isLiteral(_ byte: UInt8, _ isPhrase: Bool) -> Bool {
        if byte.isLetterOrDigit { return true }
        return isPhrase ? "!*+-/".utf8.contains(byte) : (0x21..<0x7F).contains(byte) && !"=?_".utf8.contains(byte)
    }

    private static func quoted(_ byte: UInt8, _ isPhrase: Bool) -> String {
        if byte == 0x20 { return "_" }
        if isLiteral(byte, isPhrase) { return String(UnicodeScalar(byte)) }
        return "=" + byte.digits(radix: 16, uppercase: true, atLeast: 2)
    }

    // MARK: - Parameters

    /// Returns a parameter, with each of its sections on a line of its own: quoted, or encoded and split if it is long
    /// (RFC 2231).
    static func parameter(_ name: String, _ text: String) -> String {
        let text = unfolded(text)
        let isASCII = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }
        if isASCII, !text.contains("=?"), name.utf8.count + text.utf8.count < longestLine - 6 {
            return ";\n \(name)=\"\(text)\""
        }
        var pieces: [String] = []
        var piece = ""
        for byte in text.utf8 {
            let isPlain = byte.isLetterOrDigit || "!#$&+-.^_`{|}~".utf8.contains(byte)
            piece += isPlain ? String(UnicodeScalar(byte)) : "%" + byte.digits(radix: 16, uppercase: true, atLeast: 2)
            if piece.utf8.count > longestLine - 30 - name.utf8.count {
                pieces.append(piece)
                piece = ""
            }
        }
        if !piece.isEmpty || pieces.isEmpty { pieces.append(piece) }
        if pieces.count == 1 { return ";\n \(name)*=utf-8''\(pieces[0])" }
        return pieces.enumerated().map { index, piece in
            ";\n \(name)*\(index)*=\(index == 0 ? "utf-8''" : "")\(piece)"
        }.joined()
    }
}
