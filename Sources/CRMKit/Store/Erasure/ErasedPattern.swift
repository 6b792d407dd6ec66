/// A name or an address to be found in folded texts.
struct ErasedPattern: Sendable, Hashable {
    /// The kind of a pattern, on which depends what may stand beside it.
    private enum Kind { case words, word, address, returnPath }

    private let bytes: [UInt8]
    private let kind: Kind

    /// - Returns: `nil` for a text that folds to nothing.
    init?(_ text: String) {
        let folded = Array(Fold.fold(text).utf8)
        guard !folded.isEmpty else { return nil }
        if folded.contains(UInt8(ascii: "@")) {
            kind = .address
        } else if folded.contains(Fold.space), folded.contains(where: { $0.isLetter || $0 >= 0x80 }) {
            kind = .words
        } else {
            kind = folded.contains(UInt8(ascii: "=")) ? .returnPath : .word
        }
        bytes = kind == .words ? Self.loosened(folded) : folded
    }

    /// The number of bytes.
    var count: Int { bytes.count }
    /// Whether it is a name of several words.
    var isOfWords: Bool { kind == .words }
    /// Whether any byte belongs to a letter.
    var hasLetter: Bool { bytes.contains { $0.isLetter || $0 >= 0x80 } }

    /// Returns a folded text of the same length with blanks in place of what joins words in names of files and in links.
    static func loosened(_ folded: [UInt8]) -> [UInt8] { folded.map { joints.contains($0) ? Fold.space : $0 } }

    private static let joints = Set("_-+".utf8)

    /// Returns the range of the first occurrence from an offset on.
    ///
    /// - Parameters:
    ///   - folded: the folded text.
    ///   - loose: the same text, ``loosened(_:)``.
    func firstRange(in folded: [UInt8], _ loose: [UInt8], from start: Int) -> Range<Int>? {
        let text = kind == .words ? loose : folded
        var start = start
        while let found = text.firstIndex(of: bytes, from: start) {
            let range = found..<found + bytes.count
            if isWhole(range, in: text) { return range }
            start = found + 1
        }
        return nil
    }

    private func isWhole(_ range: Range<Int>, in text: [UInt8]) -> Bool {
        if range.lowerBound > 0, Self.isWord(bytes[0]) {
            let before = text[range.lowerBound - 1]
            if Self.isWord(before) || partsBefore.contains(before) { return false }
        }
        if range.upperBound < text.count, Self.isWord(bytes[bytes.count - 1]) {
            let after = text[range.upperBound]
            if Self.isWord(after) { return false }
            let next = range.upperBound + 1
            if partsAfter.contains(after), next < text.count, Self.isWord(text[next]) { return false }
        }
        return true
    }

    /// What stands before an address only if it is part of a longer one. In a return path, the bounced address follows
    /// a plus sign or a hyphen.
    private var partsBefore: [UInt8] {
        switch kind {
        case .address: Array(".+%".utf8)
        case .returnPath: Array(".".utf8)
        case .words, .word: []
        }
    }

    private var partsAfter: [UInt8] {
        switch kind {
        case .address: Array(".-".utf8)
        case .returnPath: Array(".".utf8)
        case .words, .word: []
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}
