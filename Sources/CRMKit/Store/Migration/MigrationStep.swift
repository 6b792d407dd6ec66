import Localization
import SQLite

/// The changes of one format to files of the format before it, beyond added tables, columns and indexes.
///
/// Higher layers provide the steps that only they can perform:
/// ``Store/open(path:purpose:timeout:modules:opened:steps:allowsForeignSchema:stop:clock:)``.
public struct MigrationStep {
    /// The format of the files it is for.
    let format: Int64
    /// Changes what the file adds to the definitions, before they are read.
    let redefine: (Database) throws -> Void
    /// Changes tables before anything is added, so that a renamed object is not added a second time.
    let prepare: (inout Upgrade) throws -> Void
    /// Fills in what was added and can be derived from what the file holds.
    let fill: (inout Upgrade) throws -> Void

    /// Declares a step.
    ///
    /// - Parameter format: the format of the files that need the step.
    init(
        from format: Int64,
        redefine: @escaping (Database) throws -> Void = { _ in },
        prepare: @escaping (inout Upgrade) throws -> Void = { _ in },
        fill: @escaping (inout Upgrade) throws -> Void = { _ in }
    ) {
        self.format = format
        self.redefine = redefine
        self.prepare = prepare
        self.fill = fill
    }
}

extension MigrationStep {
    /// Every step that needs no layer above, the oldest first. Tests open a file of each format:
    /// Tests/CRMKitTests/Store/Files.
    static var all: [MigrationStep] { fromFormat1 + fromFormats3To6 + fromFormats11And12 + fromFormats13To16 }

    /// The steps from the first format.
    private static var fromFormat1: [MigrationStep] {
        [
            // Journals of format 1 do not name their input, so none of them can be resumed.
            MigrationStep(from: 1, prepare: { try $0.run("DROP TABLE IF EXISTS \"import_journal\"") }),
            // What cards hold beside the fields became a part, and nobody looks for text in it.
            MigrationStep(
                from: 1,
                prepare: { upgrade in
                    try upgrade.run("DROP INDEX IF EXISTS \"contact_vcard_contact\"")
                    try upgrade.dropColumn("properties_match", of: "contact_vcard")
                }
            ),
            // When records came to their stages was known to the history alone.
            MigrationStep(
                from: 1,
                fill: { upgrade in
                    for table in upgrade.store.tables {
                        try TrackedPeriods(table)?.fill(upgrade)
                    }
                }
            ),
        ]
    }

    /// The steps from formats 3 to 6.
    private static var fromFormats3To6: [MigrationStep] {
        [
            // Text was folded without ß and the dotless i, and keys were kept in the Unicode form they came in.
            MigrationStep(from: 3, fill: { try $0.store.renewKeys(beyondASCII: true) }),
            // Several records could have one number or code.
            MigrationStep(
                from: 4,
                prepare: { upgrade in
                    try upgrade.makeUnique([
                        ("quote", "number"), ("sales_order", "number"), ("purchase_order", "number"),
                        ("contract", "number"), ("case", "number"), ("product", "code"),
                    ])
                }
            ),
            // Quotes and orders had no amounts, and so no currency.
            MigrationStep(
                from: 5,
                fill: { upgrade in
                    let currency = Value.text(try upgrade.store.settings().currency)
                    for table in upgrade.store.tables
                    where table.module.field("currency") != nil && !table.module.derivingRules.isEmpty
                        && table.holdsRecords
                    {
                        try upgrade.fillColumn("currency", with: currency, of: table.name)
                    }
                }
            ),
            // The braces in the default of a field of text meant nothing.
            MigrationStep(
                from: 6,
                redefine: { database in
                    guard try !database.columnNames(of: "field_definition").isEmpty else { return }
                    try database.run(
                        """
                        UPDATE "field_definition" \
                        SET "default_value" = replace(replace("default_value", '{', '{{'), '}', '}}') \
                        WHERE "type" IN ('text', 'code') AND "default_value" IS NOT NULL
                        """
                    )
                }
            ),
        ]
    }

