import Localization
import SQLite

/// Looks whether the records that an import has made without matching were there before: whoever takes a file in twice has
/// everything twice, and where rows have a name alone nothing else tells it.
///
/// Records are alike that have the same name and, as far as rows say more, the same of everything else, and those whose
/// codes differ in capitals alone. What they share of e-mail addresses and the like is told of each. Of many new records
/// some are looked at, so that it costs the same however large an input is.
struct RepeatedRecords {
    private let module: Module
    /// The newest record before the import; `nil` before it has begun.
    private var last: Int64?
    /// The fields that rows fill, by their positions.
    private var given: Set<Int> = []
    /// Whether rows say which records they are about.
    private var isMatched: Bool
    /// What a person is told.
    private(set) var notice: Text?

    /// The most new records that are looked at, and the most of one name that each is compared with.
    private static let (mostLookedAt, mostNamesakes) = (500, 50)
    private static let (new, other) = ("m", "o")

    init(_ module: Module, isMatched: Bool) {
        self.module = module
        self.isMatched = isMatched
    }

    /// Learns what rows fill.
    ///
    /// - Parameters:
    ///   - positions: of the fields.
    ///   - areMatched: whether they say which records they are about all the same.
    mutating func note(_ positions: [Int], areMatched: Bool) {
        isMatched = isMatched || areMatched
        given.formUnion(positions)
    }

    /// Notes which records there are before the first row is taken.
    mutating func begin(in store: Store) throws {
        if last == nil { last = try newest(in: store) }
    }

    /// Looks at what the import has made.
    mutating func look(in store: Store) throws {
        guard !isMatched, let last, last > 0, let newest = try newest(in: store), newest > last else { return }
        let total = Int(newest - last)
        let step = (total + Self.mostLookedAt - 1) / Self.mostLookedAt
        let rows = try store.statement(statement.sql)
        var (looked, count) = (0, 0)
        var first: (new: Int64, former: Int64)?
        for id in stride(from: last + 1, through: newest, by: step) {
            try store.checkStop()
            defer { rows.reset() }
            try rows.bind(id, at: 1)
            try rows.bind(last, at: 2)
            guard try rows.step() else { continue }
            looked += 1
            guard !rows.isNull(at: 0) else { continue }
            count += 1
            if first == nil { first = (id, rows.integer(at: 0)) }
        }
        if let first { notice = told(count * total / looked, of: total, isExact: step == 1, first) }
    }

    private func newest(in store: Store) throws -> Int64? {
        let rows = try store.statement("SELECT max(\(name: "id")) FROM \(name: module.table)" as SQLFragment)
        defer { rows.reset() }
        return try rows.step() ? rows.integer(at: 0) : nil
    }

    /// The codes that rows give, by which no two records are called alike.
    private var codes: [Field] {
        given.sorted().map { module.fields[$0] }.filter { $0.type == .code && $0.traits.contains(.unique) }
    }

    /// What gives the record before the import, up to `?2`, that a new one, `?1`, is like.
    private var statement: SQLFragment {
        let name = module.fields[module.displayPosition].comparedColumn
        let likeness = given.sorted().compactMap(likeness).conjunction
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
        return """
            SELECT coalesce(\((([namesake] + spelled) as [SQLFragment]).joined(", ")), NULL) \
            FROM \(name: module.table) AS \(name: Self.new) WHERE \(column: "id", of: Self.new) = ?1
            """
    }

    /// The condition that a new record has of a field what the other has, or nothing; `nil` for one that tells nothing
    /// beside the name. A key by which records are named is told wherever several have it.
    private func likeness(at position: Int) -> SQLFragment? {
        let field = module.fields[position]
        let isOfName = position == module.displayPosition || module.composedPositions.contains(position)
        let isOfProgram = [0, module.createdPosition, module.updatedPosition].contains(position)
        guard field.isStored, !isOfName, !isOfProgram else { return nil }
        let isKey = module.sharedKeyPositions.contains(position) || field.traits.contains(.unique)
        let conditions = field.comparedColumns.map { key -> SQLFragment in
            let (own, others) = (SQLFragment.column(key, of: Self.new), SQLFragment.column(key, of: Self.other))
            if !isKey { return "(\(own) IS NULL OR \(own) = \(others))" }
            if field.type != .code { return "\(own) IS NULL" }
            return "(\(own) IS NULL OR \(own) <> \(others) AND lower(\(own)) = lower(\(others)))"
        }
        return conditions.conjunction
    }

    /// The fields by which rows would have been matched: the name, and what no record is without.
    private var matching: [String] {
        if let code = codes.first { return [code.key] }
        let composed = module.composedPositions.filter(given.contains)
        let names = composed.isEmpty ? [module.displayPosition] : composed
        let others = module.requiredPositions.filter { position in
            let field = module.fields[position]
            return given.contains(position) && !names.contains(position) && field.isStored
                && field.type.choices.isEmpty && ![.money, .boolean].contains(field.type)
        }
        return (names + others).map { module.fields[$0].key }
    }

    private func told(_ count: Int, of total: Int, isExact: Bool, _ first: (new: Int64, former: Int64)) -> Text {
        let (new, former) = (module.called(first.new), module.called(first.former))
        let option = "--match \(matching.joined(separator: ","))"
        let remedy =
            codes.isEmpty
            ? Text(en: "with \(option) the rows are about those", es: "con \(option) las filas son de esos")
            : Text(en: "with \(option) such a row is refused", es: "con \(option) una fila así se rechaza")
        let number = isExact ? Text("\(count)") : Text(en: "about \(count)", es: "unos \(count)")
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
