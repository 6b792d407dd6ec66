import CLIKit
import CRMKit
import Glibc
import Localization

extension ProgramCommand {
    /// `crm generate man|completions FOLDER`: writes the documents that are made from the grammar.
    static let generate = ProgramCommand(
        name: "generate",
        summary: Text(en: "Write manual pages or completions", es: "Escribir el manual o los completados"),
        standsInBatch: false,
        command: { _ in
            Command(
                "generate",
                summary: Text(en: "Write manual pages or completions", es: "Escribir el manual o los completados"),
                operands: [
                    Operand("KIND", .one, summary: Text(en: "man or completions", es: "man o completions")),
                    Operand(
                        "FOLDER",
                        .one,
                        summary: Text(en: "where to write", es: "dónde escribir"),
                        completion: .folders
                    ),
                ],
                options: [
                    Option(
                        "program",
                        .value("NAME"),
                        summary: Text(en: "The name the program is installed under", es: "El nombre con que se instala")
                    )
                ]
            )
        },
        run: { session in
            let operands = session.invocation.operands
            let program = session.invocation.value(of: "program") ?? "crm"
            let folder = operands[1]
            for document in try documents(operands[0], program: program, registry: session.registry) {
                try AtomicFile.write(Array(document.text.utf8), to: "\(folder)/\(document.name)", mode: 0o644)
            }
        }
    )

    private static func documents(
        _ kind: String,
        program: String,
        registry: Registry
    ) throws -> [(name: String, text: String)] {
        switch kind {
        case "man":
            guard let date = Version.date else { return [] }
            let root = RootCommand(name: program, registry: registry).command
            return ManPage.all(of: root, date: date).map { ($0.fileName, $0.text) }
        case "completions":
            return try Shell.allCases.map { shell in
                guard let script = CompletionScript(for: shell, program: program) else {
                    throw CRMError(
                        .usage,
                        Text(
                            en: "\"\(program)\" cannot be the name of a program",
                            es: "«\(program)» no puede ser el nombre de un programa"
                        )
                    )
                }
                return (script.fileName, script.text)
            }
        default:
            throw CRMError(.usage, Text(en: "write man or completions", es: "escribir man o completions"))
        }
    }
}
