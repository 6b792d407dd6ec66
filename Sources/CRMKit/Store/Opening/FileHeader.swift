import Localization
import SQLite

/// What the first page of a file says about it.
struct FileHeader {
    let applicationID: Int64
    /// The format, by which files of earlier versions of the program are known: ``Schema/version``.
    let version: Int64
    /// Nothing was ever stored in the file.
    let isBlank: Bool

    /// Reads all of it at one moment: another process may just be making the file.
    init(reading database: Database) throws {
        self =
            try database.isInTransaction
            ? FileHeader(readingWithin: database)
            : database.transaction(.deferred) { try FileHeader(readingWithin: database) }
    }

    private init(readingWithin database: Database) throws(SQLiteError) {
        applicationID = try database.scalar("PRAGMA application_id")?.integer ?? 0
        version = try database.scalar("PRAGMA user_version")?.integer ?? 0
        let isUnmarked = applicationID == 0 && version == 0
        let isEmpty = isUnmarked ? try database.scalar("SELECT 1 FROM sqlite_schema LIMIT 1") == nil : false
        isBlank = isEmpty
    }

    /// Marks a file as one of a format.
    static func write(version: Int64, to database: Database) throws(SQLiteError) {
        try database.execute("PRAGMA user_version = \(version)")
    }

    /// Made by an earlier version of the program.
    var isOlder: Bool { version < Schema.version }

    /// Refuses files of other programs and of later versions.
    func check(path: String) throws(CRMError) {
        guard applicationID == Schema.applicationID else {
            throw CRMError(
                .configuration,
                Text(
                    en: "\(path) is a database of another program",
                    es: "\(path) es una base de datos de otro programa"
                ),
                hint: Text(en: "give another file with --db", es: "indicar otro archivo con --db")
            )
        }
        guard version <= Schema.version else {
            throw CRMError(
                .configuration,
                Text(
                    en:
                        "\(path) was made by a newer version of this program (format \(version), this one knows \(Schema.version))",
                    es:
                        "\(path) fue creado por una versión más nueva de este programa (formato \(version), este conoce \(Schema.version))"
                ),
                hint: Text(en: "install the newer version", es: "instalar la versión más nueva")
            )
        }
    }
}
