import CLIKit
import CRMKit
import Formats
import Localization

extension Verb {
    /// `crm MODULE export`: records for other systems, and for the way back.
    static let exporting = Verb(
        "export",
        summary: { Text(en: "Export \($0.several.en)", es: "Exportar \($0.several.es)") },
        command: { module, registry in ExportGrammar(module, registry: registry).command },
        run: { session, module in try ExportRun(session: session, module: module).run() }
    )
}

/// The grammar of `export`.
struct ExportGrammar {
    private let module: Module
    private let registry: Registry

    init(_ module: Module, registry: Registry) {
        self.module = module
        self.registry = registry
    }

    static let output = Option(
        "output",
        short: "o",
        .value("FILE"),
        summary: Text(
            en: "Write here, whole or not at all; - for standard output, the default",
            es: "Escribir aquí, entero o nada; - para la salida estándar, la predeterminada"
        ),
        completion: .files
    )

    var command: Command {
        let noun = module.name.noun
        return Command(
            "export",
            summary: Verb.exporting.summary(module),
            discussion: discussion,
            options: [
                SharedOptions.filter(noun),
                SharedOptions.sort(noun),
                SharedOptions.columns(noun),
            ] + links + [Self.output] + (module.cards == nil ? [] : [ExportCards.option])
                + DialectOptions.writing(group: Text(en: "Writing", es: "Escritura")),
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) export --output \(noun).csv",
                    Text(en: "All of them, in a file", es: "Todos, en un archivo")
                ),
                Example(
                    "\(ProgramName.placeholder) \(noun) export --excel-es --spreadsheet-safe --output \(noun).csv",
                    Text(en: "For a Spanish Excel", es: "Para un Excel en español")
                ),
            ] + (module.cards == nil ? [] : [cardExample]),
            seeAlso: ["\(noun) import", "\(noun) list", "export"]
        )
    }

    private var cardExample: Example {
        Example(
            "\(ProgramName.placeholder) \(module.name.noun) export --format vcard --output cards/",
            Text(en: "A vCard for each, in a folder", es: "Una vCard de cada uno, en una carpeta")
        )
    }

    /// Only what is linked has links to export.
    private var links: [Option] {
        guard !module.linkedModules(in: registry).isEmpty else { return [] }
        return [
            Option(
                "links",
                summary: module.name == registry.center
                    ? Text(
                        en: "Add a column for each module, with the ids of the records linked",
                        es: "Agregar una columna por módulo, con los ids de los registros vinculados"
                    )
                    : Text(
                        en: "Add a column with the ids of the contacts linked",
                        es: "Agregar una columna con los ids de los contactos vinculados"
                    )
            )
        ]
    }

    private var discussion: [Text] { tables + (module.cards == nil ? [] : [cards]) }

    private var cards: Text {
        Text(
            en: """
                --format vcard writes vCards with the addresses, in UTF-8: to a file, or to a folder, named with a slash \
                at its end or there already, in which each card has a file of its own named by the UID, which is the \
                external id. What an import has read from a card and no field holds is written again. Fields for which \
                vCards have no property are not written; for those take the other formats.
                """,
            es: """
                --format vcard escribe vCards con las direcciones, en UTF-8: en un archivo, o en una carpeta, nombrada \
                con una barra al final o ya existente, en la que cada tarjeta tiene su archivo con el nombre del UID, \
                que es el id externo. Lo que una importación leyó de una tarjeta y ningún campo contiene se escribe de \
                nuevo. Los campos sin propiedad en las vCards no se escriben; para ellos usar los otros formatos.
                """
        )
    }

    private var tables: [Text] {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) import --match id"
        return [
            Text(
                en: """
                    Writes the id and every field that can be set, as CSV unless --format names tsv, json or jsonl. \
                    References are ids, moments UTC, amounts in the record's currency beside them, so that '\(lead)' \
                    takes the file back exactly; for another database choose --columns, such as organization.name, \
                    and match by external_id.
                    """,
                es: """
                    Escribe el id y cada campo que puede definirse, como CSV si --format no indica tsv, json o jsonl. \
                    Las referencias son ids, los momentos UTC y los importes están en la moneda del registro a su \
                    lado, de modo que '\(lead)' recupera el archivo exactamente; para otra base de datos elegir \
                    --columns, como organization.name, y emparejar por external_id.
                    """
            ),
            Text(
                en: """
                    --spreadsheet-safe writes an apostrophe before text that a spreadsheet would run as a formula; \
                    such a file is for people, not for the way back. --excel-es also writes the mark by which Excel \
                    knows UTF-8.
                    """,
                es: """
                    --spreadsheet-safe escribe un apóstrofo antes del texto que una hoja de cálculo ejecutaría como \
                    fórmula; ese archivo es para personas, no para volver a importarlo. --excel-es escribe además la \
                    marca por la que Excel reconoce UTF-8.
                    """
            ),
        ]
    }
}
