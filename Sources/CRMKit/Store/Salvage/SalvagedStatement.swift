/// The statement that created a table of a damaged file.
///
/// Damage changes bytes where they stand, so that a damaged text keeps its length: a piece of the statement that is as
/// long as one of the definitions and nearly equal to it is taken for that one. What somebody has added to a column of
/// the definitions, a check or another type, is left out.
struct SalvagedStatement {
    /// The text up to the list of columns, its parenthesis included.
    private let lead: [UInt8]
    /// The definitions of the columns, and the constraints of the table.
    private var pieces: [[UInt8]]
    /// The text from the parenthesis that ends the list.
    private var tail: [UInt8]

    /// Parts a statement into its pieces.
    ///
    /// - Returns: `nil` if it has no list that ends.
    private init?(_ text: [UInt8]) {
        var depth = 0
        var quote: UInt8?
        var start = 0
        var lead: [UInt8] = []
        var pieces: [[UInt8]] = []
        for (place, byte) in text.enumerated() {
            if let open = quote {
                if byte == open { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                quote = byte
            case UInt8(ascii: "("):
                depth += 1
                guard depth == 1 else { continue }
                lead = Array(text[...place])
                start = place + 1
            case UInt8(ascii: ",") where depth == 1:
                pieces.append(Array(text[start..<place]))
                start = place + 1
            case UInt8(ascii: ")"):
                depth -= 1
                guard depth == 0 else { continue }
                (self.lead, self.pieces) = (lead, pieces + [Array(text[start..<place])])
                tail = Array(text[place...])
                return
            default: continue
            }
        }
        return nil
    }

    private var text: [UInt8] { lead + pieces.joined(separator: [UInt8(ascii: ",")]) + tail }

    /// Returns a statement with its damaged pieces as the definitions have them.
    ///
    /// Columns that the definitions lack stay as they are: those of fields that the file itself defines.
    ///
    /// - Parameter standard: the statement of the definitions that creates the table.
    static func mended(_ statement: String, after standard: String) -> String {
        guard statement != standard, let model = SalvagedStatement(Array(standard.utf8)) else { return statement }
        var text = Array(statement.utf8)
        text.mendEnd(after: model.tail)
        // The columns of a file that was upgraded are in another order.
        if var found = SalvagedStatement(text) {
            found.mendPieces(after: model)
            found.mendTail(after: model)
            if found.hasAllColumns(of: model) { return String(decoding: found.text, as: UTF8.self) }
        }
        // A new file has the statement of the definitions, followed by the columns that were added later.
        text.mendBeginning(after: model.text.dropLast(model.tail.count))
        guard var found = SalvagedStatement(text) else { return String(decoding: text, as: UTF8.self) }
        found.mendPieces(after: model)
        return String(decoding: found.text, as: UTF8.self)
    }

    /// Returns a statement whose columns are all stored, whatever computes them:
    /// https://www.sqlite.org/gencol.html
    static func withoutComputation(_ statement: String) -> String {
        guard var found = SalvagedStatement(Array(statement.utf8)) else { return statement }
        let stored = found.pieces.map(\.withoutComputation)
        guard stored != found.pieces else { return statement }
        found.pieces = stored
        return String(decoding: found.text, as: UTF8.self)
    }

    /// Rows of a table without row ids are stored in another way, so that such a table stays one.
    private mutating func mendTail(after model: SalvagedStatement) {
        if tail.saysWithoutRowID == model.tail.saysWithoutRowID { tail = model.tail }
    }

    private func hasAllColumns(of model: SalvagedStatement) -> Bool {
        Set(model.pieces.map(\.columnName)).isSubset(of: pieces.map(\.columnName))
    }

    private mutating func mendPieces(after model: SalvagedStatement) {
        let names = Set(pieces.map(\.columnName))
        for index in pieces.indices where !model.pieces.contains(pieces[index]) {
            let name = pieces[index].columnName
            if let defined = model.pieces.first(where: { $0.columnName == name }) {
                pieces[index] = defined.requiringValue(where: pieces[index].requiresValue)
                continue
            }
            let likely = model.pieces.filter { !names.contains($0.columnName) }
            let nearest = likely.compactMap { piece -> (piece: [UInt8], distance: Int)? in
                let mended = pieces[index].mended(after: piece)
                return mended.map { ($0, $0.distance(from: pieces[index])) }
            }.min { $0.distance < $1.distance }
            if let nearest { pieces[index] = nearest.piece }
        }
        pieces.removeAll { $0.isConstraint && !model.pieces.contains($0) }
    }
}

extension [UInt8] {
    /// The name that a definition of a column begins with, with its quotes and the blank before it.
    fileprivate var columnName: ArraySlice<UInt8> {
        let quotes = indices.filter { self[$0] == UInt8(ascii: "\"") }.prefix(2)
        return self[..<(quotes.last.map { $0 + 1 } ?? count)]
    }

