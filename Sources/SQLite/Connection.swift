import CSQLite

/// Owns an open `sqlite3` and closes it when the last of its users is gone: the database, its statements.
final class Connection {
    let handle: OpaquePointer
    /// The closure that long statements call to ask whether to go on. SQLite does not keep it alive, so the connection
    /// does.
    var question: Question?
    /// The names of the functions that were defined for its statements.
    var functions: Set<String> = []

    /// Takes ownership of a connection that `sqlite3_open_v2` has opened.
    init(owning handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        // It fails only while statements are unfinished, and each of those keeps this object alive.
        sqlite3_close_v2(handle)
    }
}
