import Localization
import SQLite

/// The header of a file, from its first page.
struct FileHeader {
    let applicationID: Int64
    /// The format, by which files of earlier versions of the program are known: ``Schema/version``.
    let version: Int64
    /// The number of changes of the file's own definitions; 0 for a file that never had any, whose definitions need not
    /// be read.
    let definitions: Int64
    /// Whether nothing was ever stored in the file.
    let isBlank: Bool
    /// Both integers as the file has them.
    private let userVersion: Int64

    /// Reads the whole header within one transaction, since another process may just be creating the file.
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
    }

    /// `user_version` has both integers, 16 bits for the format and 15 for the definitions, so that opening a file reads
    /// one and needs no table (https://www.sqlite.org/fileformat2.html#user_version_number).
    private static let mostVersions: Int64 = 1 << 16
    private static let mostDefinitions: Int64 = 1 << 15

    /// The format of a file with this integer.
    static func format(of userVersion: Int64) -> Int64 { userVersion % mostVersions }

    /// Whether a file with this integer has definitions of its own.
    static func hasDefinitions(userVersion: UInt32) -> Bool { Int64(userVersion) >= mostVersions }

    /// Marks a file as one of a format.
    ///
    /// - Parameter definitions: counts from 1 again when there is no more room: it is only compared.
    static func write(version: Int64, definitions: Int64 = 0, to database: Database) throws(SQLiteError) {
        let definitions = definitions < mostDefinitions ? definitions : 1
        try database.execute("PRAGMA user_version = \(definitions * mostVersions + version)")
    }

    /// Made by an earlier version of the program.
    var isOlder: Bool { version < Schema.version }

    /// Whether the program can have written it.
    static func isPossible(userVersion: Int64) -> Bool { (0..<mostVersions * mostDefinitions).contains(userVersion) }

    /// Refuses files of other programs, of later versions, and of formats that no version has made.
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
        guard Self.isPossible(userVersion: userVersion) else {
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
}
