import CLIKit
import CRMKit
import Localization

/// `crm help [WORD…]`: prints the manual of a command.
enum HelpCommand: ProgramCommand {
    static let name = "help"
    static let summary = Text(en: "Print the manual of a command", es: "Mostrar el manual de un comando")

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        Prints what --help prints of the command, and more of each of its options; or a chapter of the \
                        manual: \(topics).
                        """,
                    es: """
                        Imprime lo que --help imprime del comando, y más de cada una de sus opciones; o un capítulo del \
                        manual: \(topics).
                        """
                )
            ],
            operands: [
                Operand(
                    Placeholder.command,
                    .any,
                    summary: Text(
                        en: "the words of a command, or a chapter",
                        es: "las palabras de un comando, o un capítulo"
                    ),
                    completion: .found(.command)
                )
            ],
            examples: [
                Example(
                    "\(ProgramName.placeholder) help contact list",
                    Text(
                        en: "All about \(ProgramName.placeholder) contact list",
                        es: "Todo sobre \(ProgramName.placeholder) contact list"
                    )
                ),
                Example(
                    "\(ProgramName.placeholder) help filters",
                    Text(en: "What --where takes", es: "Lo que admite --where")
                ),
            ],
            synonyms: ["ayuda", "man"],
            run: run
        )
    }

    @Sendable private static func run(in session: Session) throws {
        try session.refuseInBatch()
        let words = session.invocation.operands
        let program = CommandPath(root: session.root)
        if words.count == 1, let topic = HelpTopic(named: words[0]) {
            return try session.print(session.help(of: program).text(of: ProgramManual.section(topic)))
        }
        try session.print(session.help(of: program.descending(words)).manual)
    }

    private static var topics: String { HelpTopic.allCases.map(\.rawValue).joined(separator: ", ") }
}
