import Formats
import Localization

/// The spelling of numbers and dates in the cells of a foreign table. Nothing else is guessed: the definition
/// determines a cell's type.
public struct CellRules: Sendable, Hashable {
    /// The order of day, month and year.
    public enum DateOrder: String, Sendable, CaseIterable {
        /// `2026-12-31` alone.
        case iso
        /// Day, month, year: `31/12/2026`.
        case dmy
        /// Month, day, year: `12/31/2026`.
        case mdy
    }

    /// The decimal mark of numbers; the other mark may separate thousands.
    public enum DecimalMark: String, Sendable, CaseIterable {
        /// `1,234.56`
        case point = "."
        /// `1.234,56`
        case comma = ","
    }

    /// The decimal mark; `nil` if it was not given, so that each number shows it.
    public let decimal: DecimalMark?
    /// Whether the comma is the decimal mark.
    public var hasDecimalComma: Bool { decimal == .comma }
    /// The order of dates; ISO 8601 is always understood.
    public let dates: DateOrder
    /// The decimal mark that the numbers of a table suggest, used for ambiguous numbers when no mark was given.
    var shown: DecimalMark?
    /// Whether the cells are those of a table, whose numbers may be written by hand.
    var isOfTable = false

    /// Creates the rules of a file.
    public init(decimal: DecimalMark? = nil, dates: DateOrder = .iso) {
        self.decimal = decimal
        self.dates = dates
    }

    /// Returns a cell in the form that ``FieldType/parse(_:in:)`` reads.
    ///
    /// - Parameters:
    ///   - isRequired: whether the field cannot be empty, so that a code which means "none" is better than nothing.
    ///   - isOwn: whether this program has written the cell, which leaves the cells of missing values empty.
    /// - Throws: ``ValueError`` for a number or a date that does not follow the rules, and for digits that a
    ///   spreadsheet has rounded.
    func canonical(
        _ text: String,
        for type: FieldType,
        isRequired: Bool = false,
        isOwn: Bool = false
    ) throws(ValueError) -> String {
        let text = type.withoutTextMark(text, isOwn: isOwn)
        if isOfTable || !type.definition.isFreeText, Placeholders.isNotAvailable(text) { return "" }
        if isOfTable, type.definition.isFreeText, Placeholders.isLost(text) { throw Self.lost }
        let isCode = type.isCode && (isRequired || isOwn)
        if type.takesNoWords, !isCode, Placeholders.isNothing(text), !type.hasChoice(text) { return "" }
        switch type.form {
        case .number, .money:
            var text = try SpreadsheetNumber.plain(Self.withoutEqualsBeforeSign(text))
            if decimal != .comma { text = SpreadsheetNumber.withoutNoise(text) }
            guard let decimal = decimal ?? (WrittenNumber.isAmbiguous(text) ? shown : nil) else {
                if isOfTable, let places = type.placesOfDoubt { try WrittenNumber.refuseRound(text, places: places) }
                return text
            }
            return try Self.pointed(text, decimal: decimal)
        case .boolean: return SpreadsheetWords.word(forMark: text)
        case .date, .moment:
            if !isOwn, Self.isNoDay(text) { return "" }
            try SpreadsheetNumber.refuseCountedDay(text)
            if isOfTable, Self.isTime(text.trimmed) { throw Self.noDay }
            let day = Self.extended(text)
            let text = type.form == .date ? Self.withoutTime(day) : day
            let written = dates == .iso ? text : try dashed(text)
            if isOfTable, !isOwn { try Self.refuseShortYear(written) }
            return written
        case .list(.text):
            let elements = ForeignList(text).elements
            return ForeignListMarks.cell(of: elements.filter { isOwn || !Placeholders.isNothing($0) })
        case .list(.tax) where isOfTable || hasDecimalComma:
            if ForeignTaxes.isExemption(text) { return Tax.Kind.exempt.rawValue }
            if isOfTable, !isOwn, let taxes = try ForeignTaxes(ofCharts: text) { return taxes.text }
            return Tax.listed(text)
        case _ where !type.choices.isEmpty && Self.isNoChoice(text):
            return ""
        case .text:
            return try type.foreign(Self.withoutLead(text))
        default:
            return try type.foreign(text)
        }
    }

