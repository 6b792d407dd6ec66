import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// `crm event sync DIR`: synchronizes a folder of calendars with the records of a module.
enum SyncVerb: Verb {
    static let name = "sync"

    static func summary(of module: Module) -> Text {
        Text(
            en: "Keep a folder of calendar files and \(module.several.en) alike",
            es: "Mantener iguales una carpeta de archivos de calendario y \(module.spanish.theSeveral)"
        )
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        return Command(
            name,
            summary: summary(of: module),
            discussion: discussion,
            operands: [
                Operand(
                    Placeholder.folder,
                    .one,
                    summary: Text(
                        en: "the folder, one .ics file an event, as vdirsyncer keeps it",
                        es: "la carpeta, un archivo .ics por evento, como la guarda vdirsyncer"
                    ),
                    completion: .folders
                )
            ],
            options: [SharedOptions.view(.module(module.name)), SharedOptions.filter(.module(module.name))] + [
                WritingOptions.force, WritingOptions.dryRun, WritingOptions.create,
            ],
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) sync ~/.calendars/crm",
                    Text(en: "Both ways", es: "En ambos sentidos")
                ),
                Example(
                    "\(ProgramName.placeholder) \(noun) sync ~/cal --where '\(recent)' --dry-run",
                    Text(en: "See what would be done", es: "Ver qué se haría")
                ),
            ],
            seeAlso: ["\(noun) import", "\(noun) export"],
            synonyms: ["sincronizar"],
            run: { session in try SyncRun(session.invocation, module: module, session: session).run() }
        )
    }

    /// The filter of an example: recent events, and all that come again, however long ago they began.
    private static let recent = "starts_at >= -30d or recurrence is not empty"

    private static var discussion: [Text] {
        [
            Text(
                en: """
                    Events are told apart by their UID. What was changed, made or deleted on one side since the last time is \
                    changed, made or deleted on the other; a change of both is told, and the later one is taken, by \
                    LAST-MODIFIED and by when the event was changed here. Where that is the file's, what the event has \
                    beyond it stays, and is written to it. What each had when they last agreed is kept in \
                    the folder, in .crm-sync. Files that hold several events, or cannot be read, and all but one of the \
                    events with one UID are told and left alone, and the exit status is 6.
                    """,
                es: """
                    Los eventos se distinguen por su UID. Lo que se cambió, creó o eliminó de un lado desde la última vez se \
                    cambia, crea o elimina en el otro; si ambos cambiaron, se avisa y se toma lo posterior, según \
                    LAST-MODIFIED y cuándo se cambió el evento aquí. Si es lo del archivo, lo que el evento tiene de más \
                    se queda y se escribe en él. Lo que cada uno tenía cuando coincidieron se guarda en \
                    la carpeta, en .crm-sync. Los archivos con varios eventos, o que no se pueden leer, y los eventos con un mismo \
                    UID, menos uno, se informan y se dejan como están, y el estado de salida es 6.
                    """
            ),
            Text(
                en: """
                    With --where only those events are added to the folder; an event that has a file there is kept alike \
                    on both sides, matching or not. A series has the start of its first occurrence: one that began \
                    earlier is found by recurrence is not empty. A file is removed only where its event was deleted here, \
                    or the command that made it was undone; after a restore it is taken in again. So is the file of an \
                    event that is older here than when they last agreed. With several databases on the folder each takes \
                    what the others make and change, and deletes what they delete, unless it was changed here. Where most \
                    files, or most events, are gone since the last time, nothing is done without --force: a folder that is not mounted looks empty too.
                    """,
                es: """
                    Con --where solo se agregan a la carpeta esos eventos; un evento que tiene archivo en ella se mantiene \
                    igual en ambos lados, cumpla o no el filtro. Una serie tiene el inicio de su primera repetición: la \
                    que empezó antes se encuentra con recurrence is not empty. Un archivo se borra solo si su evento se \
                    eliminó aquí o se deshizo el comando que lo creó; tras una restauración se toma de nuevo. También se \
                    toma el archivo de un evento que aquí es más antiguo que cuando coincidieron por última vez. Con varias \
                    bases de datos en la misma carpeta, cada una toma lo que las otras crean y cambian, y elimina lo que \
                    eliminan, salvo que se haya cambiado aquí. Si faltan la mayoría de los archivos, o de los eventos, \
                    desde la última vez, no se hace nada sin --force: una carpeta sin montar también parece vacía.
                    """
            ),
        ]
    }
}

