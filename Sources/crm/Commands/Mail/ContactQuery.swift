import CLIKit
import CRMKit
import Formats
import Localization

/// `crm contact query WORDS`: prints addresses for the address search of a mail program.
enum ContactQueryVerb: Verb {
    static let name = "query"

    static func summary(of module: Module) -> Text {
        Text(
            en: "Answer a mail program's question for addresses",
            es: "Responder a un programa de correo que pide direcciones"
        )
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) query"
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Prints the addresses of contacts of whose name, organization or addresses each word is the beginning \
                        of a word: a line each with address, name and organization between tabs. With --format mutt a line \
                        that says how many there are comes first, as mutt's query_command wants it; without any the exit \
                        status is 1. aerc's address-book-cmd takes the form without it.
                        """,
                    es: """
                        Imprime las direcciones de contactos en cuyo nombre, cliente o direcciones cada palabra es el \
                        comienzo de una palabra: una línea por cada una con dirección, nombre y cliente entre tabuladores. \
                        Con --format mutt va antes una línea que dice cuántas son, como la pide query_command de mutt; si no \
                        hay ninguna, el estado de salida es 1. address-book-cmd de aerc toma la forma sin ella.
                        """
                )
            ],
            operands: [
                Operand(
                    Placeholder.words,
                    .oneOrMore,
                    summary: Text(en: "beginnings of words", es: "comienzos de palabras")
                )
            ],
            examples: [
                Example(
                    "set query_command = \"\(lead) --format mutt -- %s\"",
                    Text(en: "In mutt's configuration", es: "En la configuración de mutt")
                ),
                Example(
                    "address-book-cmd = \(lead) \"%s\"",
                    Text(en: "In aerc's configuration", es: "En la configuración de aerc")
                ),
            ],
            seeAlso: ["search", "email draft"],
            synonyms: ["consulta", "libreta", "address-book", "lookup"],
            run: { session in try run(module, in: session) }
        )
        .adapting(GlobalOptions.format(among: ["mutt"]))
    }

    private static func run(_ module: Module, in session: Session) throws {
        if let form = session.invocation.formName, form != "mutt" {
            throw CRMError(
                .usage,
                Text(
                    en: "contact query prints lines for mail programs, no \(form)",
                    es: "contact query imprime líneas para programas de correo, no \(form)"
                ),
                hint: Text(
                    en: "leave --format out, say --format mutt, or ask search and contact list",
                    es: "omitir --format, indicar --format mutt, o preguntar a search y contact list"
                )
            )
        }
        let store = try session.openStore(for: .reading)
        // Points and signs alone are no words to search for.
        let words = session.invocation.operands.flatMap {
            $0.split { !$0.isLetter && !$0.isNumber && $0 != "@" && $0 != "." }
        }.filter { $0.contains { $0.isLetter || $0.isNumber } }
        let text = words.map { "\($0)*" }.joined(separator: " ")
        try session.catchUp(with: store, for: [module])
        var lines: [String] = []
        if !text.isEmpty {
            let hits = try store.search(for: text, in: [module])
            while let hit = try hits.nextID() { lines += try addresses(of: hit.id, in: store, module) }
        }
        let isMutt = session.invocation.formName == "mutt"
        try session.withOutput { sink in
            if isMutt {
                let count = lines.count
                let told = Text(en: "\(count) found", es: "\(count) encontrados")
                try sink.append(told(in: session.language) + "\n")
            }
            for line in lines { try sink.append(line + "\n") }
        }
        if isMutt, lines.isEmpty { throw CommandFailure(status: ExitStatus.failed) }
    }

    private static func addresses(of id: Int64, in store: Store, _ module: Module) throws -> [String] {
        let fields = module.emailFields
        let values = try store.texts(["name", "organization.name"] + fields, of: id, in: module)
        let addresses =
            try fields.compactMap { values[$0] }
            + store.pointAddresses(of: id, in: module).map(\.address)
        let rest = [values["name"] ?? "", values["organization.name"] ?? ""].map(field)
        return addresses.map { ([field($0)] + rest).joined(separator: "\t") }
    }

    /// Returns a text that cannot end its field or its line.
    private static func field(_ text: String) -> String {
        Sanitizer.visible(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
}