    /// Returns a number without the `=` before its sign, by which an edit tells a number from a change: `=+3`.
    private static func withoutEqualsBeforeSign(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "="), let sign = text.unicodeScalars.dropFirst().first,
            ["+", "-", "\u{2212}"].contains(sign)
        else { return text }
        return String(text.dropFirst())
    }

    /// - Throws: ``ValueError`` for a two-digit year to which a program has added zeros: 0026.
    private static func refuseShortYear(_ text: String) throws(ValueError) {
        let day = text.prefix { $0 != " " && $0 != "T" }
        let isFirst = day.utf8.starts(with: "00".utf8)
        let year = isFirst ? day.prefix(4) : day.suffix(4)
        let mark = isFirst ? day.dropFirst(4).first : day.dropLast(4).last
        guard year.utf8.count == 4, year.utf8.starts(with: "00".utf8), year.utf8.allSatisfy(\.isDigit),
            mark.map({ "/-.".contains($0) }) == true
        else { return }
        throw ValueError(
            en: "the year is \(year): write the one that is meant, such as 20\(year.suffix(2))",
            es: "el año es \(year): escribir el que se quiere decir, como 20\(year.suffix(2))"
        )
    }

    static let lost = ValueError(
        en: "what a spreadsheet shows in place of a value that it has lost: mend the cell there, or empty it",
        es: "lo que una hoja de cálculo muestra en lugar de un valor que ha perdido: corregir la celda allí, o vaciarla"
    )

    /// Whether a text is a time of day without a day; longer texts have a day.
    private static func isTime(_ text: String) -> Bool {
        text.utf8.count <= 12 && text.utf8.contains(UInt8(ascii: ":")) && WrittenTime.isClock(text)
    }

    private static let noDay = ValueError(
        en: "a time of day without a day: write both, such as 2026-12-31 09:30",
        es: "una hora sin día: escribir los dos, como 2026-12-31 09:30"
    )

    /// Returns a name without the prefix in vtiger's exports, `Users::::admin`, and a postal code without the mark of
    /// Facebook.
    private static func withoutLead(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: ":")) else { return text }
        if let code = SpreadsheetNumber.postalCode(text) { return code }
        let lead = ["Users::::", "Groups::::"].first { text.utf8.starts(with: $0.utf8) }
        return lead.map { String(text.dropFirst($0.utf8.count)) } ?? text
    }

    /// Whether a text means "no date": only zeros as in Outlook and MySQL (`0/0/00`, `0000-00-00 00:00:00`), empty
    /// parts as in dBase (`  /  /    `), or a day that stands for none.
    static func isNoDay(_ text: String) -> Bool {
        if isDayForNone(text) { return true }
        let marks = text.utf8.lazy.filter { "/-.".utf8.contains($0) }.count
        if marks == 2, text.utf8.allSatisfy({ "/-. ".utf8.contains($0) }) { return true }
        guard text.utf8.first(where: { $0 != UInt8(ascii: " ") }) == UInt8(ascii: "0") else { return false }
        return marks == 2 && text.utf8.allSatisfy { "0/-.: ".utf8.contains($0) }
    }

    /// Whether a text is a day that programs write for an unknown one, at midnight if it has a time: the first day of
    /// .NET (`0001-01-01T00:00:00`), Outlook's day in 4501, and the zero of spreadsheets and Access, `30/12/1899`.
    static func isDayForNone(_ text: String) -> Bool {
        guard let first = text.utf8.first, "0134".utf8.contains(first), text.utf8.count < 30 else { return false }
        let parts = text.split { " T".contains($0) }
        let isMidnight = parts.dropFirst().allSatisfy { $0.utf8.allSatisfy { "0:.Z".utf8.contains($0) } }
        return isMidnight && parts.first.map { noDays.contains(String($0)) } == true
    }

    private static let noDays = Set(
        ["0001-01-01", "4501-01-01", "1899-12-30"].flatMap { day -> [String] in
            let (year, month, number) = (day.prefix(4), day.dropFirst(5).prefix(2), day.suffix(2))
            let short = { (part: Substring) in part.first == "0" ? String(part.dropFirst()) : String(part) }
            let written = ["/", "-", "."].flatMap { mark in
                [
                    "\(number)\(mark)\(month)\(mark)\(year)", "\(month)\(mark)\(number)\(mark)\(year)",
                    "\(short(number))\(mark)\(short(month))\(mark)\(year)",
                    "\(short(month))\(mark)\(short(number))\(mark)\(year)",
                ]
            }
            return [day] + written
        }
    )

    /// Returns the day of a moment, which HubSpot and databases write for a day: `2026-12-31 16:59`. A moment with a
    /// time zone may be another day elsewhere, so its time is only dropped if it is midnight.
    private static func withoutTime(_ text: String) -> String {
        // A month may have letters, a T among them: 26-OCT-2026.
        guard
            let end = text.utf8.firstIndex(of: UInt8(ascii: " ")) ?? text.utf8.firstIndex(of: UInt8(ascii: "T")),
            text[..<end].utf8.allSatisfy({ $0.isDigit || $0.isLetter || "/-.".utf8.contains($0) }),
            text[..<end].utf8.lazy.filter({ "/-.".utf8.contains($0) }).count == 2
        else { return text }
        let time = text[text.index(after: end)...]
        let isMidnight = time.hasPrefix("00:00") && time.utf8.allSatisfy { "0:.Z+ UTCGM".utf8.contains($0) }
        return isMidnight || WrittenTime.isClock(String(time)) ? String(text[..<end]) : text
    }

    /// Returns a day in the basic format of ISO 8601, `20261231`, as `2026-12-31`; any other text unchanged.
    private static func extended(_ text: String) -> String {
        let digits = Array(text.trimmed.utf8)
        guard digits.count == 8, digits.allSatisfy(\.isDigit),
            digits.starts(with: "19".utf8) || digits.starts(with: "20".utf8)
        else { return text }
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
    }

    /// Whether a cell has vtiger's text for no choice: `--None--`.
    private static func isNoChoice(_ text: String) -> Bool {
        text.utf8.starts(with: "--".utf8) && text.hasSuffix("--") && text.utf8.count > 4
    }

    /// Returns a standard day or moment in the order of the rules: `31/12/2026`, `31/12/2026 14:30:00Z`.
    public func spelled(day text: String) -> String {
        guard dates != .iso else { return text }
        let time = text.firstIndex(of: "T") ?? text.endIndex
        let parts = text[..<time].split(separator: "-")
        guard parts.count == 3 else { return text }
        let day = dates == .dmy ? "\(parts[2])/\(parts[1])/\(parts[0])" : "\(parts[1])/\(parts[2])/\(parts[0])"
        return time == text.endIndex ? day : "\(day) \(text[text.index(after: time)...])"
    }

    /// Returns a number with a known decimal mark, `1.234,56`, in standard form, `1234.56`.
    private static func pointed(_ text: String, decimal: DecimalMark) throws(ValueError) -> String {
        let group: Character = decimal == .comma ? "." : ","
        let halves = text.split(separator: Character(decimal.rawValue), maxSplits: 2, omittingEmptySubsequences: false)
        let groups = (halves.first ?? "").split(separator: group, omittingEmptySubsequences: false)
        let areThousands = groups.dropFirst().allSatisfy { $0.utf8.prefix(while: \.isDigit).count == 3 }
        let isLead = groups.count == 1 || (1...3).contains(groups[0].utf8.reversed().prefix(while: \.isDigit).count)
        guard halves.count < 3, areThousands, isLead, halves.count == 1 || !halves[1].contains(group) else {
            throw malformed(decimal)
        }
        return groups.joined() + (halves.count == 2 ? "." + plainDecimals(halves[1]) : "")
    }

    /// The error for a text that is no number in a table with decimal commas.
    static let notWithComma = ValueError(
        en: "not a number with a decimal comma, such as 1.234,56",
        es: "no es un número con coma decimal, como 1.234,56"
    )

    private static func malformed(_ decimal: DecimalMark) -> ValueError {
        switch decimal {
        case .comma: notWithComma
        case .point:
            ValueError(
                en: "not a number with a decimal point, such as 1,234.56",
                es: "no es un número con punto decimal, como 1,234.56"
            )
        }
    }

    /// Refuses words in place of a number where the decimal mark is known, since the type of the field tells how numbers
    /// are written elsewhere.
    ///
    /// - Parameter text: a cell as ``canonical(_:for:isRequired:isOwn:)`` returns it.
    func refuseWords(_ text: String, for type: FieldType) throws(ValueError) {
        guard let decimal, !text.isEmpty, !text.utf8.contains(where: \.isDigit) else { return }
        switch type.form {
        case .number, .money: throw Self.malformed(decimal)
        default: return
        }
    }

    /// Returns decimals, and the text after them, in a form that cannot be read as a group of thousands: three digits
    /// become two or four by dropping or adding a zero.
    private static func plainDecimals(_ text: Substring) -> String {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.count == 3 else { return String(text) }
        let plain = digits.last == "0" ? String(digits.dropLast()) : "\(digits)0"
        return plain + text[digits.endIndex...]
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// Returns `31/12/2026 14:30` as `2026-12-31 14:30`; a text that begins with a year is unchanged. A two-digit year
    /// stays, after the month in letters.
    private func dashed(_ text: String) throws(ValueError) -> String {
        let space = text.firstIndex { $0 == " " || $0 == "T" } ?? text.endIndex
        let parts = text[..<space].split(omittingEmptySubsequences: false) { "/-.".contains($0) }
        let areNumbers = parts.allSatisfy { !$0.isEmpty && $0.isASCIIDigits }
        guard parts.count == 3, areNumbers, parts[0].count <= 2, parts[1].count <= 2 else { return text }
        guard parts[2].count == 4 || parts[2].count == 2 else {
            throw ValueError(en: "a year has four digits, or two", es: "un año tiene cuatro dígitos, o dos")
        }
        let (day, month) = dates == .dmy ? (parts[0], parts[1]) : (parts[1], parts[0])
        func padded(_ part: Substring) -> String { part.count == 1 ? "0\(part)" : String(part) }
        var time = text[space...]
        // Excel writes the hour with a single digit: 9:05.
        let hour = time.dropFirst().prefix { $0.isNumber }
        if hour.count == 1, time.dropFirst(2).first == ":" { time = " 0" + time.dropFirst() }
        guard parts[2].count == 2 else { return "\(parts[2])-\(padded(month))-\(padded(day))" + time }
        // The field decides about the century. A month in letters cannot be taken for a day.
        guard let number = Int(month), Self.months.indices.contains(number - 1) else { throw CivilDate.missing }
        return "\(day) \(Self.months[number - 1]) \(parts[2])" + time
    }
}

extension FieldType {
    /// Whether a text is one of the choices of the type.
    func hasChoice(_ text: String) -> Bool {
        let spelling = Choice.spelling(text)
        return choices.contains { $0.spellings.contains(spelling) || $0.isMeant(by: spelling) }
    }
}
