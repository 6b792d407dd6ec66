import CLIKit
import CRMKit
import Formats
import Localization

/// `crm MODULE export`: writes records for other systems, or for importing them again.
enum ExportVerb: Verb {
    static let name = "export"

    static let output = ValueOption<String>(
        "output",
        short: "o",
        Placeholder.file,
        summary: Text(
            en: "Write here, whole or not at all; - for standard output, the default",
            es: "Escribir aquí, entero o nada; - para la salida estándar, la predeterminada"
        ),
        discussion: Text(
            en: "A file that is there is replaced when the new one is complete; only its owner may read it then.",
            es: "Un archivo existente se reemplaza cuando el nuevo está completo; solo su dueño puede leerlo entonces."
        ),
        completion: .files
    ).synonyms("salida archivo fichero file destino out to ruta path")
    private static let links = Flag(
        "links",
        summary: Text(
            en: "Add a column with the ids of the contacts linked",
            es: "Agregar una columna con los ids de los contactos vinculados"
        ),
        discussion: Text(
            en: "An import takes such a column as links to make.",
            es: "Una importación toma una columna así como vínculos por crear."
        )
    )
    static let vcardVersion = ValueOption<CardVersion>(
        "vcard-version",
        Placeholder.version,
        among: CardVersion.allCases,
        summary: Text(
            en: "Write vCards of version 3.0, the default, or 4.0",
            es: "Escribir vCards de la versión 3.0, la predeterminada, o 4.0"
        ),
        discussion: Text(
            en: "Telephones and older programs read 3.0 (RFC 2426); 4.0 is RFC 6350.",
            es: "Los teléfonos y programas antiguos leen 3.0 (RFC 2426); 4.0 es RFC 6350."
        )
    )

    /// Returns the parts whose rows can each be a row of the output.
    static func flatParts(of module: Module) -> [Part] { module.givenParts.filter { $0.kindField == nil } }

    /// Returns the option for an output with a row for each row of a part: `--by-line`.
    static func flat(_ part: Part) -> Flag {
        let (noun, several) = (part.label.en.lowercased(), part.plural.es.lowercased())
        return Flag(
            "by-\(part.name)",
            summary: Text(
                en: "Write a row for each \(noun), the record's columns repeated",
                es: "Escribir una fila por cada una de: \(several), repitiendo las columnas del registro"
            ),
            discussion: Text(
                en: """
                    Columns are called \(part.name).FIELD; an import takes such a file back. A record without any has one \
                    row.
                    """,
                es: """
                    Las columnas se llaman \(part.name).CAMPO; una importación toma de vuelta un archivo así. Un registro \
                    sin ninguna tiene una fila.
                    """
            )
        )
    }

    /// Returns the option for columns with the linked records.
    static func links(of module: Module? = nil, center: ModuleName? = nil) -> Flag {
        guard let module, module.name == center else { return links }
        return links.described(
            as: Text(
                en: "Add a column for each module, with the ids of the records linked",
                es: "Agregar una columna por módulo, con los ids de los registros vinculados"
            ),
            links.option.discussion
        )
    }

    static func summary(of module: Module) -> Text {
        Text(en: "Export \(module.several.en)", es: "Exportar \(module.several.es)")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        ExportGrammar(module: module, registry: registry).command
    }
}

/// The grammar of `export`.
struct ExportGrammar {
    let module: Module
    let registry: Registry

    var command: Command {
        let module = module
        let noun = module.name.noun
        let (lead, file) = ("\(ProgramName.placeholder) \(noun) export", module.fileName(ending: "csv"))
        return Command(
            ExportVerb.name,
            summary: ExportVerb.summary(of: module),
            discussion: discussion,
            options: options,
            examples: [
                Example(
                    Text(en: "\(lead) --output \(file.en)", es: "\(lead) --output \(file.es)"),
                    Text(en: "All of them, in a file", es: "Todos, en un archivo")
                ),
                Example(
                    Text(
                        en: "\(lead) --excel-es --spreadsheet-safe --output \(file.en)",
                        es: "\(lead) --excel-es --spreadsheet-safe --output \(file.es)"
                    ),
                    Text(en: "For a Spanish Excel", es: "Para un Excel en español")
                ),
            ] + (module.cards == nil ? [] : [cardExample]) + (module.calendar == nil ? [] : [calendarExample])
                + (module.takesMail ? [mailExample] : []),
            seeAlso: ["\(noun) import", "\(noun) list", "export"],
            run: { session in
                try ExportRun(request: ExportRequest(session.invocation, module), module: module, session: session)
                    .run()
            }
        )
        .adapting(GlobalOptions.format(among: ExportRun.formatNames(of: module)))
    }

    private var cardExample: Example {
        Example(
            Text(
                en: "\(ProgramName.placeholder) \(module.name.noun) export --format vcard --output cards/",
                es: "\(ProgramName.placeholder) \(module.name.noun) export --format vcard --output tarjetas/"
            ),
            Text(en: "A vCard for each, in a folder", es: "Una vCard de cada uno, en una carpeta")
        )
    }

    private var calendarExample: Example {
        Example(
            Text(
                en: "\(ProgramName.placeholder) \(module.name.noun) export --format ics --output calendar/",
                es: "\(ProgramName.placeholder) \(module.name.noun) export --format ics --output calendario/"
            ),
            Text(
                en: "A calendar file for each, in a folder",
                es: "Un archivo de calendario de cada uno, en una carpeta"
            )
        )
    }

