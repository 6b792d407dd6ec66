import CLIKit
import CRMKit
import Formats
import Localization

/// An import in several transactions, recorded in a journal.
struct ImportBatches {
    /// The number of rows in a transaction.
    let size: Int
    /// The digest of all bytes read from the input.
    let digest = InputDigest()
    private let path: String
    private let meaning: ImportMeaning

    private static let defaultSize = 10_000

    /// - Returns: `nil` if the command line names no journal.
    init?(_ request: ImportRequest, meaning: ImportMeaning) {
        guard let path = request.journal else { return nil }
        self.path = path
        self.meaning = meaning
        size = request.batchSize ?? Self.defaultSize
    }

    /// Opens the journal, and writes its beginning if it is new.
    ///
    /// - Throws: ``CRMError`` `refused` if the import was begun with other parameters, or in another database.
    func open(in store: Store, _ request: WriteRequest) throws -> OpenJournal {
        try checkSavesAsItGoes(store)
        let file = try ImportJournalFile(path)
        guard let beginning = file.beginning else {
            let journal = try store.write(request) { try ImportJournal(in: $0) }
            try file.begin(.init(journal: journal, meaning: meaning))
            return OpenJournal(journal: journal, file: file, earlier: nil)
        }
        return OpenJournal(
            journal: beginning.journal,
            file: file,
            earlier: try state(of: beginning, in: file, in: store)
        )
    }

    /// Returns the opened journal with the progress of its import; `nil` if it has not begun. The journal is only read.
    ///
    /// - Throws: the errors of ``open(in:_:)``.
    func look(in store: Store) throws -> OpenJournal? {
        try checkSavesAsItGoes(store)
        guard let file = try ImportJournalFile.looking(at: path), let beginning = file.beginning else { return nil }
        let earlier = try state(of: beginning, in: file, in: store)
        return OpenJournal(journal: beginning.journal, file: file, earlier: earlier)
    }

    private func state(
        of beginning: ImportJournalFile.Beginning,
        in file: ImportJournalFile,
        in store: Store
    ) throws -> ImportJournal.State? {
        try check(beginning.meaning)
        // The database has forgotten an import whose journal says that it is complete.
        let knownRows = file.isFinished ? 0 : file.knownRows
        if let obstacle = try beginning.journal.obstacle(in: store, knownRows: knownRows) {
            throw refusal(obstacle, knownRows: knownRows, in: store)
        }
        if file.isFinished {
            return ImportJournal.State(rows: file.knownRows, digest: "", rejectedBytes: 0, isComplete: true)
        }
        return try beginning.journal.state(in: store)
    }

    private func checkSavesAsItGoes(_ store: Store) throws(CRMError) {
        guard !store.isWriting else {
            throw CRMError(
                .usage,
                Text(
                    en: "--journal saves rows as it goes, and a batch is one transaction",
                    es: "--journal guarda filas sobre la marcha, y un lote es una sola transacción"
                ),
                hint: Text(
                    en: "leave --journal out, or run the batch with --each",
                    es: "omitir --journal, o ejecutar el lote con --each"
                )
            )
        }
    }

    /// Skips the rows that were imported, and checks that they are the same as then.
    ///
    /// The row after them may have been read too, to see that it is of another record. It was not taken, so it may have
    /// been mended since, if only it does not become a part of the record that was.
    func skip(
        _ earlier: ImportJournal.State,
        _ file: ImportJournalFile,
        of rows: inout InputRows,
        by work: RecordImport
    ) throws {
        let end = try work.skip(earlier.rows, of: &rows)
        if end != .missing {
            if digest.hexadecimal == earlier.digest { return }
            if let known = file.digest(upTo: earlier.rows), work.digestOfRows == known {
                if end == .apart { return }
                throw continuation(of: earlier.rows)
            }
        }
        throw refusal(
            Text(
                en: "the input is not what it was up to row \(earlier.rows), where the import stands",
                es: "la entrada no es la que era hasta la fila \(earlier.rows), donde está la importación"
            )
        )
    }

    /// Returns the error that the row after those that were imported has become one of the record of the last of them.
    private func continuation(of last: Int) -> CRMError {
        refusal(
            Text(
                en: "row \(last + 1) now goes on with the record of row \(last), which was saved without it",
                es: "la fila \(last + 1) ahora continúa el registro de la fila \(last), que se guardó sin ella"
            )
        )
    }

    /// Checks that the file of rejected rows is the one that an earlier run has written.
    func check(rejects: String?, for earlier: ImportJournal.State) throws {
        guard earlier.rejectedBytes > 0 else { return }
        if let rejects, FileStatus.size(rejects) ?? 0 >= earlier.rejectedBytes { return }
        throw refusal(
            Text(
                en: "the file of rejected rows, --rejects, is not the one that was begun",
                es: "el archivo de filas rechazadas, --rejects, no es el que se comenzó"
            )
        )
    }

