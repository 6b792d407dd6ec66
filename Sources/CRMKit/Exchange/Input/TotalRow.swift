/// Recognizes a row that only contains sums of those above it, as at the end of printed tables: a word for it and
/// numbers in numeric or skipped columns or, in a table of several columns, that word alone.
struct TotalRow: Sendable {
    /// The form of the first cell of such a row.
    enum Sign: Sendable {
        /// A word that may be a name: `Total`. The row is a total if its other cells are numbers.
        case word
        /// A word with what is counted, which may also be a name: `Total de clientes`.
        case phrase
        /// A label that cannot be a name: `Total de registros:`, `Página 1 de 2`, `*** Fin ***`.
        case label
        /// The name of a group whose numbers are added up, or of another measure of a column. It may also be a name:
        /// `Total Hardware`, `Promedio`. Only a comparison with the sums of the rows above distinguishes them.
        case measure
        /// Numbers without a word, as under the columns of a sheet. Only a comparison with the sums of the rows above
        /// distinguishes them from a record whose other cells are missing.
        case bare
    }

    /// The columns with numbers and amounts.
    let sums: Set<Int>
    /// The columns that are skipped, whatever they contain.
    let ignored: Set<Int>
    /// The columns with names, addresses and telephone numbers, in which a short number is a count.
    var others: Set<Int> = []

    func isMet(by row: InputRow) -> Bool {
        switch sign(of: row) {
        case .word, .phrase, .label: true
        case .measure, .bare, nil: false
        }
    }

    /// Returns the form of a row of totals; `nil` for any other row.
    func sign(of row: InputRow) -> Sign? {
        guard row.texts.count > 1, !row.columns.isEmpty,
            let first = row.texts.firstIndex(where: { $0?.isEmpty == false }),
            let text = row.texts[first]
        else { return nil }
        guard let sign = Self.words.sign(text, measuring: holdsOnlyNumbers(row, besides: first)) else {
            return isOfNumbers(first) && isBare(row) ? .bare : nil
        }
        let rest = row.texts.indices.filter { $0 != first && row.texts[$0]?.isEmpty == false }
        if isMet(sign, rest, row) { return sign }
        // Reports also count below columns of choices and dates.
        let isCounted = sign == .word && rest.contains(where: sums.contains)
        return isCounted && rest.allSatisfy { Self.isAmount(row.texts[$0] ?? "") } ? .measure : nil
    }

    /// Whether a row has amounts in numeric and skipped columns alone, at least one of them in a numeric one.
    private func isBare(_ row: InputRow) -> Bool {
        let told = row.texts.indices.filter { row.texts[$0]?.isEmpty == false }
        return told.contains(where: sums.contains)
            && told.allSatisfy { isOfNumbers($0) && Self.isAmount(row.texts[$0] ?? "") }
    }

    /// Whether a row has nothing but numbers besides one cell. Few records do, so the words for measures are searched
    /// in few rows.
    private func holdsOnlyNumbers(_ row: InputRow, besides first: Int) -> Bool {
        !sums.isEmpty
            && row.texts.indices.allSatisfy { $0 == first || row.texts[$0]?.isEmpty != false || isOfNumbers($0) }
    }

    private func isMet(_ sign: Sign, _ rest: [Int], _ row: InputRow) -> Bool {
        func isCount(_ place: Int) -> Bool { Self.isCount(row.texts[place] ?? "") }
        func isAmount(_ place: Int) -> Bool { Self.isAmount(row.texts[place] ?? "") }
        switch sign {
        case .label: return rest.allSatisfy(isAmount)
        case .measure, .bare:
            return rest.contains(where: sums.contains) && rest.allSatisfy { isOfNumbers($0) && isAmount($0) }
        case .phrase: return !rest.isEmpty && rest.allSatisfy { isOfNumbers($0) ? isAmount($0) : isCount($0) }
        case .word:
            if rest.isEmpty { return row.texts.count > 2 }
            guard rest.allSatisfy({ isOfNumbers($0) || others.contains($0) && isCount($0) }) else { return false }
            // Without a number in a numeric column, text in a skipped column belongs to a record with this name.
            return rest.contains(where: sums.contains) || rest.allSatisfy(isAmount)
        }
    }

    private func isOfNumbers(_ place: Int) -> Bool { sums.contains(place) || ignored.contains(place) }

    private static let words = TotalWords()