    private var options: [any OptionDeclaration] {
        let subject = CompletionTag.Subject.module(module.name)
        let selecting: [any OptionDeclaration] = [
            SharedOptions.view(subject), SharedOptions.filter(subject), SharedOptions.sort(subject),
            SharedOptions.columns(subject),
        ]
        // Only modules with links have links to export.
        let isLinked = !module.linkedModules(in: registry).isEmpty
        let links: [any OptionDeclaration] = isLinked ? [ExportVerb.links(of: module, center: registry.center)] : []
        let cards: [any OptionDeclaration] = module.cards == nil ? [] : [ExportVerb.vcardVersion]
        let flat: [any OptionDeclaration] = ExportVerb.flatParts(of: module).map(ExportVerb.flat)
        return selecting + links + flat + [ExportVerb.output] + cards
            + DialectOptions.writing(group: Text(en: "Writing", es: "Escritura"))
    }

    private var discussion: [Text] {
        tables + (module.cards == nil ? [] : [cards]) + (module.calendar == nil ? [] : [calendars])
            + (module.takesMail ? [mail] : [])
    }

    private var calendars: Text {
        Text(
            en: """
                --format ics writes a calendar (iCalendar, RFC 5545): to a file, or to a folder, named with a slash at its end \
                or there already, in which each event has a file of its own named by its UID, as vdirsyncer keeps them. A \
                task is a VTODO, reminders are VALARM, linked contacts with an e-mail ATTENDEE with their response; the \
                time zones that are named are defined from the system's zone files. What an import has read and no field \
                holds is written again. An event without a UID gets one by which an import knows it.
                """,
            es: """
                --format ics escribe un calendario (iCalendar, RFC 5545): en un archivo, o en una carpeta, nombrada con una \
                barra al final o ya existente, en la que cada evento tiene su archivo con el nombre de su UID, como los \
                guarda vdirsyncer. Una tarea es un VTODO, los recordatorios son VALARM, los contactos vinculados que tienen \
                correo, ATTENDEE con su respuesta; las zonas horarias nombradas se definen según los archivos de zonas del \
                sistema. Lo que una importación leyó y ningún campo contiene se escribe de nuevo. Un evento sin UID recibe \
                uno por el que una importación lo reconoce.
                """
        )
    }

    private var mail: Text {
        Text(
            en: """
                --format mbox writes the messages whole, as they came, into one file, where lines that begin with From are \
                marked as mboxrd has it; --format maildir writes each into a file of the Maildir that --output names. Both \
                are read by mail programs, and by import. Messages of which only the fields are kept are left out, which is \
                told.
                """,
            es: """
                --format mbox escribe los mensajes enteros, como llegaron, en un solo archivo, con las líneas que empiezan \
                con From marcadas como en mboxrd; --format maildir escribe cada uno en un archivo del Maildir que indica \
                --output. Ambos los leen los programas de correo, e import. Se omiten, con aviso, los mensajes de los que \
                solo se guardan los campos.
                """
        )
    }

    private var mailExample: Example {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) export --format mbox --where 'date >= -1y'"
        return Example(
            Text(en: "\(lead) --output year.mbox", es: "\(lead) --output del-año.mbox"),
            Text(
                en: "The messages of a year, for a mail program",
                es: "Los mensajes de un año, para un programa de correo"
            )
        )
    }

    private var cards: Text {
        Text(
            en: """
                --format vcard writes vCards with the addresses and the contact points, in UTF-8: to a file, or to a folder, named with a slash \
                at its end or there already, in which each card has a file of its own named by the external id, its UID. A \
                contact without one has a UID by which the same database knows the card again, and a file named by its id. What an import has read from a card and no field holds is written again. Fields for which \
                vCards have no property are not written; for those take the other formats.
                """,
            es: """
                --format vcard escribe vCards con las direcciones y los puntos de contacto, en UTF-8: en un archivo, o en una carpeta, nombrada \
                con una barra al final o ya existente, en la que cada tarjeta tiene su archivo con el nombre del id \
                externo, que es su UID. Un contacto sin él tiene un UID por el que la misma base de datos reconoce la \
                tarjeta, y un archivo con el nombre de su id. Lo que una importación leyó de una tarjeta y ningún campo contiene se escribe de \
                nuevo. Los campos sin propiedad en las vCards no se escriben; para ellos usar los otros formatos.
                """
        )
    }

    private var tables: [Text] {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) import --match id"
        return [
            Text(
                en: """
                    Writes the id and every field that can be set, as CSV unless --format, or without it the ending of the \
                    file's name, says tsv, json, jsonl or another one. \
                    References are ids with the names beside them, moments UTC, amounts in the record's currency beside \
                    them, so that '\(lead)' takes the file back exactly; another database, where an id is of another \
                    name, refuses it: there choose --columns, such as organization.name, or --map organization=-, and \
                    match by external_id.
                    """,
                es: """
                    Escribe el id y cada campo que puede definirse, como CSV si --format, o en su falta la terminación del \
                    nombre del archivo, no dice tsv, json, jsonl u otro. \
                    Las referencias son ids con los nombres a su lado, los momentos UTC y los importes están en la \
                    moneda del registro a su lado, de modo que '\(lead)' recupera el archivo exactamente; otra base de \
                    datos, donde un id es de otro nombre, lo rechaza: allí elegir --columns, como organization.name, o \
                    --map organization=-, y emparejar por external_id.
                    """
            ),
            Text(
                en: """
                    A percentage of at most 1 has its sign in CSV and TSV, 0.5%, since people and spreadsheets keep 50 % as \
                    0.5, and an import could not know; any other is a bare number, as all are in JSON.
                    """,
                es: """
                    Un porcentaje de 1 o menos lleva su signo en CSV y TSV, 0.5%, porque las personas y las hojas de cálculo \
                    guardan 50 % como 0.5, y una importación no podría saberlo; los demás son números solos, como todos en \
                    JSON.
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
