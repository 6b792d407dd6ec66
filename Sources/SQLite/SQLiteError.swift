import CSQLite
import Glibc

/// An error of SQLite with its result code (<https://sqlite.org/rescode.html>).
public struct SQLiteError: Error, Sendable, Hashable {
    /// The class of the failure, for programs to decide on.
    public let code: Code
    /// SQLite's extended result code, of which `code` keeps what callers tell apart.
    public let extendedCode: Int32
    /// SQLite's own words, in English.
    public let message: String
    /// The `errno` of the system call that failed, where the file could not be opened, read or written by one.
    public let systemError: Int32?
    /// The statement that failed, with its placeholders and so without the values; `nil` when no statement was at work.
    public let sql: String?

    init(extendedCode: Int32, message: String, systemError: Int32? = nil, sql: String?) {
        self.code = Code(extendedCode: extendedCode)
        self.extendedCode = extendedCode
        self.message = message
        self.systemError = systemError
        self.sql = sql
    }

    /// Whether what a virtual table keeps is damaged: SQLITE_CORRUPT_VTAB (https://sqlite.org/rescode.html#corrupt_vtab).
    public var isOfVirtualTable: Bool { extendedCode == SQLITE_CORRUPT | 1 << 8 }

    /// A fault of the calling program that SQLite itself would not notice.
    static func misuse(_ message: String, sql: String) -> SQLiteError {
        SQLiteError(extendedCode: SQLITE_MISUSE, message: message, sql: sql)
    }

    /// The error a connection has just met; to be made before anything else is asked of the connection.
    init(_ extendedCode: Int32, on connection: OpaquePointer?, sql: String?) {
        if extendedCode & 0xff == SQLITE_CORRUPT, let number = Self.diskFailure(of: connection) {
            let words = sqlite3_errstr(SQLITE_IOERR).map { String(cString: $0) } ?? ""
            self.init(extendedCode: SQLITE_IOERR, message: words, systemError: number, sql: sql)
            return
        }
        // Misuse is found before the connection is looked at, whose message is then an older one.
        let words =
            extendedCode == SQLITE_MISUSE || connection == nil
            ? sqlite3_errstr(extendedCode) : sqlite3_errmsg(connection)
        let isSystems = [SQLITE_CANTOPEN, SQLITE_IOERR].contains(extendedCode & 0xff)
        let number = isSystems && connection != nil ? sqlite3_system_errno(connection) : 0
        self.init(
            extendedCode: extendedCode,
            message: words.map { String(cString: $0) } ?? "",
            systemError: number == 0 ? nil : number,
            sql: sql
        )
    }

    /// A page that a failing disk does not give is corrupt to a statement of SQLite, which makes SQLITE_CORRUPT of
    /// SQLITE_IOERR_CORRUPTFS; the number of the system's error that the file has kept still tells which of them it is.
    private static func diskFailure(of connection: OpaquePointer?) -> Int32? {
        guard let connection else { return nil }
        return [0, 1].map { csqlite_last_errno(connection, $0) }.first { [EIO, ENXIO].contains($0) }
    }
}

extension SQLiteError {
    /// The classes of failure; the names follow SQLite's primary result codes.
    public enum Code: Sendable, Hashable {
        /// SQLITE_ERROR: wrong SQL, a missing table, a function that failed.
        case error
        /// SQLITE_BUSY: another connection holds the lock, and the busy timeout has passed.
        case busy
        /// SQLITE_LOCKED: a statement of this same connection stands in the way.
        case locked
        /// SQLITE_READONLY: a write to a database opened, or only open to us, for reading.
        case readOnly
        /// SQLITE_NOTADB: the file is something else, or is encrypted.
        case notADatabase
        /// SQLITE_CORRUPT: the file is damaged.
        case corrupt
        /// SQLITE_CANTOPEN: the file is missing, is a folder, or may not be opened.
        case cannotOpen
        /// SQLITE_FULL: no space is left.
        case full
        /// SQLITE_IOERR: the operating system failed to read or write.
        case ioError
        /// SQLITE_CONSTRAINT: a row broke a rule of its table.
        case constraint(Constraint)
        /// SQLITE_INTERRUPT: `Database.interrupt(when:)` ended the statement.
        case interrupted
        /// SQLITE_ABORT: a rollback ended the statement.
        case aborted
        /// SQLITE_SCHEMA: the schema changed again and again while the statement was being prepared.
        case schemaChanged
        /// SQLITE_PERM or SQLITE_AUTH: not allowed.
        case permission
        /// SQLITE_TOOBIG: longer than SQLite stores.
        case tooBig
        /// SQLITE_MISMATCH: a value of the wrong type where an integer key must stand.
        case mismatch
        /// SQLITE_RANGE: a parameter that the statement does not have, or values and parameters that differ in number.
        case range
        /// SQLITE_MISUSE: a fault of the calling program.
        case misuse
        /// SQLITE_NOMEM: no memory is left.
        case noMemory
        /// Any other primary result code.
        case other(Int32)
    }

    /// The rule that a row broke.
    public enum Constraint: Sendable, Hashable {
        /// A UNIQUE column or index.
        case unique
        /// A FOREIGN KEY.
        case foreignKey
        /// A CHECK.
        case check
        /// A NOT NULL column.
        case notNull
        /// A PRIMARY KEY, or the rowid.
        case primaryKey
        /// The type of a column of a STRICT table.
        case dataType
        /// Any other, such as RAISE(ABORT) in a trigger.
        case other
    }
}

extension SQLiteError.Code {
    init(extendedCode: Int32) {
        // The low byte is the primary code, the bits above it say more.
        let primary = extendedCode & 0xff
        self =
            switch primary {
            case SQLITE_ERROR: .error
            case SQLITE_BUSY: .busy
            case SQLITE_LOCKED: .locked
            case SQLITE_READONLY: .readOnly
            case SQLITE_NOTADB: .notADatabase
            case SQLITE_CORRUPT: .corrupt
            case SQLITE_CANTOPEN: .cannotOpen
            case SQLITE_FULL: .full
            case SQLITE_IOERR: .ioError
            case SQLITE_CONSTRAINT: .constraint(SQLiteError.Constraint(extendedCode: extendedCode))
            case SQLITE_INTERRUPT: .interrupted
            case SQLITE_ABORT: .aborted
            case SQLITE_SCHEMA: .schemaChanged
            case SQLITE_PERM, SQLITE_AUTH: .permission
            case SQLITE_TOOBIG: .tooBig
            case SQLITE_MISMATCH: .mismatch
            case SQLITE_RANGE: .range
            case SQLITE_MISUSE: .misuse
            case SQLITE_NOMEM: .noMemory
            default: .other(primary)
            }
    }
}

extension SQLiteError.Constraint {
    init(extendedCode: Int32) {
        // The second byte numbers the kind of constraint; sqlite3.h spells it SQLITE_CONSTRAINT | (n << 8).
        self =
            switch extendedCode >> 8 {
            case 1: .check
            case 3: .foreignKey
            case 5: .notNull
            case 6, 10: .primaryKey
            case 8: .unique
            case 12: .dataType
            default: .other
            }
    }
}

extension SQLiteError: CustomStringConvertible {
    /// SQLite's words, the code, and the statement, on one line: for logs and test failures.
    public var description: String {
        let cause = "\(message) (SQLite result code \(extendedCode))"
        return sql.map { "\(cause) in: \($0)" } ?? cause
    }
}
