import CSQLite
import Glibc

extension Database {
    /// The modes in which a database file is opened.
    public enum OpenMode: Sendable, Hashable {
        /// The file must exist, and its contents are not changed. In WAL mode, `-wal` and `-shm` may appear beside it.
        case readOnly
        /// The file must exist; where it allows only reading, the database is read-only without an error.
        case readWrite
        /// A missing file is made, for its owner alone (permissions 0600, as have the files SQLite puts beside it).
        case create
        /// The file must exist and nobody may change it meanwhile: it is read without locks, nothing appears beside it,
        /// and what a `-wal` beside it holds is not seen.
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

    /// The path as sqlite3_open_v2 has to read it.
    func fileName(for path: String) -> String {
        // Names that begin with ":" are SQLite's own, and libraries exist that take "file:" for a URI without being
        // asked.
        let anchored = path.utf8.first == UInt8(ascii: "/") ? path : "./" + path
        guard self == .immutable else { return anchored }
        // A path that begins with two slashes would name a host, were there no empty one before it.
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

/// Makes the file, empty, with permissions 0600, unless there is one.
func createFile(at path: String) throws(SQLiteError) {
    // An existing file is not opened: closing it would drop the POSIX locks this process holds on it
    // (https://sqlite.org/howtocorrupt.html, 2.2).
    var status = stat()
    guard stat(path, &status) != 0, errno == ENOENT else { return }
    // Without O_EXCL: when another process is quicker, its file is as good.
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
        let number = errno
        let reason = strerror(number).map { String(cString: $0) } ?? "unable to create the file"
        throw SQLiteError(extendedCode: SQLITE_CANTOPEN, message: reason, systemError: number, sql: nil)
    }
    close(descriptor)
}
