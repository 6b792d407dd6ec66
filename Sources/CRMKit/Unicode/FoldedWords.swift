import Formats

/// The words of a text as a search compares them: runs of letters, marks and digits, folded by ``Fold``.
///
/// White space, punctuation and symbols separate words. In scripts written without spaces, Chinese characters and kana,
/// each character is a word, so that a part of a text is found as a phrase.
enum FoldedWords {
    /// Appends the words of a text with a space after each, and nothing else.
    ///
    /// - Parameter text: UTF-8; malformed bytes separate words.
    static func append(_ text: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        var position = 0
        while let word = next(in: text, from: &position) {
            appendWord(UnsafeRawBufferPointer(rebasing: text[word.bytes]), isASCII: word.isASCII, to: &output)
        }
    }

    /// Appends the words of a text with a space after each, and nothing else.
    static func append(_ text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &output) }
    }

    /// Appends a folded word and a space; nothing when folding leaves nothing of the word.
    static func appendWord(_ word: UnsafeRawBufferPointer, isASCII: Bool, to output: inout [UInt8]) {
        if isASCII {
            // The bytes are copied at once and then changed where they are.
            let start = output.count
            output.append(contentsOf: word)
            output.withUnsafeMutableBufferPointer { bytes in
                for place in start..<bytes.count { bytes[place] = bytes[place].asciiLowercased }
            }
        } else {
            let start = output.count
            Fold.fold(word, into: &output)
            if output.count == start { return }
        }
        output.append(Fold.space)
    }

    /// A word, as a range of bytes of its text.
    struct Word {
        let bytes: Range<Int>
        let isASCII: Bool
    }

    /// Finds the next word and advances the position to its end.
    static func next(in text: UnsafeRawBufferPointer, from position: inout Int) -> Word? {
        var start: Int?
        var isASCII = true
        while position < text.count {
            let byte = text[position]
            if byte < 0x80 {
                if byte.isLetterOrDigit {
                    if start == nil { start = position }
                    // Most words go on like this to their end.
                    repeat { position += 1 } while position < text.count && text[position].isLetterOrDigit
                    continue
                }
                if let start { return Word(bytes: start..<position, isASCII: isASCII) }
                position += 1
                continue
            }
            let (scalar, length) = ScalarFolder.decode(text, at: position)
            switch kind(of: scalar) {
            case .part:
                if start == nil { start = position }
                isASCII = false
                position += length
            case .whole:
                if let start { return Word(bytes: start..<position, isASCII: isASCII) }
                defer { position += length }
                return Word(bytes: position..<(position + length), isASCII: false)
            case .none:
                if let start { return Word(bytes: start..<position, isASCII: isASCII) }
                position += length
            }
        }
        return start.map { Word(bytes: $0..<position, isASCII: isASCII) }
    }

    /// The role of a character in words.
    private enum Kind {
        /// A part of a word of several characters.
        case part
        /// A word by itself.
        case whole
        /// Not part of any word.
        case none
    }

    private static func kind(of scalar: UInt32) -> Kind {
        switch scalar {
        // The letters of Latin, except the two signs among them.
        case 0xC0...0x24F where scalar != 0xD7 && scalar != 0xF7: return .part
        // Kana and Chinese characters.
        case 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
            return .whole
        default: break
        }
        guard let scalar = Unicode.Scalar(scalar), scalar != "\u{FFFD}" else { return .none }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            return .part
        default: return scalar.properties.isDefaultIgnorableCodePoint ? .part : .none
        }
    }
}
