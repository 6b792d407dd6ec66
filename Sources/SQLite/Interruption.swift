import CSQLite

extension Database {
    /// Makes long statements ask from time to time whether to continue
    /// (<https://sqlite.org/c3ref/progress_handler.html>). If not, the statement fails with `.interrupted`, and one
    /// that writes rolls back its transaction.
    ///
    /// - Parameter isStopped: must not use this database, nor hold on to it; `nil` to ask no more.
    public func interrupt(when isStopped: (() -> Bool)?) {
        guard let isStopped else {
            sqlite3_progress_handler(connection.handle, 0, nil, nil)
            connection.question = nil
            return
        }
        let question = Question(isStopped)
        // SQLite asks the former one until it has this.
        defer { connection.question = question }
        sqlite3_progress_handler(
            connection.handle,
            Question.stepsBetween,
            { context in
                guard let context else { return 0 }
                return Unmanaged<Question>.fromOpaque(context).takeUnretainedValue().isStopped() ? 1 : 0
            },
            Unmanaged.passUnretained(question).toOpaque()
        )
    }
}

/// Carries a closure through C.
final class Question {
    let isStopped: () -> Bool

    /// The number of steps of a statement between two questions. They take well under a hundredth of a second, and the
    /// question costs nothing measurable.
    fileprivate static let stepsBetween: Int32 = 20_000

    fileprivate init(_ isStopped: @escaping () -> Bool) {
        self.isStopped = isStopped
    }
}