    /// Whether a text is a word for a total, whatever it is next to.
    static func isWord(_ text: String) -> Bool { words.sign(text) == .word }

    /// Whether a text is a number of less than seven digits, which is too short for a telephone number.
    private static func isCount(_ text: String) -> Bool { isAmount(text) && text.utf8.lazy.filter(\.isDigit).count < 7 }

    /// Whether a text is a number, possibly with a currency or a percent sign.
    static func isAmount(_ text: String) -> Bool {
        let words = text.split(separator: " ").filter { !isCurrency($0) }
        let digits = words.joined()
        guard digits.contains(where: \.isNumber) else { return false }
        return digits.enumerated().allSatisfy { index, character in
            character.isNumber || character.isCurrencySymbol || ".,'%()".contains(character)
                || index == 0 && "+-\u{2212}".contains(character)
        }
    }

    /// Whether a word has the form of an ISO 4217 code.
    private static func isCurrency(_ word: Substring) -> Bool {
        word.count == 3 && word.allSatisfy { $0.isASCII && $0.isUppercase }
    }
}

/// The words with which rows of totals, and remarks at the end of a page, begin.
private struct TotalWords: Sendable {
    private let words: Set<String> = [
        "total", "totales", "total general", "gran total", "subtotal", "suma", "sumas", "sum", "grand total", "totals",
    ]

    /// Returns the form of a text; `nil` for any other text, which most texts are by their first letters.
    ///
    /// - Parameter isMeasuring: whether texts about a group or another measure are recognized too.
    func sign(_ text: String, measuring isMeasuring: Bool = false) -> TotalRow.Sign? {
        guard text.utf8.count <= Self.longest else { return nil }
        let (mayBegin, maySay) = Self.beginning(of: text)
        if maySay, let sign = saying(text) { return sign }
        return isMeasuring && (mayBegin || Self.mayMeasure(text.utf8)) ? measure(text) : nil
    }

    /// Returns the form of a text about all rows above it.
    private func saying(_ text: String) -> TotalRow.Sign? {
        let text = Fold.fold(text.trimmed)
        if text.hasPrefix("***"), text.hasSuffix("***") { return .label }
        if Self.isPage(text) || Self.isCountOfRows(text) { return .label }
        let isLabel = text.last == ":"
        let word = isLabel ? String(text.dropLast()).trimmed : text
        if words.contains(word) { return isLabel ? .label : .word }
        let isPhrase =
            ["total de ", "total of ", "totales de "].contains(where: text.hasPrefix) || Self.namesRows(word)
        if isPhrase, isLabel { return .label }
        guard let colon = text.lastIndex(of: ":") else { return isPhrase ? .phrase : nil }
        guard isPhrase || words.contains(String(text[..<colon]).trimmed) else { return nil }
        // Folding has made the code of a currency lowercase.
        return TotalRow.isAmount(text[text.index(after: colon)...].uppercased()) ? .label : nil
    }

    /// Returns the form of a text about a group or another measure: `Total Hardware`, `Hardware Total`, `Promedio`,
    /// `TOTAL MXN`, `Σ`.
    private func measure(_ text: String) -> TotalRow.Sign? {
        let parts = Fold.fold(text.trimmed).split { " :()".contains($0) }.map(String.init)
        guard let first = parts.first, let last = parts.last else { return nil }
        // A name may begin with one of the measures: `Max Pro`.
        if parts.count == 1, Self.measures.contains(first) { return .measure }
        return words.contains(first) || words.contains(last) ? .measure : nil
    }

    /// The words for measures, folded.
    private static let measures: Set<String> = [
        "promedio", "average", "avg", "media", "mean", "conteo", "recuento", "cuenta", "count", "numero", "minimo",
        "maximo",
        "min", "max", "σ", "∑", "acumulado", "saldo",
    ]

