import CLIKit
import Localization

extension ProgramCommand {
    /// `crm help [WORD…]`: the help of a command.
    static let help = ProgramCommand(
        name: "help",
        summary: Text(en: "Print the help of a command", es: "Mostrar la ayuda de un comando"),
        standsInBatch: false,
        command: { _ in
            Command(
                "help",
                summary: Text(en: "Print the help of a command", es: "Mostrar la ayuda de un comando"),
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
                            en: "As \(ProgramName.placeholder) contact list --help",
                            es: "Como \(ProgramName.placeholder) contact list --help"
                        )
                    )
                ]
            )
        },
        run: { session in
            let path = try CommandPath(root: session.root).descending(session.invocation.operands)
            let style = session.outputStyle
            try session.print(
                Help(of: path, in: session.language, width: min(style.lineWidth, 100), style: style.style).text
            )
        }
    )
}