    /// The steps from formats 11 and 12.
    private static var fromFormats11And12: [MigrationStep] {
        [
            // What was open of a line of an order was not counted, then not of what is given back.
            MigrationStep(
                from: 11,
                fill: { upgrade in
                    for (table, done) in [("sales_order_line", "delivered"), ("purchase_order_line", "received")] {
                        try upgrade.computeColumn("open", of: table) { read in
                            let quantity = read("quantity")
                            let rest = "\(quantity) - coalesce(\(read(done)), 0)"
                            return "CASE WHEN \(quantity) < 0 THEN min(0, \(rest)) ELSE max(0, \(rest)) END"
                        }
                    }
                }
            ),
            // Folders of documents were written in any way.
            MigrationStep(
                from: 11,
                fill: { upgrade in
                    let columns = ["folder", "folder_match"].map { "\"\($0)\" = '/' || rtrim(\"\($0)\", '/')" }
                    try upgrade.run(
                        """
                        UPDATE "document" SET \(columns.joined(separator: ", ")) \
                        WHERE "folder" NOT LIKE '/%' AND "folder" NOT LIKE '%//%'
                        """
                    )
                }
            ),
            // Tax ids were compared as they were written.
            MigrationStep(
                from: 11,
                prepare: { try $0.run("DROP INDEX IF EXISTS \"organization_tax_id\"") },
                fill: { try $0.store.renewTaxIDKeys() }
            ),
            // Events of more than a day were found by their starts alone.
            MigrationStep(
                from: 11,
                fill: { upgrade in
                    guard upgrade.store.tables.contains(where: { $0.name == "event_span" }) else { return }
                    func seconds(_ column: String) -> String { "CAST(strftime('%s', \"\(column)\") AS INTEGER)" }
                    try upgrade.run(
                        """
                        INSERT INTO "event_span" ("event", "position", "first", "last") \
                        SELECT "id", 1, "starts_at", "ends_at" FROM "event" \
                        WHERE \(seconds("ends_at")) - \(seconds("starts_at")) > 86400
                        """
                    )
                }
            ),
            // A telephone number that began with its own country code got another one before it, a Spanish tax id was
            // compared with its country code if that was written, codes with their invisible characters, and message
            // ids with the brackets around them.
            MigrationStep(from: 12, fill: { try $0.store.renewKeys() }),
        ]
    }

    /// The steps from formats 13 to 16.
    private static var fromFormats13To16: [MigrationStep] {
        [
            // A case that came in closed was said to be closed when it came in, where nobody knows when it was.
            MigrationStep(
                from: 13,
                fill: { upgrade in
                    guard upgrade.store.tables.contains(where: { $0.name == "case" }) else { return }
                    try upgrade.run(
                        """
                        UPDATE "case" SET "closed_at" = NULL \
                        WHERE "closed_at" = "created_at" AND "opened_at" < "created_at"
                        """
                    )
                }
            ),
            // Whole days were reminded of by when they begin in the zone of who asked.
            MigrationStep(
                from: 14,
                fill: { upgrade in
                    guard upgrade.store.tables.contains(where: { $0.name == "event" }) else { return }
                    try upgrade.store.renewDayReminders()
                }
            ),
            // Amounts in rows gave their record no currency, and were in the file's.
            MigrationStep(
                from: 16,
                fill: { upgrade in
                    let currency = Value.text(try upgrade.store.settings().currency)
                    for module in upgrade.store.registry.modules where !module.amountTables.isEmpty {
                        guard let position = module.currencyPosition else { continue }
                        try upgrade.database.run(
                            fragment: RowStatements(module.table).update(
                                ["\(name: module.fields[position].key) = \(bind: currency)"],
                                where: module.lacksCurrencyOfRows
                            )
                        )
                    }
                }
            ),
        ]
    }
}

/// A file on its way to the present format, as the steps see it.
struct Upgrade {
    /// The file by the present definitions: before the additions, only for what they have not changed.
    let store: Store
    /// The format the file had.
    let format: Int64
    /// Messages for the user about the upgrade.
    private(set) var notes: [Text] = []

    init(store: Store, from format: Int64) {
        self.store = store
        self.format = format
    }

    /// Adds a message for the user.
    mutating func note(_ text: Text) { notes.append(text) }

    var database: Database { store.database }

    /// Runs a statement of a step.
    func run(_ sql: String, _ values: [Value] = []) throws {
        try database.run(sql, values)
    }

    /// Drops a column that no index uses and that history does not store, if it exists.
    func dropColumn(_ column: String, of table: String) throws {
        guard try database.columnNames(of: table).contains(column) else { return }
        try run("ALTER TABLE \(table.quotedIdentifier) DROP COLUMN \(column.quotedIdentifier)")
    }

    /// Sets a column to a value where it is null: in rows, and in the stored history of deleted rows.
    func fillColumn(_ column: String, with value: Value, of table: String) throws {
        try database.run(
            fragment: RowStatements(table).update(
                ["\(name: column) = \(bind: value)"],
                where: "\(name: column) IS NULL"
            )
        )
        try database.addToHistory(column, value, of: table)
    }

    /// Computes a column from others: in rows, and in the stored history of deleted rows.
    ///
    /// - Parameter expression: returns the expression for the value, given how each of the other columns is read.
    func computeColumn(
        _ column: String,
        of table: String,
        as expression: (_ read: (String) -> String) -> String
    ) throws {
        let value = SQLFragment(definition: expression { $0.quotedIdentifier })
        try database.run(fragment: RowStatements(table).update(["\(name: column) = \(value)"], where: "1"))
        try database.addToHistory(column, of: table, computed: expression)
    }

    /// Changes records in a change set of its own, which `log` shows and `undo` reverts.
    ///
    /// - Parameter command: the command line to show in the history.
    func write(_ command: String, _ body: (Transaction) throws -> Void) throws {
        let transaction = try Transaction(store: store, request: WriteRequest(who: "upgrade", command: command))
        try body(transaction)
        try transaction.log.finish()
    }
}
