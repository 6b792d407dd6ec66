import CLIKit
import CRMKit
import Formats
import Localization

/// `crm MODULE PART …`: the commands for the rows of one part of a record, created from the part's definition.
struct PartCommand {
    let module: Module
    let part: Part

    /// The word on the command line: `point`.
    var name: String { part.name.hyphenated }
    /// The rows in a sentence: `contact points`.
    var several: Text { Text(en: part.plural.en.lowercased(), es: part.plural.es.lowercased()) }
    /// The words before a verb in an example: `crm contact point`.
    var lead: String { "\(ProgramName.placeholder) \(path)" }
    /// The words of the group after the program's name.
    var path: String { "\(module.name.noun) \(name)" }

    /// The entry of the group under its heading.
    var entry: Subcommand {
        Subcommand(name, summary: summary, group: Text(en: "Parts", es: "Partes")) { command }
    }

    private var summary: Text {
        Text(
            en: "Work on the \(several.en) of \(module.label.withArticle)",
            es: "Trabajar con \(several.es) de un registro"
        )
    }

    private var command: Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        Rows belong to a record and go with it. Each has a position, from 1, by which it is named; when \
                        rows come, go or move, the positions of those after them follow.
                        """,
                    es: """
                        Las filas pertenecen a un registro y se van con él. Cada una tiene una posición, desde 1, con la \
                        que se nombra; cuando hay filas que entran, salen o se mueven, las posiciones siguientes se \
                        ajustan.
                        """
                )
            ],
            seeAlso: ["\(module.name.noun) show", "\(module.name.noun) edit"],
            subcommands: [add, list, edit, move, remove],
            synonyms: [part.label, part.plural].flatMap { [$0.en, $0.es] } + part.synonyms
        )
    }
}

extension PartCommand {
    /// The operand for the record of the rows.
    var record: Operand { SharedOperands.reference(to: module) }

    /// Returns the operand for the position of a row.
    func position(_ name: Text = Placeholder.position, _ arity: Operand.Arity = .one) -> Operand {
        Operand(name, arity, summary: Text(en: "the position of a row", es: "la posición de una fila"))
    }

    /// The option that rejects values shared with other records, if the part has such values.
    var duplicates: [any OptionDeclaration] {
        part.fields.contains { $0.traits.contains(.key) } ? WritingOptions.noDuplicates(of: module) : []
    }

    /// The option `--force`, if the part has rules that it can override.
    var force: [any OptionDeclaration] {
        part.insisting.map { [WritingOptions.force.described(as: $0, WritingOptions.force.option.discussion)] } ?? []
    }

    /// Reads a position.
    ///
    /// - Throws: ``CRMError`` `usage` for text that is not a whole number from 1.
    func position(from text: String) throws(CRMError) -> Int64 {
        if let position = Int64(text), position > 0, text.isASCIIDigits {
            return position
        }
        throw CRMError(
            .usage,
            Text(
                en: "\"\(text)\" is no position: a whole number from 1",
                es: "«\(text)» no es una posición: un número entero desde 1"
            ),
            hint: Text(
                en: "see them with '\(lead) list REF'",
                es: "verlas con '\(lead) list REF'"
            ),
            module: module.name,
            reference: text
        )
    }

    /// Writes to one record's rows, then prints all its rows.
    ///
    /// - Parameter body: called with the record; returns whether anything changed.
    func write(_ session: Session, _ body: (Transaction, Int64) throws -> Bool) throws {
        let store = try session.openStore(for: .writing)
        let record = try store.id(of: session.invocation.operands[0], in: module)
        let request = session.writeRequest()
        let isChanged = try store.write(request) { transaction in
            let isChanged = try body(transaction, record)
            try session.report(of: transaction)
            if request.isDryRun { try print(record, store, session) }
            return isChanged
        }
        try session.finishChange(isChanged: isChanged, isDryRun: request.isDryRun) {
            try SavedButUnwritten.reporting([record]) { try print(record, store, session) }
        }
    }

    /// Prints the rows of a record; in a format of ids, their positions.
    func print(_ record: Int64, _ store: Store, _ session: Session) throws {
        try session.print(store.list(part, of: record, in: module))
    }
}
