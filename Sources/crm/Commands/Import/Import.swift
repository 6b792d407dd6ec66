import CLIKit
import CRMKit
import Formats
import Localization

/// `crm MODULE import [FILE]`: imports records from other systems, as new or matched ones.
enum ImportVerb: Verb {
    static let name = "import"

    static func summary(of module: Module) -> Text {
        Text(en: "Import \(module.several.en)", es: "Importar \(module.several.es)")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        ImportGrammar(module: module, registry: registry).command
    }
}

/// The grammar of `import`.
struct ImportGrammar {
    let module: Module
    let registry: Registry

    var command: Command {
        let (module, registry) = (module, registry)
        return Command(
            ImportVerb.name,
            summary: Text(
                en: "Import \(module.several.en) from a file",
                es: "Importar \(module.several.es) de un archivo"
            ),
            discussion: discussion,
            operands: [
                Operand(
                    Placeholder.file,
                    module.takesMail ? .any : .optional,
                    summary: fileSummary,
                    completion: .files
                )
                .synonyms(SharedOperands.inputNames)
            ],
            options: ImportVerbOptions(module, registry).all + (module.takesChats ? ChannelImport.options : []),
            examples: examples,
            seeAlso: ["\(module.name.noun) export", "undo"],
            run: { session in
                if let mail = try MailImportRun(module, in: session) { return try mail.run() }
                if module.takesChats, let kind = try ChannelImport.kind(session.invocation) {
                    return try ChannelImportRun(kind: kind, module: module, session: session).run()
                }
                let request = try ImportRequest(session.invocation, module, registry)
                try ImportRun(request, module: module, session: session).run()
            }
        )
    }

    private var fileSummary: Text {
        let file =
            module.takesMail
            ? Text(en: "the files, - for standard input", es: "los archivos, - para la entrada estándar")
            : Text(en: "the file, - for standard input", es: "el archivo, - para la entrada estándar")
        let folder =
            module.cards != nil
            ? Text(en: "a folder of vCards", es: "una carpeta de vCards")
            : module.calendar != nil
                ? Text(en: "a folder of calendars", es: "una carpeta de calendarios")
                : module.takesInvoices
                    ? Text(en: "a folder of invoices", es: "una carpeta de facturas")
                    : module.takesMail ? Text(en: "folders of mail", es: "carpetas de correo") : nil
        guard let folder else { return file }
        return Text(en: "\(file.en), or \(folder.en)", es: "\(file.es), o \(folder.es)")
    }

    /// The manual's paragraph about splitting whole names.
    private var names: Text {
        Text(
            en: """
                A whole name that stands alone is split as Spanish names are: of three words the first is the given name \
                unless the second is a common second one (Juan Carlos Paz), of more the last two are surnames, each with \
                its particles; a comma says it all (Paz, Ana). What a mailing, work or home address has in several columns \
                becomes an address of the contact.
                """,
            es: """
                Un nombre completo que está solo se separa como los nombres españoles: de tres palabras la primera es el \
                nombre, salvo que la segunda sea un segundo nombre común (Juan Carlos Paz); de más, las dos últimas son \
                apellidos, cada uno con sus partículas; una coma lo dice todo (Paz, Ana). Lo que una dirección postal, \
                de trabajo o particular tiene en varias columnas se convierte en una dirección del contacto.
                """
        )
    }

    private var discussion: [Text] {
        (module.takesMail ? MailManual.importing : []) + tables + (module.cards == nil ? [] : [names])
            + module.givenParts.map(rows) + (module.cards == nil ? [] : [cards])
            + (module.calendar == nil ? [] : [calendars]) + (module.takesInvoices ? [invoices] : [])
            + (module.takesChats ? [ChannelImport.discussion] : [])
    }

