extension Part {
    /// Returns the field that a word names: by its key, an alias or another word for it. The text given for the field
    /// decides between an amount and a percentage, and between an amount and a unit price.
    ///
    /// - Returns: `nil` for a word that names no field, and for a field that the program sets.
    public func field(called word: String, given text: String) -> Field? {
        var alias = aliases.first { $0.word == word }
        var key = alias?.field ?? word
        if alias == nil, field(key) == nil, let meant = fieldMeant(by: word) {
            key = meant.key
            alias = aliases.first { $0.field == key }
        }
        if text.hasSuffix("%"), let percent = alias?.percentField { key = percent }
        if let finer = preciseFields[key], Money.isFiner(text) { key = finer }
        return field(key).flatMap { $0.isWritable ? $0 : nil }
    }

    /// Returns the field that a word names in a row with other words. If another word is the key of the field that the
    /// text would choose, as in rows written by this program, the text does not decide.
    ///
    /// - Parameter isNamed: whether a word of the row is the key.
    func field(called word: String, given text: String, unless isNamed: (_ key: String) -> Bool) -> Field? {
        let meant = field(called: word, given: text)
        guard let meant, meant.key != word, isNamed(meant.key) else { return meant }
        return field(called: word, given: "")
    }

    /// Returns the keys of the other fields that a word can mean; none for the key of a field.
    ///
    /// - Parameter field: the field that it means beside the text given.
    func alternatives(to field: Field, meantBy word: String) -> [String] {
        guard self.field(word) == nil else { return [] }
        let alias = aliases.first { $0.word == word } ?? aliases.first { $0.keys.contains(field.key) }
        return alias?.keys.filter { $0 != field.key } ?? []
    }

    /// Returns the error for a refused amount, with advice on how to write it where it may be a unit price with more
    /// decimals.
    func advised(_ error: any Error, of field: Field, given text: String) -> any Error {
        guard let finer = preciseFields[field.key], let fault = error as? ValueError else { return error }
        let most = Money.priceDigits
        if Money.isFiner("\(text)0") {
            return fault.followed(
                en: "a price of three decimals is written with a fourth, \(text)0, or as \(finer)=\(text)",
                es: "un precio de tres decimales se escribe con un cuarto, \(text)0, o como \(finer)=\(text)"
            )
        }
        // The currency has fewer decimals than the price, as yen have none.
        let isFine = text.utf8.contains(UInt8(ascii: ".")) && (try? ScaledDecimal(parsing: text, scale: most)) != nil
        if isFine {
            return fault.followed(
                en: "a price of more decimals than the currency has is written \(finer)=\(text)",
                es: "un precio con más decimales que la moneda se escribe \(finer)=\(text)"
            )
        }
        guard Money.isTooFine(text) else { return error }
        return fault.followed(
            en: "\(finer) takes the price of one with up to \(most) decimals",
            es: "\(finer) admite el precio de uno con hasta \(most) decimales"
        )
    }
}
