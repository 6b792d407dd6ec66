import CLIKit
import CRMKit
import Localization

/// `crm MODULE PART edit REF POSITION`: changes fields of a row.
extension PartCommand {
    var edit: Subcommand {
        let summary = Text(en: "Change \(several.en)", es: "Modificar \(several.es)")
        return Subcommand("edit", summary: summary) {
            Command(
                "edit",
                summary: summary,
                discussion: [
                    Text(
                        en: """
                            Sets the fields given of the row at a position; an empty value takes the value away. The \
                            record's rows are printed as list does.
                            """,
                        es: """
                            Define los campos dados de la fila en una posición; un valor vacío quita el valor. Las filas \
                            del registro se imprimen como con list.
                            """
                    )
                ],
                operands: [record, position()],
                options: PartOptions(part).fields(isEdit: true) + duplicates + force + [WritingOptions.dryRun],
                examples: [
                    Example(
                        Text(joining: [Text("\(lead) edit 42 1"), change], with: " "),
                        Text(en: "The first one", es: "La primera")
                    )
                ],
                seeAlso: ["\(path) list", "\(path) move"],
                run: { session in try edit(session) }
            )
        }
    }

    /// An option to show in examples.
    private var change: Text {
        let field = part.fields.first { !$0.isRequired && $0.type != .boolean } ?? part.fields.last
        return field.map {
            Text(joining: [Text("--\($0.flag)"), ExampleValues.value(of: $0.type, label: $0.label)], with: " ")
        } ?? ""
    }

    private func edit(_ session: Session) throws {
        let inputs = PartOptions(part).inputs(in: session.invocation, isEdit: true)
        guard !inputs.isEmpty else {
            throw CRMError.nothingToChange(of: module, see: "\(lead) edit")
        }
        let position = try position(from: session.invocation.operands[1])
        try write(session) { transaction, record in
            try transaction.edit(part, of: record, in: module, at: position, inputs)
        }
    }
}