    // MARK: - Refusing

    private func check(_ begun: ImportMeaning) throws {
        guard begun.module == meaning.module else {
            throw refusal(
                Text(
                    en: "it is of an import of records of \(begun.module.noun), not of \(meaning.module.noun)",
                    es: "es de una importación de registros de \(begun.module.noun), no de \(meaning.module.noun)"
                )
            )
        }
        let names = Set(begun.options.keys).union(meaning.options.keys).sorted()
        guard let name = names.first(where: { begun.options[$0] != meaning.options[$0] }) else { return }
        func spelled(_ value: String?) -> Text {
            guard let value else { return Text(en: "without --\(name)", es: "sin --\(name)") }
            return Text(value.isEmpty ? "--\(name)" : "--\(name) \(value)")
        }
        let (then, now) = (spelled(begun.options[name]), spelled(meaning.options[name]))
        throw refusal(
            Text(
                en: "the import was begun with other options: \(then.en), now \(now.en)",
                es: "la importación se comenzó con otras opciones: \(then.es), ahora \(now.es)"
            )
        )
    }

    private func refusal(_ obstacle: ImportJournal.Obstacle, knownRows: Int, in store: Store) -> CRMError {
        switch obstacle {
        case .otherDatabase:
            refusal(
                Text(
                    en: """
                        the import was begun in another database than \(store.path), or before that was put back \
                        from a copy
                        """,
                    es: """
                        la importación se comenzó en otra base de datos que \(store.path), o antes de restaurarla de \
                        una copia
                        """
                )
            )
        case .earlierDatabase(let rows):
            refusal(
                Text(
                    en: """
                        \(knownRows) rows were saved, of which \(store.path) has only \(rows): it was put back from \
                        a copy
                        """,
                    es: """
                        se guardaron \(knownRows) filas, de las que \(store.path) solo tiene \(rows): se restauró de \
                        una copia
                        """
                )
            )
        case .undone(let changeSet, let undo):
            refusal(
                Text(
                    en: "rows that were saved have been taken back: change set \(changeSet) was undone",
                    es: "filas que se guardaron fueron deshechas: se deshizo el conjunto de cambios \(changeSet)"
                ),
                orElse: Text(
                    en: "redo it with: \(ProgramName.placeholder) undo \(undo)",
                    es: "rehacerlo con: \(ProgramName.placeholder) undo \(undo)"
                )
            )
        }
    }

    private func refusal(
        _ message: Text,
        orElse other: Text = Text(en: "run it with what it was begun with", es: "ejecutarla como se comenzó")
    ) -> CRMError {
        CRMError(
            .refused,
            Text(en: "\(path): \(message.en)", es: "\(path): \(message.es)"),
            hint: Text(
                en: "\(other.en); to import the whole input from its beginning, name another journal",
                es: "\(other.es); para importar toda la entrada desde el principio, indicar otro diario"
            )
        )
    }
}

/// The journal of a running import.
struct OpenJournal {
    let journal: ImportJournal
    let file: ImportJournalFile
    /// The progress of an earlier run.
    let earlier: ImportJournal.State?
}

extension ImportTaking {
    /// Imports the rows batch by batch, each recorded in the journal together with its rows.
    ///
    /// - Returns: how many rows an earlier run has rejected.
    func take(
        _ rows: inout InputRows,
        in batches: ImportBatches,
        _ request: WriteRequest,
        _ progress: inout Progress,
        _ interruption: Interruption
    ) throws -> Int {
        let open = try batches.open(in: store, request)
        let rejectedBefore = open.earlier.map { open.file.rejected(upTo: $0.rows) } ?? 0
        if let earlier = open.earlier {
            guard try goesOn(after: earlier, open.file, of: &rows, in: batches) else {
                try close(open, request)
                return rejectedBefore
            }
        }
        work.keepMet()
        let rejects = try openRejects(open.earlier?.rejectedBytes ?? 0)
        var report: ImportReport?
        var shared = SharedValues()
        do {
            var saved = open.earlier
            while saved?.isComplete != true {
                let rejected = work.report.failed
                let state = try store.write(request) { transaction in
                    let goesOn = try take(&rows, upTo: batches.size, in: transaction, rejects, &progress, interruption)
                    try refuseChanged()
                    let state = ImportJournal.State(
                        rows: (open.earlier?.rows ?? 0) + work.report.rows,
                        digest: batches.digest.hexadecimal,
                        rejectedBytes: try goesOn ? rejects?.save() ?? 0 : 0,
                        isComplete: !goesOn
                    )
                    if !goesOn { try rejects?.finish() }
                    try open.file.note(
                        work.takeMet(),
                        rejected: work.report.failed - rejected,
                        digest: work.digestOfRows,
                        after: saved?.rows ?? 0,
                        until: state.rows
                    )
                    try open.journal.note(state, after: saved, in: transaction)
                    progress.finish()
                    try session.report(transaction.notices)
                    shared.add(try transaction.sharedValues())
                    return state
                }
                report = work.report
                saved = state
                if !state.isComplete { try open.file.note(rows: state.rows) }
            }
        } catch {
            progress.finish()
            // The run that goes on tells of its own rows alone.
            try session.report(shared)
            if try open.journal.state(in: store) != nil, session.repetition.goesOn(after: error, saved: report) {
                throw error
            }
            if error is Rejected, report != nil { try work.lookAtSaved(in: store) }
            try explain(error, open, report, rejects)
        }
        try session.report(shared)
        do {
            try interruption.finishing { try close(open, request) }
        } catch {
            _ = session.repetition.goesOn(after: error, saved: report)
            throw error
        }
        return rejectedBefore
    }

