import Formats

/// The two cells of a moment whose day and time of day are in separate columns. Databases and spreadsheets write each
/// as a whole moment, in which the other half means nothing.
enum SplitMoment {
    /// Returns a day without the midnight after it: `26/11/2026 0:00:00`, `2026-11-26T00:00:00.000`, `11/26/2026
    /// 12:00:00 AM`. A text with another time of day is returned unchanged.
    static func day(_ text: String) -> String {
        guard let end = text.utf8.firstIndex(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "T") }) else {
            return text
        }
        let time = String(text[text.index(after: end)...]).trimmed.uppercased()
        let isTwelve = ["12:00 AM", "12:00:00 AM"].contains(time)
        let isZero = time.utf8.contains(UInt8(ascii: ":")) && time.utf8.allSatisfy { "0:.".utf8.contains($0) }
        return isTwelve || isZero ? String(text[..<end]) : text
    }

    /// Returns a time of day without the first day of the program's calendar, `1899-12-30 09:00:00`, and `09:00:00` for
    /// the fraction of a day `0.375`.
    static func time(_ text: String) -> String {
        if let seconds = seconds(ofPart: text) {
            let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
            return [hour, minute, second].map { $0.digits(atLeast: 2) }.joined(separator: ":")
        }
        guard let end = text.utf8.firstIndex(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "T") }),
            firstDays.contains(String(text[..<end]))
        else { return text }
        return String(text[text.index(after: end)...])
    }

    /// The first days in the calendars of Access, Excel and SQL Server, in their usual spellings.
    private static let firstDays: Set<String> = [
        "1899-12-30", "30/12/1899", "12/30/1899", "1899-12-31", "31/12/1899", "12/31/1899", "1900-01-00", "00/01/1900",
        "1900-01-01", "01/01/1900", "1/1/1900",
    ]

    /// Returns the seconds after midnight of a fraction of a day between 0 and 1, `0.375` or `0,375`; `nil` for any
    /// other text.
    private static func seconds(ofPart text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count > 2, bytes.count <= 20, bytes[0] == UInt8(ascii: "0"),
            bytes[1] == UInt8(ascii: ".") || bytes[1] == UInt8(ascii: ","), bytes[2...].allSatisfy(\.isDigit)
        else { return nil }
        // Nine decimals are precise to a ten-thousandth of a second.
        let digits = bytes[2...].prefix(9)
        let billionths = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } * power(9 - digits.count)
        return min((billionths * 86_400 + 500_000_000) / 1_000_000_000, 86_399)
    }

    private static func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { product, _ in product * 10 } }
}
