import CLIKit
import CRMKit
import Formats
import Localization

/// `crm restore FILE`: replaces the database by a backup.
enum RestoreCommand: ProgramCommand {
    static let name = "restore"
    static let summary = Text(en: "Bring a backup back", es: "Recuperar una copia de seguridad")

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        Checks a backup and puts a copy of it in the place of the database. The database as it was is \
                        kept beside it, crm.db.before-restore-20261126T163000Z, and comes back by the same command. While \
                        others have the database open it is refused.
                        """,
                    es: """
                        Revisa una copia y pone un duplicado de ella en el lugar de la base de datos. La base de datos como \
                        estaba se conserva al lado, crm.db.before-restore-20261126T163000Z, y se recupera con el mismo \
                        comando. Mientras otros la tengan abierta se rechaza.
                        """
                ),
                Text(
                    en: """
                        A damaged backup changes nothing. A damaged database can be replaced like any other. A backup of an \
                        earlier version of the program is upgraded when it is next opened.
                        """,
                    es: """
                        Una copia dañada no cambia nada. Una base de datos dañada se reemplaza como cualquier otra. Una copia \
                        de una versión anterior del programa se actualiza la próxima vez que se abra.
                        """
                ),
            ],
            operands: [
                Operand(
                    Placeholder.file,
                    .one,
                    summary: Text(en: "the backup", es: "la copia de seguridad"),
                    completion: .files
                )
                .synonyms("archivo fichero file copia backup from path ruta")
            ],
            examples: [
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) restore /srv/backups/crm-20261126T021500Z.backup",
                        es: "\(ProgramName.placeholder) restore /srv/respaldos/crm-20261126T021500Z.backup"
                    ),
                    Text(en: "As it was at night", es: "Como estaba en la noche")
                )
            ],
            seeAlso: ["backup", "check"],
            synonyms: ["restaurar", "recuperar", "recover", "rollback"],
            run: run
        )
    }

    @Sendable private static func run(in session: Session) throws {
        try session.refuseInBatch()
        let backup = session.invocation.operands[0]
        let location = try session.databaseLocation()
        try session.checkIsFree(backup, for: name)
        guard FileStatus.exists(backup) else {
            throw CRMError(.notFound, Text(en: "there is no file \(backup)", es: "no existe el archivo \(backup)"))
        }
        if location.isDefault { try Folders.make(for: location.path) }
        // Links are followed, so that they remain.
        let path = FilePath.target(of: location.path)
        let restoration = Restoration(of: path, clock: try session.clock(), timeout: try session.timeout())
        session.opened?.close()
        session.interruption.hold()
        let kept = try CRMError.makingFile(path) { () throws(CRMError) in
            try restoration.run(from: backup) { session.interruption.isRequested }
        }
        session.interruption.pass()
        if try session.outputFormat.isJSON {
            return try session.print(
                .object([
                    JSONMember("path", .string(path)), JSONMember("restored", .string(backup)),
                    JSONMember("kept", .text(kept)),
                ])
            )
        }
        try session.note(Text(en: "\(path) is \(backup) now", es: "\(path) es ahora \(backup)"))
        if let kept {
            try session.note(Text(en: "what it was is in \(kept)", es: "lo que era está en \(kept)"))
        }
    }
}
