import Localization
import SQLite

/// The values of a field that becomes unique, in a file where several records may share one: the first keeps it, and
/// the later ones get an ending, `-2`, `-3`, as a change that history keeps.
struct UniqueValues {
    /// A record that was given another value.
    struct Renaming {
        let module: Module
        let id: Int64
        let former: String
        let present: String
    }

    private let module: Module
    private let field: Field

    /// - Parameter field: a field that is compared in its stored form.
    init(of field: Field, in module: Module) {
        self.module = module
        self.field = field
    }

    /// Leaves no value twice.
    ///
    /// - Returns: the records that were changed, in the order of their values.
    func settle(in transaction: Transaction) throws -> [Renaming] {
        let store = transaction.store
        let (table, column) = (SQLFragment.name(module.table), SQLFragment.name(field.key))
        let shared = try store.database.prepare(
            fragment: """
                SELECT "id", \(column), row_number() OVER (PARTITION BY \(column) ORDER BY "id") FROM \(table) \
                WHERE \(column) IN (SELECT \(column) FROM \(table) GROUP BY 1 HAVING count(*) > 1) ORDER BY 2, 1
                """
        )
        var renamings: [Renaming] = []
        // What is changed meanwhile cannot come up again: the rows are sorted before the first is given out.
        while try shared.step() {
            var ending = shared.integer(at: 2)
            guard ending > 1 else { continue }
            let former = shared.text(at: 1)
            func isTaken() throws -> Bool {
                let present = Value.text("\(former)-\(ending)")
                let rows = try store.statement(
                    "SELECT 1 FROM \(table) WHERE \(column) = \(bind: present)" as SQLFragment
                )
                defer { rows.reset() }
                return try rows.step()
            }
            while try isTaken() { ending += 1 }
            let id = shared.integer(at: 0)
            let present = "\(former)-\(ending)"
            try transaction.writer(of: module).update(
                id,
                [TableWriter.Change(field, from: .text(former), to: .text(present))]
            )
            renamings.append(Renaming(module: module, id: id, former: former, present: present))
        }
        return renamings
    }
}

extension Upgrade {
    /// Leaves no value twice in fields that have become unique, and tells the user which records have another now.
    ///
    /// - Parameter fields: by their modules; those that a later version of the program has no more are passed over.
    mutating func makeUnique(_ fields: [(module: ModuleName, key: String)]) throws {
        var renamings: [UniqueValues.Renaming] = []
        var changeSet: Int64?
        try write("upgrade: unique numbers and codes") { transaction in
            for (name, key) in fields {
                guard let module = store.registry.find(name), let field = module.field(key) else { continue }
                renamings += try UniqueValues(of: field, in: module).settle(in: transaction)
            }
            changeSet = transaction.log.identifier
        }
        guard let first = renamings.first, let changeSet else { return }
        let (count, number) = (renamings.count, first.module.called(first.id))
        note(
            Text(
                en: """
                    numbers and codes are unique now; \(count) that another record had got an ending, as \
                    \(number.en): \(first.present); \(ProgramName.placeholder) log \(changeSet) shows them
                    """,
                es: """
                    los números y códigos ahora son únicos; \(count) que otro registro ya tenía llevan una \
                    terminación, como \(number.es): \(first.present); \(ProgramName.placeholder) log \(changeSet) los \
                    muestra
                    """
            )
        )
    }
}
