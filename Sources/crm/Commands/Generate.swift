import CLIKit
import CRMKit
import Localization

/// `crm generate man|completions FOLDER`: writes the documents generated from the grammar.
enum GenerateCommand: ProgramCommand {
    static let name = "generate"
    static let summary = Text(en: "Write manual pages or completions", es: "Escribir el manual o los completados")
    static let isHidden = true

    static let program = ValueOption<String>(
        "program",
        Placeholder.name,
        summary: Text(en: "The name the program is installed under", es: "El nombre con que se instala"),
        discussion: Text(
            en: "The documents speak of the program by it; crm is the default.",
            es: "Los documentos llaman así al programa; por omisión, crm."
        )
    )

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        For those who package the program: a file for each manual page, or for each shell. Pages are in \
                        English; --lang es makes those in Spanish.
                        """,
                    es: """
                        Para quien empaqueta el programa: un archivo por página de manual, o por shell. Las páginas \
                        están en inglés; --lang es hace las que están en español.
                        """
                )
            ],
            operands: [
                Operand(Placeholder.kind, .one, summary: Text(en: "man or completions", es: "man o completions")),
                Operand(
                    Placeholder.folder,
                    .one,
                    summary: Text(en: "where to write", es: "dónde escribir"),
                    completion: .folders
                ),
            ],
            options: [program],
            run: run
        )
    }

    @Sendable private static func run(in session: Session) throws {
        try session.refuseInBatch()
        let operands = session.invocation.operands
        let root = session.root.renamed(session.invocation[program] ?? "crm")
        // The language is only that of the option: an installation must not depend on the locale of whoever builds it.
        let language = try session.invocation[GlobalOptions.language] ?? .english
        for document in try documents(operands[0], root: root, in: language) {
            let path = "\(operands[1])/\(document.name)"
            try session.checkIsFree(path, for: name)
            try AtomicFile(interruption: session.interruption, mode: 0o644).write(Array(document.text.utf8), to: path)
        }
    }

    private static func documents(
        _ kind: String,
        root: Command,
        in language: Language
    ) throws -> [(name: String, text: String)] {
        switch kind {
        case "man":
            guard let date = Version.date else { return [] }
            return ManPage.all(of: root, date: date, in: language).map { ($0.fileName, $0.text) }
        case "completions":
            return try Shell.allCases.map { shell in
                guard let script = CompletionScript(for: shell, program: root.name) else {
                    throw CRMError(
                        .usage,
                        Text(
                            en: "\"\(root.name)\" cannot be the name of a program",
                            es: "«\(root.name)» no puede ser el nombre de un programa"
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
