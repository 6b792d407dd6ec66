import Localization

/// What becomes of texts in a table that a spreadsheet opens and saves again.
enum SpreadsheetLoss {
    /// Whether a text is the number that a spreadsheet makes of another text: without the zeros before it and behind its
    /// decimals, and with zeros in place of the digits after the fifteenth.
    static func isNumber(_ text: String, madeOf original: String) -> Bool {
        guard text != original, let cell = figures(of: text), let stored = figures(of: original) else { return false }
        // A number of its own has nothing that a spreadsheet would take away.
        guard cell.whole.first != UInt8(ascii: "0") || cell.whole.count == 1,
            cell.decimals.last != UInt8(ascii: "0")
        else { return false }
        let whole = stored.whole.drop { $0 == UInt8(ascii: "0") }
        if stored.decimals.isEmpty, cell.decimals.isEmpty, whole.count > mostKept {
            return cell.whole.count == whole.count && cell.whole.starts(with: whole.prefix(mostKept))
                && cell.whole.dropFirst(mostKept).allSatisfy { $0 == UInt8(ascii: "0") }
        }
        var decimals = stored.decimals
        while decimals.last == UInt8(ascii: "0") { decimals.removeLast() }
        guard whole.count < stored.whole.count || decimals.count < stored.decimals.count else { return false }
        return cell.whole.elementsEqual(whole.isEmpty ? [UInt8(ascii: "0")] : Array(whole))
            && cell.decimals.elementsEqual(decimals)
    }

    /// Returns the codes of which a spreadsheet makes a number: with as many zeros before it as codes of people may have,
    /// the fewest first. Another text than a number, or one with a zero, is made of none.
    static func codes(behind number: String) -> [String] {
        guard let first = number.utf8.first, first != UInt8(ascii: "0"), number.isASCIIDigits else { return [] }
        return (1...mostZeros).map { String(repeating: "0", count: $0) + number }
    }

    /// Why a code may lack its zeros.
    static let ofZeros = Text(en: "spreadsheets take zeros away", es: "las hojas de cálculo quitan los ceros")

    /// Whether a text is another one with the apostrophes by which an export keeps a spreadsheet from running it as a
    /// formula.
    static func isGuarded(_ text: String, of original: String) -> Bool {
        text.utf8.count > original.utf8.count && text.utf8.contains(apostrophe) && withoutGuards(text) == original
    }

    /// Whether a text begins with such an apostrophe.
    static func beginsWithGuard(_ text: String) -> Bool {
        let bytes = text.utf8.prefix(2)
        return bytes.first == apostrophe && bytes.count == 2 && bytes.last.map(signs.contains) == true
    }

    /// Returns a text without the apostrophes at its beginning, and behind what may end a cell, that stand before a
    /// formula.
    private static func withoutGuards(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let kept = bytes.indices.filter { index in
            let isApart = index == 0 || ends.contains(bytes[index - 1])
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            return !(bytes[index] == apostrophe && isApart && (signs.contains(next) || next == UInt8(ascii: "\"")))
        }
        return String(decoding: kept.map { bytes[$0] }, as: UTF8.self)
    }

    /// The digits before and behind the mark of a number; `nil` for another text.
    private static func figures(of text: String) -> (whole: [UInt8], decimals: [UInt8])? {
        guard text.utf8.first?.isDigit == true, text.utf8.last?.isDigit == true else { return nil }
        let parts = text.utf8.split(omittingEmptySubsequences: false) { marks.contains($0) }
        guard parts.count <= 2, parts.allSatisfy({ $0.allSatisfy(\.isDigit) }) else { return nil }
        return (Array(parts[0]), parts.count == 2 ? Array(parts[1]) : [])
    }

    private static let mostZeros = 6
    /// The number of digits that spreadsheets keep of a number.
    private static let mostKept = 15
    private static let apostrophe = UInt8(ascii: "'")
    private static let marks = Array(".,".utf8)
    private static let signs = Array("=+-@\t\r".utf8)
    private static let ends = Array("\r\n\t,;|".utf8)
}
