import CSQLite

/// Owns an open `sqlite3` and closes it when the last of its users is gone: the database, its statements, its
/// interrupters.
final class Connection {
    let handle: OpaquePointer

    /// Takes over a connection that `sqlite3_open_v2` has opened.
    init(owning handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        // It fails only while statements are unfinished, and each of those keeps this object alive.
        sqlite3_close_v2(handle)
    }
}

/// Ends what a `Database` is doing, from another thread.
///
/// A database belongs to the thread that uses it; this is the one part of it that others may hold.
public struct Interrupter: @unchecked Sendable {
    // What makes it Sendable: sqlite3_interrupt may be called from any thread on a connection that is not closed
    // meanwhile (https://sqlite.org/c3ref/interrupt.html), and this reference keeps it from being closed.
    let connection: Connection

    /// Makes the statements that are running fail with `.interrupted`; without effect when none is.
    ///
    /// It only sets a flag, so that a signal handler may call it too.
    public func interrupt() {
        sqlite3_interrupt(connection.handle)
    }
}