    /// The definition of a column without `[GENERATED ALWAYS] AS (…) [STORED | VIRTUAL]`.
    fileprivate var withoutComputation: [UInt8] {
        let words = outerWords
        func isWord(_ place: Int, _ word: String) -> Bool {
            words.indices.contains(place) && String(decoding: self[words[place]], as: UTF8.self).uppercased() == word
        }
        guard let place = words.indices.first(where: { isWord($0, "AS") && isGroup($0 + 1, of: words) }) else {
            return self
        }
        let isSpelledOut = isWord(place - 1, "ALWAYS") && isWord(place - 2, "GENERATED")
        let isKept = isWord(place + 2, "STORED") || isWord(place + 2, "VIRTUAL")
        let (first, last) = (place - (isSpelledOut ? 2 : 0), place + (isKept ? 2 : 1))
        let end = first > 0 ? words[first - 1].upperBound : words[first].lowerBound
        return Array(self[..<end] + self[words[last].upperBound...])
    }

    /// Whether it says `WITHOUT ROWID`: https://www.sqlite.org/withoutrowid.html
    fileprivate var saysWithoutRowID: Bool { String(decoding: self, as: UTF8.self).uppercased().contains("ROWID") }

    /// Whether it says `NOT NULL`.
    fileprivate var requiresValue: Bool {
        let words = outerWords.map { String(decoding: self[$0], as: UTF8.self).uppercased() }
        return zip(words, words.dropFirst()).contains { $0 == "NOT" && $1 == "NULL" }
    }

    /// Whether it is no column but a constraint of the table: https://www.sqlite.org/syntax/table-constraint.html
    fileprivate var isConstraint: Bool {
        let first = outerWords.first.map { String(decoding: self[$0], as: UTF8.self).uppercased() }
        return first.map(["CHECK", "CONSTRAINT", "UNIQUE", "FOREIGN"].contains) ?? false
    }

    /// The definition of a column, which requires a value only where asked: a column that was added to a table with rows
    /// does not.
    fileprivate func requiringValue(where isAsked: Bool) -> [UInt8] {
        let constraint = Array(" NOT NULL".utf8)
        return !isAsked && suffix(constraint.count).elementsEqual(constraint) ? Array(dropLast(constraint.count)) : self
    }

    private func isGroup(_ place: Int, of words: [Range<Int>]) -> Bool {
        words.indices.contains(place) && self[words[place].lowerBound] == UInt8(ascii: "(")
    }

    /// The words of a definition, its quoted names, and what it has in parentheses, each of these as a whole.
    private var outerWords: [Range<Int>] {
        var words: [Range<Int>] = []
        var start: Int?
        var (depth, quote): (Int, UInt8?) = (0, nil)
        func end(_ place: Int) {
            if let first = start { words.append(first..<place) }
            start = nil
        }
        for (place, byte) in enumerated() {
            if let open = quote {
                if byte == open { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                quote = byte
                start = start ?? place
            case UInt8(ascii: "("):
                if depth == 0 {
                    end(place)
                    start = place
                }
                depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { end(place + 1) }
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                if depth == 0 { end(place) }
            default: start = start ?? place
            }
        }
        end(count)
        return words
    }

    /// Returns the definition of a column as another one, if it is nearly that: either all of it, or what precedes the
    /// constraints, which are others where the column was added to a table with rows.
    fileprivate func mended(after piece: [UInt8]) -> [UInt8]? {
        if count == piece.count, resembles(piece) { return piece }
        let declaration = piece.requiringValue(where: false)
        guard count >= declaration.count, prefix(declaration.count).resembles(declaration) else { return nil }
        return Array(declaration + self[declaration.count...])
    }

    fileprivate mutating func mendBeginning(after model: some RandomAccessCollection<UInt8>) {
        guard count >= model.count, prefix(model.count).resembles(model) else { return }
        replaceSubrange(..<model.count, with: model)
    }

    fileprivate mutating func mendEnd(after model: some RandomAccessCollection<UInt8>) {
        guard count >= model.count, suffix(model.count).resembles(model) else { return }
        replaceSubrange((count - model.count)..., with: model)
    }
}

extension RandomAccessCollection<UInt8> {
    /// The number of bytes in which two texts of the same length differ.
    func distance(from other: some RandomAccessCollection<UInt8>) -> Int { zip(self, other).count { $0 != $1 } }

    /// Whether a text may be another one that was damaged: of the same length, and different in a quarter of its bytes
    /// at most.
    func resembles(_ other: some RandomAccessCollection<UInt8>) -> Bool {
        count == other.count && distance(from: other) * 4 <= count
    }
}
