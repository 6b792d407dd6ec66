import SQLite

extension Definitions {
    /// Reads the definitions of a file. The tables are not read if the header says that there never were any.
    init(of header: FileHeader, in database: Database) throws(SQLiteError) {
        if header.definitions > 0 { try self.init(reading: database) } else { self.init() }
    }

    /// Reads the definitions that a file adds to those of the program.
    init(reading database: Database) throws(SQLiteError) {
        var unreadable: [String] = []
        func read<Definition>(_ record: Record, _ definition: Definition?) -> Definition? {
            if definition == nil { unreadable.append(record.displayName) }
            return definition
        }
        let fields = try Self.records(of: .fieldDefinition, in: database)
            .compactMap { read($0, FieldDefinition($0)) }
        let choices = try Self.records(of: .choiceDefinition, in: database)
            .compactMap { read($0, ChoiceDefinition($0)) }
        self.init(fields: fields, choices: choices, unreadable: unreadable)
    }

    private static func records(of module: Module, in database: Database) throws(SQLiteError) -> [Record] {
        let columns = module.fields.map(\.key.quotedIdentifier).joined(separator: ", ")
        let rows = try database.prepare(
            "SELECT \(columns) FROM \(module.table.quotedIdentifier) ORDER BY \"id\""
        )
        var records: [Record] = []
        while try rows.step() {
            records.append(Record(module, values: module.fields.indices.map { rows.value(at: $0) }))
        }
        return records
    }
}
