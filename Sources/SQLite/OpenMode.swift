import CSQLite
import Glibc

extension Database {
    /// The modes in which a database file is opened.
    public enum OpenMode: Sendable, Hashable {
        /// The file must exist, and its contents are not changed. In WAL mode, `-wal` and `-shm` may be created beside
        /// it.
        case readOnly
        /// The file must exist. If its permissions allow only reading, the database is read-only without an error.
        case readWrite
        /// A missing file is created with permissions 0600, which SQLite copies to the files beside it.
        case create
        /// The file must exist, and nobody may change it meanwhile. It is read without locks, no file is created beside
        /// it, and the content of a `-wal` file is ignored.
        case immutable
    }
}

extension Database.OpenMode {
    var flags: Int32 {
        switch self {
        case .readOnly: SQLITE_OPEN_READONLY
        // SQLite itself is never asked to create: it would do so with permissions 0644.
        case .readWrite, .create: SQLITE_OPEN_READWRITE
        case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        }
    }

    /// Returns the path in the form that `sqlite3_open_v2` reads as this file.
    func fileName(for path: String) -> String {
        // Names that begin with ":" are special to SQLite, and some builds of the library take "file:" for a URI
        // without being asked to.
        let anchored = path.utf8.first == UInt8(ascii: "/") ? path : "./" + path
        guard self == .immutable else { return anchored }
        // With an empty host before it, a path that begins with two slashes does not name a host.
        let scheme = path.utf8.first == UInt8(ascii: "/") ? "file://" : "file:"
        return scheme + percentEncoded(anchored) + "?immutable=1"
    }
}

/// Escapes all but the unreserved characters of RFC 3986, section 2.3, and the slash.
private func percentEncoded(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in path.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
            encoded.append(byte)
        default:
            encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xf)]]
        }
    }
    return String(decoding: encoded, as: UTF8.self)
}

/// Creates an empty file with permissions 0600, unless it exists.
func createFile(at path: String) throws(SQLiteError) {
    // An existing file is not opened: closing it would drop the POSIX locks this process holds on it
    // (https://sqlite.org/howtocorrupt.html, 2.2).
    var status = stat()
    guard stat(path, &status) != 0, errno == ENOENT else { return }
    // Without O_EXCL: if another process creates the file first, that file serves as well.
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
        let number = errno
        let reason = strerror(number).map { String(cString: $0) } ?? "unable to create the file"
        throw SQLiteError(extendedCode: SQLITE_CANTOPEN, message: reason, systemError: number, sql: nil)
    }
    close(descriptor)
}
