import Localization
import SQLite

/// The source of numbers for one field within a transaction: today's frame, and a statement that is kept for reuse.
final class NumberSource {
    let module: Module
    let position: Int
    /// `nil` where the file gives no numbers.
    let frame: NumberFrame?
    let name: String
    private let holder: Statement

    init(_ module: Module, _ position: Int, in store: Store) throws {
        let field = module.fields[position]
        self.module = module
        self.position = position
        frame = try store.settings().pattern(of: field, in: module.name)?.frame(on: store.clock.today)
        name = module.counted(field)
        holder = try store.database.prepare(
            "SELECT \"id\" FROM \(module.table.quotedIdentifier) WHERE \(field.key.quotedIdentifier) = ?",
            persistent: true
        )
    }

    /// The next count whose number no record has already, since numbers may have been given by hand; and that number.
    ///
    /// - Parameter isTaken: whether a number that no record has is not free either.
    /// - Throws: ``CRMError`` `refused` when the last count has been given out.
    func next(
        in frame: NumberFrame,
        after last: Int64,
        exceptWhere isTaken: (String) throws -> Bool = { _ in false }
    ) throws -> (count: Int64, number: String) {
        var count = last
        var number: String
        repeat {
            guard count < Counter.counts.upperBound else { throw outOfNumbers(after: count) }
            count += 1
            number = frame.number(count)
        } while try isTaken(number) || holder(of: number) != nil
        return (count, number)
    }

    private func outOfNumbers(after last: Int64) -> CRMError {
        CRMError(
            .refused,
            Text(
                en: "the numbers of \(name) have run out: the counter is at \(last)",
                es: "se agotaron los números de \(name): el contador está en \(last)"
            ),
            hint: Text(
                en: "set another pattern of numbers, in which the counter begins anew, or give the number",
                es: "fijar otro patrón de números, en el que el contador empiece de nuevo, o indicar el número"
            ),
            module: module.name
        )
    }

    /// Returns the id of the record that has a number; `nil` if none has it.
    func holder(of number: String) throws -> Int64? {
        defer { holder.reset() }
        try holder.bind(number, at: 1)
        return try holder.step() ? holder.integer(at: 0) : nil
    }
}

extension Transaction {
    /// Gives a new record the numbers for which no value was given.
    ///
    /// - Returns: whether there were any.
    func giveNumbers(to draft: inout Draft) throws -> Bool {
        var isGiven = false
        for position in draft.module.numberedPositions where draft[position].isNull {
            guard let number = try nextNumber(of: draft.module, at: position) else { continue }
            draft[position] = .text(number)
            isGiven = true
        }
        return isGiven
    }

    /// Gives another number to a record of the same input that got by the pattern the one which the input names for a
    /// record further down.
    func makeWay(for draft: Draft) throws {
        guard givenNumbers?.isEmpty == false else { return }
        let module = draft.module
        for position in module.numberedPositions where draft.changes(module.fields[position].key) {
            guard let number = draft[position].text else { continue }
            try makeWay(for: number, at: position, of: module, besides: draft.record.id)
        }
    }

    /// Gives another number to the record that got one by the pattern which the input names.
    ///
    /// - Parameters:
    ///   - position: the position of the field with the number.
    ///   - record: the id of the record that is to have the number, if it is stored.
    func makeWay(for number: String, at position: Int, of module: Module, besides record: Int64 = 0) throws {
        guard let id = try numberSource(of: module, at: position).holder(of: number), id != record,
            givenNumbers?.contains(id, of: module.name) == true, let holder = try store.storedRecord(module, id: id),
            let next = try nextNumber(of: module, at: position)
        else { return }
        var moved = Draft(editing: holder)
        moved[position] = .text(next)
        _ = try update(moved, from: holder)
    }

