import Localization

/// A number as typed by hand: with groups of three digits, and a comma or a point before decimals.
enum WrittenNumber {
    /// Returns a number as digits with a point before its decimals: `1.200,50`, `1,200.50`, `1 200,50` and `1'200.50`
    /// are `1200.50`, and `12,5` is `12.5`.
    ///
    /// With two kinds of marks the last one stands before the decimals. So does a single mark, unless it stands before
    /// three digits, as a mark between groups does.
    ///
    /// - Parameter places: the number of decimals accepted; if it is 0, a mark before three digits separates groups.
    /// - Returns: `nil` if the text is not a number.
    /// - Throws: ``ValueError`` if the text can be read as two numbers.
    static func plain(_ text: some StringProtocol, places: Int) throws(ValueError) -> String? {
        var rest = Substring(text)
        var sign = ""
        if let first = rest.unicodeScalars.first, let known = signs[first] {
            sign = known
            rest = rest.dropFirst()
        }
        guard let (runs, marks) = runs(of: rest), marks.count + 1 == runs.count else { return nil }
        guard let last = marks.last, let decimals = try decimals(runs, marks, last: last, places: places, text: text)
        else { return sign + runs[0] }
        let whole = decimals ? Array(runs.dropLast()) : runs
        let groups = Set(decimals ? marks.dropLast() : marks[...])
        guard groups.count <= 1, !groups.contains(last) || !decimals, areGroups(whole) else { return nil }
        return sign + whole.joined() + (decimals ? ".\(runs[runs.count - 1])" : "")
    }

    /// Whether a point stands before the last three digits, as before decimals and between groups. The rest is not
    /// read.
    static func mayBeGrouped(_ text: some StringProtocol) -> Bool {
        text.utf8.suffix(4).first == UInt8(ascii: ".")
    }

    /// Returns a number with a point before its decimals, as JSON and databases write it, in a spelling that has no other
    /// meaning: `2.500` is `2.5` and `1.234` is `1.2340`.
    static func unmistakable(_ text: String) -> String {
        guard mayBeGrouped(text) else { return text }
        guard text.utf8.last == UInt8(ascii: "0") else { return text + "0" }
        let digits = text.dropLast().reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(digits.reversed())
    }

    /// Returns the decimal mark, if the number itself shows which one it is: `12,5`, `1.200,50` and `1.200.300` show
    /// that it is the comma.
    ///
    /// - Returns: `nil` if the number does not show it.
    static func decimalMark(shownBy text: some StringProtocol) -> Unicode.Scalar? {
        guard let (runs, marks) = runs(of: figures(in: text)), marks.count + 1 == runs.count, let last = marks.last,
            decimalMarks.contains(last)
        else { return nil }
        guard marks.count > 1 else { return isGroup(runs) ? nil : last }
        let others = Set(marks.dropLast())
        if others == [last] { return areGroups(runs) ? (last == "," ? "." : ",") : nil }
        return others.count == 1 && areGroups(Array(runs.dropLast())) ? last : nil
    }

    /// Whether the only mark of a number may stand between groups as well as before decimals: `1.500`, `$1,234`.
    static func isAmbiguous(_ text: some StringProtocol) -> Bool {
        guard let (runs, marks) = runs(of: figures(in: text)), marks.count == 1, runs.count == 2 else { return false }
        return decimalMarks.contains(marks[0]) && isGroup(runs)
    }

    /// Whether a text in ASCII begins and ends with digits, as most numbers do. Its characters are its bytes, which are
    /// much less to look at.
    private static func isBare(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, first.isDigit else { return false }
        var last = first
        for byte in text.utf8 {
            guard byte < 0x80 else { return false }
            last = byte
        }
        return last.isDigit
    }

    /// Returns the text from the first digit to the last.
    private static func figures(in text: some StringProtocol) -> Substring {
        if isBare(text) { return Substring(text[...]) }
        let isDigit = { (character: Character) in character.isASCII && character.isNumber }
        guard let first = text.firstIndex(where: isDigit), let last = text.lastIndex(where: isDigit) else { return "" }
        return Substring(text[first...last])
    }

    /// Refuses a number in which a person may have separated thousands where decimals are accepted too: `1.000`,
    /// `12.500`. Programs write no zeros at the end of decimals.
    ///
    /// - Parameter places: the number of decimals accepted.
    /// - Throws: ``ValueError`` that names both numbers.
    static func refuseRound(_ text: String, places: Int) throws(ValueError) {
        guard mayBeGrouped(text), text.utf8.last == UInt8(ascii: "0") else { return }
        let digits = text.unicodeScalars.first.flatMap { signs[$0] } == nil ? text[...] : text.dropFirst()
        guard let (runs, marks) = runs(of: digits), marks.count == 1, runs.count == 2, isGroup(runs) else { return }
        throw ambiguous(text, places: places)
    }

