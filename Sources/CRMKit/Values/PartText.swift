import Localization

/// A row of a part as one text, as in options and in cells of tables.
///
/// The text has either the fields of the shorthand with colons between them, `email:ana@casa.example`, the last of
/// which takes the rest; or fields by their keys, in any order, `kind=email,value=ana@casa.example,label=home`. A value
/// that contains a comma followed by what looks like a key stands in double quotes, in which `""` stands for one quote.
struct PartText {
    private let part: Part
    private let numbers: Set<String>

    /// - Parameter numbers: values that were numbers, whatever people may mean by such digits.
    init(_ part: Part, numbers: Set<String> = []) {
        self.part = part
        self.numbers = numbers
    }

    /// Reads a row.
    ///
    /// - Parameter isCell: whether the text is from a cell, perhaps of an export: fields that the program derives are
    ///   skipped there.
    /// - Returns: the fields that are given, each with its text, which is not parsed yet.
    /// - Throws: ``ValueError`` for keys that the part does not have and for a quote without its end.
    func parse(_ text: String, isCell: Bool = false) throws(ValueError) -> [(field: Field, text: String)] {
        if leadingKey(of: text[...]) != nil || part.shorthand.isEmpty { return try pairs(text, isCell: isCell) }
        let texts = text.split(
            separator: ":",
            maxSplits: part.shorthand.count - 1,
            omittingEmptySubsequences: false
        )
        return zip(part.shorthand.compactMap { part.field($0) }, texts).map { ($0, String($1).trimmed) }
    }

    /// Reads the rows of a cell, which have semicolons between them.
    ///
    /// - Throws: what ``parse(_:)`` throws.
    func parseAll(_ text: String) throws(ValueError) -> [[(field: Field, text: String)]] {
        var rows: [[(field: Field, text: String)]] = []
        for row in separated(text) where !row.trimmed.isEmpty { rows.append(try parse(row.trimmed, isCell: true)) }
        return rows
    }

    /// Returns a row as ``parse(_:)`` reads it, in the shorthand if that is sufficient.
    ///
    /// - Parameter texts: the texts of the fields in the machine's form, empty for fields without a value.
    func text(_ texts: [String]) -> String {
        let isShort = part.fields.indices.allSatisfy { index in
            part.shorthand.contains(part.fields[index].key) || isUsual(texts[index], of: part.fields[index])
        }
        let short = part.shorthand.compactMap { part.position(of: $0) }.map { texts[$0] }
        if isShort, !short.isEmpty, !short.dropLast().contains(where: { $0.isEmpty || $0.contains(":") }) {
            let text = short.joined(separator: ":")
            let isOne = !text.contains("; ") && separated(text).count == 1
            if leadingKey(of: text[...]) == nil, isOne, !text.hasPrefix("\"") { return text }
        }
        return Self.text(
            part.fields.indices.filter { !isUsual(texts[$0], of: part.fields[$0]) || isEmptied($0, of: texts) }
                .map { (part.fields[$0].key, texts[$0]) }
        )
    }

    /// Returns a row for a cell about one kind alone: its value if that is sufficient, otherwise fields by their keys.
    func text(_ texts: [String], besides kind: Field) -> String {
        let pairs = part.fields.indices.filter {
            part.fields[$0].key != kind.key && !isUsual(texts[$0], of: part.fields[$0])
        }
        .map { (key: part.fields[$0].key, text: texts[$0]) }
        if pairs.count == 1, pairs[0].key == part.keyField?.key, leadingKey(of: pairs[0].text[...]) == nil,
            !pairs[0].text.contains(";"), !pairs[0].text.hasPrefix("\"")
        {
            return pairs[0].text
        }
        return Self.text(pairs)
    }

    /// Returns the texts of the rows in a cell, if one of them is written with keys; else `nil`.
    func rowsOfKeys(_ text: String) -> [String]? {
        let rows = separated(text).map(\.trimmed).filter { !$0.isEmpty }
        return rows.contains(where: isOfKeys) ? rows : nil
    }

    /// Whether a row is written with keys.
    func isOfKeys(_ row: String) -> Bool {
        leadingKey(of: row[...]).map { part.field(Self.word(of: $0)) != nil } ?? false
    }

