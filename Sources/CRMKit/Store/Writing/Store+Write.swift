import Localization
import SQLite

extension Store {
    /// Runs a body as one transaction and one change set. When it throws, everything it wrote is rolled back.
    ///
    /// Within the body of another write it is nested: it is rolled back on its own when it throws, belongs to the same
    /// change set, and lasts only if the outer write does.
    ///
    /// - Parameters:
    ///   - undoes: the change set that the body undoes.
    /// - Returns: the result of the closure, also for a dry run, which is rolled back at its end.
    /// - Throws: ``CRMError`` for what SQLite reports; what the body itself throws.
    public func write<T>(
        _ request: WriteRequest,
        undoing undoes: Int64? = nil,
        _ body: (Transaction) throws -> T
    ) throws -> T {
        do {
            return try perform(request, undoing: undoes, body)
        } catch let error as SQLiteError {
            throw worded(error)
        } catch let error as ValueError {
            throw worded(error)
        }
    }

    private func perform<T>(
        _ request: WriteRequest,
        undoing undoes: Int64?,
        _ body: (Transaction) throws -> T
    ) throws -> T {
        if let ongoing {
            guard let outer = ongoing as? Transaction else { preconditionFailure("a write is a transaction") }
            return try join(outer, request, undoing: undoes, body)
        }
        try database.execute("BEGIN IMMEDIATE")
        do {
            // A file without a log has no lock between two transactions.
            guard !database.hasMoved else { throw CRMError.replaced(path) }
            try checkDefinitions()
        } catch {
            database.rollBackAfterError()
            throw error
        }
        stop?.hold()
        // Another process may have changed them until now, and this transaction may be taken back.
        forgetSettings()
        defer { forgetSettings() }
        defer { ongoing = nil }
        do {
            let transaction = try Transaction(store: self, request: request, undoes: undoes)
            ongoing = transaction
            let result = try body(transaction)
            try transaction.settleDerivations()
            if transaction.log.touchesDefinitions { try transaction.settleDefinitions() }
            try transaction.log.finish()
            if let changeSet = transaction.log.identifier {
                try followAtOnce(changeSet, rows: transaction.log.rowCount)
            }
            if stop?.isRequested == true { throw CRMError.interruptedUnsaved }
            try database.execute(request.isDryRun ? "ROLLBACK" : "COMMIT")
            stop?.pass()
            if request.isDryRun {
                try renewDefinitions()
            } else if let changeSet = transaction.log.identifier {
                savedChangeSet = changeSet
            }
            return result
        } catch {
            database.rollBackAfterError()
            // If they cannot be read, the first error is the one to report, and the next write refuses to rely on them.
            try? renewDefinitions()
            throw error
        }
    }

    private func join<T>(
        _ outer: Transaction,
        _ request: WriteRequest,
        undoing undoes: Int64?,
        _ body: (Transaction) throws -> T
    ) throws -> T {
        guard undoes == nil else {
            throw CRMError(
                .usage,
                Text(
                    en: "an undo is a change set of its own and cannot be part of another",
                    es: "deshacer es un conjunto de cambios propio y no puede ser parte de otro"
                )
            )
        }
        // What is taken back may have been settings and definitions.
        do {
            guard request.isDryRun else { return try outer.attempt { try performPart(of: outer, request, body) } }
            let result = try outer.rehearse { try performPart(of: outer, request, body) }
            forgetSettings()
            try renewDefinitions()
            return result
        } catch {
            forgetSettings()
            try? renewDefinitions()
            throw error
        }
    }

    private func performPart<T>(
        of outer: Transaction,
        _ request: WriteRequest,
        _ body: (Transaction) throws -> T
    ) throws -> T {
        let inner = try Transaction(request: request, within: outer)
        let result = try body(inner)
        try inner.settleDerivations()
        return result
    }
}
