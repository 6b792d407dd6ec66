import CLIKit
import CRMKit
import Localization

/// `crm MODULE PART list REF`: the rows of a record.
extension PartCommand {
    var list: Subcommand {
        let summary = Text(en: "List \(several.en)", es: "Listar \(several.es)")
        return Subcommand("list", summary: summary) {
            Command(
                "list",
                summary: summary,
                discussion: [
                    Text(
                        en:
                            "Lists the rows of one record in order, each with its position; --format id prints the positions.",
                        es:
                            "Lista en orden las filas de un registro, cada una con su posición; --format id imprime las posiciones."
                    )
                ],
                operands: [record],
                examples: [
                    Example("\(lead) list 42 --json", Text(en: "For other tools", es: "Para otras herramientas"))
                ],
                seeAlso: ["\(module.name.noun) show"],
                synonyms: VerbSynonyms.list,
                run: { session in
                    let store = try session.openStore(for: .reading)
                    try print(try store.id(of: session.invocation.operands[0], in: module), store, session)
                }
            )
        }
    }
}
