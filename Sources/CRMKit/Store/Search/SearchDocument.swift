import Glibc
import SQLite

/// The words of one record for the search index: those of its name and keys, and those of its other texts.
///
/// Both are folded words with spaces before, between and after them. A mark stands between the texts of different
/// fields and elements of lists, so that no phrase matches across them. Since a mark costs as much as a word, there is
/// none between the forms of one number.
struct SearchDocument {
    private(set) var name: [UInt8] = []
    private(set) var body: [UInt8] = []
    private let country: String?
    /// Reused between cells.
    private var scratch: [UInt8] = []

    /// The mark between the texts of different fields, which is no word.
    static let mark = UInt8(ascii: "|")

    init(country: String?) {
        self.country = country
        clear()
    }

    /// Removes all words from the document.
    mutating func clear() {
        name.removeAll(keepingCapacity: true)
        body.removeAll(keepingCapacity: true)
        name.append(Fold.space)
        body.append(Fold.space)
    }

    /// Adds the texts of a row.
    mutating func add(_ source: SearchPlan.Source, _ row: Statement) {
        for cell in source.cells where !row.isNull(at: cell.column) { add(cell, row) }
    }

    /// Adds a text in which words stand as people write them.
    mutating func add(_ text: String) {
        FoldedWords.append(text, to: &scratch)
        if scratch.isEmpty { return }
        Self.append(scratch, to: &body)
        scratch.removeAll(keepingCapacity: true)
    }

    private mutating func add(_ cell: SearchPlan.Cell, _ row: Statement) {
        switch cell.form(in: row) {
        case .text: FoldedWords.append(row.textBytes(at: cell.column), to: &scratch)
        case .list(let kind):
            for element in StoredList(row.value(at: cell.column), of: kind).elements {
                if !scratch.isEmpty { scratch += Self.border }
                FoldedWords.append(element, to: &scratch)
            }
        case .phone:
            FoldedWords.append(row.textBytes(at: cell.column), to: &scratch)
            let forms = WrittenKey.phone(row.text(at: cell.column), country: country)
            append(forms + WrittenKey.shortPhone(forms))
        case .code:
            FoldedWords.append(row.textBytes(at: cell.column), to: &scratch)
            append(WrittenKey.stored(code: scratch))
        }
        if scratch.isEmpty { return }
        if cell.isName { Self.append(scratch, to: &name) } else { Self.append(scratch, to: &body) }
        scratch.removeAll(keepingCapacity: true)
    }

    /// Appends further forms of a number, which are words already.
    private mutating func append(_ forms: [String]) {
        for form in forms {
            scratch.append(contentsOf: form.utf8)
            scratch.append(Fold.space)
        }
    }

    private static let border = [mark, Fold.space]

    /// Appends words to a text of the document.
    ///
    /// - Parameter words: the words, each followed by a space.
    private static func append(_ words: [UInt8], to text: inout [UInt8]) {
        // The text begins with the space before its first word.
        if text.count > 1 {
            text.append(mark)
            text.append(Fold.space)
        }
        text += words
    }

    /// Whether a pattern occurs in the words of the name and keys.
    func isCalled(_ pattern: SearchPattern) -> Bool { Self.contains(pattern.needle, in: name) }

    /// Whether a pattern occurs anywhere.
    func has(_ pattern: SearchPattern) -> Bool { isCalled(pattern) || Self.contains(pattern.needle, in: body) }

    /// Whether a text of the document contains a needle.
    ///
    /// - Parameter needle: the bytes to find, beginning with the space before a word.
    private static func contains(_ needle: [UInt8], in text: [UInt8]) -> Bool {
        text.withUnsafeBytes { text in
            needle.withUnsafeBytes { needle in
                guard let start = text.baseAddress, let sought = needle.baseAddress else { return false }
                var position = 0
                while position + needle.count <= text.count {
                    if memcmp(start + position, sought, needle.count) == 0 { return true }
                    let rest = text.count - position - 1
                    guard let next = memchr(start + position + 1, Int32(Fold.space), rest) else { return false }
                    position = UnsafeRawPointer(next) - start
                }
                return false
            }
        }
    }
}

extension SearchPlan.Cell {
    /// Returns the form of the text in a row, which may depend on a choice in the row.
    func form(in row: Statement) -> SearchPlan.Form {
        guard let phones else { return form }
        return phones.choices.contains(row.text(at: phones.column)) ? .phone : form
    }
}
