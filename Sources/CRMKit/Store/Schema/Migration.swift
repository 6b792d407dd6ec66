import Glibc
import Localization
import SQLite

/// Brings a file of an earlier version up to the present definitions.
struct Migration {
    let database: Database
    let path: String
    let schema: Schema

    /// Copies the file beside itself, then adds every table, column and index that the definitions have and the
    /// file lacks, in one transaction. Changes that do more than add are numbered steps of their own.
    ///
    /// The lock is taken first: of several processes that come here at once, one does it and the others find it done.
    func run() throws {
        try database.transaction(.immediate) {
            let header = try Header(reading: database)
            guard header.isOlder else { return }
            try copy(from: header)
            try addMissingColumns()
            try addMissingObjects()
            try database.execute("PRAGMA user_version = \(Schema.version)")
        }
    }

    /// A connection that holds the lock for writing cannot copy; another one reads beside it.
    private func copy(from header: Header) throws {
        let copy = "\(path).format-\(header.version).backup"
        guard access(copy, F_OK) != 0 else {
            throw CRMError(
                .configuration,
                Text(
                    en: "\(path) must be upgraded, but \(copy) is in the way",
                    es: "hay que actualizar \(path), pero \(copy) lo impide"
                ),
                hint: Text(
                    en: "move that file elsewhere and try again",
                    es: "mover ese archivo a otro lugar y reintentar"
                )
            )
        }
        try Backup(to: copy).run(from: Database(path: path, mode: .readOnly, busyTimeout: 0))
    }

    private func addMissingObjects() throws {
        let present = Set(try database.all("SELECT \"name\" FROM sqlite_schema").compactMap { $0[0].text })
        for object in schema.objects where !present.contains(object.name) {
            try database.execute(object.sql)
        }
    }

    private func addMissingColumns() throws {
        for table in schema.tables {
            let present = Set(
                try database.all("SELECT \"name\" FROM pragma_table_info(?)", [.text(table.name)])
                    .compactMap { $0[0].text }
            )
            guard !present.isEmpty else { continue }
            for column in table.columns where !present.contains(column.name) {
                try database.execute(
                    "ALTER TABLE \(table.name.quotedIdentifier) ADD COLUMN \(column.declaration)"
                )
            }
        }
    }
}