    /// Imports the remaining rows of an import with a journal in one transaction, for a dry run.
    ///
    /// - Returns: how many rows an earlier run has rejected.
    func tryOut(
        _ rows: inout InputRows,
        in batches: ImportBatches,
        _ request: WriteRequest,
        _ progress: inout Progress,
        _ interruption: Interruption
    ) throws -> Int {
        var rejectedBefore = 0
        if let open = try batches.look(in: store), let earlier = open.earlier {
            rejectedBefore = open.file.rejected(upTo: earlier.rows)
            if try !goesOn(after: earlier, open.file, of: &rows, in: batches) { return rejectedBefore }
        }
        try take(&rows, request, &progress, interruption)
        return rejectedBefore
    }

    /// Skips the rows that an earlier run has saved.
    ///
    /// - Returns: whether there may be more rows.
    private func goesOn(
        after earlier: ImportJournal.State,
        _ file: ImportJournalFile,
        of rows: inout InputRows,
        in batches: ImportBatches
    ) throws -> Bool {
        let rejected = rejectedBefore(file.rejected(upTo: earlier.rows))
        if earlier.isComplete {
            if session.repetition.isFirst {
                try session.note(
                    Text(
                        en: "this import is complete already\(rejected.en)",
                        es: "esta importación ya está completa\(rejected.es)"
                    )
                )
            }
            return false
        }
        try batches.check(rejects: session.invocation[ImportVerbOptions.rejects], for: earlier)
        try batches.skip(earlier, file, of: &rows, by: work)
        work.goOn(after: file.met(upTo: earlier.rows))
        try session.note(
            Text(
                en: "going on after row \(earlier.rows)\(rejected.en)",
                es: "se continúa después de la fila \(earlier.rows)\(rejected.es)"
            )
        )
        return true
    }

    /// Returns what a note adds where an earlier run has rejected rows.
    private func rejectedBefore(_ count: Int) -> Text {
        switch count {
        case 0: Text("")
        case 1: Text(en: "; 1 row before was rejected", es: "; antes se rechazó 1 fila")
        default: Text(en: "; \(count) rows before were rejected", es: "; antes se rechazaron \(count) filas")
        }
    }

    /// Ends a complete import. The journal's file is marked as finished first: a file without an entry in the database
    /// would count as an import that has not begun. It is removed when the database is closed. So no row is taken
    /// twice, whenever the command is killed.
    private func close(_ open: OpenJournal, _ request: WriteRequest) throws {
        try open.file.finish()
        try store.write(request) { try open.journal.forget(in: $0) }
        try session.atEnd { try open.file.remove() }
    }

    /// Reports to the user how far a stopped import has come.
    private func explain(
        _ error: any Error,
        _ open: OpenJournal,
        _ report: ImportReport?,
        _ rejects: RejectedRows?
    ) throws {
        if let saved = try open.journal.state(in: store) {
            try session.tell(
                Text(
                    en: "rows up to \(saved.rows) are saved; the same command goes on from there",
                    es: "las filas hasta la \(saved.rows) están guardadas; el mismo comando continúa desde ahí"
                )
            )
            if (error as? CRMError)?.code == .interrupted {
                throw CRMError(.interrupted, Text(en: "interrupted", es: "interrumpido"))
            }
        } else {
            try open.file.remove()
            if !(error is Rejected) { try rejects?.takeBack() }
            if error is UnwrittenRejects { throw ImportTaking.unsaved(error) }
        }
        guard error is Rejected else { throw error }
        try rejects?.finish()
        guard var report = report ?? (session.repetition.imported.rows > 0 ? ImportReport() : nil) else { throw error }
        report.failed = work.report.failed
        throw Rejected(committed: report)
    }
}
