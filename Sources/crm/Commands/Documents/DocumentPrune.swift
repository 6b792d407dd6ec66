import CLIKit
import CRMKit
import Localization

/// `crm document prune`: removes contents without a reference.
enum DocumentPruneVerb: Verb {
    static let name = "prune"

    static func summary(of module: Module) -> Text {
        Text(en: "Remove contents that nothing names", es: "Quitar los contenidos que nada nombra")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        A content stays as long as a record of any module names it, or the history of one that was \
                        changed or deleted, so that undo always finds it. What neither names is removed; the room it \
                        leaves in the file is used by what comes next. No record changes.
                        """,
                    es: """
                        Un contenido queda mientras lo nombre un registro de cualquier módulo, o la historia de uno que se \
                        modificó o eliminó, de modo que undo siempre lo encuentra. Lo que ni unos ni otra nombran se quita; \
                        el espacio que deja en el archivo lo usa lo que venga después. Ningún registro cambia.
                        """
                )
            ],
            options: [WritingOptions.dryRun],
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) prune --dry-run",
                    Text(en: "See how much it would be", es: "Ver cuánto sería")
                )
            ],
            seeAlso: ["\(noun) verify", "backup"],
            synonyms: ["podar", "purgar", "gc", "clean", "limpiar"],
            run: run
        )
    }

    @Sendable private static func run(in session: Session) throws {
        let store = try session.openStore(for: .writing)
        let writing = session.writeRequest()
        let pruned = try store.write(writing) { transaction in
            session.interruption.hold()
            return try transaction.pruneContents()
        }
        let counts = [
            BulkSummary.Count(
                key: "removed",
                label: .counting(
                    Int(pruned.count),
                    en: ("content removed", "contents removed"),
                    es: ("contenido quitado", "contenidos quitados")
                ),
                count: Int(pruned.count),
                isShownAtZero: true
            ),
            BulkSummary.Count(key: "bytes", label: Text("bytes"), count: Int(pruned.size), isShownAtZero: true),
        ]
        try session.tellOutcome { try BulkSummary(counts: counts, isCommitted: $0).print(in: session) }
    }
}