    /// The separator of rows in one text.
    static let separator = "; "

    /// Returns fields by their keys, as ``parse(_:)`` reads them.
    static func text(_ pairs: [(key: String, text: String)]) -> String {
        pairs.map { "\($0.key)=\(quoted($0.text))" }.joined(separator: ",")
    }

    /// Whether a row reads the same without the field.
    private func isUsual(_ text: String, of field: Field) -> Bool {
        !field.isWritable
            || field.relativeDefault == nil && text == field.type.text(of: field.defaultValue, currency: nil)
    }

    /// Whether an empty field must be written as empty: reading the row without it would fill it from the record that a
    /// reference of the row names.
    private func isEmptied(_ index: Int, of texts: [String]) -> Bool {
        texts[index].isEmpty
            && part.supplied.contains { reference, fields in
                fields.contains(part.fields[index].key)
                    && part.position(of: reference).map { !texts[$0].isEmpty } ?? false
            }
    }

    // MARK: - Keys and values

    private func pairs(_ text: String, isCell: Bool) throws(ValueError) -> [(field: Field, text: String)] {
        var pairs: [(field: Field, text: String)] = []
        let given = try words(text)
        for (name, value) in given {
            if isCell, let field = part.field(name), !field.isWritable { continue }
            let number = numbers.contains(value) ? WrittenNumber.unmistakable(value) : value
            let field = part.field(called: name, given: number) { key in given.contains { $0.name == key } }
            guard let field else {
                throw ValueError(
                    en: "\"\(name)\" is no key here; keys are \(keys), and a value that holds one stands in quotes",
                    es:
                        "«\(name)» no es una clave; las claves son \(part.spanishWords), y un valor que contenga una va entre comillas"
                )
            }
            if let former = pairs.first(where: { $0.field.key == field.key }) { throw twice(former, value) }
            pairs.append((field, field.type.isNumeric ? number : value))
        }
        return pairs
    }

    /// Returns the error for a field that is given once more; elements of a list go into one value.
    private func twice(_ former: (field: Field, text: String), _ value: String) -> ValueError {
        let (key, word) = (former.field.key, part.spanishWord(for: former.field))
        guard former.field.type.isList else {
            return ValueError(en: "\(key) is given twice", es: "\(word) se indica dos veces")
        }
        let texts = [former.text, value]
        let joined: String
        do throws(ValueError) {
            joined = try former.field.type == .list(.tax) ? Self.taxes(texts) : texts.joined(separator: ",")
        } catch {
            return ValueError(
                en: "\(key) is given twice: \(error.reason.en)",
                es: "\(word) se indica dos veces: \(error.reason.es)"
            )
        }
        func both(_ name: String) -> String { Self.text([(key: name, text: joined)]) }
        return ValueError(
            en: "\(key) is given twice: write both as one, \(both(key))",
            es: "\(word) se indica dos veces: escribir ambos en uno, \(both(word))"
        )
    }

    /// Returns lists of taxes as one; each tax gets its kind where numbers alone could be one rate with decimals.
    ///
    /// - Throws: ``ValueError`` for what is no tax, and for taxes that exclude each other.
    private static func taxes(_ lists: [String]) throws(ValueError) -> String {
        let written = lists.joined(separator: ",")
        if (try? StoredList(parsing: written, of: .tax)) != nil { return written }
        var texts: [String] = []
        for list in lists { texts += try StoredList(parsing: list, of: .tax).taxes.map(\.text) }
        return try StoredList(parsing: texts.joined(separator: ","), of: .tax).taxes.map(\.text).joined(separator: ",")
    }

    /// Splits a text into the names before the equals signs and the values after them.
    private func words(_ text: String) throws(ValueError) -> [(name: String, value: String)] {
        var words: [(name: String, value: String)] = []
        var rest = text[...]
        while !rest.isEmpty {
            guard let key = leadingKey(of: rest) else {
                throw ValueError(
                    en: "write KEY=VALUE with commas between them; keys are \(keys)",
                    es: "escribir CLAVE=VALOR con comas entre ellos; las claves son \(part.spanishWords)"
                )
            }
            rest = rest[rest.index(after: key.endIndex)...]
            words.append((Self.word(of: key), try takeValue(&rest)))
        }
        return words
    }

