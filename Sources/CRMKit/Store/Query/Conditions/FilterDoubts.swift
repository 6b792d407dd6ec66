import Localization

/// Warns about a filter that probably means something else: it contains the text `null`, or the wildcards of other
/// programs. Such values are possible, so that they are no errors.
public struct FilterDoubts {
    private let text: String
    private var notes: [Text] = []

    private init(_ text: String) { self.text = text }

    /// Returns notes to the user about filters that can be read but may mean something else.
    public static func notes(of filters: ResolvedFilters) -> [Text] {
        filters.filters.flatMap { text, conditions in
            var doubts = FilterDoubts(text)
            for condition in conditions where takesWords(condition.attribute.field.type) {
                doubts.look(at: condition.test, of: condition.path.names.joined(separator: "."))
            }
            return doubts.notes
        }.uniqued
    }

    /// Whether a word is commonly written for a missing value.
    static func isNothing(_ word: String) -> Bool { Filter.nothing.contains(Fold.fold(word)) }

    /// Whether a field of the type can be compared with any text.
    private static func takesWords(_ type: FieldType) -> Bool {
        switch type.form {
        case .text, .list(.text), .reference, .anyReference: true
        default: false
        }
    }

    private mutating func look(at test: Filter.Test, of path: String) {
        switch test {
        case .compare(let comparison, let operand):
            look(at: operand, comparison.rawValue, isDenied: comparison == .notEqual, of: path)
        case .isIn(let operands): for operand in operands { look(at: operand, "in", isDenied: false, of: path) }
        case .isNotIn(let operands): for operand in operands { look(at: operand, "not in", isDenied: true, of: path) }
        case .isEmpty, .isNotEmpty: break
        }
    }

    private mutating func look(at operand: Filter.Operand, _ comparison: String, isDenied: Bool, of path: String) {
        if Self.isNothing(operand.text), !isQuoted(operand) {
            let remedy = isDenied ? "\(path) is not empty" : "\(path) is empty"
            notes.append(
                Text(
                    en: "'\(operand.text)' is looked for as a text; for no value write: \(remedy)",
                    es: "se busca el texto '\(operand.text)'; para la falta de valor escribir: \(remedy)"
                )
            )
            return
        }
        guard let (mark, part) = Self.wildcard(in: operand.text), ["=", "!=", "~"].contains(comparison) else { return }
        let word = part.contains(" ") ? "\"\(part)\"" : part
        let remedy =
            part.isEmpty
            ? (isDenied ? "\(path) is empty" : "\(path) is not empty")
            : (isDenied ? "not \(path) ~ \(word)" : "\(path) ~ \(word)")
        notes.append(
            Text(
                en: "\(comparison) takes \(mark) for a character of the text; for a part of it write: \(remedy)",
                es: "\(comparison) toma \(mark) por un carácter del texto; para una parte de él escribir: \(remedy)"
            )
        )
    }

    /// Whether a value is in quotes, so that it is meant literally.
    private func isQuoted(_ operand: Filter.Operand) -> Bool {
        guard operand.column > 0 else { return false }
        return text.dropFirst(operand.column - 1).first.map { $0 == "'" || $0 == "\"" } ?? false
    }

    /// Returns the wildcard at either end of a text, and the text without it; `nil` for a text without wildcards, and
    /// for a percentage.
    private static func wildcard(in text: String) -> (mark: Character, part: String)? {
        let marks: [Character] = ["*", "%"]
        guard let mark = marks.first(where: { text.first == $0 || text.last == $0 }) else { return nil }
        var part = text.drop { $0 == mark }
        while part.last == mark { part.removeLast() }
        let isPercentage = mark == "%" && text.first != mark && part.utf8.last?.isDigit == true
        return isPercentage ? nil : (mark, String(part))
    }
}
