import CLIKit
import CRMKit
import Localization

/// `crm batch [FILE]`: runs many commands in one process.
enum BatchCommand: ProgramCommand {
    static let name = "batch"
    static let summary = Text(
        en: "Run many commands, one a line, in one transaction",
        es: "Ejecutar muchos comandos, uno por línea, en una transacción"
    )

    static let each = Flag(
        "each",
        summary: Text(
            en: "Make each line a transaction of its own, and go on after one that fails",
            es: "Hacer de cada línea una transacción propia, y continuar tras una que falle"
        ),
        discussion: Text(
            en: "For a co-process that sends a line and waits for its result, and for work that may be done in part.",
            es:
                "Para un coproceso que envía una línea y espera su resultado, y para trabajo que puede quedar hecho en parte."
        )
    )
    .synonyms("cada")

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: discussion,
            operands: [SharedOperands.input],
            options: [each, WritingOptions.dryRun, WritingOptions.create],
            examples: [
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) batch nightly.crm | jq -c 'select(.exit != 0)'",
                        es: "\(ProgramName.placeholder) batch nocturno.crm | jq -c 'select(.exit != 0)'"
                    ),
                    Text(en: "Run a file, show what failed", es: "Ejecutar un archivo, mostrar lo que falló")
                )
            ],
            sections: [results],
            seeAlso: ["apply"],
            synonyms: ["lote", "lotes"],
            run: run
        )
    }

    @Sendable private static func run(in session: Session) throws {
        try session.refuseInBatch()
        try BatchRun(BatchRequest(session.invocation), session: session).run()
    }

    private static let discussion = [
        Text(
            en: """
                A line is a command as a shell takes it, with or without \(ProgramName.placeholder) before it: quotes, \
                backslashes and # comments count, $'…' spells a line feed as \\n, and nothing is expanded, so that * \
                and > stand for themselves. All lines are one transaction and one change set; the first that fails \
                takes all of it back, ends the batch, and the exit status is 6. With --each every line is a change set \
                of its own, a failed one changes nothing, the others stand, and the exit status is 6 if any failed.
                """,
            es: """
                Una línea es un comando como lo admite un shell, con o sin \(ProgramName.placeholder) delante: valen \
                las comillas, las barras invertidas y los comentarios con #, $'…' escribe un salto de línea como \\n, y \
                nada se expande, de modo que * y > son ellos mismos. Todas las líneas son una transacción y un conjunto \
                de cambios; la primera que falla lo deshace todo, termina el lote, y el estado de salida es 6. Con \
                --each cada línea es un conjunto de cambios propio, una fallida no cambia nada, las demás quedan, y el \
                estado de salida es 6 si alguna falló.
                """
        ),
        Text(
            en: """
                A line sees what those before it have done. It asks no question, reads no standard input and names no \
                other database; commands about files and the program itself are refused. Without --each so is what \
                could not be taken back with the other lines: undo, and files such as those of export --output, \
                import --rejects and config set language.
                """,
            es: """
                Una línea ve lo que hicieron las anteriores. No hace preguntas, no lee la entrada estándar ni nombra \
                otra base de datos; se rechazan los comandos sobre archivos y el propio programa. Sin --each también \
                lo que no podría deshacerse con las demás líneas: undo, y archivos como los de export --output, \
                import --rejects y config set language.
                """
        ),
    ]

    private static func results(failing message: String) -> String {
        #"""
        {"line":3,"exit":0,"result":{"id":42,"name":"Ana Ruiz"},"notices":[],"duplicates":[]}
        {"line":4,"exit":3,"error":{"code":"not_found","message":"\#(message)"}}
        """#
    }

    private static let results = Section(
        title: Text(en: "RESULTS", es: "RESULTADOS"),
        [
            .paragraph(
                Text(
                    en: """
                        Standard output has an object for each line, in their order: its number, the exit status its \
                        command would have, and what it would print with --json or the error. What is no JSON is a \
                        string. Without --each nothing is saved before the last line has been done: until then \
                        committed is false in what lines print, and the batch is saved as a whole when it ends with \
                        exit status 0.
                        """,
                    es: """
                        La salida estándar tiene un objeto por línea, en su orden: su número, el estado de salida que \
                        tendría su comando, y lo que imprimiría con --json o el error. Lo que no es JSON es una cadena. \
                        Sin --each nada se guarda antes de terminar la última línea: hasta entonces committed es false \
                        en lo que imprimen las líneas, y el lote se guarda entero cuando termina con estado de salida 0.
                        """
                )
            ),
            .code(
                Text(
                    en: results(failing: "no contact matches 99"),
                    es: results(failing: "ningún contacto coincide con 99")
                )
            ),
        ]
    )
}
