import Formats
import SQLite

/// The values by which a record is compared.
struct Profile {
    let id: Int64
    let words: [NameWords.Word]
    /// The number of words that belong to the given name, the first ones; all are those of a thing.
    let givenWords: Int
    /// The hashes of the record's values, by signal.
    let signals: [[UInt64]]
    /// The hashes of addresses that belong to a role, not to a person.
    let roles: Set<UInt64>
    let context: UInt64?
    let facts: [UInt64?]
    /// Whether it has a name: a word in place of one, or a name made of nothing but the record's e-mail address, is none.
    let isNamed: Bool

    var name: ComparedName { ComparedName(words: words, givenWords: givenWords) }
}

/// Reads the profiles of records, with cached statements.
final class ProfileReader {
    private let columns: ResemblanceColumns
    private let select: Statement
    private let parts: [(signal: Int, select: Statement)]
    private var words: NameWords

    init(_ columns: ResemblanceColumns, in store: Store) throws {
        self.columns = columns
        words = NameWords(columns.kind)
        let fields = columns.signals.flatMap(\.fields).map { SQLFragment.name($0.comparedColumn) }
        let facts = columns.facts.map { SQLFragment.name($0.comparedColumn) }
        let list = (columns.nameColumns + [columns.contextColumn] + facts + fields).joined(", ")
        let query: SQLFragment = "SELECT \(list) FROM \(name: columns.module.table) WHERE \(name: "id") = ?"
        select = try store.database.prepare(query.sql, persistent: true)
        var parts: [(signal: Int, select: Statement)] = []
        for (signal, places) in columns.signals.enumerated().map({ ($0, $1.parts) }) {
            for place in places where try store.hasRows(place.table) {
                let row = "m"
                let query: SQLFragment = """
                    SELECT \(column: place.field.comparedColumn, of: row) FROM \(name: place.table.name) AS \(name: row) \
                    WHERE \(column: place.table.ownerColumn, of: row) = ? AND \(place.isOfKind(row))
                    """
                parts.append((signal, try store.database.prepare(query.sql, persistent: true)))
            }
        }
        self.parts = parts
    }

    /// Returns the profile of a record; `nil` when there is no such record.
    func profile(_ id: Int64) throws -> Profile? {
        try select.bind(id, at: 1)
        defer { select.reset() }
        guard try select.step() else { return nil }
        var name: [NameWords.Word] = []
        var givenWords = 0
        for column in columns.names.indices {
            let text = select.textBytes(at: column)
            // An address in place of a name says nothing about the name.
            if columns.surname == nil || !text.contains(UInt8(ascii: "@")) {
                words.forEach(in: text) { _, bytes in name.append(NameWords.Word(bytes)) }
            }
            if column == 0 { givenWords = name.count }
        }
        if columns.surname != nil, MissingName.isOne(name) { (name, givenWords) = ([], 0) }
        // A name in a single field may be the local part of an e-mail address, since services make up names in this
        // way.
        let letters = columns.surname != nil && givenWords == 0 ? MissingName.letters(name.lazy.flatMap(\.bytes)) : []
        var isNamed = !name.isEmpty
        var column = columns.names.count
        let context = hash(at: column)
        var facts: [UInt64?] = []
        for fact in columns.facts {
            column += 1
            facts.append(fact.type.isCode ? codeHash(at: column) : hash(at: column))
        }
        var signals: [[UInt64]] = columns.signals.map { _ in [] }
        var roles: Set<UInt64> = []
        for (place, signal) in columns.signals.enumerated() {
            for _ in signal.fields {
                column += 1
                guard let hash = hash(at: column) else { continue }
                if !signals[place].contains(hash) { signals[place].append(hash) }
                guard signal.isAddress else { continue }
                if RoleAddress.isOne(select.text(at: column)) { roles.insert(hash) }
                if MissingName.isMailbox(letters, of: select.textBytes(at: column)) { isNamed = false }
            }
        }
        for (place, rows) in parts {
            try rows.bind(id, at: 1)
            defer { rows.reset() }
            while try rows.step() {
                let bytes = rows.textBytes(at: 0)
                let hash = NameWords.hash(bytes)
                if !signals[place].contains(hash) { signals[place].append(hash) }
                if columns.signals[place].isAddress, RoleAddress.isOne(rows.text(at: 0)) { roles.insert(hash) }
            }
        }
        return Profile(
            id: id,
            words: name,
            givenWords: givenWords,
            signals: signals,
            roles: roles,
            context: context,
            facts: facts,
            isNamed: isNamed
        )
    }

    /// Returns the hash of a code's letters and digits, since codes are written with and without hyphens: `LJ-1020` and
    /// `LJ1020`.
    private func codeHash(at column: Int) -> UInt64? {
        guard let whole = hash(at: column) else { return nil }
        let marks = select.textBytes(at: column).filter { $0 >= 0x80 || $0.isDigit || $0.isLetter }
            .map(\.asciiLowercased)
        return marks.isEmpty ? whole : NameWords.hash(marks)
    }

    private func hash(at column: Int) -> UInt64? {
        if select.isNull(at: column) { return nil }
        let hash = NameWords.hash(select.textBytes(at: column))
        return columns.nobodys.contains(hash) ? nil : hash
    }
}