    /// Returns the manual's paragraph about rows of a part in the input.
    private func rows(of part: Part) -> Text {
        let whole = Text(
            en:
                "\(part.key) holds all \(part.plural.en.lowercased()) of a record: in JSON an array of objects, in the order of their positions, elsewhere rows as --\(part.name) takes them, with semicolons between them.",
            es:
                "\(part.key) contiene todas las filas de \(part.plural.es.lowercased()) de un registro: en JSON un arreglo de objetos, en el orden de sus posiciones, en lo demás filas como las toma --\(part.name), con punto y coma entre ellas."
        )
        guard let choice = part.kindField?.type.choices.first else { return whole }
        let key = part.key(of: choice)
        let value = part.keyField.map(\.key) ?? choice.key
        let other = part.fields.first { $0.type == .text && $0.key != value }?.key ?? value
        let example = Text(en: "\(value)=…,\(other)=…", es: "\(value)=…,\(other)=…")
        return Text(
            en:
                "\(whole.en) \(key) holds the values of that kind alone, with semicolons between them, each by itself or as \(example.en), and brings them up to date as a set; rows that stay keep what else they say.",
            es:
                "\(whole.es) \(key) contiene solo los valores de ese tipo, con punto y coma entre ellos, cada uno solo o como \(example.es), y los actualiza como conjunto; las filas que quedan conservan lo demás que dicen."
        )
    }

    private var invoices: Text {
        Text(
            en: """
                Electronic invoices of Mexico (CFDI 4.0 and 3.3, of type I) are read from an XML file or from all .xml files \
                of a folder; XML on standard input is known by its first bytes. The UUID of the stamp is the external id: an \
                invoice that is there already is passed over unless --on-match says otherwise. The issuer is the supplier, \
                found by its RFC or its name, else made. Each concept is a line, of the product whose code is its \
                NoIdentificacion, with its unit, price, discount and taxes: IVA by rate or exempt, IEPS, and what is withheld. \
                IEPS by a quota is excise_per_unit; any other tax that is no rate is a line of its own. What company.tax_id \
                issued itself is passed over. The total is that of the invoice: what the lines differ from it \
                by stands in adjustment and is told.
                """,
            es: """
                Las facturas electrónicas de México (CFDI 4.0 y 3.3, de tipo I) se leen de un archivo XML o de todos los \
                archivos .xml de una carpeta; el XML de la entrada estándar se reconoce por sus primeros bytes. El UUID del \
                timbre es el id externo: una factura que ya está se omite, salvo que --on-match diga otra cosa. El emisor es \
                el proveedor, que se busca por su RFC o su nombre y, si falta, se crea. Cada concepto es una línea, del \
                inventariable cuyo código sea su NoIdentificacion, con su unidad, precio, descuento e impuestos: IVA por tasa \
                o exento, IEPS y retenciones. El IEPS por cuota es excise_per_unit; otro impuesto que no sea por tasa es una \
                línea propia. Lo que emitió la propia company.tax_id se omite. El total es el de la factura: lo que las líneas \
                difieran de él queda en adjustment y se informa.
                """
        )
    }

    private var cards: Text {
        Text(
            en: """
                vCards of version 2.1, 3.0 and 4.0 are read from a file or from all .vcf files of a folder. The UID is the \
                external id, by which cards are matched unless --match says otherwise: then a card is the whole of its \
                contact, and what it no longer holds goes, addresses included; one without UID is a new contact, and is told where it was there before. \
                Matched by another field, a card only adds: where the contact has another number or e-mail, that of the \
                card is a contact point, tags are joined, and a note is put below; what else it says is taken. The first \
                e-mails, the telephones by their TYPE or X-ABLabel and the addresses become fields and records, what is beyond them (EMAIL, TEL, URL, IMPP, X-SOCIALPROFILE) contact points. What \
                a card holds and a field cannot (a number as *123#, a birthday without its year, PHOTO, additional names) is \
                told where a field was meant for it, kept, and written again by export; what was edited since wins over \
                what was kept, part by part: a first name that is edited loses the additional names it no longer ends \
                in, unless only the spelling of the others is mended. The organization must exist, or be made by --create-missing organization.
                """,
            es: """
                Las vCards de las versiones 2.1, 3.0 y 4.0 se leen de un archivo o de todos los archivos .vcf de una \
                carpeta. El UID es el id externo, por el que se emparejan las tarjetas si --match no dice otra cosa: \
                entonces una tarjeta es todo su contacto, y lo que ya no contiene se quita, también las direcciones; \
                una sin UID es un contacto nuevo, y se avisa si ya estaba. \
                Emparejada por otro campo, una tarjeta solo agrega: donde el contacto tiene otro número o correo, el de la \
                tarjeta es un punto de contacto, las etiquetas se unen y una nota se pone debajo; lo demás que dice se \
                toma. Los primeros correos, los teléfonos según su TYPE o X-ABLabel y las direcciones se convierten en \
                campos y registros; lo que los excede (EMAIL, TEL, URL, IMPP, \
                X-SOCIALPROFILE), en puntos de contacto. Lo que una tarjeta contiene y no cabe en un campo (un número como \
                *123#, un cumpleaños sin año, PHOTO, nombres adicionales) se avisa si un campo le correspondía, se \
                conserva, y export lo vuelve a escribir; lo editado después prevalece sobre lo conservado, \
                parte por parte: un nombre de pila editado pierde los nombres adicionales en los que ya no termina, salvo \
                que solo se corrija la grafía de los demás. El cliente debe existir, o crearse con --create-missing organization.
                """
        )
    }

