import CLIKit
import CRMKit
import Localization

extension ProgramCommand {
    /// `crm export`: everything, as `crm apply` reads it.
    static let export: ProgramCommand = ProgramCommand(
        name: "export",
        summary: Text(en: "Export everything", es: "Exportar todo"),
        command: { _ in
            Command(
                "export",
                summary: ProgramCommand.export.summary,
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
                options: [ExportGrammar.output],
                examples: [
                    Example(
                        "\(ProgramName.placeholder) export | \(ProgramName.placeholder) --db copy.db apply --create",
                        Text(en: "Copy everything into a new database", es: "Copiar todo a una base de datos nueva")
                    )
                ],
                seeAlso: ["apply", "backup"]
            )
        },
        run: { session in
            let store = try session.openStore(for: .reading)
            try session.withOutput(to: session.invocation.value(of: "output")) { sink in
                try DatabaseExport(store).write(to: sink)
            }
        }
    )
}
