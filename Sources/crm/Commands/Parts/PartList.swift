import CLIKit
import CRMKit
import Localization

/// `crm MODULE PART list REF`: lists the rows of a record.
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
                options: [columns],
                examples: [
                    Example("\(lead) list 42 --json", Text(en: "For other tools", es: "Para otras herramientas")),
                    Example(
                        "\(lead) list 42 --columns position,\(part.fields[0].key)",
                        Text(en: "These columns alone", es: "Solo estas columnas")
                    ),
                ],
                seeAlso: ["\(module.name.noun) show"],
                run: { session in
                    let store = try session.openStore(for: .reading)
                    let record = try store.id(of: session.invocation.operands[0], in: module)
                    let asked = session.invocation[columns]
                    let format = try session.outputFormat
                    let rows = try store.list(part, of: record, in: module, columns: format == .id ? [] : asked)
                    try session.print(rows, columnsAreChosen: !asked.isEmpty)
                }
            )
        }
    }

    /// The option for the columns of the rows.
    private var columns: ListOption<String> {
        let keys = [(Part.positionKey, Text(en: "Position", es: "Posición"))] + part.fields.map { ($0.key, $0.label) }
        return SharedOptions.columns().described(
            as: Text(
                en: "Print these columns, separated by commas",
                es: "Imprimir estas columnas, separadas por comas"
            ),
            Text(
                en: """
                    They are printed in the order given, and all are unless given. A column of a record that a reference \
                    names is written with a dot, as in product.name.
                    """,
                es: """
                    Se imprimen en el orden dado; todas si no se indica. Una columna del registro que indica una \
                    referencia se escribe con un punto, como product.name.
                    """
            )
        ).completing(.words(keys.map { (word: $0.0, summary: $0.1) }))
    }
}
