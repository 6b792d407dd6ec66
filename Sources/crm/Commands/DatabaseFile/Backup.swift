import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// `crm backup FILE`: copies the whole database.
enum BackupCommand: ProgramCommand {
    static let name = "backup"
    static let summary = Text(en: "Copy the database", es: "Copiar la base de datos")

    static let rotate = ValueOption<String>(
        "rotate",
        Placeholder.folder,
        summary: Text(
            en: "Copy into a folder under a name by date, and remove old copies there",
            es: "Copiar en una carpeta con un nombre por fecha, y quitar ahí las copias viejas"
        ),
        discussion: Text(
            en: """
                The copy is called after the database and the moment in UTC, crm-20261126T163000Z.backup. Only when it is \
                whole, checked and on the disk are copies of this database removed that --keep does not keep. Nothing \
                else in the folder is touched.
                """,
            es: """
                La copia se llama como la base de datos y el momento en UTC, crm-20261126T163000Z.backup. Solo cuando \
                está completa, revisada y en el disco se quitan las copias de esta base de datos que --keep no conserva. \
                Nada más de la carpeta se toca.
                """
        ),
        completion: .folders
    )
    .synonyms("rotar carpeta folder dir directory")
    static let keep = ValueOption<Retention>(
        "keep",
        Text(en: "7d,4w,12m", es: "7d,4w,12m"),
        summary: Text(
            en: "How many days, weeks, months and years to keep a copy of",
            es: "De cuántos días, semanas, meses y años conservar una copia"
        ),
        discussion: Text(
            en: """
                A number before each of d, w, m and y: the newest copy of each of that many days, weeks, months and years \
                of which there is one, in the time zone of the user. The newest of all is always kept. 7d,4w,12m unless \
                given.
                """,
            es: """
                Un número antes de cada d, w, m e y (días, semanas, meses y años): la copia más nueva de cada uno de \
                tantos periodos de los que haya alguna, en la zona horaria del usuario. La más nueva de todas siempre se \
                conserva. 7d,4w,12m si no se indica.
                """
        ),
        parse: { (text) throws(ExpectedValue) in
            guard let retention = Retention(text) else {
                throw .worded(
                    Text(
                        en: "--keep takes numbers of days, weeks, months and years, not \"\(text)\"",
                        es: "--keep admite números de días, semanas, meses y años, no «\(text)»"
                    ),
                    hint: Text(en: "write them as in 7d,4w,12m", es: "escribirlos como en 7d,4w,12m")
                )
            }
            return retention
        }
    )
    .synonyms("conservar guardar retain retention")

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        Copies the database as it is now into a new file, whoever else uses it, and checks the \
                        copy. A file that is there is never written over; a copy that fails leaves nothing \
                        behind. Copying the file by other means may miss what stands in its -wal file.
                        """,
                    es: """
                        Copia la base de datos como está ahora a un archivo nuevo, la use quien la use, y revisa \
                        la copia. Nunca escribe sobre un archivo que exista; una copia fallida no deja nada. \
                        Copiar el archivo por otros medios puede perder lo que está en su archivo -wal.
                        """
                ),
                Text(
                    en: """
                        --rotate is for cron: `15 2 * * * \(ProgramName.placeholder) backup --rotate /srv/backups --quiet`, or \
                        for a timer of systemd, as below. \(ProgramName.placeholder) restore brings a copy back.
                        """,
                    es: """
                        --rotate es para cron: `15 2 * * * \(ProgramName.placeholder) backup --rotate /srv/respaldos --quiet`, o \
                        para un temporizador de systemd, como abajo. \(ProgramName.placeholder) restore recupera una copia.
                        """
                ),
            ],
            operands: [
                Operand(
                    Placeholder.file,
                    .optional,
                    summary: Text(en: "the copy to make", es: "la copia que se crea"),
                    completion: .files
                )
                .synonyms("archivo fichero file output salida destino to out ruta path")
            ],
            options: [rotate, keep],
            examples: [
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) backup before-import.db",
                        es: "\(ProgramName.placeholder) backup antes-de-importar.db"
                    ),
                    Text(en: "A copy before something large", es: "Una copia antes de algo grande")
                ),
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) backup --rotate /srv/backups --keep 7d,4w,12m",
                        es: "\(ProgramName.placeholder) backup --rotate /srv/respaldos --keep 7d,4w,12m"
                    ),
                    Text(en: "A copy a day, from cron", es: "Una copia diaria, desde cron")
                ),
            ],
            sections: [timer],
            seeAlso: ["restore", "check"],
            synonyms: ["respaldo", "respaldar"],
            run: run
        )
    }

    private static let timer = Section(
        title: Text(en: "A TIMER OF SYSTEMD", es: "UN TEMPORIZADOR DE SYSTEMD"),
        [
            .paragraph(
                Text(
                    en: """
                        Two files in ~/.config/systemd/user/, started once by the line below them. A copy that was missed \
                        while the machine was off is made at its next start. %h is the home folder; the folder of the \
                        copies must be there.
                        """,
                    es: """
                        Dos archivos en ~/.config/systemd/user/, iniciados una vez con la línea que les sigue. La copia que \
                        no se hizo con la máquina apagada se hace al volver a encenderla. %h es la carpeta personal; la de \
                        las copias debe existir.
                        """
                )
            ),
            .code(
                Text(
                    """
                    # \(ProgramName.placeholder)-backup.service
                    [Unit]
                    Description=Backup of \(ProgramName.placeholder)

                    [Service]
                    Type=oneshot
                    ExecStart=/usr/bin/env \(ProgramName.placeholder) backup --rotate %h/backups --keep 7d,4w,12m --quiet

                    # \(ProgramName.placeholder)-backup.timer
                    [Timer]
                    OnCalendar=daily
                    Persistent=true

