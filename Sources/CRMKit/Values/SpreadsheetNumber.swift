import Localization

/// Digits that are no quantity (a telephone number, a postal code), of which a spreadsheet has made a number.
enum SpreadsheetNumber {
    /// Takes the `.0` off that a whole number has as a float: `34600000002.0` is `34600000002`. What begins with a zero
    /// was no number before either.
    static func digits(_ text: String) -> String {
        guard text.utf8.last == UInt8(ascii: "0"), let first = text.utf8.first, first.isDigit,
            first != UInt8(ascii: "0")
        else { return text }
        let bytes = Array(text.utf8)
        guard let mark = bytes.lastIndex(where: { $0 != UInt8(ascii: "0") }), mark < bytes.count - 1,
            bytes[mark] == UInt8(ascii: ".") || bytes[mark] == UInt8(ascii: ","),
            bytes[..<mark].allSatisfy(\.isDigit)
        else { return text }
        return String(decoding: bytes[..<mark], as: UTF8.self)
    }

    /// What stands between the quotes of `="0012"`, which keeps a spreadsheet from making a number of a code; any other text
    /// as it is.
    static func unquoted(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "="), text.utf8.count > 2, text.hasPrefix("=\""),
            text.utf8.last == UInt8(ascii: "\"")
        else { return text }
        let inner = text.dropFirst(2).dropLast()
        return inner.contains("\"") ? text : String(inner)
    }

    /// - Throws: ``ValueError`` for `3.46E+10`, of which digits are lost.
    static func refuseRounded(_ text: String) throws(ValueError) {
        guard text.utf8.first?.isDigit == true,
            let e = text.utf8.lastIndex(where: { $0 | 0x20 == UInt8(ascii: "e") })
        else { return }
        let exponent = text.utf8[text.utf8.index(after: e)...]
        let number = text.utf8[..<e]
        let isNumber = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        guard let sign = exponent.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            exponent.count > 1, exponent.dropFirst().allSatisfy(isNumber), number.first.map(isNumber) == true,
            number.allSatisfy({ isNumber($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") })
        else { return }
        throw ValueError(
            en:
                "a spreadsheet has rounded this to \(text), and digits are lost: format the column as text and save anew",
            es:
                "una hoja de cálculo lo redondeó a \(text) y se perdieron dígitos: dar formato de texto a la columna y guardar de nuevo"
        )
    }
}
