import CLIKit
import CRMKit
import Localization

/// `crm email relink [REF…]`: links messages with the contacts that own their addresses now.
enum RelinkVerb: Verb {
    static let name = "relink"

    static func summary(of module: Module) -> Text {
        Text(
            en: "Link \(module.several.en) with the contacts that own their addresses",
            es: "Vincular \(module.several.es) con los contactos a quienes pertenecen sus direcciones"
        )
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        A contact that gets an address after mail with it was taken in is linked with that mail, in the roles \
                        that it has there: from, to, cc, bcc. Links that there are stay; one that was taken away comes back. \
                        Without a reference all mail is looked at. Mail that was taken in before mail.me was configured is \
                        told to be incoming, outgoing or internal by what that says now, and mail whose subject names a record \
                        that was added since, [CAS-2026-0007], is about it.
                        """,
                    es: """
                        Un contacto que recibe una dirección después de que entró correo con ella queda vinculado a ese \
                        correo, con los roles que tiene ahí: from, to, cc, bcc. Los vínculos existentes quedan; uno que se \
                        quitó vuelve. Sin referencia se revisa todo el correo. El que entró antes de configurar mail.me \
                        queda como entrante, saliente o interno según lo que ese ajuste dice ahora, y el correo cuyo asunto \
                        nombra un registro agregado después, [CAS-2026-0007], queda ligado a él.
                        """
                )
            ],
            operands: [SharedOperands.references(to: module, .any)],
            options: [WritingOptions.dryRun],
            examples: [
                Example(
                    "\(ProgramName.placeholder) email relink",
                    Text(en: "After contacts were imported", es: "Después de importar contactos")
                )
            ],
            seeAlso: ["\(module.name.noun) import", "\(module.name.noun) link"],
            synonyms: ["revincular", "match"],
            run: run
        )
    }

    private static func run(in session: Session) throws {
        let module = session.registry[.email]
        let store = try session.openStore(for: .writing)
        let ids = try session.invocation.operands.map { try store.id(of: $0, in: module) }
        let found = try store.write(session.writeRequest()) { transaction in
            let outcome = try transaction.relinkMail(ids.isEmpty ? nil : ids)
            try session.report(of: transaction)
            return outcome
        }
        try session.tellOutcome { isCommitted in
            let counts: [BulkSummary.Count] = [
                .init(
                    key: "messages",
                    label: .counting(found.messages, en: ("message", "messages"), es: ("mensaje", "mensajes")),
                    count: found.messages,
                    isShownAtZero: true
                ),
                .linked(found.linked),
                .init(
                    key: "directed",
                    label: Text(en: "given a direction", es: "con sentido asignado"),
                    count: found.directed
                ),
                .init(
                    key: "about",
                    label: .counting(
                        found.about,
                        en: ("about the record it names", "about the records they name"),
                        es: ("ligado al registro que nombra", "ligados a los registros que nombran")
                    ),
                    count: found.about
                ),
            ]
            try BulkSummary(counts: counts, isCommitted: isCommitted).print(in: session)
        }
    }
}
