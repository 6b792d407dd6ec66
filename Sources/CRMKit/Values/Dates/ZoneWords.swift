/// A time zone as Windows shows it to the user: `(UTC-06:00) Guadalajara, Mexico City, Monterrey`.
struct ZoneWords {
    /// The possible names of the zone in the IANA time zone database, the likeliest first: those made of its cities,
    /// then the one for its offset from UTC. Not all of them exist.
    let candidates: [String]

    /// - Returns: `nil` for a text that does not begin with an offset from UTC.
    init?(_ text: String) {
        guard text.utf8.first == UInt8(ascii: "("), let end = text.firstIndex(of: ")") else { return nil }
        let sign = text[text.index(after: text.startIndex)..<end]
        guard let hours = Self.hours(sign) else { return nil }
        let names = text[text.index(after: end)...].split(separator: ",").map { String($0).trimmed }
        let known = [text[text.index(after: end)...].description.trimmed] + names
        let regions = known.compactMap { Self.regions[Fold.fold($0)] }
        let cities = names.flatMap { name in
            let city = (Self.cities[Fold.fold(name)] ?? name).map { $0 == " " ? "_" : $0 }
            return Self.continents.map { "\($0)/\(String(city))" }
        }
        // The sign is that of POSIX, which counts hours to the west.
        let distance = hours.map { $0 == 0 ? "UTC" : "Etc/GMT\($0 > 0 ? "-" : "+")\(abs($0))" }
        candidates = regions + cities + [distance].compactMap { $0 }
    }

    /// The possible names of a zone that is written otherwise: `europe/madrid`, `America-Mexico_City`, `America/Mexico
    /// City`, `GMT+0100`. Not all of them exist. Hours alone, `GMT+1`, are counted to the east by some and to the west
    /// by others.
    static func spellings(of name: String) -> [String] {
        let bytes = Array(name.utf8)
        if bytes.count == 8, let hours = ZoneWords("(\(name.prefix(6)):\(name.suffix(2)))") { return hours.candidates }
        if bytes.count == 9, let hours = ZoneWords("(\(name))") { return hours.candidates }
        var divided = name
        if !name.contains("/"), let hyphen = name.firstIndex(of: "-") {
            divided.replaceSubrange(hyphen...hyphen, with: "/")
        }
        var isStart = true
        let spelled = divided.lowercased().map { character -> String in
            defer { isStart = !character.isLetter }
            return character == " " ? "_" : isStart ? character.uppercased() : String(character)
        }.joined()
        return [divided, spelled].filter { $0.contains("/") }
    }

    /// Reads `UTC-06:00` as whole hours.
    ///
    /// - Returns: `.some(nil)` for an offset that is not in whole hours, and `nil` for any other text.
    private static func hours(_ text: Substring) -> Int?? {
        guard text.hasPrefix("UTC") || text.hasPrefix("GMT") else { return nil }
        var reader = ByteReader(text.dropFirst(3))
        if reader.isAtEnd { return .some(0) }
        guard let sign = reader.take(anyOf: ["-", "+"]), let hours = reader.digits(2), reader.take(":"),
            let minutes = reader.digits(2), reader.isAtEnd
        else { return nil }
        return .some(minutes == 0 ? (sign == "-" ? -hours : hours) : nil)
    }

    private static let continents = [
        "America", "Europe", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian",
    ]

    /// The names of whole regions in Windows, folded.
    private static let regions = [
        "central time (us & canada)": "America/Chicago", "eastern time (us & canada)": "America/New_York",
        "mountain time (us & canada)": "America/Denver", "pacific time (us & canada)": "America/Los_Angeles",
        "atlantic time (canada)": "America/Halifax", "hora central (ee. uu. y canada)": "America/Chicago",
        "hora del este (ee. uu. y canada)": "America/New_York",
        "hora de las montanas rocosas (ee. uu. y canada)": "America/Denver",
        "hora del pacifico (ee. uu. y canada)": "America/Los_Angeles", "central america": "America/Guatemala",
        "america central": "America/Guatemala", "canary islands": "Atlantic/Canary",
        "islas canarias": "Atlantic/Canary",
        "coordinated universal time": "UTC", "hora universal coordinada": "UTC",
    ]

    /// Cities whose names differ in Spanish or in the names of zones, folded.
    private static let cities = [
        "ciudad de mexico": "Mexico City", "paris": "Paris", "bruselas": "Brussels", "copenhague": "Copenhagen",
        "londres": "London", "lisboa": "Lisbon", "berlin": "Berlin", "roma": "Rome", "viena": "Vienna",
        "estocolmo": "Stockholm", "atenas": "Athens", "estambul": "Istanbul", "moscu": "Moscow", "tokio": "Tokyo",
        "pekin": "Shanghai", "beijing": "Shanghai", "nueva delhi": "Kolkata", "new delhi": "Kolkata",
        "bogota": "Bogota", "cancun": "Cancun", "chetumal": "Cancun", "city of buenos aires": "Buenos Aires",
        "ciudad de buenos aires": "Buenos Aires", "asuncion": "Asuncion", "la habana": "Havana", "mazatlan": "Mazatlan",
        "baja california": "Tijuana", "brasilia": "Sao Paulo", "quito": "Guayaquil", "hawai": "Honolulu",
        "hawaii": "Honolulu",
    ]
}
