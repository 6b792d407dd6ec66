import CSQLite

/// Owns an open `sqlite3`, and closes it when its last users, the database and its statements, are gone.
final class Connection {
    let handle: OpaquePointer
    /// The closure that decides whether a long statement continues. SQLite does not retain it, so the connection does.
    var question: Question?
    /// The names, in lower case, of the functions defined for its statements.
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
