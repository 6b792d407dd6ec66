/// Data derived from stored data, such as the search index, that follows the history: it has a mark at the change set
/// it has reached, so that a bulk write pays nothing for it.
///
/// Once it is in use, it catches up in the same transaction after a small change set, and at the next query after a
/// bulk one. It derives from the present state of a row, so deriving from a row twice does no harm.
struct Follower: Sendable {
    /// The follower's stable name, under which the file stores its mark.
    let name: String
    /// Updates the derived data for the rows changed since the follower's mark. Nothing is derived from deleted rows.
    /// Reports progress by the number of rows done.
    let derive:
        @Sendable (_ changes: MissedChanges, _ store: Store, _ progress: @escaping (Int) -> Void) throws -> Outcome

    /// The progress of a follower.
    enum Outcome: Sendable, Equatable {
        /// The follower has processed all changes.
        case upToDate
        /// The follower has processed all changes up to a change set.
        case upTo(Int64)
        /// The follower has done a piece of a long work, and must be called again.
        case partly
        /// The follower has done nothing: long work is not done right after a small change.
        case later
    }

    init(
        name: String,
        derive: @escaping @Sendable (MissedChanges, Store, @escaping (Int) -> Void) throws -> Outcome
    ) {
        self.name = name
        self.derive = derive
    }

    /// The most rows of a change set that are caught up with at once.
    static let mostAtOnce = 1000

    /// The name under which the file keeps up to which change set the work goes that is done in pieces.
    var aimName: String { "\(name)>" }
}
