import CLIKit
import CRMKit
import Localization

/// `crm help [WORD…]`: the manual of a command.
enum HelpCommand: ProgramCommand {
    static let name = "help"
    static let summary = Text(en: "Print the manual of a command", es: "Mostrar el manual de un comando")

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: "Prints what --help prints of the command, and more of each of its options.",
                    es: "Imprime lo que --help imprime del comando, y más de cada una de sus opciones."
                )
            ],
            operands: [
                Operand(
                    "COMMAND",
                    .any,
                    summary: Text(en: "the words of a command", es: "las palabras de un comando")
                )
            ],
            examples: [
                Example(
                    "\(ProgramName.placeholder) help contact list",
                    Text(
                        en: "All about \(ProgramName.placeholder) contact list",
                        es: "Todo sobre \(ProgramName.placeholder) contact list"
                    )
                )
            ],
            run: run
        )
    }

    @Sendable private static func run(in session: Session) throws {
        try session.refuseInBatch()
        let path = try CommandPath(root: session.root).descending(session.invocation.operands)
        try session.print(session.help(of: path).manual)
    }
}
