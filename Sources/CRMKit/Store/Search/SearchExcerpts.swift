import Localization
import SQLite

/// Reads the records that a search found, each with an excerpt of the text that matches.
final class SearchExcerpts {
    private let patterns: [SearchPattern]
    private let store: Store
    private let country: String?
    private var mentions: [String: Mentions] = [:]

    init(_ words: SearchWords, store: Store, country: String?) {
        patterns = words.patterns
        self.store = store
        self.country = country
    }

    /// The statements by which the records of one module are read.
    private struct Mentions {
        let rows: Rows
        let statement: Statement
        /// The positions of the parameters for the field, the excerpt, the number of rows and the id.
        let parameters: (field: [Int], snippet: [Int], matches: [Int], id: [Int])
        /// The rows with the texts, those of the record first.
        let texts: [(source: SearchPlan.Source, rows: Statement)]
    }

    private enum Placeholder {
        static let field = Value.text("\u{1}field")
        static let snippet = Value.text("\u{1}snippet")
        static let matches = Value.integer(.min + 1)
        static let id = Value.integer(.min)
    }

    /// Returns a record as a search result; `nil` when it no longer exists.
    ///
    /// - Parameters:
    ///   - document: the id of the record itself, or of the row of its part in which the match is.
    ///   - count: the number of found rows of its part; `nil` if the record itself is found.
    func record(_ id: Int64, saidBy document: Int64, _ count: Int64?, _ plan: SearchPlan) throws -> MentionedRecord? {
        let mentions = try self.mentions(plan)
        let excerpt = try self.excerpt(document, mentions)
        for place in mentions.parameters.id { try mentions.statement.bind(id, at: place) }
        let field = excerpt.map { Value.text($0.path) } ?? .null
        for place in mentions.parameters.field { try mentions.statement.bind(field, at: place) }
        let snippet = excerpt.map { Value.text($0.text) } ?? .null
        for place in mentions.parameters.snippet { try mentions.statement.bind(snippet, at: place) }
        let matches = count.map(Value.integer) ?? .null
        for place in mentions.parameters.matches { try mentions.statement.bind(matches, at: place) }
        guard try mentions.rows.next() else { return nil }
        return MentionedRecord(plan.module, field: excerpt?.field, rows: mentions.rows)
    }

    private func mentions(_ plan: SearchPlan) throws -> Mentions {
        if let mentions = mentions[plan.name] {
            mentions.rows.restart()
            return mentions
        }
        let scope = Scope(module: plan.module, alias: "t", link: nil)
        var selection = Selection(registry: store.registry, today: store.clock.today, withNames: true)
        selection.appendModule(of: scope)
        for (key, value) in [("field", Placeholder.field), ("snippet", Placeholder.snippet)] {
            let label = Text(en: "Text", es: "Texto")
            selection.append(.bind(value), key: key, label: label, object: nil, kind: .text, type: .text)
        }
        selection.append(
            .bind(Placeholder.matches),
            key: "matches",
            label: Text(en: "Matches", es: "Coincidencias"),
            object: nil,
            kind: .integer,
            type: .integer(0...Int64.max)
        )
        try selection.appendMention(in: scope)
        let select: SQLFragment = """
            SELECT \(selection.list) FROM \(plan.module.rows) AS \(name: scope.alias)\(selection.joined) \
            WHERE \(scope.id) = \(bind: Placeholder.id)
            """
        func places(of value: Value) -> [Int] {
            select.bindings.indices.filter { select.bindings[$0] == value }.map { $0 + 1 }
        }
        let statement = try store.database.prepare(fragment: select)
        var texts: [(source: SearchPlan.Source, rows: Statement)] = []
        for source in plan.sources {
            let condition: SQLFragment = "\(name: source.columns[0]) = \(bind: .integer(0))"
            texts.append((source, try store.database.prepare(fragment: source.statement(where: condition))))
        }
        let mentions = Mentions(
            rows: Rows(statement, columns: selection.columns, limit: nil, path: store.path),
            statement: statement,
            parameters: (
                places(of: Placeholder.field), places(of: Placeholder.snippet), places(of: Placeholder.matches),
                places(of: Placeholder.id)
            ),
            texts: texts
        )
        self.mentions[plan.name] = mentions
        return mentions
    }

    /// The place in a record where the search words were found.
    private struct Excerpt {
        let field: Field
        /// The path of the field: `description`, `lines.text`.
        let path: String
        let text: String
        /// The number of patterns in the text.
        let count: Int
    }

    /// Returns the excerpt from the field with the most matching words. Among equals, a field by which the record is
    /// known is preferred, then the first.
    private func excerpt(_ id: Int64, _ mentions: Mentions) throws -> Excerpt? {
        var best: (excerpt: Excerpt, isName: Bool)?
        for (source, rows) in mentions.texts {
            defer { rows.reset() }
            try rows.bind(id, at: 1)
            while try rows.step() {
                for cell in source.cells where !rows.isNull(at: cell.column) {
                    guard let excerpt = excerpt(cell, source, rows) else { continue }
                    let isBetter = best.map { best in
                        excerpt.count != best.excerpt.count
                            ? excerpt.count > best.excerpt.count : cell.isName && !best.isName
                    }
                    if isBetter ?? true { best = (excerpt, cell.isName) }
                }
            }
        }
        return best?.excerpt
    }

