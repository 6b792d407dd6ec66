import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// `crm backup FILE`: copies the whole database.
enum BackupCommand: ProgramCommand {
    static let name = "backup"
    static let summary = Text(en: "Copy the database", es: "Copiar la base de datos")

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
                )
            ],
            operands: [
                Operand(
                    Placeholder.file,
                    .one,
                    summary: Text(en: "the copy to make", es: "la copia que se crea"),
                    completion: .files
                )
                .called("archivo fichero file output salida destino to out ruta path")
            ],
            examples: [
                Example(
                    "\(ProgramName.placeholder) backup \"backup-$(date +%F).db\"",
                    Text(en: "A copy a day, from cron", es: "Una copia diaria, desde cron")
                )
            ],
            seeAlso: ["check"],
            synonyms: ["respaldo", "respaldar"],
            run: run
        )
    }

    @Sendable private static func run(in session: Session) throws {
        try session.refuseInBatch()
        let path = session.invocation.operands[0]
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

/// How large a file is.
private struct FileSize: CustomStringConvertible {
    let bytes: Int64

    /// - Throws: ``CRMError`` `inputOutput` where the file cannot be looked at.
    init(_ path: String) throws(CRMError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw CRMError(.inputOutput, errno: errno, path: path)
        }
        bytes = Int64(status.st_size)
    }

    /// With one decimal, in units of 1024 (IEC 80000-13).
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