    private var calendars: Text {
        Text(
            en: """
                Calendars (iCalendar, RFC 5545) are read from a file or from all .ics files of a folder. The UID tells events \
                apart unless --match says otherwise: what an event no longer holds goes, one with a lower SEQUENCE than \
                the one here is passed over, and one without UID is new. A VTODO is a task, which starts \
                here when it is due; one that comes again starts at its DTSTART. \
                Attendees who are contacts by their e-mail are linked with their response; the others are kept, or made by \
                --create-missing contact. Zones are those of the system, also by the names of Windows; times of a zone that \
                only the calendar defines become moments. What no field can hold (a rule with RSCALE, an end before the \
                start, properties and components of others) is kept and written again by export. A date of a series that \
                says no PRIORITY or STATUS has that of the series here. METHOD:REPLY sets the responses of attendees, \
                METHOD:CANCEL the status.
                """,
            es: """
                Los calendarios (iCalendar, RFC 5545) se leen de un archivo o de todos los archivos .ics de una carpeta. El \
                UID distingue los eventos si --match no dice otra cosa: lo que un evento ya no contiene se quita, uno con \
                SEQUENCE menor que el que hay se omite, y uno sin UID es nuevo. Un VTODO es una tarea, que aquí empieza \
                cuando vence; una que se repite empieza en su DTSTART. Los participantes que son contactos por su correo se vinculan con su respuesta; los demás se \
                conservan, o se crean con --create-missing contact. Las zonas son las del sistema, también por los nombres \
                de Windows; las horas de una zona que solo el calendario define se convierten en momentos. Lo que no cabe en \
                un campo (una regla con RSCALE, un final anterior al inicio, propiedades y componentes ajenos) se conserva y \
                export lo vuelve a escribir. Una fecha de una serie que no dice PRIORITY o STATUS tiene aquí el de la serie. \
                METHOD:REPLY fija las respuestas de los participantes; METHOD:CANCEL, el estado.
                """
        )
    }

