import CLIKit
import CRMKit
import Formats
import Localization

/// Takes the rows of an import in: in one transaction, or in batches of which a journal is kept.
struct ImportTaking {
    let session: Session
    let store: Store
    let source: ByteSource
    let work: RecordImport
    /// Begins the file of rejected rows, after the bytes of it that are to be kept.
    let openRejects: (Int) throws -> RejectedRows?
    let options: ImportOptions

    /// Rows were rejected, so that the transaction is taken back; what earlier batches have committed stays.
    private struct Rejected: Error {
        var committed: ImportReport?
    }

    func run(_ rows: inout InputRows, in batches: ImportBatches?) throws {
        let interruption = Interruption()
        var progress = session.progress(of: source)
        let request = session.writeRequest()
        defer {
            progress.finish()
            interruption.release()
        }
        do {
            if let batches {
                try take(&rows, in: batches, request, &progress, interruption)
            } else {
                try take(&rows, request, &progress, interruption)
            }
        } catch let rejected as Rejected {
            try ImportSummary(rejected.committed ?? work.report, isCommitted: rejected.committed != nil)
                .print(in: session)
            throw CommandFailure(status: ExitStatus.rejected)
        }
        if request.isDryRun {
            try ImportSummary(work.report, isCommitted: false).print(in: session)
        } else {
            try SavedButUnwritten.reporting { try ImportSummary(work.report, isCommitted: true).print(in: session) }
        }
        if work.report.failed > 0 { throw CommandFailure(status: ExitStatus.rejected) }
    }

    // MARK: - In one transaction

    private func take(
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
                progress.finish()
                try session.report(transaction.notices)
            }
        } catch let rejected as Rejected {
            progress.finish()
            try rejects?.finish()
            throw rejected
        }
        try rejects?.finish()
    }

    /// - Returns: whether more rows may follow.
    private func take(
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
            reject: { problem, row in
                progress.finish()
                try session.report(problem)
                try rejects?.write(row, problem: problem, language: session.language)
            },
            advance: {
                progress.advance()
                try interruption.check()
            }
        )
        // Where the header is bad there is no good row.
        let isHopeless = !options.continuesOnError || work.report.rows == 0
        if work.report.failed > 0, isHopeless { throw Rejected() }
        return goesOn
    }

    // MARK: - In batches

    private func take(
        _ rows: inout InputRows,
        in batches: ImportBatches,
        _ request: WriteRequest,
        _ progress: inout Progress,
        _ interruption: Interruption
    ) throws {
        let journal = try batches.journal(in: store, request)
        guard let earlier = try journal.state(in: store) else {
            try session.note(
                Text(en: "this import is complete already", es: "esta importación ya está completa")
            )
            return batches.remove()
        }
        if earlier.rows > 0 {
            try work.skip(earlier.rows, of: &rows)
            try session.note(
                Text(en: "going on after row \(earlier.rows)", es: "se continúa después de la fila \(earlier.rows)")
            )
        }
        let rejects = try openRejects(earlier.rejectedBytes)
        var goesOn = true
        var report: ImportReport?
        do {
            while goesOn {
                goesOn = try store.write(request) { transaction in
                    let goesOn = try take(&rows, upTo: batches.size, in: transaction, rejects, &progress, interruption)
                    if goesOn {
                        let state = ImportJournal.State(
                            rows: earlier.rows + work.report.rows,
                            rejectedBytes: try rejects?.flush() ?? 0
                        )
                        try journal.note(state, in: transaction)
                    } else {
                        try rejects?.finish()
                        try journal.close(in: transaction)
                    }
                    progress.finish()
                    try session.report(transaction.notices)
                    return goesOn
                }
                report = work.report
            }
        } catch {
            progress.finish()
            let saved = try journal.state(in: store)?.rows ?? 0
            try session.note(
                Text(
                    en: "rows up to \(saved) are saved; the same command goes on from there",
                    es: "las filas hasta la \(saved) están guardadas; el mismo comando continúa desde ahí"
                )
            )
            if (error as? CRMError)?.code == .interrupted {
                throw CRMError(.interrupted, Text(en: "interrupted", es: "interrumpido"))
            }
            guard error is Rejected else { throw error }
            try rejects?.finish()
            report?.failed = work.report.failed
            throw Rejected(committed: report)
        }
        batches.remove()
    }
}

/// The batches of an import, and the file that holds the token of its journal.
struct ImportBatches {
    /// How many rows a transaction takes.
    let size: Int
    private let file: String

    private static let defaultSize: Int64 = 10_000

    /// - Returns: `nil` where no journal is asked for.
    /// - Throws: ``CRMError`` `usage` for a batch size without a journal.
    init?(_ invocation: Invocation, path: String) throws(CRMError) {
        let size = try invocation.integer(of: "batch-size", in: 1...Int64(Int32.max))
        guard let file = invocation.value(of: "journal") else {
            if size == nil { return nil }
            throw CRMError(
                .usage,
                Text(
                    en: "--batch-size needs a --journal, so that a stopped import can go on",
                    es: "--batch-size necesita un --journal, para que una importación detenida pueda continuar"
                )
            )
        }
        self.file = file
        self.size = Int(size ?? Self.defaultSize)
    }

    /// The journal of the token in the file, which is made where it is not there: in the database first, so that a
    /// token without a journal is that of a complete import.
    func journal(in store: Store, _ request: WriteRequest) throws -> ImportJournal {
        if let token = try readToken() { return ImportJournal(token: token) }
        let journal = ImportJournal(token: ImportJournal.newToken())
        try store.write(request) { try journal.note(.init(), in: $0) }
        try AtomicFile.write(Array("\(journal.token)\n".utf8), to: file)
        return journal
    }

    private func readToken() throws -> String? {
        guard FileStatus.exists(file) else { return nil }
        var lines = LinesReader(try InputFile(file).open())
        let token = try lines.next()?.string ?? ""
        guard token.utf8.count == 32,
            token.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else {
            throw CRMError(
                .usage,
                Text(en: "\(file) is no journal of an import", es: "\(file) no es el diario de una importación")
            )
        }
        return token
    }

    /// The import is complete.
    func remove() { FileStatus.remove(file) }
}
