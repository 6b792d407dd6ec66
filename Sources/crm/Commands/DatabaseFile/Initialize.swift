import CLIKit
import CRMKit
import Localization

/// `crm init`: creates the database, unless it exists.
enum InitializeCommand: ProgramCommand {
    static let name = "init"
    static let summary = Text(en: "Make the database", es: "Crear la base de datos")

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en:
                        "Makes the file that --db, CRM_DB or the default names; one that is there is left as it is.",
                    es:
                        "Crea el archivo que indica --db, CRM_DB o el predeterminado; si ya existe, lo deja como está."
                )
            ],
            examples: [
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) --db team.db init",
                        es: "\(ProgramName.placeholder) --db equipo.db init"
                    ),
                    Text(en: "Make a file of one's own", es: "Crear un archivo propio")
                )
            ],
            seeAlso: ["config"],
            synonyms: ["inicializar", "iniciar", "setup"],
            run: run
        )
    }

    @Sendable private static func run(in session: Session) throws {
        try session.refuseInBatch()
        let store = try session.openStore(for: .creating)
        try session.note(
            store.wasCreated
                ? Text(en: "made the database \(store.path)", es: "se creó la base de datos \(store.path)")
                : Text(en: "\(store.path) is ready", es: "\(store.path) está lista")
        )
    }
}