                    [Install]
                    WantedBy=timers.target

                    systemctl --user enable --now \(ProgramName.placeholder)-backup.timer
                    """
                )
            ),
        ]
    )

    @Sendable private static func run(in session: Session) throws {
        try session.refuseInBatch()
        if let folder = session.invocation[rotate] { return try rotate(folder, in: session) }
        try session.invocation.refuse(
            [keep],
            for: Text(en: "a single copy", es: "una sola copia"),
            hint: Text(en: "name a folder with --rotate", es: "indicar una carpeta con --rotate")
        )
        guard let path = session.invocation.operands.first else {
            throw CRMError(
                .usage,
                Text(en: "name the copy to make", es: "indicar la copia que se crea"),
                hint: Text(
                    en: "give a FILE, or a folder with --rotate",
                    es: "dar un ARCHIVO, o una carpeta con --rotate"
                )
            )
        }
        guard path != "-" else {
            throw CRMError(
                .usage,
                Text(
                    en: "a database is copied to a file, not to standard output",
                    es: "una base de datos se copia en un archivo, no en la salida estándar"
                ),
                hint: Text(en: "write ./- for a file called so", es: "escribir ./- para un archivo de ese nombre")
            )
        }
        try session.checkIsFree(path, for: name)
        let store = try session.openStore(for: .reading)
        session.interruption.hold()
        try CRMError.makingFile(path) { () throws(CRMError) in try store.backup(to: path) }
        session.interruption.pass()
        let size = try FileSize(path)
        if try session.outputFormat.isJSON {
            try session.print(
                .object([JSONMember("path", .string(path)), JSONMember("bytes", .integer(size.bytes))])
            )
        } else {
            try session.note(
                Text(
                    en: "copied \(store.path) to \(path), \(size)",
                    es: "se copió \(store.path) en \(path), \(size)"
                )
            )
        }
    }
}

extension BackupCommand {
    private static func rotate(_ folder: String, in session: Session) throws {
        guard session.invocation.operands.isEmpty else {
            throw CRMError(
                .usage,
                Text(
                    en: "a copy goes to a FILE or, with --rotate, into a folder",
                    es: "una copia va a un ARCHIVO o, con --rotate, a una carpeta"
                )
            )
        }
        guard FileStatus.isFolder(folder) else {
            throw CRMError.missingFolder(folder)
                ?? CRMError(.inputOutput, Text(en: "\(folder) is no folder", es: "\(folder) no es una carpeta"))
        }
        let retention = try session.invocation[keep] ?? standard
        let store = try session.openStore(for: .reading)
        let folder = FilePath.target(of: folder)
        // This comes before the copy, since the copy must have the identity too.
        let failure = try session.noteBackups(in: folder, store)
        session.interruption.hold()
        let report = try store.rotateBackups(in: folder, keeping: retention)
        session.interruption.pass()
        try session.print(report)
        guard let failure else { return }
        try session.note(
            Text(
                en: "the database does not know of \(folder) yet: \(failure.message.en)",
                es: "la base de datos aún no conoce \(folder): \(failure.message.es)"
            )
        )
    }

    private static let standard = Retention(days: 7, weeks: 4, months: 12)
}

extension Session {
    /// Registers a folder of backups in the database.
    ///
    /// - Returns: the reason if that is impossible; a backup is good without it.
    fileprivate func noteBackups(in folder: String, _ store: Store) throws -> CRMError? {
        if try store.knowsBackups(in: folder) { return nil }
        do throws(CRMError) {
            try openStoreAtOnce().noteBackups(in: folder)
            return nil
        } catch {
            return error
        }
    }

    fileprivate func print(_ report: RotationReport) throws {
        let size = FileSize(bytes: report.size)
        if try outputFormat.isJSON {
            return try print(
                .object([
                    JSONMember("path", .string(report.path)), JSONMember("bytes", .integer(size.bytes)),
                    JSONMember("removed", .array(report.removed.map(JSONValue.string))),
                    JSONMember("kept", .integer(Int64(report.kept))),
                    JSONMember("others", .array(report.others.map(JSONValue.string))),
                ])
            )
        }
        for path in report.removed { try note(Text(en: "removed \(path)", es: "se quitó \(path)")) }
        try note(
            Text(
                en: "copied to \(report.path), \(size); \(report.kept) kept",
                es: "se copió en \(report.path), \(size); copias que se conservan: \(report.kept)"
            )
        )
        guard let first = report.others.first else { return }
        let count = report.others.count
        try note(
            .counting(
                count,
                en: (
                    "left \(first), which is called like a copy of this database but is none",
                    "left \(count) files that are called like copies of this database but are none, such as \(first)"
                ),
                es: (
                    "queda \(first), que se llama como una copia de esta base de datos pero no lo es",
                    "quedan \(count) archivos que se llaman como copias de esta base de datos pero no lo son, como \(first)"
                )
            )
        )
    }
}

/// The size of a file, as text.
private struct FileSize: CustomStringConvertible {
    let bytes: Int64

    init(bytes: Int64) { self.bytes = bytes }

    /// - Throws: ``CRMError`` `inputOutput` if the file cannot be examined.
    init(_ path: String) throws(CRMError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw CRMError(.inputOutput, errno: errno, path: path)
        }
        bytes = Int64(status.st_size)
    }

    /// The size with one decimal, in units of 1024 (IEC 80000-13).
    var description: String {
        var tenths = bytes * 10
        var unit = "B"
        for larger in ["KiB", "MiB", "GiB", "TiB"] where tenths >= 10_240 {
            tenths /= 1024
            unit = larger
        }
        return unit == "B" ? "\(bytes) B" : "\(tenths / 10).\(tenths % 10) \(unit)"
    }
}
