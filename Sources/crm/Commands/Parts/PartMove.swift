import CLIKit
import CRMKit
import Localization

/// `crm MODULE PART move REF FROM TO`: moves a row to another position.
extension PartCommand {
    var move: Subcommand {
        let summary = Text(en: "Move \(several.en)", es: "Mover \(several.es)")
        return Subcommand("move", summary: summary) {
            Command(
                "move",
                summary: summary,
                discussion: [
                    Text(
                        en: """
                            Gives the row at a position another one; those between move by one. A position beyond the \
                            end is the end.
                            """,
                        es: """
                            Da otra posición a una fila; las que están entre ambas se mueven una. Una posición más allá \
                            del final es el final.
                            """
                    )
                ],
                operands: [record, position(Placeholder.from), position(Placeholder.to)],
                options: [WritingOptions.dryRun],
                examples: [
                    Example(
                        "\(lead) move 42 3 1",
                        Text(en: "The third becomes the first", es: "La tercera pasa a primera")
                    )
                ],
                seeAlso: ["\(path) list"],
                run: { session in
                    let operands = session.invocation.operands
                    let (from, to) = (try position(from: operands[1]), try position(from: operands[2]))
                    try write(session) { transaction, record in
                        try transaction.move(part, of: record, in: module, from: from, to: to) != from
                    }
                }
            )
        }
    }
}
