/// A byte beyond ASCII with the letters around it, which show whether it is a letter in an old encoding. A byte that
/// would be an apostrophe or a dash in windows-1252 is taken for one if it may be.
struct LettersAround {
    private let byte: UInt8
    /// The ASCII letters directly before and after it, at most six on each side.
    private let head: [UInt8]
    private let tail: [UInt8]

    private static let farthest = 6

    init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
        byte = bytes[index]
        head = bytes[..<index].suffix(Self.farthest).reversed().prefix(while: \.isLetter).reversed()
        tail = Array(bytes[(index + 1)...].prefix(Self.farthest).prefix(while: \.isLetter))
    }

    private var isAfterCapital: Bool { head.last.map(Self.isCapital) ?? false }
    private var isBeforeCapital: Bool { tail.first.map(Self.isCapital) ?? false }
    private var isBeforeSmall: Bool { tail.first.map { !Self.isCapital($0) } ?? false }
    /// Whether the only letter of the word before the byte is a capital.
    private var isSecond: Bool { head.count == 1 && isAfterCapital }

    /// The encoding in which the byte is a letter here; `nil` if there is none.
    var oldEncoding: TextEncoding? {
        guard let last = head.last else { return byte == 0xB5 && isBeforeCapitals ? .codePage850 : nil }
        switch byte {
        // Ó and Í: in windows-1252 these bytes are letters that occur in no such word.
        case 0xE0: return isAfterCapital && isBeforeCapital ? .codePage850 : nil
        case 0xD6: return isCapitalI ? .codePage850 : nil
        case 0xA7: return tail.isEmpty && head.count == 1 && last | 0x20 == UInt8(ascii: "n") ? .codePage850 : nil
        case 0x82, 0xA1...0xA4: return .codePage850
        case 0xA5: return isAfterCapital ? .codePage850 : nil
        case 0x87, 0x8E, 0x9F: return .macintosh
        // É and Ñ, and Í and Ó: as the small letters of windows-1252 these bytes do not occur between capitals.
        case 0x83: return isAfterCapital ? .macintosh : nil
        case 0x84, 0xEA, 0xEE: return isAfterCapital && isBeforeCapital ? .macintosh : nil
        case 0x92: return isAcuteI ? .macintosh : nil
        case 0x96:
            return Self.isVowel(last) && tail.first.map(Self.isVowel) == true && tail.count < 5 ? .macintosh : nil
        case 0x97: return isAcuteO ? .macintosh : nil
        case 0x9C: return isAcuteU ? .macintosh : nil
        default: return nil
        }
    }

    /// Whether the byte is an apostrophe, a dash or œ in windows-1252, and no letter in an old encoding.
    var isTypography: Bool { [0x92, 0x96, 0x97, 0x9C].contains(byte) && oldEncoding == nil }

    /// Whether the byte is Í in code page 850: `GARCÖA`, `MARTÖNEZ`; not `SCHÖN`, `KÖLN`.
    private var isCapitalI: Bool {
        guard isAfterCapital, let next = tail.first else { return false }
        if "AO".utf8.contains(next) { return tail.count < 3 }
        return tail.starts(with: "NEZ".utf8) || tail.starts(with: "NGUEZ".utf8)
            || tail == Array("N".utf8) && head.suffix(2) == Array("RT".utf8)
    }

    /// Whether at least three capital letters follow: `µNGEL`, but not a unit.
    private var isBeforeCapitals: Bool { tail.count > 2 && tail.prefix(3).allSatisfy(Self.isCapital) }

    /// Whether the byte is í in Mac OS Roman: `Garc’a`, `Rodr’guez`, `R’o`; not `don’t`, `dona’ls`, `dell’arte`,
    /// `D’az`, which may be correct.
    private var isAcuteI: Bool {
        let isInside = head.count > 1 || isSecond && "BCFGPRV".utf8.contains(head[0])
        guard isInside, isBeforeSmall, let last = head.last, !Self.isVowel(last) else { return false }
        let ending = String(decoding: tail, as: UTF8.self)
        return ["a", "as", "o", "os"].contains(ending) || tail.count > 2 && !Self.isVowel(tail[0])
    }

    /// Whether the byte is ó in Mac OS Roman: `Le—n`, `L—pez`.
    private var isAcuteO: Bool {
        tail == Array("n".utf8) || isSecond && isBeforeSmall && !"AEIOUY".utf8.contains(head[0])
    }

    /// Whether the byte is ú in Mac OS Roman: `Jesœs`, `Raœl`, `Gœzman`; not `cœur`, `fœtus`.
    private var isAcuteU: Bool {
        guard let next = tail.first else { return true }
        return next == UInt8(ascii: "l") ? tail.count == 1 : "bcdgmpqrsvz".utf8.contains(next)
    }

    private static func isCapital(_ byte: UInt8) -> Bool { byte & 0x20 == 0 }
    private static func isVowel(_ byte: UInt8) -> Bool { "aeiou".utf8.contains(byte) }
}
