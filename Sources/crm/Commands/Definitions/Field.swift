import CLIKit
import CRMKit
import Localization

/// `crm field add|list|show|edit|remove`: manages the custom fields of a database.
enum FieldCommand: ProgramCommand {
    static let name = "field"
    static let summary = Text(en: "Add fields of one's own", es: "Agregar campos propios")

    static let type = ValueOption<CustomType>(
        "type",
        Placeholder.type,
        summary: Text(en: "What the field holds, text by default", es: "Lo que contiene el campo, por omisión text"),
        discussion: Text(
            en: "One of \(CustomType.listing.en). It cannot be changed later.",
            es: "Uno de \(CustomType.listing.es). No se puede cambiar después."
        ),
        completion: .words(CustomType.names.map { ($0, Text($0)) })
    ) { text throws(ExpectedValue) in
        guard let type = CustomType(name: text) else { throw .oneOf(CustomType.names) }
        return type
    }
    .synonyms("tipo")
    static let values = ListOption<String>(
        "values",
        "A,B",
        separatedBy: ",",
        summary: Text(en: "The choices of a choice field", es: "Las opciones de un campo de opciones"),
        discussion: Text(
            en:
                "As people write them, 1a,2b too; the keys are the same without accents. \(ProgramName.placeholder) choice adds more, with labels.",
            es:
                "Como las escriben las personas, también 1a,2b; las claves son lo mismo sin acentos. \(ProgramName.placeholder) choice agrega más, con etiquetas."
        )
    )
    .synonyms("valores opciones choices")
    static let english = ValueOption<String>(
        "en",
        Placeholder.label,
        summary: Text(en: "What people read in English", es: "Lo que se lee en inglés"),
        discussion: Text(
            en: "Without it, the other label, or the key in words.",
            es: "Sin ella, la otra etiqueta o la clave en palabras."
        )
    )
    static let spanish = ValueOption<String>(
        "es",
        Placeholder.label,
        summary: Text(en: "What people read in Spanish", es: "Lo que se lee en español"),
        discussion: Text(
            en: "Without it, the other label, or the key in words.",
            es: "Sin ella, la otra etiqueta o la clave en palabras."
        )
    )
    static let required = Switch(
        "required",
        summary: Text(en: "No record may be without it", es: "Ningún registro puede quedar sin él"),
        discussion: Text(
            en: "Records without a value get the default; where there is none, each needs a value first.",
            es: "Los registros sin valor reciben el de omisión; si no lo hay, cada uno necesita antes un valor."
        )
    )
    static let key = Switch(
        "key",
        summary: Text(
            en: "References can name a record by it",
            es: "Las referencias pueden nombrar un registro por él"
        ),
        discussion: Text(
            en:
                "As region:norte names the record that has it; where several do, they are listed. For texts, codes, addresses and whole numbers. An e-mail or a telephone of a contact or an organization is found by email: and phone: without it too.",
            es:
                "Así, region:norte nombra el registro que lo tiene; si son varios, se listan. Para textos, códigos, direcciones y enteros. El correo o el teléfono de un contacto o cliente se encuentra con email: y phone: también sin esto."
        )
    )
    static let standard = ValueOption<String>(
        "default",
        Placeholder.value,
        summary: Text(en: "What a new record gets", es: "Lo que recibe un registro nuevo"),
        discussion: Text(
            en:
                "With a new field, the records that exist get it too; later only new ones and, with --required, those without a value. A day or a moment may be counted from when a record is made: today, +30d, now; it is kept as written, and records that exist get that of the command, all the same. An empty one takes it away. Of a text or code it can be a pattern of numbers, INV-{year}-{n:5}: each record gets the next, and no two have the same; the manual of config tells how it is written, and {{ and }} are braces. Of a list it is words with commas between them. Amounts have none, since each record has its currency, nor have references, since a record may go.",
            es:
                "Con un campo nuevo lo reciben también los registros existentes; después, solo los nuevos y, con --required, los que no tienen valor. Un día o un momento puede contarse desde que se crea el registro: hoy, +30d, ahora; se guarda como se escribe, y los registros existentes reciben el del comando, todos el mismo. Uno vacío lo quita. En un texto o código puede ser un patrón de números, INV-{year}-{n:5}: cada registro recibe el siguiente y ninguno se repite; el manual de config dice cómo se escribe, y {{ y }} son llaves. En una lista son palabras separadas por comas. Los importes no tienen, pues cada registro tiene su moneda, ni las referencias, pues un registro puede desaparecer."
        )
    )
    .synonyms("predeterminado")
    static let hidden = Switch(
        "hidden",
        summary: Text(en: "Removed, with its values kept", es: "Quitado, con sus valores conservados"),
        discussion: Text(
            en: "--no-hidden brings a field back that was removed.",
            es: "--no-hidden recupera un campo que se quitó."
        )
    )
    static let purge = Flag(
        "purge",
        summary: Text(
            en: "Drop the field with every value that records have and had",
            es: "Eliminar el campo con todos los valores que los registros tienen y tuvieron"
        ),
        discussion: Text(
            en: """
                On a terminal it asks; elsewhere --yes is needed. An undo brings back the field, not the values; it is \
                required then only if it has a default.
                """,
            es: """
                En una terminal pregunta; en otro caso se necesita --yes. Deshacerlo recupera el campo, no los valores; \
                solo es obligatorio si tiene un valor predeterminado.
                """
        )
    )
    .synonyms("purgar")
    static let yes = Flag(
        "yes",
        short: "y",
        summary: Text(en: "Do not ask before values are lost", es: "No preguntar antes de perder valores"),
        discussion: Text(
            en: "What --purge takes away no undo brings back.",
            es: "Lo que se lleva --purge no se recupera deshaciendo."
        )
    )

