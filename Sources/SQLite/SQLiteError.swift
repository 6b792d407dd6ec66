import CSQLite
import Glibc

/// An error of SQLite with its result code (<https://sqlite.org/rescode.html>).
public struct SQLiteError: Error, Sendable, Hashable {
    /// The class of the failure, on which callers decide.
    public let code: Code
    /// SQLite's extended result code, which `code` reduces to what callers distinguish.
    public let extendedCode: Int32
    /// SQLite's own message, in English.
    public let message: String
    /// The `errno` of the system call that failed to open, read or write the file; `nil` if none did.
    public let systemError: Int32?
    /// The statement that failed, with placeholders instead of values; `nil` if no statement was running.
    public let sql: String?

    init(extendedCode: Int32, message: String, systemError: Int32? = nil, sql: String?) {
        self.code = Code(extendedCode: extendedCode)
        self.extendedCode = extendedCode
        self.message = message
        self.systemError = systemError
        self.sql = sql
    }

    /// Whether the content of a virtual table is damaged: SQLITE_CORRUPT_VTAB
    /// (https://sqlite.org/rescode.html#corrupt_vtab).
    public var isOfVirtualTable: Bool { extendedCode == SQLITE_CORRUPT | 1 << 8 }

    /// Whether another process has renamed or replaced the file: SQLITE_READONLY_DBMOVED
    /// (https://sqlite.org/rescode.html#readonly_dbmoved).
    public var isOfMovedFile: Bool { extendedCode == SQLITE_READONLY | 4 << 8 }

    /// Whether something could not be written: SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC and
    /// SQLITE_IOERR_TRUNCATE (https://sqlite.org/rescode.html#ioerr_write).
    public var isOfWriting: Bool {
        code == .full || ([3, 4, 6] as [Int32]).contains { extendedCode == SQLITE_IOERR | $0 << 8 }
    }

    /// Creates an error for a fault of the calling program that SQLite itself would not notice.
    static func misuse(_ message: String, sql: String) -> SQLiteError {
        SQLiteError(extendedCode: SQLITE_MISUSE, message: message, sql: sql)
    }

    /// Creates the error that a connection has just reported. This must come before any other call on the connection.
    init(_ extendedCode: Int32, on connection: OpaquePointer?, sql: String?) {
        if extendedCode & 0xff == SQLITE_CORRUPT, let number = Self.diskFailure(of: connection) {
            self.init(diskFailure: number, sql: sql)
            return
        }
        // SQLite detects misuse before it uses the connection, so the message of the connection belongs to an earlier
        // error.
        let words =
            extendedCode == SQLITE_MISUSE || connection == nil
            ? sqlite3_errstr(extendedCode) : sqlite3_errmsg(connection)
        let isSystems = [SQLITE_CANTOPEN, SQLITE_IOERR].contains(extendedCode & 0xff)
        var number = isSystems && connection != nil ? sqlite3_system_errno(connection) : 0
        if isSystems, number == 0 { number = Self.writeFailure(of: connection) ?? 0 }
        self.init(
            extendedCode: extendedCode,
            message: words.map { String(cString: $0) } ?? "",
            systemError: number == 0 ? nil : number,
            sql: sql
        )
    }

    /// Creates the error of a disk that failed to be read or written.
    init(diskFailure number: Int32, sql: String? = nil) {
        let words = sqlite3_errstr(SQLITE_IOERR).map { String(cString: $0) } ?? ""
        self.init(extendedCode: SQLITE_IOERR, message: words, systemError: number, sql: sql)
    }

    /// Returns the system's error of the last write to the file or its log that the system refused; `nil` if it refused
    /// none. SQLite itself has lost it by the time that a long write is given up.
    private static func writeFailure(of connection: OpaquePointer?) -> Int32? {
        guard let connection else { return nil }
        return [0, 1].map { csqlite_last_errno(connection, $0) }.first { [EFBIG, ENOSPC, EDQUOT].contains($0) }
    }

    /// Returns the system's error if a failing disk, and not the content of the file, caused SQLITE_CORRUPT; `nil`
    /// otherwise. SQLite turns SQLITE_IOERR_CORRUPTFS into SQLITE_CORRUPT, but the file still has the number of the
    /// system's error.
    static func diskFailure(of connection: OpaquePointer?) -> Int32? {
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
        /// SQLITE_LOCKED: another statement of this same connection blocks it.
        case locked
        /// SQLITE_READONLY: a write to a database that was opened only for reading, or whose file allows only reading.
        case readOnly
        /// SQLITE_NOTADB: the file is not a database, or is encrypted.
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
        /// SQLITE_MISMATCH: a value of the wrong type for an integer key.
        case mismatch
        /// SQLITE_RANGE: a parameter that the statement does not have, or values and parameters that differ in number.
        case range
        /// SQLITE_MISUSE: a fault of the calling program.
        case misuse
        /// SQLITE_PROTOCOL, SQLITE_NOLFS: the system refuses the locks of the file.
        case noLocks
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
        // The low byte is the primary code; the higher bits refine it.
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
            case SQLITE_PROTOCOL, SQLITE_NOLFS: .noLocks
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
    /// SQLite's message, the code and the statement on one line, for logs and test failures.
    public var description: String {
        let cause = "\(message) (SQLite result code \(extendedCode))"
        return sql.map { "\(cause) in: \($0)" } ?? cause
    }
}
