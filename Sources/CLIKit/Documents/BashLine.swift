/// A command line as typed into bash, up to the cursor, split into words as the shell would.
///
/// Only quoting is interpreted (POSIX XCU 2.2). Expansions are left as they are, since completion must not run
/// anything.
struct BashLine {
    /// The words without their quotes. The last one is being typed and may be empty.
    let words: [String]
    /// The number of bytes of the last word before the text that bash replaces.
    private let kept: Int
    /// The quote that is open where the replaced text begins.
    private let quote: UInt8?

    /// Whether the replaced text stands in quotes.
    var isInQuotes: Bool { quote != nil }

    /// Splits a line that ends in `replaced`, the text that bash will replace by the chosen completion.
    init(_ line: String, replacing replaced: String) {
        let bytes = Array(line.utf8)
        let tail = Array(replaced.utf8)
        let cut = bytes.suffix(tail.count).elementsEqual(tail) ? bytes.count - tail.count : bytes.count
        var splitter = Splitter()
        splitter.read(bytes[..<cut])
        quote = splitter.quote
        kept = splitter.word.count
        splitter.read(bytes[cut...])
        words = (splitter.words + [splitter.word]).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Returns the text to put in the place of the replaced text, so that the last word becomes `word`. It is quoted as
    /// its place in the line requires.
    ///
    /// - Returns: `nil` if `word` does not begin with the part of the last word that bash keeps.
    func replacement(for word: String) -> String? {
        let whole = Array(word.utf8)
        guard let typed = words.last, whole.starts(with: typed.utf8.prefix(kept)) else { return nil }
        let rest = whole.dropFirst(kept)
        let bytes: [UInt8] =
            switch quote {
            case UInt8(ascii: "'"):
                rest.flatMap { $0 == UInt8(ascii: "'") ? Array("'\\''".utf8) : [$0] }
            case UInt8(ascii: "\""):
                rest.flatMap { "\"\\$`!".utf8.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
            default:
                rest.flatMap { BashLine.needsQuoting($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
            }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func needsQuoting(_ byte: UInt8) -> Bool {
        " !\"#$&'()*;<>?[\\]^`{|}~".utf8.contains(byte)
    }
}

/// The state of splitting a line.
private struct Splitter {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var quote: UInt8?
    private var isEscaped = false
    private var isInWord = false

    mutating func read(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes { read(byte) }
    }

    private mutating func read(_ byte: UInt8) {
        let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
        if isEscaped {
            isEscaped = false
            // Within double quotes a backslash is literal before a character that it does not quote.
            if quote != nil, !"\"\\$`".utf8.contains(byte) { word.append(UInt8(ascii: "\\")) }
            word.append(byte)
        } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
            isEscaped = true
            isInWord = true
        } else if let open = quote {
            if byte == open { quote = nil } else { word.append(byte) }
        } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
            quote = byte
            isInWord = true
        } else if isBlank {
            if isInWord { words.append(word) }
            word = []
            isInWord = false
        } else {
            word.append(byte)
            isInWord = true
        }
    }
}