    /// Whether the first or last byte may be that of a text about a measure.
    private static func mayMeasure(_ bytes: String.UTF8View) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        let letter = first | 0x20
        return "pamcnrs".utf8.contains(letter) || first >= 0xC3 || "lsmgte".utf8.contains(last | 0x20)
    }

    /// Whether a folded text numbers a page: `Página 1 de 2`, `Page 1`.
    private static func isPage(_ folded: String) -> Bool {
        let words = folded.split(separator: " ")
        guard words.count == 2 || words.count == 4 && ["de", "of", "/"].contains(words[2]),
            ["pagina", "page", "pag.", "pag"].contains(words[0])
        else { return false }
        return [words[1], words[words.count - 1]].allSatisfy { $0.utf8.allSatisfy(\.isDigit) }
    }

    /// Whether a folded text counts rows, as at the end of a report or of a database's output: `(12 rows)`, `2 registros`,
    /// `Total registros: 2`.
    private static func isCountOfRows(_ folded: String) -> Bool {
        let words = folded.split { " :()".contains($0) }
        let numbers = words.filter { $0.utf8.allSatisfy(\.isDigit) }
        return numbers.count == 1 && areRows(words.filter { $0 != numbers[0] })
    }

    /// Whether a folded text says that rows are counted, but not how many there are: `Total registros`.
    private static func namesRows(_ folded: String) -> Bool {
        let words = folded.split(separator: " ")
        return words.contains { $0 == "total" || $0 == "totales" } && areRows(words)
    }

    /// Whether some words are one for rows and those that go with a count of them.
    private static func areRows(_ words: [Substring]) -> Bool {
        // By itself `2 empresas` may be a name.
        let isTotal = words.contains { $0 == "total" || $0 == "totales" }
        let nouns = words.filter { rows.contains(String($0)) || isTotal && kinds.contains(String($0)) }
        return nouns.count == 1 && words.allSatisfy { $0 == nouns[0] || beside.contains(String($0)) }
    }

    /// The words for what the rows of a table are, folded.
    private static let rows: Set<String> = [
        "row", "rows", "fila", "filas", "record", "records", "registro", "registros", "renglones", "elementos",
        "resultado", "resultados", "result", "results", "entries",
    ]
    /// The words for whom a table lists, folded.
    private static let kinds: Set<String> = [
        "contacts", "contactos", "clientes", "customers", "empresas", "companies", "cuentas", "accounts",
    ]
    /// The words that go with a count of rows, folded.
    private static let beside: Set<String> = [
        "total", "totales", "de", "of", "en", "in", "numero", "encontrado", "encontrados", "encontradas", "found",
        "exportado", "exportados", "exportadas", "exported",
    ]

    /// Returns whether a text may begin with one of the words, regardless of case: by its first two letters, and by its
    /// third too, since many names begin with `Pa`.
    private static func beginning(of text: String) -> (mayBegin: Bool, maySay: Bool) {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            let start = bytes.firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.count
            guard start + 1 < bytes.count, mayBegin(bytes[start], bytes[start + 1]) else { return (false, false) }
            // Most texts that begin with a digit are numbers and dates.
            if bytes[start].isDigit, bytes[bytes.count - 1] < UInt8(ascii: "A") { return (false, false) }
            return (true, start + 2 < bytes.count && mayGoOn(bytes[start], bytes[start + 2]))
        } ?? (true, true)
    }

    private static func mayBegin(_ first: UInt8, _ second: UInt8) -> Bool {
        switch first | 0x20 {
        case UInt8(ascii: "t"): second | 0x20 == UInt8(ascii: "o")
        case UInt8(ascii: "g"): second | 0x20 == UInt8(ascii: "r")
        case UInt8(ascii: "s"): second | 0x20 == UInt8(ascii: "u")
        case UInt8(ascii: "p"): second | 0x20 == UInt8(ascii: "a") || second == 0xC3
        case UInt8(ascii: "r"): second | 0x20 == UInt8(ascii: "e") || second | 0x20 == UInt8(ascii: "o")
        case UInt8(ascii: "0")...UInt8(ascii: "9"): second.isDigit || second == UInt8(ascii: " ")
        case UInt8(ascii: "("): second.isDigit
        case UInt8(ascii: "*"): second == UInt8(ascii: "*")
        default: false
        }
    }

    private static func mayGoOn(_ first: UInt8, _ third: UInt8) -> Bool {
        // Characters that folding removes may be in between.
        if third >= 0x80 { return true }
        switch first | 0x20 {
        case UInt8(ascii: "t"): return third | 0x20 == UInt8(ascii: "t")
        case UInt8(ascii: "g"): return third | 0x20 == UInt8(ascii: "a")
        case UInt8(ascii: "s"): return third | 0x20 == UInt8(ascii: "b") || third | 0x20 == UInt8(ascii: "m")
        case UInt8(ascii: "p"): return third | 0x20 == UInt8(ascii: "g")
        case UInt8(ascii: "r"): return "gcw".utf8.contains(third | 0x20)
        default: return true
        }
    }

    private static let longest = 60
}
