import CLIKit
import Localization

/// The manual's text about importing mail.
enum MailManual {
    /// The paragraphs about how mail is read and stored.
    static let importing: [Text] = [
        Text(
            en: """
                Mail is read from one message (.eml), from an mbox of any kind, from a Maildir, from a folder of mh and from \
                folders that hold some of these; - takes a message or an mbox from standard input, as procmail, sieve and \
                fetchmail hand it on, and ends with 75 while another process has the file, so that they keep it and try again. \
                What a mail program has marked as deleted or as a draft in an mbox, a Maildir or a file of Apple Mail is \
                passed over, which is told. \
                A table or a list of emails is read where the file's name ends so (.csv, .jsonl) or --input-format says it.
                """,
            es: """
                El correo se lee de un mensaje (.eml), de un mbox de cualquier tipo, de un Maildir, de una carpeta de mh y de \
                carpetas que contienen algo de eso; - toma un mensaje o un mbox de la entrada estándar, como lo entregan \
                procmail, sieve y fetchmail, y termina con 75 mientras otro proceso tiene el archivo, para que lo guarden y lo \
                intenten de nuevo. Lo que un programa de correo marcó como eliminado o como borrador en un mbox, un Maildir o \
                un archivo de Apple Mail se omite, con aviso. Una tabla o una lista de emails se lee si el nombre del \
                archivo termina así (.csv, .jsonl) o \
                --input-format lo dice.
                """
        ),
        Text(
            en: """
                A message is kept to the byte, once. Message-ID tells it: what was taken in before changes nothing; one \
                without it is told by what it says, or by its bytes where it says nothing, and two that differ under one id are both kept, in one thread. A copy that says \
                nothing more, as a list sends it on with its name in the subject and words under the text, is the same \
                mail; that of whoever wrote it adds to whom it went blindly. Files that came with it become documents, each \
                content once; of a type that says nothing (application/octet-stream) name and first bytes tell it. Contacts that own its addresses, further points included, are linked as \
                from, to, cc and bcc; --create-missing contact makes those of people, not of functions (info@), lists and \
                oneself. Direction follows from mail.me (\(ProgramName.placeholder) config set mail.me 'ana@example.org \
                example.com'). Answers are in one thread with what they answer, whatever comes first; what is no answer is in \
                no earlier thread for its subject alone. A number in the subject ([CAS-2026-0007], [#CAS-2026-0007], \
                [opportunity:12]) says what it is about.
                """,
            es: """
                Un mensaje se guarda byte por byte, una vez. Lo distingue Message-ID: lo que ya entró no cambia nada; el que \
                no lo tiene se distingue por lo que dice, o por sus bytes si no dice nada, y dos diferentes con el mismo id se guardan ambos, en un hilo. Una copia que \
                no dice nada más, como la que reenvía una lista con su nombre en el asunto y palabras bajo el texto, es el \
                mismo correo; la de quien lo escribió agrega a quién fue con copia oculta. Los adjuntos se \
                convierten en archivos, cada contenido una vez; si su tipo no dice nada (application/octet-stream), lo \
                dicen el nombre y los primeros bytes. Los contactos a quienes pertenecen sus direcciones, \
                incluidos los puntos de contacto, se vinculan como from, to, cc y bcc; --create-missing contact crea los de \
                personas, no los de funciones (info@), listas ni los propios. El sentido resulta de mail.me \
                (\(ProgramName.placeholder) config set mail.me 'ana@example.org example.com'). Las respuestas están en un hilo \
                con lo que responden, llegue lo que llegue primero; lo que no es respuesta no entra en un hilo anterior solo \
                por su asunto. Un número en el asunto ([CAS-2026-0007], [#CAS-2026-0007], [oportunidad:12]) dice con qué se \
                relaciona.
                """
        ),
        Text(
            en: """
                A delivery report (RFC 3464) that says for good that a message did not arrive marks the address it was sent \
                to as undeliverable, among the bounces of the contacts that own it, and counts in the bounced_count of the \
                campaign the message was for. campaign mail passes such addresses over until \
                \(ProgramName.placeholder) contact bounce remove.
                """,
            es: """
                Un informe de entrega (RFC 3464) que dice en definitiva que un mensaje no llegó marca la dirección a la que \
                se envió como rebotada, en los bounces de los contactos a quienes pertenece, y se cuenta en el bounced_count \
                de la campaña para la que era el mensaje. campaign mail omite esas direcciones hasta \
                \(ProgramName.placeholder) contact bounce remove.
                """
        ),
    ]

    /// Examples of importing mail.
    static let examples = [
        Example(
            "\(ProgramName.placeholder) email import ~/Maildir --create-missing contact",
            Text(en: "All mail, with the people in it", es: "Todo el correo, con sus personas")
        ),
        Example(
            "| \(ProgramName.placeholder) email import -",
            Text(en: "In procmail: each message as it comes", es: "En procmail: cada mensaje al llegar")
        ),
    ]

    /// The manual's paragraph about `show` for messages.
    static let reading = Text(
        en: """
            On a terminal a message is printed as mail is read: who, when, the files with their numbers, then the text. \
            --raw writes the message as it came, --attachment a file that came with it.
            """,
        es: """
            En una terminal un mensaje se imprime como se lee el correo: quién, cuándo, los archivos con su número, y después \
            el texto. --raw escribe el mensaje como llegó, --attachment un archivo que llegó con él.
            """
    )
}
