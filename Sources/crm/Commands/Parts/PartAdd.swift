import CLIKit
import CRMKit
import Localization

/// `crm MODULE PART add REF [ROW…]`: adds rows at the end of a part, or at a position.
extension PartCommand {
    static let at = ValueOption<Int>(
        "at",
        "N",
        in: 1...Int(Int32.max),
        summary: Text(en: "Put it at this position", es: "Ponerlo en esta posición"),
        discussion: Text(
            en: "The rows from there on move back. Without it new rows stand at the end.",
            es: "Las filas desde ahí retroceden. Sin ella las filas nuevas van al final."
        )
    )

    var add: Subcommand {
        let summary = Text(en: "Add \(several.en)", es: "Agregar \(several.es)")
        return Subcommand("add", summary: summary) {
            Command(
                "add",
                summary: summary,
                discussion: [
                    Text(
                        en: """
                            Each row is one word, or a single one is given by an option for each of its fields. Every missing \
                            or wrong field is named at once and nothing is written. --input takes many from a file, as --\(part.key) \
                            does where a record is added. The record's rows are printed as list does.
                            """,
                        es: """
                            Cada fila es una palabra, o se da una sola con una opción por cada campo. Cada campo faltante o \
                            incorrecto se nombra de una vez y no se escribe nada. --input toma muchas de un archivo, como \
                            --\(part.key) al agregar un registro. Las filas del registro se imprimen como con list.
                            """
                    )
                ],
                operands: [record, row],
                options: options.fields() + reading + duplicates + force + [WritingOptions.dryRun],
                examples: [
                    Example(
                        Text(joining: [Text("\(lead) add 42"), example], with: " "),
                        Text(en: "At the end", es: "Al final")
                    )
                ],
                seeAlso: ["\(path) list", "\(path) edit"],
                run: { session in try add(session) }
            )
        }
    }

    private var options: PartOptions { PartOptions(part) }

    /// The options for a file of rows, and for the position of the rows.
    private var reading: [any OptionDeclaration] {
        [options.input, Self.at] + DialectOptions.reading(group: Text(en: "Reading", es: "Lectura"))
    }

    private var row: Operand {
        Operand(
            Placeholder.row,
            .any,
            summary: Text(en: options.spelling.en.withoutStop, es: options.spelling.es.withoutStop)
        )
    }

    /// A row for examples: in the shorthand, or with the keys that a row requires.
    private var example: Text {
        let needed =
            part.shownInExamples.isEmpty
            ? part.fields.filter { $0.isRequired && !$0.hasDefault }
            : part.shownInExamples.compactMap { part.field($0) }
        let values = needed.map { field in
            let kind = part.kindField?.type.choices.first.map { Value.text($0.key) } ?? .null
            return (field.key, ExampleValues.value(of: field.type(among: { _ in kind }), label: field.label))
        }
        let short = part.shorthand.compactMap { key in values.first { $0.0 == key }?.1 }
        if !short.isEmpty, short.count == part.shorthand.count { return Text(joining: short, with: ":") }
        return Text(joining: values.flatMap { [Text("--\($0.0.hyphenated)"), $0.1] }, with: " ")
    }

    private func add(_ session: Session) throws {
        let texts = session.invocation.operands.dropFirst()
        let given = options.inputs(in: session.invocation)
        if let whole = texts.first ?? session.invocation[options.input] {
            // The options would make a row of their own, although the user intends them for this one.
            try session.invocation.refuse(
                options.fields(),
                for: Text(en: "a row that is whole already: \(whole)", es: "una fila que ya está completa: \(whole)"),
                hint: Text(
                    en: "give a row by options alone, or all of it in its word",
                    es: "dar una fila solo con opciones, o toda ella en su palabra"
                )
            )
        }
        // A fault among several rows is told with the number of its row.
        let several = given.isEmpty && texts.count > 1 ? Array(texts) : []
        let rows = given.isEmpty ? try (several.isEmpty ? texts : []).map { try part.inputs($0) } : [given]
        let file = try session.invocation[options.input].map { try session.partRecords(of: part, in: $0) }
        if file == nil {
            try session.invocation.refuse(
                DialectOptions.allReading,
                for: Text(en: "rows that are given here", es: "filas que se dan aquí"),
                hint: Text(en: "give --input with it, or leave it out", es: "dar --input con ella, u omitirla")
            )
        }
        guard !rows.isEmpty || !several.isEmpty || file != nil else {
            throw CRMError(
                .usage,
                Text(en: "no row is given", es: "no se indica ninguna fila"),
                hint: UsageError.seeHelp(of: "\(lead) add"),
                module: module.name
            )
        }
        let start = try session.invocation[Self.at].map(Int64.init)
        try write(session) { transaction, record in
            for row in rows { try transaction.add(part, to: record, of: module, row, at: start) }
            var count = rows.count
            func next() -> Int64? { start.map { $0 + Int64(count) } }
            if !several.isEmpty { count += try transaction.add(several, of: part, to: record, of: module, at: next()) }
            if let file { count += try transaction.add(file, of: part, to: record, of: module, at: next()) }
            try transaction.reviewOccurrences(part, of: record, in: module)
            return count > 0
        }
    }
}

extension String {
    /// The sentence as a phrase, without its full stop.
    fileprivate var withoutStop: String { last == "." ? String(dropLast()) : self }
}