    /// Gives numbers to the records without one, in the order of their creation.
    func giveNumbers(of field: Field, in module: Module) throws {
        guard let position = module.position(of: field.key),
            let frame = try numberSource(of: module, at: position).frame,
            let lastChange = module.field(Table.lastChange)
        else { return }
        let index = try counter(of: field, in: module, frame)
        let last = log.counters[index].last
        // Between numbers that somebody gave each is looked for.
        guard try store.highestCount(of: field, in: module, frame) <= last else {
            return try giveNumbersOneByOne(of: field, at: position, in: module)
        }
        let number: SQLFragment = """
            \(bind: .text(frame.before)) || \(SQLFunctions.digits("\"n\"", atLeast: frame.width)) \
            || \(bind: .text(frame.after))
            """
        let stamped = JSONFunctions.setting(lastChange.key, to: .bind(.text(now)), in: "'{}'")
        let images = try RowImages(
            """
            SELECT "id", \(JSONFunctions.setting(field.key, to: number, in: stamped)) FROM (SELECT "id", \
            \(bind: .integer(last)) + row_number() OVER (ORDER BY "id") AS "n" FROM \(name: module.table) \
            WHERE \(name: field.key) IS NULL)
            """,
            areAlike: true,
            in: store
        )
        let count = try writer(of: module).update([field, lastChange], to: images)
        log.counters.move(index, to: last + Int64(count))
    }

    private func giveNumbersOneByOne(of field: Field, at position: Int, in module: Module) throws {
        var last: Int64 = 0
        while true {
            let page: SQLFragment = """
                SELECT "id" FROM \(name: module.table) WHERE \(name: field.key) IS NULL AND "id" > \(bind: .integer(last)) \
                ORDER BY "id" LIMIT 1000
                """
            let ids = try store.database.all(page.sql, page.bindings).compactMap { $0[0].integer }
            guard let end = ids.last else { return }
            for id in ids {
                guard let number = try nextNumber(of: module, at: position) else { return }
                try writer(of: module).update(id, [TableWriter.Change(field, from: .null, to: .text(number))])
            }
            last = end
        }
    }

    /// Advances a counter to the count that another database had reached.
    ///
    /// - Returns: whether the count was lower before.
    func raise(_ counter: Counter, of field: Field, in module: Module) throws -> Bool {
        let frame = NumberFrame(before: counter.before, width: 1, after: counter.after)
        let index = try self.counter(of: field, in: module, frame)
        guard log.counters[index].last < counter.last else { return false }
        log.counters.move(index, to: counter.last)
        return true
    }

    /// - Returns: `nil` if the file assigns no numbers.
    private func nextNumber(of module: Module, at position: Int) throws -> String? {
        let source = try numberSource(of: module, at: position)
        guard let frame = source.frame else { return nil }
        let index =
            try log.counters.index(of: source.name, frame)
            ?? counter(of: module.fields[position], in: module, frame)
        let (count, number) = try source.next(in: frame, after: log.counters[index].last) { number in
            try namedNumbers?.contains(number, at: position, of: module.name) ?? false
        }
        log.counters.move(index, to: count)
        return number
    }

    private func counter(of field: Field, in module: Module, _ frame: NumberFrame) throws -> Int {
        let name = module.counted(field)
        if let index = log.counters.index(of: name, frame) { return index }
        let (last, isStored) = try store.lastCount(of: field, in: module, frame)
        let counter = Counter(field: name, before: frame.before, after: frame.after, last: last)
        return log.counters.add(counter, isMoved: !isStored && last > 0)
    }
}

extension Store {
    /// Sets in a draft the numbers that it would get, without using them up.
    func foretellNumbers(of draft: inout Draft) throws {
        let module = draft.module
        for position in module.numberedPositions where draft[position].isNull {
            let source = try NumberSource(module, position, in: self)
            guard let frame = source.frame else { continue }
            let last = try lastCount(of: module.fields[position], in: module, frame).count
            draft[position] = .text(try source.next(in: frame, after: last).number)
        }
    }
}
