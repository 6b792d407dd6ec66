import CLIKit
import CRMKit
import Localization

/// `crm campaign mail REF --template FILE`: sends a message to each contact of a campaign.
enum CampaignMailVerb: Verb {
    static let name = "mail"

    static let yes = SharedOptions.yes(
        Text(
            en: "On a terminal it says how many messages go and asks; elsewhere they are sent at once.",
            es: "En una terminal dice cuántos mensajes irían y pregunta; fuera de ella se envían de inmediato."
        )
    )

    static func summary(of module: Module) -> Text {
        Text(en: "Send a message to each contact of a campaign", es: "Enviar un mensaje a cada contacto de una campaña")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) mail"
        return Command(
            name,
            summary: summary(of: module),
            discussion: discussion,
            operands: [SharedOperands.reference(to: module)],
            options: [
                EmailDraftVerb.template, EmailDraftVerb.subject, EmailDraftVerb.from, EmailDraftVerb.attach,
                SharedOptions.limit, yes, WritingOptions.dryRun,
            ],
            examples: [
                Example(
                    "\(lead) 3 --template invitacion.txt --dry-run | less",
                    Text(en: "See the messages", es: "Ver los mensajes")
                ),
                Example(
                    "\(lead) 3 --template invitacion.txt --limit 200",
                    Text(en: "Send the next two hundred", es: "Enviar los doscientos siguientes")
                ),
            ],
            seeAlso: ["email draft", "campaign show"],
            synonyms: ["send", "enviar", "correo", "mailing", "email"],
            run: { session in try CampaignMailRun(module: module, session: session).run() }
        )
    }

    private static var discussion: [Text] {
        [
            Text(
                en: """
                    Each contact linked with the campaign gets a message of its own, filled in from the template: names \
                    begin with contact. or campaign. Where several have one address, it is written to once, for the \
                    first of them, and the others are told. Who wants no e-mail, at all or at any address, whose address is also \
                    that of another contact who wants none, who has no address, or none but those from which mail came \
                    back (\(ProgramName.placeholder) contact bounce list), who has answered a campaign never to be \
                    contacted again, or lacks a value that the template asks for, is passed over, which is told; for \
                    the last the exit status is 6. A template without text is refused.
                    """,
                es: """
                    Cada contacto vinculado con la campaña recibe un mensaje propio, llenado desde la plantilla: los \
                    nombres empiezan con contact. o campaign. Si varios tienen una misma dirección, se le escribe una \
                    sola vez, para el primero, y se avisa de los demás. Se omite, con aviso, a quien no quiere correo, en \
                    general o en ninguna de sus direcciones, a quien comparte su dirección con otro contacto que no lo \
                    quiere, a quien no tiene dirección o solo las que rebotaron (\(ProgramName.placeholder) contact \
                    bounce list), a quien ha respondido a una campaña que no se le vuelva a contactar, y a quien le \
                    falta un valor que pide la plantilla; por lo último el estado de salida es 6. Una plantilla sin \
                    texto se rechaza.
                    """
            ),
            Text(
                en: """
                    Each message is filed, about the campaign, and counted in its sent_count before mail.send gets it, \
                    so that nobody is written to twice, and taken back where it is not sent; while mail.send runs, \
                    others can write. Called again, the command goes on with those who have no message yet. Where a run \
                    is killed while mail.send has a message, that one stays filed, sent or not; it is the last of \
                    \(ProgramName.placeholder) email list --where 'about = campaign:3', and is sent again once it is \
                    deleted. A message counts for the contacts to whose address it went, also where that is another one \
                    since; what people write about the campaign, and answers to them, do not count.
                    """,
                es: """
                    Cada mensaje se guarda, relacionado con la campaña, y se cuenta en su sent_count antes de darlo a \
                    mail.send, para no escribir dos veces a nadie, y se quita si no se envía; mientras corre mail.send, \
                    otros pueden escribir en la base. Si se vuelve a llamar, la orden sigue con quienes aún no tienen \
                    mensaje. Si se mata una ejecución mientras mail.send tiene un mensaje, este queda guardado, se haya \
                    enviado o no; es el último de \(ProgramName.placeholder) email list --where 'about = campaign:3', y \
                    se envía de nuevo si se elimina. Un mensaje cuenta para los contactos a cuya dirección fue, aunque \
                    esta haya cambiado; lo que la gente escribe sobre la campaña, y lo que se le responde, no cuentan.
                    """
            ),
            Text(
                en: """
                    The command that mail.send is configured to sends them, one at a time. Where it ends with 64 to 69, \
                    it has refused that message alone: who does not get it is told, the others still do, and the exit \
                    status is 6. Any other status but 0 stops the run, and so does a message for which it takes longer \
                    than ten minutes. --dry-run writes the messages to standard output instead, each as it would be, \
                    and sends and stores nothing.
                    """,
                es: """
                    Los envía, uno por uno, el comando configurado en mail.send. Si termina con 64 a 69, rechazó solo \
                    ese mensaje: se indica quién no lo recibe, los demás sí lo reciben, y el estado de salida es 6. \
                    Cualquier otro estado que no sea 0 detiene la ejecución, como también un mensaje que tarde más de \
                    diez minutos. --dry-run escribe en cambio los mensajes en la salida estándar, cada uno como sería, \
                    y no envía ni guarda nada.
                    """
            ),
        ]
    }
}
