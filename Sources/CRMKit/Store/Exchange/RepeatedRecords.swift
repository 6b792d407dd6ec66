import Localization
import SQLite

/// Detects whether records that an import has created without matching resemble earlier records, as when a file is
/// imported twice. The user gets a single notice with the number of such records and a remedy.
///
/// Records resemble each other if they have the same name and share an address or another key, or all other values that
/// the rows give. They also do if their codes differ in case alone. Of many new records a sample is examined, so that
/// the cost does not grow with the input.
struct RepeatedRecords {
    private let module: Module
    /// The highest id before the import; `nil` before it has begun.
    private var last: Int64?
    /// The positions of the fields that rows set.
    private var given: Set<Int> = []
    /// Whether rows identify the records they are about.
    private var isMatched: Bool
    /// The notice for the user.
    private(set) var notice: Text?

    /// The maximum number of new records that are examined, and of earlier records with the same name that each is
    /// compared with.
    private static let (mostLookedAt, mostNamesakes) = (500, 50)
    private static let (new, other, former) = ("m", "o", "f")

    init(_ module: Module, isMatched: Bool) {
        self.module = module
        self.isMatched = isMatched
    }

    /// Records which fields the rows set.
    ///
    /// - Parameters:
    ///   - positions: the positions of the fields.
    ///   - areMatched: whether the rows identify the records they are about.
    mutating func note(_ positions: [Int], areMatched: Bool) {
        isMatched = isMatched || areMatched
        given.formUnion(positions)
    }

    /// Stores the highest id before the first row is imported.
    mutating func begin(in store: Store) throws {
        if last == nil { last = try newest(in: store) }
    }

    /// Examines the records that the import has created.
    ///
    /// - Parameter canUndo: whether the import is a single change set, which can be undone.
    mutating func look(in store: Store, canUndo: Bool) throws {
        guard !isMatched, let last, last > 0, let newest = try newest(in: store), newest > last else { return }
        let total = Int(newest - last)
        let step = (total - 1) / Self.mostLookedAt + 1
        let rows = try store.statement(statement.sql)
        var (looked, count, isOfCode) = (0, 0, false)
        var first: (new: Int64, former: Int64)?
        let keys = keys
        var telling = keys
        for offset in stride(from: 0, to: total, by: step) {
            let id = last + 1 + Int64(offset)
            try store.checkStop()
            defer { rows.reset() }
            try rows.bind(id, at: 1)
            try rows.bind(last, at: 2)
            guard try rows.step() else { continue }
            looked += 1
            let former = rows.isNull(at: 0) ? nil : rows.integer(at: 0)
            // A row without a value in the key could not be matched by it.
            telling = telling.filter { key in
                guard let place = keys.firstIndex(of: key), !rows.isNull(at: place + 2) else { return false }
                return former == nil || rows.integer(at: place + 2) == 1
            }
            guard let former else { continue }
            count += 1
            if first == nil {
                first = (id, former)
                isOfCode = rows.integer(at: 1) == 1
            }
        }
        guard let first else { return }
        let found = Found(first: first, count: count * total / looked, total: total, isExact: step == 1)
        let code = isOfCode ? codes.first?.key : nil
        let match = code.map(Self.matching(code:)) ?? matching(telling.first)
        notice = message(about: found, canUndo ? Self.undoing(match, several: found.count > 1) : match)
    }

    /// New records that resemble earlier ones.
    private struct Found {
        let first: (new: Int64, former: Int64)
        let count: Int
        let total: Int
        let isExact: Bool
    }

    private func newest(in store: Store) throws -> Int64? {
        let rows = try store.statement("SELECT max(\(name: "id")) FROM \(name: module.table)" as SQLFragment)
        defer { rows.reset() }
        return try rows.step() ? rows.integer(at: 0) : nil
    }

    /// The unique codes that rows give.
    private var codes: [Field] {
        given.sorted().map { module.fields[$0] }.filter { $0.type == .code && $0.traits.contains(.unique) }
    }

    /// The positions of the keys that rows give and can be matched by. Telephone numbers are left out, since a whole
    /// office may share one.
    private var keys: [Int] { shared.filter { module.fields[$0].type != .phone } }

    /// The positions of the keys that rows give and that several records may share.
    private var shared: [Int] {
        module.sharedKeyPositions.filter { given.contains($0) && !module.fields[$0].traits.contains(.unique) }
    }

