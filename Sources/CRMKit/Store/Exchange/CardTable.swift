import Formats
import Localization
import SQLite

/// The table of what the cards of a module's records hold beside the fields: at most one row for a record, no part of
/// it, never listed. Its changes are part of the history, so that an undo brings them back.
struct CardTable: Sendable {
    /// The column that names the record.
    let owner: String
    /// The table's name.
    let table: String
    /// Every column as a field: `id`, the record, the properties as one vCard 4.0.
    let fields: [Field]

    /// The table of a module whose records are told on cards.
    init?(_ module: Module) {
        guard module.cards != nil else { return nil }
        owner = module.name.rawValue
        table = "\(module.table)_vcard"
        fields = [
            Field("id", .identifier, en: "Id", es: "Id", traits: .readOnly),
            .reference(owner, to: module.name, en: module.label.en, es: module.label.es, .required),
            .longText(CardTable.properties, en: "Properties", es: "Propiedades", .required),
        ]
    }

    private static let properties = "properties"

    /// The row of a record; `nil` where nothing is kept.
    private func row(of record: Int64, in store: Store) throws -> (id: Int64, text: String)? {
        let statement = try store.statement(
            """
            SELECT "id", \(Self.properties.quotedIdentifier) FROM \(table.quotedIdentifier) \
            WHERE \(owner.quotedIdentifier) = ?
            """
        )
        try statement.bind(record, at: 1)
        defer { statement.reset() }
        return try statement.step() ? (statement.integer(at: 0), statement.text(at: 1)) : nil
    }

    /// What is kept for a record.
    func kept(of record: Int64, in store: Store) throws -> KeptProperties {
        guard let row = try row(of: record, in: store) else { return KeptProperties([]) }
        do throws(VCardError) {
            return try KeptProperties(row.text)
        } catch {
            // Only a foreign program can have written this.
            throw CRMError(
                .configuration,
                Text(
                    en: "the vCard kept for \(owner) \(record) cannot be read: \(error)",
                    es: "no se puede leer la vCard guardada de \(owner) \(record): \(error)"
                )
            )
        }
    }

    /// Gives everything that is kept, in the order of the records.
    func forEach(in store: Store, _ body: (_ record: Int64, _ properties: String) throws -> Void) throws {
        let rows = try store.database.prepare(
            """
            SELECT \(owner.quotedIdentifier), \(Self.properties.quotedIdentifier) FROM \(table.quotedIdentifier) \
            ORDER BY 1
            """
        )
        while try rows.step() { try body(rows.integer(at: 0), rows.text(at: 1)) }
    }

    /// Keeps properties for a record in place of those kept before.
    ///
    /// - Returns: whether that changed anything.
    func keep(_ kept: KeptProperties, of record: Int64, in transaction: Transaction) throws -> Bool {
        let store = transaction.store
        guard let row = try row(of: record, in: store) else {
            if kept.isEmpty { return false }
            try store.statement(
                """
                INSERT INTO \(table.quotedIdentifier) (\(owner.quotedIdentifier), \(Self.properties.quotedIdentifier)) \
                VALUES (?, ?)
                """
            ).run([.integer(record), .text(try kept.text())])
            try transaction.log.noteCreated(store.database.lastInsertedRowID, in: table)
            return true
        }
        if kept.isEmpty {
            try remove(of: record, in: transaction)
            return true
        }
        let text = try kept.text()
        if text == row.text { return false }
        try transaction.log.keep([Self.properties], of: row.id, in: table, action: .update)
        try store.statement(
            "UPDATE \(table.quotedIdentifier) SET \(Self.properties.quotedIdentifier) = ? WHERE \"id\" = ?"
        ).run([.text(text), .integer(row.id)])
        return true
    }

    /// Forgets what is kept for a record.
    func remove(of record: Int64, in transaction: Transaction) throws {
        guard let row = try row(of: record, in: transaction.store) else { return }
        try transaction.log.keep(fields.flatMap(\.columns), of: row.id, in: table, action: .delete)
        try transaction.store.statement("DELETE FROM \(table.quotedIdentifier) WHERE \"id\" = ?")
            .run([.integer(row.id)])
    }
}
