import CLIKit
import CRMKit
import Formats
import Localization

/// `crm email draft`: writes a message, to be edited, saved to a file or sent.
enum EmailDraftVerb: Verb {
    static let name = "draft"

    private static let group = Text(en: "Message", es: "Mensaje")
    private static let refText = Text(en: "ADDRESS", es: "DIRECCIÓN")

    static let contact = ListOption<String>(
        "contact",
        "REF",
        summary: Text(en: "Write to this contact", es: "Escribir a este contacto"),
        discussion: Text(
            en: "To its first address, the second, or that of a contact point.",
            es: "A su correo principal, el secundario o el de un punto de contacto."
        ),
        group: group,
        completion: .found(.reference(.contact))
    )
    static let to = address("to", Text(en: "Write to this address", es: "Escribir a esta dirección"))
    static let cc = address("cc", Text(en: "Send a copy there", es: "Enviar copia allí"))
    static let bcc = address("bcc", Text(en: "Send a copy there, unseen by the others", es: "Enviar copia oculta allí"))
    static let from = ValueOption<String>(
        "from",
        refText,
        summary: Text(en: "Who writes it, mail.from by default", es: "Quién lo escribe, por omisión mail.from"),
        discussion: Text(
            en: "As in 'Ana Ruiz <ana@example.org>'.",
            es: "Como en 'Ana Ruiz <ana@example.org>'."
        ),
        group: group
    ).synonyms("de remitente sender")
    static let subject = ValueOption<String>(
        "subject",
        Placeholder.words,
        summary: Text(en: "What it is about", es: "De qué trata"),
        discussion: Text(
            en: "In place of the template's, and filled in as that is; without a template it stands as it is.",
            es: "En lugar del de la plantilla, y llenado como ese; sin plantilla queda tal como está."
        ),
        group: group
    ).synonyms("asunto título title")
    static let body = ValueOption<String>(
        "body",
        Placeholder.file,
        summary: Text(
            en: "Take the text from a file, - for standard input",
            es: "Tomar el texto de un archivo, - para la entrada estándar"
        ),
        discussion: Text(en: "As it stands: nothing is filled in.", es: "Tal como está: no se llena nada en él."),
        group: group,
        completion: .files
    ).synonyms("cuerpo texto text mensaje")
    static let template = ValueOption<String>(
        "template",
        Placeholder.file,
        summary: Text(
            en: "Fill this template in, - for standard input",
            es: "Llenar esta plantilla, - para la entrada estándar"
        ),
        discussion: Text(
            en: """
                Its first line is Subject: …, the rest the text. {{contact.first_name}} is a path as columns have them from \
                the first contact, or else from who gets the answer; {{email.subject}} from the message that is \
                answered; {{path|otherwise}} has words for where the value is missing, which else is an error.
                """,
            es: """
                Su primera línea es Asunto: … (o Subject: …), el resto el texto. {{contact.first_name}} es una ruta como en \
                las columnas desde el primer contacto o, sin él, desde quien recibe la respuesta; {{email.subject}} desde \
                el mensaje que se responde; {{ruta|si no}} indica qué poner si falta el valor, lo que si no es un error.
                """
        ),
        group: group,
        completion: .files
    ).synonyms("plantilla")
    static let reply = ValueOption<String>(
        "reply",
        "REF",
        summary: Text(en: "Answer this message", es: "Responder a este mensaje"),
        discussion: Text(
            en: "To who wrote it, under its subject, in its thread; its text is quoted where no other is given.",
            es: "A quien lo escribió, con su asunto y en su hilo; se cita su texto si no se da otro."
        ),
        group: group,
        completion: .found(.reference(.email))
    ).synonyms("responder respuesta answer")
    static let attach = ListOption<String>(
        "attach",
        Placeholder.file,
        summary: Text(en: "Attach a file, or document:9", es: "Adjuntar un archivo, o document:9"),
        discussion: Text(
            en: "A document by any reference: document:9, document:ext:K-1.",
            es: "Un archivo guardado por cualquier referencia: document:9, document:ext:K-1."
        ),
        group: group,
        completion: .files
    ).synonyms("adjuntar adjunto archivo")
    static let send = Flag(
        "send",
        summary: Text(en: "Send it and file it", es: "Enviarlo y guardarlo"),
        discussion: Text(
            en: """
                The command that mail.send is configured to (\(ProgramName.placeholder) config set mail.send 'sendmail -t') \
                reads it on its standard input. Where it ends with 0 the message is filed as it was sent. It has ten \
                minutes. A message without text and files is not sent.
                """,
            es: """
                El comando configurado en mail.send (\(ProgramName.placeholder) config set mail.send 'sendmail -t') lo lee \
                en su entrada estándar. Si termina con 0, el mensaje se guarda tal como se envió. Tiene diez minutos. Un \
                mensaje sin texto ni archivos no se envía.
                """
        )
    ).synonyms("enviar mandar")

    private static func address(_ name: String, _ summary: Text) -> ListOption<String> {
        ListOption<String>(
            name,
            refText,
            summary: summary,
            discussion: Text(
                en: "As in ana@example.org or 'Ana Ruiz <ana@example.org>'.",
                es: "Como en ana@example.org o 'Ana Ruiz <ana@example.org>'."
            ),
            group: group
        )
    }

    static func summary(of module: Module) -> Text {
        Text(en: "Write a message", es: "Escribir un mensaje")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) draft"
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Writes a whole message as programs that send mail take it (RFC 5322): words beyond ASCII encoded, \
                        long lines folded, files in base64, an id of its own. Whatever the values are, none of them \
                        becomes a header. Nothing is stored unless it is sent.
                        """,
                    es: """
                        Escribe un mensaje completo como lo toman los programas que envían correo (RFC 5322): las palabras \
                        con acentos codificadas, las líneas largas plegadas, los archivos en base64, con un id propio. \
                        Sean cuales sean los valores, ninguno se convierte en encabezado. No se guarda nada si no se envía.
                        """
                )
            ],
            options: [
                contact, to, cc, bcc, from, subject, body, template, reply, attach, send, ExportVerb.output,
                WritingOptions.dryRun, WritingOptions.create,
            ],
            examples: [
                Example(
                    "\(lead) --contact 42 --subject 'Su pedido' --body carta.txt --attach document:9 --send",
                    Text(en: "Write, send and file", es: "Escribir, enviar y guardar")
                ),
                // With standard input from a pipe, mutt would send at once.
                Example(
                    "\(lead) --reply 7 -o respuesta.eml && mutt -H respuesta.eml",
                    Text(en: "Answer in an editor", es: "Responder en un editor")
                ),
            ],
            seeAlso: ["email import", "email show", "campaign mail"],
            synonyms: [
                "write", "compose", "send", "reply", "answer", "escribir", "redactar", "borrador", "enviar",
                "responder",
            ],
            run: { session in try EmailDraftRun(module: module, session: session).run() }
        )
    }
}