    /// The statement that finds the record from before the import, with an id up to `?2`, that resembles the new record
    /// `?1`. Its columns are the id of that record, whether the two have the same code except for case, and for each
    /// key whether they share its value, null when the new record has none.
    private var statement: SQLFragment {
        let name = module.fields[module.displayPosition].comparedColumn
        let shared = shared.map { position -> SQLFragment in
            let key = module.fields[position].comparedColumn
            return "\(column: key, of: Self.new) = \(column: key, of: Self.other)"
        }
        let alike: SQLFragment = "(\(given.sorted().compactMap(likeness).conjunction))"
        let likeness = (shared + [alike]).joined(" OR ")
        let namesake: SQLFragment = """
            (SELECT \(column: "id", of: Self.other) FROM (SELECT * FROM \(name: module.table) \
            WHERE \(name: name) = \(column: name, of: Self.new) AND \(name: "id") <= ?2 \
            LIMIT \(SQLFragment(definition: "\(Self.mostNamesakes)"))) AS \(name: Self.other) WHERE \(likeness))
            """
        let spelled = codes.map { field -> SQLFragment in
            let code = SQLFragment.column(field.comparedColumn, of: Self.new)
            return """
                (SELECT max(\(name: "id")) FROM \(name: module.table) WHERE \(name: field.comparedColumn) IN \
                (lower(\(code)), upper(\(code))) AND \(name: field.comparedColumn) <> \(code) AND \(name: "id") <= ?2)
                """
        }
        let common = keys.map { position -> SQLFragment in
            let key = module.fields[position].comparedColumn
            let own = SQLFragment.column(key, of: Self.new)
            return ", CASE WHEN \(own) IS NOT NULL THEN \(own) IS \(column: key, of: Self.former) END"
        }
        let ofCode: SQLFragment = spelled.isEmpty ? "0" : "coalesce(\(spelled.joined(", ")), NULL) IS NOT NULL"
        return """
            SELECT \(column: "id", of: Self.former), \(ofCode)\(common.joined("")) FROM \(name: module.table) AS \(name: Self.new) \
            LEFT JOIN \(name: module.table) AS \(name: Self.former) ON \(column: "id", of: Self.former) = \
            coalesce(\((([namesake] + spelled) as [SQLFragment]).joined(", ")), NULL) \
            WHERE \(column: "id", of: Self.new) = ?1
            """
    }

    /// Returns the condition that a new record has no value in a field or the same one as the other record; `nil` for a
    /// field that is part of the name or set by the program.
    private func likeness(at position: Int) -> SQLFragment? {
        let field = module.fields[position]
        let isOfName = position == module.displayPosition || module.composedPositions.contains(position)
        let isOfProgram = [0, module.createdPosition, module.updatedPosition].contains(position)
        guard field.isStored, !isOfName, !isOfProgram else { return nil }
        let isUnique = field.traits.contains(.unique)
        let conditions = field.comparedColumns.map { key -> SQLFragment in
            let (own, others) = (SQLFragment.column(key, of: Self.new), SQLFragment.column(key, of: Self.other))
            if !isUnique { return "(\(own) IS NULL OR \(own) = \(others))" }
            if field.type != .code { return "\(own) IS NULL" }
            return "(\(own) IS NULL OR \(own) <> \(others) AND lower(\(own)) = lower(\(others)))"
        }
        return conditions.conjunction
    }

    /// Returns the advice for codes that differ in case alone.
    private static func matching(code: String) -> Text {
        Text(en: "with --match \(code) such a row is refused", es: "con --match \(code) una fila así se rechaza")
    }

    /// Returns the advice to match rows by a key that all new records have, otherwise by the name and the required
    /// fields.
    private func matching(_ key: Int?) -> Text {
        let composed = module.composedPositions.filter(given.contains)
        if key == nil, composed.isEmpty, !module.composedPositions.isEmpty { return matchingParts }
        let names = composed.isEmpty ? [module.displayPosition] : composed
        let others = module.requiredPositions.filter { position in
            let field = module.fields[position]
            return given.contains(position) && !names.contains(position) && field.isStored
                && field.type.choices.isEmpty && ![.money, .boolean].contains(field.type)
        }
        let positions = key.map { [$0] } ?? names + others
        let option = "--match \(positions.map { module.fields[$0].key }.joined(separator: ","))"
        return Text(en: "with \(option) the rows are about those", es: "con \(option) las filas son de esos")
    }

    /// The advice for a column with whole names, by which rows cannot be matched.
    private var matchingParts: Text {
        let parts = module.composedPositions.map { module.fields[$0].key }
        let option = "--match \(parts.joined(separator: ","))"
        return Text(
            en: """
                with the names parted into columns \(parts.joined(separator: " and ")), and \(option), the rows are about \
                those
                """,
            es: """
                con los nombres separados en columnas \(parts.joined(separator: " y ")), y \(option), las filas son de esos
                """
        )
    }

    /// Returns the advice to undo the import of duplicates first.
    private static func undoing(_ remedy: Text, several: Bool) -> Text {
        let program = ProgramName.placeholder
        return Text(
            en: "'\(program) undo' takes \(several ? "them" : "it") back, and \(remedy.en)",
            es: "«\(program) undo» \(several ? "los" : "lo") quita, y \(remedy.es)"
        )
    }

    private func message(about found: Found, _ remedy: Text) -> Text {
        let (new, former) = (module.called(found.first.new), module.called(found.first.former))
        let (count, total) = (found.count, found.total)
        let number = found.isExact ? Text("\(count)") : Text(en: "about \(count)", es: "unos \(count)")
        let who =
            total == 1
            ? Text(en: "the new \(module.one.en)", es: "el registro nuevo")
            : Text(
                en: "\(number.en) of \(total) new \(module.several.en)",
                es: "\(number.es) de \(total) registros nuevos"
            )
        return Text(
            en: """
                \(who.en) \(count == 1 ? "is" : "are") like what was there before, \(new.en) like \(former.en): \
                \(remedy.en)
                """,
            es: """
                \(who.es) \(count == 1 ? "es" : "son") como lo que ya estaba, \(new.es) como \(former.es): \(remedy.es)
                """
        )
    }
}
