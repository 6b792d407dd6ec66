import Localization

/// Numbers as spreadsheets write them, and digits of no quantity, such as telephone numbers and postal codes, that a
/// spreadsheet has turned into numbers.
enum SpreadsheetNumber {
    /// Returns a number of a table in plain form: a loss in accounts, `($1,200.50)`, is `-$1,200.50`; `$ -` is `$0`;
    /// and `5.512E+03`, which has lost no digit, is `5512`.
    ///
    /// - Throws: ``ValueError`` for `3.46E+10`, which has lost digits.
    static func plain(_ text: String) throws(ValueError) -> String {
        guard let last = text.utf8.last, !last.isDigit || text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") })
        else { return text }
        let cell = text.trimmed
        if let open = cell.firstIndex(of: "("), cell.last == ")" {
            let sign = cell[..<open].trimmingSpaces
            let inner = cell[cell.index(after: open)...].dropLast()
            guard !inner.contains("("), !sign.utf8.contains(where: { $0.isDigit || $0 == UInt8(ascii: "-") }) else {
                return text
            }
            return "-\(sign)\(inner.trimmingSpaces)"
        }
        if let zero = zero(cell) { return zero }
        return try unrounded(cell)
    }

    /// Returns the number meant by a program that computes in binary and writes every digit: `19.989999999999998` is
    /// `19.99`, `0.30000000000000004` is `0.3`. Any other text is returned unchanged.
    static func withoutNoise(_ text: String) -> String {
        // Fifteen figures of a binary number are right, and the digits after them are noise (IEEE 754).
        guard text.utf8.count > rightFigures, text.utf8.contains(UInt8(ascii: ".")) else { return text }
        let sign = text.utf8.first == UInt8(ascii: "-") ? "-" : ""
        let halves = text.utf8.dropFirst(sign.utf8.count).split(
            separator: UInt8(ascii: "."),
            omittingEmptySubsequences: false
        )
        guard halves.count == 2, !halves[0].isEmpty, halves.allSatisfy({ $0.allSatisfy(\.isDigit) }) else {
            return text
        }
        var digits = [UInt8(ascii: "0")] + halves[0] + halves[1]
        let point = 1 + halves[0].count
        guard let lead = digits.firstIndex(where: { $0 != UInt8(ascii: "0") }), digits.count - lead <= mostFigures,
            case let end = lead + rightFigures, (point..<digits.count).contains(end)
        else { return text }
        if digits[end] >= UInt8(ascii: "5") {
            var place = end - 1
            while digits[place] == UInt8(ascii: "9") {
                digits[place] = UInt8(ascii: "0")
                place -= 1
            }
            digits[place] += 1
        }
        digits.removeSubrange(end...)
        while digits.count > point, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        guard halves[1].count - (digits.count - point) >= fewestOfNoise else { return text }
        let whole = digits[..<point].drop { $0 == UInt8(ascii: "0") }
        let decimals = digits[point...]
        return sign + (whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self))
            + (decimals.isEmpty ? "" : "." + String(decoding: decimals, as: UTF8.self))
    }

    private static let rightFigures = 15
    private static let mostFigures = 18
    /// With fewer zeros or nines before it the last digit may be intended.
    private static let fewestOfNoise = 5

    /// Returns the zero that accounts write as a dash beside the sign of the currency; `nil` for any other text.
    private static func zero(_ cell: String) -> String? {
        let marks = cell.filter { $0 == "-" }
        guard marks.count == 1, cell.count > 1, !cell.utf8.contains(where: \.isDigit), cell.utf8.count <= 12 else {
            return nil
        }
        if cell.last == "-" { return "\(cell.dropLast().trimmingSpaces)0" }
        return cell.first == "-" ? "0 \(cell.dropFirst().trimmingSpaces)" : nil
    }

    /// Returns a number without the `.0` of a whole number turned into a float: `34600000002.0` is `34600000002`. A
    /// text that begins with a zero was not a number before either, unless it has the length of a postal code:
    /// `06600.0`. Three zeros or more are no decimals: `1.000`, `555.0000`.
    static func digits(_ text: String) -> String {
        guard text.utf8.last == UInt8(ascii: "0"), let first = text.utf8.first, first.isDigit else { return text }
        let bytes = Array(text.utf8)
        guard let mark = bytes.lastIndex(where: { $0 != UInt8(ascii: "0") }), (2...3).contains(bytes.count - mark),
            first != UInt8(ascii: "0") || mark == postalCodeLength,
            bytes[mark] == UInt8(ascii: ".") || bytes[mark] == UInt8(ascii: ","),
            bytes[..<mark].allSatisfy(\.isDigit)
        else { return text }
        return String(decoding: bytes[..<mark], as: UTF8.self)
    }

    /// The position in a text, a whole number which a spreadsheet may have given decimals: `2`, `02`, `2.0`. Positions
    /// count from 1 here, and from 0 in other programs.
    ///
    /// - Returns: `nil` for any other text.
    static func position(_ text: String) -> Int64? {
        let digits = digits(text)
        return digits.utf8.allSatisfy(\.isDigit) ? Int64(digits) : nil
    }

    /// Returns a telephone number without the `.0` of a float; it may have a sign before it and marks between its
    /// digits: `+34600000001.0`, `52 1 5512345678.0`.
    static func phone(_ text: String) -> String {
        guard text.utf8.last == UInt8(ascii: "0") else { return text }
        let bytes = Array(text.utf8)
        guard let mark = bytes.lastIndex(where: { $0 != UInt8(ascii: "0") }), (2...3).contains(bytes.count - mark),
            bytes[mark] == UInt8(ascii: ".") || bytes[mark] == UInt8(ascii: ","),
            bytes[..<mark].count(where: \.isDigit) >= fewestOfPhone,
            bytes[..<mark].allSatisfy({ $0.isDigit || "+ ()-".utf8.contains($0) })
        else { return digits(text) }
        return String(decoding: bytes[..<mark], as: UTF8.self)
    }

    /// In a shorter text the point may separate an extension.
    private static let fewestOfPhone = 7

    /// Returns the postal code that Facebook writes as `z:06700`, so that spreadsheets make no number of it; `nil` for
    /// any other text.
    static func postalCode(_ text: String) -> String? {
        guard text.utf8.first == UInt8(ascii: "z"), text.hasPrefix("z:") else { return nil }
        let code = text.dropFirst("z:".count)
        return code.utf8.contains(where: \.isDigit) && (3...10).contains(code.utf8.count) ? String(code) : nil
    }

    /// The length of postal codes in Mexico, Spain and most other countries where codes may begin with a zero.
    private static let postalCodeLength = 5

    /// Returns the text between the quotes of `="0012"`, which keeps a spreadsheet from turning a code into a number;
    /// any other text unchanged.
    static func unquoted(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "="), text.utf8.count > 2, text.hasPrefix("=\""),
            text.utf8.last == UInt8(ascii: "\"")
        else { return text }
        let inner = text.dropFirst(2).dropLast()
        return inner.contains("\"") ? text : String(inner)
    }

    /// Returns the digits that a spreadsheet has written as `5.512345678E+09`, or another program as `5.512345678E9`,
    /// if all of them are there: `5512345678`. Without a sign of the exponent the text must have more figures than a
    /// code is likely to have, all of them there: `12E4` is a code.
    ///
    /// - Throws: ``ValueError`` for `3.46E+10`, which has lost digits.
    static func unrounded(_ text: String) throws(ValueError) -> String {
        guard text.utf8.first?.isDigit == true,
            let e = text.utf8.lastIndex(where: { $0 | 0x20 == UInt8(ascii: "e") })
        else { return text }
        let exponent = text.utf8[text.utf8.index(after: e)...]
        let number = text.utf8[..<e]
        let isSigned = exponent.first == UInt8(ascii: "+") || exponent.first == UInt8(ascii: "-")
        let power = isSigned ? exponent.dropFirst() : exponent
        guard !power.isEmpty, power.allSatisfy(\.isDigit), number.first?.isDigit == true,
            number.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") })
        else { return text }
        let digits = String(decoding: number.filter(\.isDigit), as: UTF8.self)
        let count = digits.utf8.count
        let isWhole = number.count == count + 1 && number.dropFirst().first?.isDigit == false
        let places = Int(String(decoding: power, as: UTF8.self)) ?? .max
        guard isSigned else {
            // Java and others write every figure, except zeros at the end.
            guard isWhole, count >= fewestOfPhone, (count - 1..<mostKept).contains(places) else { return text }
            return digits + String(repeating: "0", count: places - count + 1)
        }
        if isWhole, exponent.first == UInt8(ascii: "+"), count <= mostKept, places == count - 1 { return digits }
        throw ValueError(
            en:
                "a spreadsheet has rounded this to \(text), and digits are lost: format the column as text and save anew",
            es:
                "una hoja de cálculo lo redondeó a \(text) y se perdieron dígitos: dar formato de texto a la columna y guardar de nuevo"
        )
    }

    /// The number of digits that spreadsheets keep of a number.
    private static let mostKept = 15

    /// Refuses a number by which spreadsheets count days from 1900 on: those from 1954 to 2119 have five digits.
    ///
    /// - Throws: ``ValueError`` for such a number in place of a day.
    static func refuseCountedDay(_ text: String) throws(ValueError) {
        let whole = text.utf8.prefix(while: \.isDigit)
        let rest = text.utf8[whole.endIndex...]
        guard whole.count == 5, let number = Int(String(decoding: whole, as: UTF8.self)), number >= 20_000,
            number < 80_000, isPartOfDay(rest)
        else { return }
        throw ValueError(
            en: "a spreadsheet counts a day so: format the column as a date and save anew",
            es: "así cuenta un día una hoja de cálculo: dar formato de fecha a la columna y guardar de nuevo"
        )
    }
}

extension SpreadsheetNumber {
    /// Whether what stands behind the number of a day is nothing, decimals, or the time of day of another column.
    private static func isPartOfDay(_ rest: Substring.UTF8View) -> Bool {
        guard let first = rest.first else { return true }
        if first == UInt8(ascii: " ") { return WrittenTime.isClock(String(Substring(rest.dropFirst()))) }
        return [UInt8(ascii: "."), UInt8(ascii: ",")].contains(first) && rest.dropFirst().allSatisfy(\.isDigit)
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String { String(self).trimmed }
}