    /// Returns the error for a number with words or signs beside it, which are no part of it: `$18.50`, `IVA 16%`, `20
    /// por ciento`; `nil` for any other text.
    static func fault(beside text: some StringProtocol, places: Int) -> ValueError? {
        if isBare(text) { return nil }
        let text = String(text).trimmed
        let figures = figures(in: text)
        guard !figures.isEmpty, figures.count < text.count else { return nil }
        let isApart = [text[..<figures.startIndex].last, text[figures.endIndex...].first].allSatisfy { neighbour in
            neighbour.map { !$0.isLetter && !"-+\u{2212}.,:/_#=".contains($0) } ?? true
        }
        // A number of days, as the distance of a date has it: 30d.
        let isOfDays = places == 0 && dayWords.contains(text[figures.endIndex...].lowercased())
        let isSigned = text[..<figures.startIndex].contains { $0 == "-" || $0 == "\u{2212}" }
        guard isApart || isOfDays, !isSigned, let plain = try? plain(figures, places: places) else { return nil }
        return ValueError(
            en: "not a number: write \(plain) alone",
            es: "no es un número: escribir solo \(plain)"
        )
    }

    private static let dayWords: Set<String> = ["d", "día", "días", "dia", "dias", "day", "days"]

    /// Whether a text has only digits, signs and marks that can stand between digits.
    static func hasOnlyFigures(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            ("0"..."9").contains(scalar) || signs[scalar] != nil || groupMarks.contains(scalar)
                || decimalMarks.contains(scalar)
        }
    }

    /// Returns the error for a number with one mark before three digits, which names the possible readings.
    ///
    /// - Parameter places: the maximum number of decimals.
    private static func ambiguous(_ text: some StringProtocol, places: Int) -> ValueError {
        readings(of: text, places: places)
            .remedied(en: "say by --decimal which mark is decimal", es: "indicar con --decimal qué marca es la decimal")
    }

    private static func readings(of text: some StringProtocol, places: Int) -> ValueError {
        let halves = text.split { $0 == "," || $0 == "." }
        let whole = String(halves.joined())
        var decimals = String(halves.last ?? "")
        while decimals.last == "0" { decimals.removeLast() }
        guard decimals.utf8.count <= places else {
            return ValueError(
                en: "it may be \(whole): write that, or no more than \(places) decimals",
                es: "puede ser \(whole): escribirlo así, o con no más de \(places) decimales"
            )
        }
        let units = String(halves.first ?? "")
        let point = decimals.isEmpty ? units : "\(units).\(decimals)"
        return ValueError(
            en: "it may be \(whole) or \(point): write one of these",
            es: "puede ser \(whole) o \(point): escribir uno de estos"
        )
    }

    private static let signs: [Unicode.Scalar: String] = ["-": "-", "\u{2212}": "-", "+": ""]
    /// Spaces of any kind and apostrophes, which stand only between groups.
    private static let groupMarks: Set<Unicode.Scalar> = [" ", "\u{A0}", "\u{202F}", "\u{2009}", "'", "\u{2019}"]
    private static let decimalMarks: Set<Unicode.Scalar> = [".", ","]

    /// Splits a text into the runs of digits and the single marks between them; spaces of different kinds count as the
    /// same; `nil` for any other text.
    private static func runs(of text: Substring) -> (runs: [String], marks: [Unicode.Scalar])? {
        var runs = [""]
        var marks: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            if scalar.isASCII, UInt8(ascii: scalar).isDigit {
                runs[runs.count - 1].unicodeScalars.append(scalar)
            } else if decimalMarks.contains(scalar) {
                marks.append(scalar)
                runs.append("")
            } else if groupMarks.contains(scalar) {
                marks.append(" ")
                runs.append("")
            } else {
                return nil
            }
        }
        // Only before decimals the digits may be missing: ,5
        return runs.dropFirst().contains("") || runs == [""] ? nil : (runs, marks)
    }

    /// Whether the last mark stands before decimals.
    ///
    /// - Throws: ``ValueError`` for an ambiguous number.
    private static func decimals(
        _ runs: [String],
        _ marks: [Unicode.Scalar],
        last: Unicode.Scalar,
        places: Int,
        text: some StringProtocol
    ) throws(ValueError) -> Bool? {
        guard decimalMarks.contains(last) else { return false }
        guard marks.filter({ $0 == last }).count == 1 else { return false }
        let isAlone = marks.count == 1
        guard isAlone, isGroup(runs) else { return true }
        // Programs write whole numbers with zeros behind a point, too.
        if places == 0, last == "," || runs[1] != "000" { return false }
        throw ambiguous(text, places: places)
    }

    /// Whether a number with one mark looks as if the mark stood between groups.
    private static func isGroup(_ runs: [String]) -> Bool {
        runs[1].utf8.count == 3 && (1...3).contains(runs[0].utf8.count) && runs[0].utf8.first != UInt8(ascii: "0")
    }

    private static func areGroups(_ runs: [String]) -> Bool {
        guard runs.count > 1 else { return true }
        return (1...3).contains(runs[0].utf8.count) && runs.dropFirst().allSatisfy { $0.utf8.count == 3 }
    }
}