    private var keys: String { part.words.joined(separator: ", ") }

    /// Returns the key at the beginning, before its equals sign: one word, or several words that name a field.
    private func leadingKey(of text: Substring) -> Substring? {
        guard let end = text.firstIndex(of: "=") else { return nil }
        let key = text[..<end]
        let word = Self.word(of: key)
        // Labels have accents.
        guard let first = word.utf8.first, first.isLetter || first >= 0x80,
            word.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 >= 0x80 || $0 == UInt8(ascii: "_") }),
            !String(key).trimmed.contains(" ") || part.field(called: word, given: "") != nil
        else { return nil }
        return key
    }

    /// Returns a key as one word, with low lines for its blanks and hyphens.
    private static func word(of key: Substring) -> String {
        String(String(key).trimmed.map { $0 == " " || $0 == "-" ? "_" : $0 })
    }

    /// Consumes a value and the comma after it.
    private func takeValue(_ rest: inout Substring) throws(ValueError) -> String {
        if rest.first == "\"" {
            rest.removeFirst()
            let value = try Self.takeQuoted(&rest)
            guard rest.isEmpty || rest.first == "," else {
                throw ValueError(
                    en: "behind a quoted value comes a comma",
                    es: "detrás de un valor entre comillas va una coma"
                )
            }
            rest = rest.dropFirst()
            return value
        }
        var end = rest.startIndex
        while end < rest.endIndex {
            if rest[end] == ",", leadingKey(of: rest[rest.index(after: end)...]) != nil { break }
            end = rest.index(after: end)
        }
        defer { rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[end...] }
        return String(rest[..<end]).trimmed
    }

    private static func takeQuoted(_ rest: inout Substring) throws(ValueError) -> String {
        var value = ""
        while let character = rest.popFirst() {
            guard character == "\"" else {
                value.append(character)
                continue
            }
            guard rest.first == "\"" else { return value }
            value.append(rest.removeFirst())
        }
        throw ValueError(en: "a quote has no end", es: "falta cerrar unas comillas")
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",;\"".contains($0) }) || text != text.trimmed else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    // MARK: - Cells

    /// Splits a text at semicolons outside of quotes that are followed by a space or by the beginning of a row.
    private func separated(_ text: String) -> [String] {
        var rows = [""]
        var isQuoted = false
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "\"" { isQuoted.toggle() }
            if character == ";", !isQuoted, rest.first == " " || rest.isEmpty || beginsRow(rest) {
                rows.append("")
            } else {
                rows[rows.count - 1].append(character)
            }
        }
        return rows
    }

    /// Whether a text begins as a row does that names its kind first: `phone:5555`, `kind=phone,value=5555`.
    private func beginsRow(_ text: Substring) -> Bool {
        guard let kind = part.kindField, part.shorthand.first == kind.key else { return false }
        if let key = leadingKey(of: text) { return part.field(Self.word(of: key))?.key == kind.key }
        guard let colon = text.firstIndex(of: ":") else { return false }
        return ChoiceText(kind.type.choices).find(String(text[..<colon]).trimmed) != nil
    }
}

extension Part {
    /// The Spanish words that name fields.
    fileprivate var spanishWords: String { writableFields.map { spanishWord(for: $0) }.joined(separator: ", ") }

    /// Returns the Spanish word that names a field: a label that consists of letters, with `porcentaje_de_` for a percent
    /// sign; its key where that names no field.
    fileprivate func spanishWord(for field: Field) -> String {
        let percent = " (%)"
        let label =
            field.label.es.hasSuffix(percent)
            ? "porcentaje de \(field.label.es.dropLast(percent.count))" : field.label.es
        let word = Choice.spelling(label).map { $0 == " " ? "_" : $0 }
        let isWord = word.allSatisfy { $0.isLetter || $0 == "_" }
        return isWord && self.field(called: String(word), given: "")?.key == field.key ? String(word) : field.key
    }
}
