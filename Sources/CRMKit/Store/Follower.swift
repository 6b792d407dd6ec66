/// Something that is derived from what is stored, as an index for searching, and follows the history: it has a mark up to
/// which change set it has come, so that a bulk write pays nothing for it.
///
/// After a small change set it catches up at once, in the same transaction; after a bulk one with the next question. It
/// derives from a row as it is now, so that to derive from one twice does no harm.
struct Follower: Sendable {
    /// Its stable name, by which the file keeps its mark.
    let name: String
    /// The tables whose rows it derives from.
    let tables: Set<String>
    /// Derives anew what follows from one row; from a row that is gone follows nothing.
    let derive: @Sendable (_ row: Int64, _ table: String, _ store: Store) throws -> Void

    /// The most rows of a change set that are caught up with at once.
    static let mostAtOnce = 1000
}
