import Localization

/// Whole names beside names in separate columns.
extension RowReader {
    /// Takes the given name from a column of whole names, in a table with a column of family names and none of given
    /// names: the words that remain without the family name. A whole name that contradicts the columns is reported.
    func readRest(of whole: RowPieces.Cell, _ row: InputRow, _ plan: RowPlan, _ reading: inout RowReading) {
        guard let names else { return }
        func text(_ position: Int) -> String? {
            reading.given.first { $0.position == position && !$0.value.isNull }?.value.text
        }
        guard let family = text(names.family) else { return }
        if text(names.given) == nil, let rest = Self.rest(of: whole.text, without: family), !rest.isEmpty {
            reading.given.removeAll { $0.position == names.given }
            reading.given.append(RowReading.Given(position: names.given, value: .text(rest), cell: whole.index))
        } else if text(names.given) == nil, !plan.columns.contains(where: { $0.fills(names.given) }) {
            // A person with a single name has it in both columns.
            guard Fold.fold(whole.text) != Fold.fold(family) else { return }
            reading.given.removeAll { $0.position == names.given }
            reading.given.append(RowReading.Given(position: names.given, value: .text(whole.text), cell: whole.index))
        } else if !Self.says(whole.text, text(names.given), family), !isElsewhere(whole, row, plan) {
            reading.told.append(ImportWarning(.misnamed, of: Text(row.names[whole.index]), whole.text))
        }
    }

    /// Returns the rest of a whole name with a family name at its end or before a comma; `nil` if it has none there.
    private static func rest(of whole: String, without family: String) -> String? {
        let (words, last) = (words(of: whole), words(of: family))
        let folded = words.map(Fold.fold)
        let name = last.map { Fold.fold($0) }
        if words.count >= last.count, Array(folded.suffix(name.count)) == name {
            return words.dropLast(last.count).joined(separator: " ")
        }
        guard let comma = whole.firstIndex(of: ","), self.words(of: String(whole[..<comma])).map(Fold.fold) == name
        else {
            return nil
        }
        return String(whole[whole.index(after: comma)...]).trimmed
    }

    private static func words(of text: String) -> [String] { text.split(separator: " ").map(String.init) }

    /// Whether a whole name contains all words of the given name or of the family name in other columns.
    private static func says(_ whole: String, _ given: String?, _ family: String) -> Bool {
        func words(_ text: String) -> Set<String> {
            Set(Fold.fold(text).split { !$0.isLetter && !$0.isNumber }.map(String.init))
        }
        let all = words(whole)
        return [given, family].compactMap(\.self).contains { words($0).isSubset(of: all) }
    }

    /// Whether another cell that is not ignored has the same text, such as the name of an organization.
    private func isElsewhere(_ cell: RowPieces.Cell, _ row: InputRow, _ plan: RowPlan) -> Bool {
        row.texts.indices.contains { index in
            index != cell.index && plan.columns[index] != .ignored && row.texts[index]?.trimmed == cell.text
        }
    }
}
