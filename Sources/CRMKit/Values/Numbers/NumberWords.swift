/// Whole numbers in words, in the form used before a noun.
enum NumberWords {
    /// Returns a number in English, by the short scale: `twelve thousand five hundred`.
    static func english(_ number: UInt64) -> String {
        guard number >= 1000 else { return englishGroup(Int(number)) }
        var words: [String] = []
        for (scale, name) in englishScales.reversed() where number >= scale {
            let group = Int(number / scale % 1000)
            if group > 0 { words.append("\(englishGroup(group)) \(name)") }
        }
        if number % 1000 > 0 { words.append(englishGroup(Int(number % 1000))) }
        return words.joined(separator: " ")
    }

    /// Returns a number in Spanish, by the long scale and shortened before a noun: `veintiún mil`, `doscientas una`.
    ///
    /// - Parameter isFeminine: whether what is counted is feminine; millions are masculine whatever they count.
    static func spanish(_ number: UInt64, isFeminine: Bool = false) -> String {
        guard number >= million else { return spanishGroup(Int(number), isFeminine: isFeminine) }
        var words: [String] = []
        for (scale, one, many) in spanishScales.reversed() where number >= scale {
            let group = Int(number / scale % million)
            if group > 0 {
                words.append(group == 1 ? "un \(one)" : "\(spanishGroup(group, isFeminine: false)) \(many)")
            }
        }
        if number % million > 0 { words.append(spanishGroup(Int(number % million), isFeminine: isFeminine)) }
        return words.joined(separator: " ")
    }

    /// Whether Spanish puts `de` between the number and what it counts: `un millón de pesos`.
    static func takesOf(_ number: UInt64) -> Bool { number > 0 && number % million == 0 }

    // MARK: - English

    private static let englishScales: [(UInt64, String)] = [
        (1000, "thousand"), (1_000_000, "million"), (1_000_000_000, "billion"), (1_000_000_000_000, "trillion"),
        (1_000_000_000_000_000, "quadrillion"), (1_000_000_000_000_000_000, "quintillion"),
    ]

    private static let englishUnits = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let englishTens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

    private static func englishGroup(_ number: Int) -> String {
        if number < 20 { return englishUnits[number] }
        if number < 100 {
            let ten = englishTens[number / 10 - 2]
            return number % 10 == 0 ? ten : "\(ten)-\(englishUnits[number % 10])"
        }
        let hundred = "\(englishUnits[number / 100]) hundred"
        return number % 100 == 0 ? hundred : "\(hundred) \(englishGroup(number % 100))"
    }

    // MARK: - Spanish

    private static let million: UInt64 = 1_000_000

    private static let spanishScales: [(UInt64, one: String, many: String)] = [
        (million, "millón", "millones"), (million * million, "billón", "billones"),
        (million * million * million, "trillón", "trillones"),
    ]

    private static let spanishUnits = [
        "cero", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce",
        "trece",
        "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiún", "veintidós",
        "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
    ]
    private static let spanishTens = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
    private static let spanishHundreds = [
        "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos",
        "ochocientos",
        "novecientos",
    ]

    /// Returns the words of a number below a million.
    private static func spanishGroup(_ number: Int, isFeminine: Bool) -> String {
        guard number >= 1000 else { return spanishHundreds(number, isFeminine: isFeminine) }
        let thousands = number / 1000
        let head = thousands == 1 ? "mil" : "\(spanishHundreds(thousands, isFeminine: isFeminine)) mil"
        let rest = number % 1000
        return rest == 0 ? head : "\(head) \(spanishHundreds(rest, isFeminine: isFeminine))"
    }

    private static func spanishHundreds(_ number: Int, isFeminine: Bool) -> String {
        if number == 100 { return "cien" }
        guard number >= 100 else { return spanishTens(number, isFeminine: isFeminine) }
        var hundred = spanishHundreds[number / 100 - 1]
        if isFeminine, hundred.hasSuffix("os") { hundred = "\(hundred.dropLast(2))as" }
        return number % 100 == 0 ? hundred : "\(hundred) \(spanishTens(number % 100, isFeminine: isFeminine))"
    }

    private static func spanishTens(_ number: Int, isFeminine: Bool) -> String {
        switch number {
        case 1 where isFeminine: return "una"
        case 21 where isFeminine: return "veintiuna"
        case ..<30: return spanishUnits[number]
        default:
            let ten = spanishTens[number / 10 - 3]
            return number % 10 == 0 ? ten : "\(ten) y \(spanishTens(number % 10, isFeminine: isFeminine))"
        }
    }
}
