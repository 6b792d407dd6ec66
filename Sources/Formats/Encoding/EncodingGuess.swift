/// A guess at the single-byte encoding of a text that is not UTF-8, judged by the resulting words: windows-1252, Mac OS
/// Roman or code page 850 of MS-DOS.
///
/// The letters of the other encodings, if read as windows-1252, are signs that occur in no word, or letters in the
/// wrong case. Sequences of UTF-8, which appear if texts were joined, are ignored.
struct EncodingGuess: Equatable {
    /// The likeliest encoding.
    let encoding: TextEncoding
    /// Whether the text contains a sequence that occurs in no windows-1252 word, so that the assumed encoding should be
    /// reported to the user.
    let isDoubtful: Bool

    /// The least difference in score by which another encoding must exceed windows-1252.
    private static let margin = 3

    /// - Parameters:
    ///   - bytes: the bytes of the text, as far as they were read.
    ///   - start: the offset of the first byte beyond ASCII.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) {
        var (usual, macintosh, dos) = (0, 0, 0)
        var isDoubtful = false
        var index = start
        while index < bytes.count {
            guard bytes[index] >= 0x80 else {
                index += 1
                continue
            }
            if bytes[index] == 0xC2 || bytes[index] == 0xC3, index + 1 < bytes.count, bytes[index + 1] & 0xC0 == 0x80 {
                index += 2
                continue
            }
            // Three or more bytes that form a UTF-8 character are hardly ever anything else.
            let length = bytes.baseAddress.map { UTF8Sequence.length(at: $0 + index, available: bytes.count - index) }
            if let length, length > 2 {
                index += length
                continue
            }
            let old = LettersAround(bytes, at: index)
            if let encoding = old.oldEncoding {
                isDoubtful = true
                usual -= 2
                macintosh += encoding == .macintosh ? 2 : min(0, Fit(bytes, at: index, in: .macintosh).score)
                dos += encoding == .codePage850 ? 2 : min(0, Fit(bytes, at: index, in: .codePage850).score)
            } else if !old.isTypography {
                let fit = Fit(bytes, at: index, in: .windows1252)
                isDoubtful = isDoubtful || fit.isImpossible
                usual += fit.score
                macintosh += Fit(bytes, at: index, in: .macintosh).score
                dos += Fit(bytes, at: index, in: .codePage850).score
            }
            index += 1
        }
        self.isDoubtful = isDoubtful
        let (other, best) = macintosh > dos ? (TextEncoding.macintosh, macintosh) : (.codePage850, dos)
        encoding = isDoubtful && best >= usual + Self.margin ? other : .windows1252
    }
}

/// A score for how well the character of a non-ASCII byte fits its neighbours in an encoding.
private struct Fit {
    private(set) var score = 0
    /// Whether no word contains the character there.
    private(set) var isImpossible = false

    /// The kind of a neighbouring character.
    private enum Neighbour {
        case none
        case small
        case capital
        /// A sign that occurs in no word.
        case sign

        var isInWord: Bool { self != .none }
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, in encoding: TextEncoding) {
        let before = index > 0 ? Self.neighbour(bytes[index - 1], in: encoding) : .none
        let after = index + 1 < bytes.count ? Self.neighbour(bytes[index + 1], in: encoding) : .none
        guard let scalar = Self.scalar(of: bytes[index], in: encoding) else {
            isImpossible = before.isInWord || after.isInWord
            score = isImpossible ? -2 : -1
            return
        }
        if Self.isLetter(scalar) {
            score = scalar.properties.isLowercase ? small(scalar, before, after) : capital(scalar, before, after)
        } else if !Self.standsInText(scalar) {
            isImpossible = before.isInWord && after.isInWord
            let isAlone = !before.isInWord && !after.isInWord
            let isDrawn = (0x2200...0x25FF).contains(scalar.value)
            let isStrange = before.isInWord ? Self.begins(scalar) : Self.isMark(scalar)
            score = isImpossible || isDrawn ? -2 : !isAlone && isStrange ? -1 : 0
        }
    }

    private mutating func small(_ scalar: Unicode.Scalar, _ before: Neighbour, _ after: Neighbour) -> Int {
        let isOwn = Self.spanish.contains(scalar)
        guard after == .capital else { return isOwn ? 2 : Self.near(scalar, before, after) }
        if before == .small { return 0 }
        // Programs that capitalize only ASCII letters leave these as they are.
        if isOwn { return 1 }
        isImpossible = "šžœ".unicodeScalars.contains(scalar)
        return -2
    }

    private func capital(_ scalar: Unicode.Scalar, _ before: Neighbour, _ after: Neighbour) -> Int {
        if before == .small { return -2 }
        if after == .small, before == .capital { return 0 }
        if !before.isInWord, !after.isInWord { return Self.spanish.contains(scalar) ? 1 : 0 }
        return Self.spanish.contains(scalar) ? 2 : Self.near(scalar, before, after)
    }

    /// Returns 1 for a letter of a language other than Spanish within a word, 0 otherwise.
    private static func near(_ scalar: Unicode.Scalar, _ before: Neighbour, _ after: Neighbour) -> Int {
        (before.isInWord || after.isInWord) && neighbouring.contains(scalar) ? 1 : 0
    }

    private static let spanish = Set("áéíóúüñÁÉÍÓÚÜÑ".unicodeScalars)
    private static let neighbouring = Set("àèìòùâêîôûäëïöçãõÀÈÌÒÙÂÊÎÔÛÄËÏÖÇÃÕß".unicodeScalars)

    private static func scalar(of byte: UInt8, in encoding: TextEncoding) -> Unicode.Scalar? {
        guard byte >= 0x80 else { return Unicode.Scalar(byte) }
        return encoding.upperHalf?.scalar(of: byte).flatMap { Unicode.Scalar(UInt32($0)) }
    }

    private static func neighbour(_ byte: UInt8, in encoding: TextEncoding) -> Neighbour {
        if byte < 0x80 { return byte.isLetter ? byte & 0x20 == 0 ? .capital : .small : .none }
        guard let scalar = scalar(of: byte, in: encoding) else { return .sign }
        if isLetter(scalar) { return scalar.properties.isLowercase ? .small : .capital }
        return standsInText(scalar) ? .none : .sign
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xD7, 0xF7, 0x192, 0x131: false
        case 0xC0...0x17E: true
        default: false
        }
    }

    /// Returns whether a sign may stand next to words and numbers: quotes, dashes, blanks, ordinal marks.
    private static func standsInText(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA0, 0xAA, 0xAB, 0xAD, 0xAE, 0xB0, 0xB2...0xB4, 0xB7...0xBB, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
            0x2026,
            0x2013, 0x2014, 0x2039, 0x203A, 0x2122:
            true
        default: false
        }
    }

    /// Returns whether a sign never follows a word.
    private static func begins(_ scalar: Unicode.Scalar) -> Bool { "¡¿¤¢£¥ƒ‚„ˆ".unicodeScalars.contains(scalar) }

    /// Returns whether a sign never precedes a word.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool { "†‡ƒˆ‰¤¢".unicodeScalars.contains(scalar) }
}