    static func command(in registry: Registry) -> Command {
        FieldGrammar(registry: registry).command
    }
}

/// The grammar of `field` and its subcommands.
private struct FieldGrammar {
    let registry: Registry

    var command: Command {
        Command(
            FieldCommand.name,
            summary: FieldCommand.summary,
            discussion: [
                Text(
                    en: """
                        A field that is added here works as those of the program do: option, help, completion, JSON, \
                        CSV, filters, sorting, import, export and history. It belongs to the database, and comes \
                        along in what export prints and apply takes in.
                        """,
                    es: """
                        Un campo que se agrega aquí funciona como los del programa: opción, ayuda, autocompletado, \
                        JSON, CSV, filtros, orden, importación, exportación e historial. Pertenece a la base de datos \
                        y acompaña a lo que export imprime y apply toma.
                        """
                ),
                Text(
                    en: "The rows of parts can have fields too: quote.line is a module and a part.",
                    es: "También las filas de partes pueden llevar campos: quote.line es un módulo y una parte."
                ),
                Text(
                    en: "Adding one is a change like any other: undo takes it away, unless records have a value in it.",
                    es:
                        "Agregar uno es un cambio como otro: undo lo quita, salvo que algún registro tenga un valor en él."
                ),
            ],
            examples: [
                Example(
                    "\(ProgramName.placeholder) field add opportunity region --type choice --values norte,sur "
                        + "--en Region --es Región",
                    Text(en: "A choice of one's own", es: "Una opción propia")
                ),
                Example(
                    "\(ProgramName.placeholder) field add organization credit_days --type integer --default 30",
                    Text(en: "Give all organizations 30 days", es: "Dar 30 días a todos los clientes")
                ),
                Example(
                    "\(ProgramName.placeholder) field add contact joined_on --type date --default today",
                    Text(en: "Date new contacts", es: "Dar a los contactos nuevos su fecha de alta")
                ),
                Example(
                    "\(ProgramName.placeholder) field add asset tag_no --default 'INV-{year}-{n:5}'",
                    Text(en: "Number all assets", es: "Numerar todos los activos")
                ),
                Example(
                    "\(ProgramName.placeholder) field add quote.line color --type choice --values rojo,verde",
                    Text(en: "A field of the lines of quotes", es: "Un campo de las líneas de cotizaciones")
                ),
            ],
            seeAlso: ["choice"],
            subcommands: [add, list, show, edit, remove],
            synonyms: ["campo"]
        )
    }