/// A single run of `sync`.
private struct SyncRun {
    private let session: Session
    private let module: Module
    private let folder: String
    private let view: String?
    private let filters: [String]

    init(_ invocation: Invocation, module: Module, session: Session) throws {
        self.session = session
        self.module = module
        folder = invocation.operands.first ?? "."
        view = invocation[SharedOptions.view()]
        filters = invocation[SharedOptions.filter()]
    }

    func run() throws {
        guard FileStatus.isFolder(folder) else {
            let command = "mkdir \(folder.quotedForShell)"
            throw CRMError(
                .inputOutput,
                Text(en: "\(folder) is no folder", es: "\(folder) no es una carpeta"),
                hint: Text(en: "make it first: \(command)", es: "crearla antes: \(command)")
            )
        }
        try session.refuseFileInTransaction()
        let state = SyncState(folder)
        let store = try session.openStore(for: .writing)
        let interruption = session.interruption
        let sync = try store.write(session.writeRequest()) { transaction in
            guard let sync = try CalendarSync(module, in: transaction, reading: state.bytes) else {
                throw CRMError(.usage, Text(en: "these are in no calendars", es: "estos no están en calendarios"))
            }
            try state.forEachAgreement(sync.remember)
            for path in try state.paths() {
                let file = try state.file(path)
                do {
                    try sync.look(at: file)
                } catch let problem as RowProblem {
                    try session.report(problem)
                }
                try interruption.check()
            }
            var query = try store.list(module)
            query.filters = try store.filters(ofView: view, of: module) + filters
            try session.reportDoubts(of: filters, on: module, in: store)
            try sync.look(at: query)
            try sync.run(
                in: transaction,
                reject: { problems in for problem in problems { try session.report(problem) } },
                advance: interruption.check
            )
            try session.report(of: transaction)
            return sync
        }
        for notice in sync.notices { try session.note(notice) }
        if !session.isDryRun { try interruption.finishing { try publish(sync, state, zones: store.clock.zones) } }
        try session.tellOutcome { try print(sync.report, isCommitted: $0) }
        if sync.report.failed > 0 { throw CommandFailure(status: ExitStatus.rejected) }
    }

    /// Writes the changes to the folder. The common state is stored last: whatever is not stored is compared the next
    /// time.
    private func publish(_ sync: CalendarSync, _ state: SyncState, zones: ZoneDirectory) throws {
        let files = AtomicFolder(folder, session.interruption)
        for change in sync.changes {
            if change.record == nil {
                guard unlink("\(folder)/\(change.file)") == 0 || errno == ENOENT else {
                    throw CRMError(.inputOutput, errno: errno, path: "\(folder)/\(change.file)")
                }
            } else if let written = try sync.written(change) {
                let sink = ByteSink.memory()
                var calendar = try CalendarOutput(sink, zones: zones, from: written.year, beside: written.beside)
                try calendar.write(written.event)
                try calendar.end()
                var hash = SHA256()
                hash.update(sink.bytes)
                let path = "\(folder)/\(change.file)"
                // The file was read from where the link leads.
                if FileStatus.isLink(path) {
                    try AtomicFile(interruption: session.interruption).write(sink.bytes, to: path)
                } else {
                    try files.write(change.file) { try $0.append(sink.bytes) }
                }
                sync.note(written: change, digest: SHA256Digest(hash))
            }
        }
        try files.publish()
        try state.write(sync, session.interruption)
    }

    private func print(_ report: CalendarSync.Report, isCommitted: Bool) throws {
        let counts: [BulkSummary.Count] = [
            .created(report.created, of: module), .updated(report.updated, of: module),
            .init(
                key: "deleted",
                label: .participle("deleted", "eliminad", report.deleted, of: module),
                count: report.deleted
            ),
            .init(
                key: "files_written",
                label: .counting(
                    report.written,
                    en: ("file written", "files written"),
                    es: ("archivo escrito", "archivos escritos")
                ),
                count: report.written
            ),
            .init(
                key: "files_removed",
                label: .counting(
                    report.removed,
                    en: ("file removed", "files removed"),
                    es: ("archivo eliminado", "archivos eliminados")
                ),
                count: report.removed
            ),
            .unchanged(report.unchanged),
            .init(
                key: "conflicts",
                label: .counting(report.conflicts, en: ("conflict", "conflicts"), es: ("conflicto", "conflictos")),
                count: report.conflicts
            ),
            .failed(report.failed),
        ]
        try BulkSummary(counts: counts, isCommitted: isCommitted).print(in: session)
    }
}