    private var tables: [Text] {
        [
            Text(
                en: """
                    Headers may be keys, labels in English or Spanish, those of a table that an office makes by hand, or of an \
                    export: contacts of Google, Outlook, Apple, LinkedIn, HubSpot, Mailchimp, Pipedrive and Shopify, \
                    companies and deals of HubSpot, calendars of Outlook and Google, records of Salesforce and Zoho, and all that vtiger and Odoo have here. A \
                    reference may be named by any key, as in organization.name. An id may end in .0 there, as spreadsheets write \
                    it, unless that is a key. --show-mapping tells what a header is taken for. Of two columns with one header, \
                    'Correo#2' is the second in --map, and '#4' is the fourth of all; lists, links and values of points are taken from both. Rows that hold nothing, rows that repeat the \
                    header or only add up others, and a title above the header are passed over and told. The whole input is checked and every bad row reported; \
                    when there is one, nothing is written unless --continue-on-error is given.
                    """,
                es: """
                    Los encabezados pueden ser claves, etiquetas en inglés o español, los de una tabla que una oficina hace a \
                    mano, o los de una exportación: contactos de Google, Outlook, Apple, LinkedIn, HubSpot, Mailchimp, \
                    Pipedrive y Shopify, empresas y negocios de HubSpot, calendarios de Outlook y Google, registros de \
                    Salesforce y Zoho, y todo lo que vtiger y Odoo tienen aquí. Una referencia puede nombrarse por cualquier clave, como organization.name. \
                    Un id puede acabar ahí en .0, como en las hojas de cálculo, si eso no es una clave. \
                    --show-mapping dice cómo se toma cada encabezado. De dos columnas con el mismo encabezado, 'Correo#2' es \
                    la segunda en --map, y '#4' es la cuarta de todas; listas, vínculos y valores de puntos se toman de ambas. \
                    Las filas sin nada, las que repiten el encabezado o solo suman otras, y un título sobre el encabezado se \
                    omiten y se dice. Se revisa toda \
                    la entrada y se informa de cada fila incorrecta; si hay alguna no se escribe nada, salvo con \
                    --continue-on-error.
                    """
            ),
            Text(
                en: """
                    With --match, rows update the records that have the same values in those fields; a row that \
                    changes nothing writes nothing, so that importing a file twice is importing it once. A sign is part of a \
                    number: only in edit does +3 add to what is there. A row with \
                    none of those values is rejected, save one without an id: that is a new record. An empty cell \
                    takes the value away, save one that a new record gets without it, such as a number; a column that is not \
                    there leaves it. A second row of one record is refused \
                    unless --on-repeat says otherwise. Without --match a column id matches, as export and list write it, \
                    if the row has a name or a key of that record. Where neither is there, every row is a new record, and \
                    it is told how many of them are like others that were there before. created_at says when a new record was made elsewhere, \
                    for reports and timelines; of one that is there it changes nothing.
                    """,
                es: """
                    Con --match, las filas actualizan los registros que tienen los mismos valores en esos campos; una \
                    fila que no cambia nada no escribe nada, de modo que importar un archivo dos veces es importarlo \
                    una. Un signo es parte del número: solo en edit +3 se suma a lo que ya hay. Una fila sin ninguno de esos valores se rechaza, salvo la que no tiene id: es un registro \
                    nuevo. Una celda vacía quita el valor, salvo el que un registro nuevo recibe sin ella, como un número; una \
                    columna que falta lo deja. Una segunda fila de un mismo \
                    registro se rechaza si --on-repeat no dice otra cosa. Sin --match empareja una columna id, como la \
                    escriben export y list, si la fila tiene un nombre o una clave de ese registro. Si no hay ni lo uno ni \
                    lo otro, cada fila es un registro nuevo, y se dice cuántos son como otros que ya estaban. created_at dice cuándo se \
                    hizo en otra parte un registro nuevo, para informes y cronologías; en uno que ya está no cambia nada.
                    """
            ),
            Text(
                en: """
                    A percentage below 1 without its sign is refused, and so is 1 in a column of only 1 and 0: spreadsheets keep \
                    16 % as 0.16. In JSON a number has one meaning: 2.500 is 2.5, and under a field's own key a percentage is \
                    in percent; in quotes it is doubted as in a table.
                    """,
                es: """
                    Un porcentaje menor que 1 sin su signo se rechaza, y también 1 en una columna que solo tiene 1 y 0: las \
                    hojas de cálculo guardan 16 % como 0.16. En JSON un número tiene un solo significado: 2.500 es 2.5, y bajo \
                    la clave propia de un campo un porcentaje está en por ciento; entre comillas se duda de él como en una \
                    tabla.
                    """
            ),
        ]
    }

    private var examples: [Example] {
        let (lead, file) = ("\(ProgramName.placeholder) \(module.name.noun) import", module.fileName(ending: "csv"))
        if module.takesMail { return MailManual.examples }
        return [
            Example(
                Text(en: "\(lead) \(file.en) --match external_id", es: "\(lead) \(file.es) --match external_id"),
                Text(en: "Bring records up to date from a file", es: "Actualizar registros desde un archivo")
            ),
            Example(
                Text(en: "\(lead) export.csv --show-mapping", es: "\(lead) exportacion.csv --show-mapping"),
                Text(en: "See what would become what", es: "Ver qué se convertiría en qué")
            ),
        ]
    }
}