    private var add: Subcommand {
        Subcommand(
            "add",
            Text(en: "Add a field to a module or a part", es: "Agregar un campo a un módulo o una parte"),
            Text(
                en: "KEY is its option, its JSON key and its column; accents, blanks and capitals are taken out of it.",
                es: "CLAVE es su opción, su clave JSON y su columna; se le quitan acentos, espacios y mayúsculas."
            ),
            operands: [module, key(isNew: true)],
            options: [
                FieldCommand.type, FieldCommand.values, FieldCommand.english, FieldCommand.spanish,
                FieldCommand.required, FieldCommand.key, FieldCommand.standard, WritingOptions.create,
                WritingOptions.dryRun,
            ]
        ) { session in
            let request = FieldRequest(session.invocation)
            try session.changeField { transaction, rows, key in
                try transaction.addField(key, to: rows, request)
            }
        }
    }

    private var edit: Subcommand {
        Subcommand(
            "edit",
            Text(en: "Change a field that was added", es: "Cambiar un campo agregado"),
            Text(
                en: "Its type and its key stay. --no-hidden brings a removed one back with its values.",
                es: "Su tipo y su clave no cambian. --no-hidden recupera uno quitado, con sus valores."
            ),
            operands: [module, key],
            options: [
                FieldCommand.english, FieldCommand.spanish, FieldCommand.required, FieldCommand.key,
                FieldCommand.standard, FieldCommand.hidden, WritingOptions.dryRun,
            ]
        ) { session in
            let request = FieldRequest(session.invocation)
            try session.changeField { transaction, rows, key in
                _ = try transaction.editField(key, of: rows, request)
                return try transaction.addedField(key, of: rows)
            }
        }
    }

    private var remove: Subcommand {
        Subcommand(
            "remove",
            Text(en: "Remove a field that was added", es: "Quitar un campo agregado"),
            Text(
                en: "Nothing shows the field any more; its values stay and come back with field edit --no-hidden.",
                es: "Nada muestra ya el campo; sus valores se conservan y vuelven con field edit --no-hidden."
            ),
            operands: [module, key],
            options: [FieldCommand.purge, FieldCommand.yes, WritingOptions.dryRun]
        ) { session in
            try session.removeField()
        }
    }

    private var list: Subcommand {
        Subcommand(
            "list",
            Text(en: "List the fields that were added", es: "Listar los campos agregados"),
            Text(en: "Those that were removed are listed too.", es: "También se listan los que se quitaron."),
            operands: [
                Operand(
                    Placeholder.module,
                    .optional,
                    summary: Text(en: "of this module or part alone", es: "solo de este módulo o parte"),
                    completion: modules
                )
            ],
            hasIDs: false
        ) { session in
            let store = try session.openStore(for: .reading)
            let rows = try session.invocation.operands.first.map { try store.checkRows(DefinedRows(name: $0)) }
            let fields = store.definitions.fields.filter { field in
                guard let rows else { return true }
                return field.rows == rows || rows.within == nil && field.module == rows.module
            }
            try session.print(fields, of: store)
        }
    }

    private var show: Subcommand {
        Subcommand(
            "show",
            Text(en: "Show a field that was added", es: "Mostrar un campo agregado"),
            Text(en: "As JSON it is an object.", es: "En JSON es un objeto."),
            operands: [module, key],
            hasIDs: false
        ) { session in
            let store = try session.openStore(for: .reading)
            let operands = session.invocation.operands
            try session.print(store.addedField(operands[1], of: DefinedRows(name: operands[0])), of: store)
        }
    }

    private var modules: Completion {
        .words(registry.names.flatMap { registry.extensibleRows(of: $0) }.map { ($0.rows.noun, $0.label) })
    }

    private var module: Operand {
        Operand(
            Placeholder.module,
            .one,
            summary: Text(
                en: "a module, such as contact, or a part, such as quote.line",
                es: "un módulo, como contact, o una parte, como quote.line"
            ),
            completion: modules
        )
    }

    private var key: Operand { key(isNew: false) }

    /// - Parameter isNew: whether the field does not exist yet.
    private func key(isNew: Bool) -> Operand {
        Operand(
            Placeholder.key,
            .one,
            summary: Text(en: "the field's key, such as region", es: "la clave del campo, como region"),
            completion: isNew ? .none : .found(.addedField)
        )
    }
}
