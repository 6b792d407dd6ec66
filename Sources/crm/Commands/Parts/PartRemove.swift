import CLIKit
import CRMKit
import Localization

/// `crm MODULE PART remove REF POSITION…`: removes rows.
extension PartCommand {
    private var forceOfRemoval: [any OptionDeclaration] {
        if part.insisting == nil { return [] }
        let summary = Text(
            en: "Remove them where a rule that can be overridden refuses",
            es: "Quitarlas aunque se oponga una regla que admite excepciones"
        )
        return [WritingOptions.force.described(as: summary, WritingOptions.force.option.discussion)]
    }

    var remove: Subcommand {
        let summary = Text(en: "Remove \(several.en)", es: "Quitar \(several.es)")
        return Subcommand("remove", summary: summary) {
            Command(
                "remove",
                summary: summary,
                discussion: [
                    Text(
                        en: """
                            Removes the rows at the positions that they have before, all or nothing; \
                            \(ProgramName.placeholder) undo brings them back.
                            """,
                        es: """
                            Quita las filas en las posiciones que tienen antes, todo o nada; \
                            \(ProgramName.placeholder) undo las recupera.
                            """
                    )
                ],
                operands: [record, position(Placeholder.position, .oneOrMore)],
                options: forceOfRemoval + [WritingOptions.dryRun],
                examples: [Example("\(lead) remove 42 2 3", Text(en: "Two of them", es: "Dos de ellas"))],
                seeAlso: ["\(path) list", "undo"],
                run: { session in
                    let positions = try session.invocation.operands.dropFirst().map(position(from:))
                    try write(session) { transaction, record in
                        try transaction.remove(part, of: record, in: module, at: positions)
                        return true
                    }
                }
            )
        }
    }
}
