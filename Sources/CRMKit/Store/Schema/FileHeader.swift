import Localization
import SQLite

/// The header of a file, from its first page.
struct FileHeader {
    let applicationID: Int64
    /// The format of the file, compared with ``Schema/version``.
    let version: Int64
    /// The number of changes of the file's own definitions; 0 for a file that never had any, so that none need be read.
    let definitions: Int64
    /// Whether nothing was ever stored in the file.
    let isBlank: Bool
    /// The format and the number of definition changes as the file stores them.
    private let userVersion: Int64
    /// Whether the file has this program's tables without its marks.
    private let lacksMarks: Bool

    /// Reads the whole header within one transaction, since another process may be creating the file.
    init(reading database: Database) throws {
        self =
            try database.isInTransaction
            ? FileHeader(readingWithin: database)
            : database.transaction(.deferred) { try FileHeader(readingWithin: database) }
    }

    private init(readingWithin database: Database) throws(SQLiteError) {
        applicationID = try database.scalar("PRAGMA application_id")?.integer ?? 0
        let both = try database.scalar("PRAGMA user_version")?.integer ?? 0
        userVersion = both
        version = Self.format(of: both)
        definitions = both / Self.mostVersions
        let isUnmarked = applicationID == 0 && both == 0
        let isEmpty = isUnmarked ? try database.scalar("SELECT 1 FROM sqlite_schema LIMIT 1") == nil : false
        isBlank = isEmpty
        lacksMarks = isUnmarked && !isEmpty ? try Self.areOwn(Self.tables(of: database)) : false
    }

    private static func tables(of database: Database) throws(SQLiteError) -> [String] {
        try database.all("SELECT \"name\" FROM sqlite_schema WHERE \"type\" = 'table'").compactMap { $0.first?.text }
    }

    /// The tables that identify a file without marks as one of this program, such as a file made from the output of
    /// `.dump` in SQLite's shell.
    private static let ownTables: Set<String> = ["change", "change_set", "setting"]

    /// Whether the names of a file's tables, which has no marks, are those of this program.
    static func areOwn(_ tables: some Sequence<String>) -> Bool { ownTables.isSubset(of: tables) }

    /// `user_version` stores two integers, 16 bits for the format and 15 for the definitions, so that opening a file
    /// reads only one integer and no table (https://www.sqlite.org/fileformat2.html#user_version_number).
    private static let mostVersions: Int64 = 1 << 16
    private static let mostDefinitions: Int64 = 1 << 15

    /// The greatest format taken for one of a newer version: each version of the program raises it by one.
    private static let mostLikely: Int64 = 9999

    /// Returns the format in a `user_version`.
    static func format(of userVersion: Int64) -> Int64 { userVersion % mostVersions }

    /// Whether a `user_version` says that the file has had definitions of its own.
    static func hasDefinitions(userVersion: UInt32) -> Bool { Int64(userVersion) >= mostVersions }

    /// Writes the format and the number of definition changes.
    ///
    /// - Parameter definitions: the number of definition changes, which starts from 1 again when it is too large. It is
    ///   only compared for equality.
    static func write(version: Int64, definitions: Int64 = 0, to database: Database) throws(SQLiteError) {
        let definitions = definitions < mostDefinitions ? definitions : 1
        try database.execute("PRAGMA user_version = \(definitions * mostVersions + version)")
    }

    /// Whether an earlier version of the program made the file.
    var isOlder: Bool { version < Schema.version }

    /// Whether the program can have written a `user_version`.
    static func isPossible(userVersion: Int64) -> Bool { (0..<mostVersions * mostDefinitions).contains(userVersion) }

    /// Refuses files of other programs, of later versions, and with an impossible format.
    func check(path: String) throws(CRMError) {
        if lacksMarks { throw Self.unmarked(path) }
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
        guard Self.isPossible(userVersion: userVersion), version <= Self.mostLikely else {
            throw CRMError(
                .configuration,
                Text(
                    en: "\(path) says that its format is \(userVersion), which no version of this program makes",
                    es: "\(path) dice que su formato es \(userVersion), que ninguna versión de este programa crea"
                ),
                hint: Text(
                    en: "restore a backup with \(ProgramName.placeholder) restore FILE, or read what can be read with "
                        + "\(ProgramName.placeholder) salvage FILE -o NEW",
                    es: "restaurar una copia con \(ProgramName.placeholder) restore ARCHIVO, o rescatar lo legible con "
                        + "\(ProgramName.placeholder) salvage ARCHIVO -o NUEVO"
                )
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

    /// The error for a file of this program without its marks.
    private static func unmarked(_ path: String) -> CRMError {
        CRMError(
            .configuration,
            Text(
                en: """
                    \(path) has the tables of this program and not its marks (application_id and user_version), as a copy \
                    made with .dump
                    """,
                es: """
                    \(path) tiene las tablas de este programa y no sus marcas (application_id y user_version), como una \
                    copia hecha con .dump
                    """
            ),
            hint: Text(
                en: "copy it with \(ProgramName.placeholder) salvage \(path.quotedForShell) -o NEW",
                es: "copiarlo con \(ProgramName.placeholder) salvage \(path.quotedForShell) -o NUEVO"
            )
        )
    }
}
