/// By what a row of a table is known that only adds up those above it, as tables for people end: a word for it, and numbers
/// in columns of numbers or in such as are passed over; or, of several columns, that word alone.
struct TotalRow: Sendable {
    /// The columns of numbers and amounts.
    let sums: Set<Int>
    /// The columns that are passed over, whatever they hold.
    let ignored: Set<Int>

    func isMet(by row: InputRow) -> Bool {
        guard row.texts.count > 1, !row.columns.isEmpty,
            let first = row.texts.firstIndex(where: { $0?.isEmpty == false }),
            let word = row.texts[first], Self.words.contains(word)
        else { return false }
        let others = row.texts.indices.filter { $0 != first && row.texts[$0]?.isEmpty == false }
        if others.isEmpty { return row.texts.count > 2 }
        guard others.allSatisfy({ sums.contains($0) || ignored.contains($0) }) else { return false }
        // Beside no sum, a text that is passed over tells of somebody who is called so.
        return others.contains(where: sums.contains) || others.allSatisfy { Self.isAmount(row.texts[$0] ?? "") }
    }

    private static let words = TotalWords()

    /// Whether a text is a number, perhaps with a currency or a sign of percent.
    private static func isAmount(_ text: String) -> Bool {
        let words = text.split(separator: " ").filter { !isCurrency($0) }
        let digits = words.joined()
        guard digits.contains(where: \.isNumber) else { return false }
        return digits.enumerated().allSatisfy { index, character in
            character.isNumber || character.isCurrencySymbol || ".,'%()".contains(character)
                || index == 0 && "+-\u{2212}".contains(character)
        }
    }

    /// Whether a word has the form of a code of ISO 4217.
    private static func isCurrency(_ word: Substring) -> Bool {
        word.count == 3 && word.allSatisfy { $0.isASCII && $0.isUppercase }
    }
}

/// The words with which a row of totals begins.
private struct TotalWords: Sendable {
    private let words: Set<String> = [
        "total", "totales", "total general", "gran total", "subtotal", "suma", "sumas", "sum", "grand total", "totals",
    ]

    func contains(_ text: String) -> Bool {
        guard text.utf8.count <= Self.longest, let first = text.utf8.first, Self.beginnings.contains(first | 0x20)
        else {
            return false
        }
        let word = Fold.fold(text.trimmed)
        return words.contains(word.last == ":" ? String(word.dropLast()).trimmed : word)
    }

    private static let longest = 20
    private static let beginnings = Array("tgs ".utf8)
}

extension FieldType {
    /// Whether values are numbers or amounts, which totals add up.
    var isSummed: Bool {
        switch form {
        case .number, .money: true
        default: false
        }
    }
}

extension PartCell {
    /// Whether the column holds numbers or amounts of a part.
    func isSummed(in part: Part) -> Bool { type(in: part)?.isSummed ?? false }

    /// What the values of the column are; `nil` where they are of no one field.
    func type(in part: Part) -> FieldType? {
        guard case .field(let word, nil) = meaning else { return nil }
        return part.field(called: word, given: "")?.type
    }
}
