import Foundation
import SQLite
import Testing

@Suite("Opening a file")
struct OpeningTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test("a path is the name of a file, whatever its letters", arguments: ["file:x?mode=memory", "%41#?.db"])
    func pathIsFileName(name: String) throws {
        let database = try folder.database(name)
        try database.execute("CREATE TABLE t(a)")
        #expect(try folder.names == [name])
        let again = try Database(path: folder.file(name), mode: .readOnly, busyTimeout: 0)
        #expect(try again.scalar("SELECT count(*) FROM t") == .integer(0))
    }

    @Test(
        "a relative path never becomes a URI or a name of SQLite's own",
        arguments: ["file:x?mode=memory", ":memory:"]
    )
    func relativePath(name: String) throws {
        let place = FileManager.default.currentDirectoryPath + "/" + name
        defer { try? FileManager.default.removeItem(atPath: place) }
        try Database(path: name, mode: .create, busyTimeout: 0).execute("CREATE TABLE t(a)")
        for mode in [Database.OpenMode.readOnly, .immutable] {
            let database = try Database(path: name, mode: mode, busyTimeout: 0)
            #expect(try database.scalar("SELECT name FROM sqlite_schema") == .text("t"))
        }
        #expect(FileManager.default.fileExists(atPath: place))
    }

    @Test("a new file, and what SQLite puts beside it, is for its owner alone")
    func permissionBits() throws {
        let database = try folder.database()
        #expect(try database.scalar("PRAGMA journal_mode = WAL") == .text("wal"))
        try database.execute("CREATE TABLE t(a)")
        #expect(try folder.names == ["test.db", "test.db-shm", "test.db-wal"])
        for name in try folder.names {
            #expect(try permissions(of: folder.file(name)) == 0o600, "\(name)")
        }
    }

    @Test("a file knows that it has lost its name, or that another has it")
    func moved() throws {
        let database = try folder.database()
        try database.execute("CREATE TABLE t(a)")
        #expect(!database.hasMoved)
        let manager = FileManager.default
        try manager.moveItem(atPath: folder.file("test.db"), toPath: folder.file("former.db"))
        #expect(database.hasMoved)
        try manager.copyItem(atPath: folder.file("former.db"), toPath: folder.file("test.db"))
        #expect(database.hasMoved)
        let error = #expect(throws: SQLiteError.self) { try database.execute("INSERT INTO t VALUES (1)") }
        #expect(error?.isOfMovedFile == true)
        try manager.removeItem(atPath: folder.file("test.db"))
        try manager.moveItem(atPath: folder.file("former.db"), toPath: folder.file("test.db"))
        #expect(!database.hasMoved)
        #expect(try !Database.temporary().hasMoved && !Database.inMemory().hasMoved)
    }

    @Test("creating leaves an existing file and its permissions alone")
    func createKeepsExisting() throws {
        try folder.database().execute("CREATE TABLE t(a); INSERT INTO t VALUES (7)")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.file("test.db"))
        #expect(try folder.database().scalar("SELECT a FROM t") == .integer(7))
        #expect(try permissions(of: folder.file("test.db")) == 0o640)
    }

    @Test("another connection of the process does not take away the lock of the first")
    func creatingKeepsLocks() throws {
        let first = try folder.database()
        try first.execute("CREATE TABLE t(a); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)")
        _ = try folder.database()
        // A lock of an open file description conflicts with POSIX locks of the same process, so that it sees them
        // (fcntl(2)). SQLite's RESERVED lock is on the byte after PENDING_BYTE,
        // https://sqlite.org/fileformat.html#the_lock_byte_page.
        let descriptor = open(folder.file("test.db"), O_RDWR)
        defer { close(descriptor) }
        var lock = flock()
        (lock.l_type, lock.l_start, lock.l_len) = (Int16(F_WRLCK), 0x4000_0001, 1)
        let openFileDescriptionGetLock: Int32 = 36
        #expect(fcntl(descriptor, openFileDescriptionGetLock, &lock) == 0)
        #expect(lock.l_type == Int16(F_WRLCK))
        #expect(lock.l_pid == getpid())
    }

    @Test("a missing file is not made unless asked", arguments: [Database.OpenMode.readOnly, .readWrite, .immutable])
    func missingFile(mode: Database.OpenMode) throws {
        let code = errorCode { _ = try Database(path: folder.file("none.db"), mode: mode, busyTimeout: 0) }
        #expect(code == .cannotOpen)
        #expect(try folder.names.isEmpty)
    }

    @Test("what cannot be a file is refused", arguments: ["", "/", "/no such folder/a.db", "a\0b"])
    func notAFile(path: String) {
        let code = errorCode { _ = try Database(path: path, mode: .create, busyTimeout: 0) }
        #expect(code == .cannotOpen)
    }

    @Test(
        "immutable reads a file of any name without leaving anything beside it",
        arguments: ["a b?c#d%20.db", "ñ&=.db"]
    )
    func immutable(name: String) throws {
        do {
            let database = try folder.database(name)
            try database.execute("PRAGMA journal_mode = WAL; CREATE TABLE t(a); INSERT INTO t VALUES (7)")
        }
        let database = try Database(path: folder.file(name), mode: .immutable, busyTimeout: 0)
        #expect(try database.scalar("SELECT a FROM t") == .integer(7))
        #expect(database.isReadOnly)
        #expect(try folder.names == [name])
    }

    @Test("immutable takes a path with two slashes before it")
    func immutableDoubleSlash() throws {
        try folder.database().execute("CREATE TABLE t(a)")
        let database = try Database(path: "/" + folder.file("test.db"), mode: .immutable, busyTimeout: 0)
        #expect(try database.scalar("SELECT count(*) FROM t") == .integer(0))
    }
}