    private func excerpt(_ cell: SearchPlan.Cell, _ source: SearchPlan.Source, _ rows: Statement) -> Excerpt? {
        let form = cell.form(in: rows)
        let text: String
        if case .list(let kind) = form {
            text = StoredList(rows.value(at: cell.column), of: kind).elements.joined(separator: ", ")
        } else {
            text = rows.text(at: cell.column)
        }
        var marked = MarkedText(text, patterns)
        // A number in another form than the searched one is found as a whole.
        if marked.count == 0, form == .phone || form == .code {
            let forms: [String]
            if form == .phone {
                let numbers = WrittenKey.phone(text, country: country)
                forms = numbers + WrittenKey.shortPhone(numbers)
            } else {
                var folded: [UInt8] = []
                FoldedWords.append(text, to: &folded)
                forms = WrittenKey.stored(code: folded)
            }
            if forms.contains(where: { form in patterns.contains { $0.fits(form) } }) { marked.markWhole() }
        }
        guard marked.count > 0 else { return nil }
        let path = source.partKey.map { "\($0).\(cell.field.key)" } ?? cell.field.key
        return Excerpt(field: cell.field, path: path, text: marked.excerpt, count: marked.count)
    }
}

extension SearchPattern {
    /// Whether a single word matches the pattern.
    fileprivate func fits(_ word: String) -> Bool {
        words.count == 1 && (isPrefix ? word.hasPrefix(words[0]) : word == words[0])
    }
}

/// A text with the places of the matches.
struct MarkedText {
    private let bytes: [UInt8]
    private let words: [Range<Int>]
    private var marks: [Range<Int>] = []
    /// The number of patterns in the text.
    private(set) var count = 0

    /// The approximate length of an excerpt in bytes.
    private static let length = 90
    /// The number of bytes shown before the first match.
    private static let lead = 30

    /// Finds patterns in a text.
    init(_ text: String, _ patterns: [SearchPattern]) {
        let bytes = Array(text.utf8)
        var words: [Range<Int>] = []
        var folded: [[UInt8]] = []
        bytes.withUnsafeBytes { bytes in
            var position = 0
            while let word = FoldedWords.next(in: bytes, from: &position) {
                var own: [UInt8] = []
                let part = UnsafeRawBufferPointer(rebasing: bytes[word.bytes])
                FoldedWords.appendWord(part, isASCII: word.isASCII, to: &own)
                guard own.popLast() != nil else { continue }
                folded.append(own)
                words.append(word.bytes)
            }
        }
        (self.bytes, self.words) = (bytes, words)
        for pattern in patterns {
            let sought = pattern.words.map { Array($0.utf8) }
            var isThere = false
            for start in folded.indices where folded.count - start >= sought.count {
                let fits = sought.indices.allSatisfy { offset in
                    let word = folded[start + offset]
                    let isLast = offset == sought.count - 1
                    return pattern.isPrefix && isLast
                        ? word.starts(with: sought[offset]) : word == sought[offset]
                }
                guard fits else { continue }
                isThere = true
                marks.append(words[start].lowerBound..<words[start + sought.count - 1].upperBound)
            }
            if isThere { count += 1 }
        }
        marks.sort { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
    }

    /// Marks the whole text.
    mutating func markWhole() {
        marks = [0..<bytes.count]
        count = 1
    }

    /// An excerpt on one line, with the matches in brackets and `…` for omitted text.
    var excerpt: String {
        guard let first = marks.first else { return "" }
        let start = Self.start(of: first.lowerBound, among: words)
        let end = Self.end(from: start, through: first.upperBound, among: words, bytes.count)
        var text = start > 0 ? "…" : ""
        var position = start
        for mark in marks where mark.lowerBound >= position && mark.upperBound <= end {
            text += piece(position..<mark.lowerBound) + "[" + piece(mark) + "]"
            position = mark.upperBound
        }
        text += piece(position..<end)
        return text + (end < bytes.count ? "…" : "")
    }

    private static func start(of mark: Int, among words: [Range<Int>]) -> Int {
        if mark <= lead { return 0 }
        return words.first { $0.lowerBound >= mark - lead }?.lowerBound ?? mark
    }

    private static func end(from start: Int, through mark: Int, among words: [Range<Int>], _ count: Int) -> Int {
        let end = max(start + length, mark)
        if end >= count { return count }
        return words.last { $0.upperBound <= end }.map { max($0.upperBound, mark) } ?? mark
    }

    /// Returns a part of the text, with each run of white space as one space.
    private func piece(_ range: Range<Int>) -> String {
        var text = ""
        var isSpace = false
        for character in String(decoding: bytes[range], as: UTF8.self) {
            if character.isWhitespace {
                if !isSpace { text.append(" ") }
                isSpace = true
            } else {
                text.append(character)
                isSpace = false
            }
        }
        return text
    }
}
