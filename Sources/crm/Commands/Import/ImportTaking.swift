import CLIKit
import CRMKit
import Formats
import Localization

/// Performs an import: in one transaction, or in batches with a journal.
struct ImportTaking {
    let session: Session
    let store: Store
    let source: ByteSource
    let work: RecordImport
    /// Opens the file of rejected rows, after the number of its bytes that stay.
    let openRejects: (Int) throws -> RejectedRows?
    let options: ImportOptions
    private let common = CommonProblems()

    /// The error that rolls back the transaction if rows were rejected. The rows of earlier batches stay committed.
    struct Rejected: Error {
        var committed: ImportReport?
    }

    func run(_ rows: inout InputRows, in batches: ImportBatches?) throws {
        let interruption = session.interruption
        var progress = session.progress(of: source)
        let request = session.writeRequest()
        var rejectedBefore = 0
        defer { progress.finish() }
        do {
            if let batches, request.isDryRun {
                rejectedBefore = try tryOut(&rows, in: batches, request, &progress, interruption)
            } else if let batches {
                rejectedBefore = try take(&rows, in: batches, request, &progress, interruption)
            } else {
                try take(&rows, request, &progress, interruption)
            }
        } catch let rejected as Rejected {
            try noteSkipped(of: rows)
            try ImportSummary(
                rejected.committed.map(total) ?? work.report,
                of: work.module,
                isCommitted: rejected.committed != nil
            ).print(in: session)
            throw CommandFailure(status: ExitStatus.rejected)
        }
        try noteSkipped(of: rows)
        let report = total(work.report)
        try session.tellOutcome { try ImportSummary(report, of: work.module, isCommitted: $0).print(in: session) }
        if report.failed + rejectedBefore > 0 { throw CommandFailure(status: ExitStatus.rejected) }
    }

    /// Returns counts together with those of an earlier run of the same command line, which this one goes on from.
    private func total(_ report: ImportReport) -> ImportReport {
        var total = session.repetition.imported
        total.add(report)
        return total
    }

    /// Informs the user which parts of the input were skipped, or stored without a field.
    private func noteSkipped(of rows: InputRows) throws {
        for notice in common.notices + rows.notices + work.notices { try session.note(notice) }
        if let columns = work.passedOver.notice { try session.note(columns) }
    }

    // MARK: - In one transaction

    func take(
        _ rows: inout InputRows,
        _ request: WriteRequest,
        _ progress: inout Progress,
        _ interruption: Interruption
    ) throws {
        let rejects = try openRejects(0)
        do {
            try store.write(request) { transaction in
                _ = try take(&rows, upTo: .max, in: transaction, rejects, &progress, interruption)
                try work.deleteMissing(in: transaction, advance: interruption.check)
                try work.finishHandOver(in: transaction)
                try refuseChanged()
                progress.finish()
                try session.report(of: transaction)
                // Rejected rows are on the disk before the others are saved, so that none are lost if the process is
                // killed in between.
                try rejects?.finish()
            }
        } catch let rejected as Rejected {
            progress.finish()
            try rejects?.finish()
            throw rejected
        } catch {
            try rejects?.takeBack()
            throw Self.unsaved(error)
        }
    }

    /// Returns the error after everything was taken back.
    static func unsaved(_ error: any Error) -> any Error {
        guard let error = error as? UnwrittenRejects, !error.cause.isBrokenPipe else { return error }
        return error.unsaved
    }

    /// - Throws: ``CRMError`` `refused` if the file was changed while it was read, so that two versions of it may have
    ///   been mixed.
    func refuseChanged() throws(CRMError) {
        guard source.hasChanged else { return }
        throw CRMError(
            .refused,
            Text(
                en: "the file was changed while it was read: import it again when it is written",
                es: "el archivo cambió mientras se leía: importarlo de nuevo cuando esté escrito"
            )
        )
    }

    /// - Returns: whether more rows may follow.
    func take(
        _ rows: inout InputRows,
        upTo limit: Int,
        in transaction: Transaction,
        _ rejects: RejectedRows?,
        _ progress: inout Progress,
        _ interruption: Interruption
    ) throws -> Bool {
        interruption.hold(reading: source)
        let goesOn = try work.take(
            from: &rows,
            upTo: limit,
            in: transaction,
            reject: { problems, row in
                progress.finish()
                for problem in problems where common.isNew(problem) { try session.report(problem) }
                try rejects?.write(
                    row,
                    problems: problems,
                    language: session.language,
                    program: session.program
                )
            },
            advance: {
                progress.advance()
                try interruption.check()
            }
        )
        // If the header is wrong, no row can be good.
        let isHopeless = !options.continuesOnError || work.report.rows == 0
        if work.report.failed > 0, isHopeless { throw Rejected() }
        return goesOn
    }
}
