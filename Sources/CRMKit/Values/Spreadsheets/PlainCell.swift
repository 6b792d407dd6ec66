/// Cells that are values as they stand, recognized by one scan of their bytes. They need no check for placeholders, or
/// for marks around the value.
enum PlainCell {
    /// Whether a text is one line that begins with a letter or a digit, has no invisible characters, and is no word for
    /// a missing value: `Andrés`, `Jefa de compras`.
    static func isText(_ text: String) -> Bool {
        holds(text, upTo: PlainText.lineLimit) { bytes in
            guard let first = bytes.first, let last = bytes.last, last > 0x20 else { return false }
            // From C3 on, letters of Latin and Greek; marks of no width, controls and kinds of white space begin with others.
            guard first.isLetter || first.isDigit || (0xC3...0xCE).contains(first) else { return false }
            var areLetters = true
            for byte in bytes {
                guard byte >= 0x20, byte != 0x7F, byte != UInt8(ascii: ":"), !String.isLeadOfMark(byte)
                else { return false }
                // Other non-ASCII characters fold to letters, or occur in none of the words.
                if !byte.isLetter, byte < 0x80 { areLetters = false }
            }
            return areLetters ? !isWord(bytes) : !Placeholders.mayBegin(with: first)
        }
    }

    /// Whether letters may be a program's word for no value: `NULL`, `undefined`.
    private static func isWord(_ letters: UnsafeBufferPointer<UInt8>) -> Bool {
        let first = letters[0] | 0x20
        guard first == UInt8(ascii: "n") || first == UInt8(ascii: "u"), [3, 4, 9].contains(letters.count) else {
            return false
        }
        return Placeholders.isProgramsNothing(String(decoding: letters, as: UTF8.self))
    }

    /// Whether a text begins and ends with an ASCII letter or digit, so that neither blanks nor quotes stand around it.
    static func isBare(_ text: String) -> Bool {
        holds(text, upTo: .max) { bytes in
            guard let first = bytes.first, let last = bytes.last else { return false }
            return (first.isLetter || first.isDigit) && (last.isLetter || last.isDigit)
        }
    }

    /// Whether a text is a number of 7 to 13 digits, with or without blanks between them and a plus sign before them:
    /// `+52 55 1234 5678`.
    static func isPhone(_ text: String) -> Bool {
        holds(text, upTo: 40) { bytes in
            guard let last = bytes.last, last.isDigit else { return false }
            var digits = 0
            for (index, byte) in bytes.enumerated() {
                if byte.isDigit {
                    digits += 1
                } else if index == 0 ? byte != UInt8(ascii: "+") : byte != UInt8(ascii: " ") {
                    return false
                }
            }
            return (7...13).contains(digits)
        }
    }

    /// Whether a text is an address of letters and digits, with single periods, hyphens and low lines between them:
    /// `ana.ruiz@example.org`.
    static func isEmail(_ text: String) -> Bool {
        holds(text, upTo: 64) { bytes in
            var (at, hasPoint) = (0, false)
            var wasMark = true
            for (index, byte) in bytes.enumerated() {
                let isMark = !byte.isLetter && !byte.isDigit
                if isMark {
                    guard !wasMark else { return false }
                    switch byte {
                    case UInt8(ascii: "."): hasPoint = at > 0
                    case UInt8(ascii: "-"): break
                    case UInt8(ascii: "_") where at == 0: break
                    case UInt8(ascii: "@") where at == 0: at = index
                    default: return false
                    }
                }
                wasMark = isMark
            }
            // A domain ends with letters.
            return hasPoint && !wasMark && bytes[bytes.count - 1].isLetter
        }
    }

    /// Whether a text is an existing day in stored form: `2026-12-31`. Years before 1000 and from 1600 to 1699 are
    /// excluded: programs use days in them to say that a day or its year is not known (as 1604).
    static func isDay(_ text: String) -> Bool {
        holds(text, upTo: 10) { bytes in
            guard bytes.count == 10, bytes[0] != UInt8(ascii: "0"), !bytes.starts(with: "16".utf8),
                bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-")
            else { return false }
            func number(_ range: Range<Int>) -> Int? {
                var number = 0
                for byte in bytes[range] {
                    guard byte.isDigit else { return nil }
                    number = number * 10 + Int(byte - UInt8(ascii: "0"))
                }
                return number
            }
            guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return false }
            return CivilDate(year: year, month: month, day: day) != nil
        }
    }

    /// Whether a text is a moment in stored form, to the second: `2026-12-31T09:30:00Z`. Those before 1900 and of
    /// distant years are excluded, as some of them say that there is none.
    static func isMoment(_ text: String) -> Bool {
        holds(text, upTo: 20) { bytes in
            guard bytes.count == 20, bytes.starts(with: "19".utf8) || bytes.starts(with: "20".utf8) else {
                return false
            }
            return Moment.isWhole(UnsafeRawBufferPointer(bytes))
        }
    }

    /// The most digits of a plain number.
    static let mostDigits = 9

    /// Returns the value of a text that is only a whole number of at most ``mostDigits`` digits: `1250`.
    static func wholeNumber(_ text: String) -> Int64? {
        var number: Int64 = 0
        let isPlain = holds(text, upTo: mostDigits) { bytes in
            for byte in bytes {
                guard byte.isDigit else { return false }
                number = number * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            return !bytes.isEmpty
        }
        return isPlain ? number : nil
    }

    /// Whether a text meets a condition on its bytes.
    ///
    /// - Parameter limit: the maximum number of bytes; a longer text does not meet the condition.
    private static func holds(_ text: String, upTo limit: Int, _ look: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { $0.count <= limit && look($0) } ?? false
    }
}
