import CLIKit
import CRMKit
import Localization

/// `crm export`: everything, as `crm apply` reads it.
enum ExportCommand: ProgramCommand {
    static let name = "export"
    static let summary = Text(en: "Export everything", es: "Exportar todo")

    private static let withContent = Flag(
        "with-content",
        summary: Text(
            en: "Carry the contents of documents and mail too",
            es: "Llevar también los contenidos de archivos y correos"
        ),
        discussion: Text(
            en: "A line for each 256 KiB of them, in base64, before the records that name them.",
            es: "Una línea por cada 256 KiB, en base64, antes de los registros que los nombran."
        )
    ).called("contenido contenidos content contents adjuntos")

    /// How everything is copied into a new database.
    static var copying: Example {
        func line(_ file: String) -> String {
            "\(ProgramName.placeholder) export | \(ProgramName.placeholder) --db \(file) apply --create"
        }
        return Example(
            Text(en: line("copy.db"), es: line("copia.db")),
            Text(en: "Copy everything into a new database", es: "Copiar todo a una base de datos nueva")
        )
    }

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        Writes the settings, the records of every module and all links, ended ones included, as \
                        JSON Lines that '\(ProgramName.placeholder) apply' reads: applied to an empty database \
                        they give an equal one, ids and times of creation included. The lines are those of one \
                        moment and in an order of their own, so that equal databases give equal files. History \
                        is not among them; '\(ProgramName.placeholder) backup' copies that too.
                        """,
                    es: """
                        Escribe los ajustes, los registros de todos los módulos y todos los vínculos, también los \
                        terminados, como JSON Lines que lee '\(ProgramName.placeholder) apply': aplicadas a una \
                        base de datos vacía dan una igual, con sus ids y fechas de creación. Las líneas son de un \
                        mismo momento y tienen un orden propio, de modo que bases de datos iguales dan archivos \
                        iguales. La historia no está entre ellas; '\(ProgramName.placeholder) backup' la copia \
                        también.
                        """
                )
            ],
            options: [ExportVerb.output, withContent],
            examples: [copying],
            seeAlso: ["apply", "backup"],
            run: run
        )
    }

    @Sendable private static func run(in session: Session) throws {
        let store = try session.openStore(for: .reading)
        try session.withOutput(to: session.invocation[ExportVerb.output]) { sink in
            try DatabaseExport(store, withContents: session.invocation[withContent]).write(to: sink)
        }
    }
}
