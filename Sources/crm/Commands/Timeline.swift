import CLIKit
import CRMKit
import Formats
import Localization

/// `crm contact timeline REF`: lists the relevant dates of a record and of everything attached to it, newest first.
enum TimelineVerb: Verb {
    static let name = "timeline"

    static func organization(of center: Module, _ owner: Module) -> Flag {
        Flag(
            owner.name.noun,
            summary: Text(
                en: "Of its \(owner.one.en) and all \(center.several.en) there",
                es: "De su \(owner.one.es) y todos sus \(center.several.es)"
            ),
            discussion: Text(
                en: "It is what \(owner.name.noun) timeline prints; each entry says on which contact it hangs.",
                es: "Es lo que imprime \(owner.name.noun) timeline; cada entrada dice de qué contacto depende."
            )
        )
        .synonyms(madeBy: { owner.synonyms })
    }

    static func summary(of module: Module) -> Text {
        Text(
            en: "Tell the whole story of \(module.label.withArticle)",
            es: "Cronología de \(module.spanish.a)"
        )
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let owners = TimelineRequest.owners(of: module, in: registry).map { organization(of: module, $0) }
        let shared: [any OptionDeclaration] = [
            ScopeOptions.since, ScopeOptions.until, ScopeOptions.modules(registry), SharedOptions.limit,
        ]
        let lead = "\(ProgramName.placeholder) \(module.name.noun) timeline"
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Every moment of the record and of all that is linked with it, belongs to it or points at it, \
                        of every module, newest first: what began and ended, was made, sent, opened and closed, each \
                        change of a stage or a status, and what is still to come; what is cancelled, delivered, \
                        rejected or archived is due no more. Each stands once, with its date, \
                        what it is, the record, and what that says of itself. Of what comes again no more than the last \
                        10,000 dates are told.
                        """,
                    es: """
                        Cada momento del registro y de todo lo que está vinculado con él, le pertenece o apunta a él, \
                        de cualquier módulo, de lo más nuevo a lo más antiguo: lo que empezó y terminó, se hizo, se \
                        envió, se abrió y se cerró, cada cambio de etapa o de estado, y lo que está por venir; lo \
                        cancelado, entregado, rechazado o archivado ya no vence. Cada uno \
                        aparece una vez, con su fecha, lo que es, el registro y lo que este dice de sí. De lo que se \
                        repite se dicen como mucho las últimas 10 000 fechas.
                        """
                ),
                Text(
                    en: """
                        In machine formats moment is the key of what it is, listed below, value what a stage or status became, and \
                        field the field by which a record points here; dates are days, or moments in UTC. author is who \
                        wrote a message, and state says that it was deleted, or is one of the system.
                        """,
                    es: """
                        En los formatos de máquina moment es la clave de lo que es, de la lista de abajo, value lo que llegó a ser una etapa o \
                        un estado, y field el campo con que un registro apunta aquí; las fechas son días, o momentos en \
                        UTC. author es quien escribió un mensaje, y state dice que se eliminó o es del sistema.
                        """
                ),
            ],
            operands: [SharedOperands.reference(to: module)],
            options: shared + owners,
            examples: [
                Example("\(lead) 42 --since -3m", Text(en: "The last three months", es: "Los últimos tres meses")),
                Example(
                    "\(lead) 42 --module event,email --until today",
                    Text(en: "Meetings and mails so far", es: "Reuniones y correos hasta hoy")
                ),
            ],
            sections: [moments(registry)],
            seeAlso: ["\(module.name.noun) links", "today"],
            synonyms: ["cronología", "cronologia", "historial", "línea-de-tiempo", "history", "activity", "story"],
            run: { session in try TimelineRequest(session.invocation, module, session.registry).run(in: session) }
        )
    }
}

extension TimelineVerb {
    /// Returns the manual's chapter about the moments there are, from the definitions.
    private static func moments(_ registry: Registry) -> Section {
        Section(
            title: Text(en: "MOMENTS", es: "MOMENTOS"),
            [
                .definitions(
                    registry.timelineOccasions.map { module, occasion in
                        (term: "\(module.name.noun): \(occasion.key)", meaning: occasion.label)
                    }
                )
            ]
        )
    }
}

/// The options and operands of `timeline` on a command line.
struct TimelineRequest {
    /// The record's module.
    let module: Module
    let reference: String
    let since: String?
    let until: String?
    let modules: [Module]
    let limit: Int?
    /// The module of the record that the contact refers to, if its whole timeline is requested.
    let owner: Module?

    init(_ invocation: Invocation, _ module: Module, _ registry: Registry) throws(UsageError) {
        self.module = module
        reference = invocation.operands[0]
        since = invocation[ScopeOptions.since]
        until = invocation[ScopeOptions.until]
        modules = try invocation[ScopeOptions.modules(registry)]
        limit = try invocation[SharedOptions.limit]
        owner = Self.owners(of: module, in: registry).first { invocation[TimelineVerb.organization(of: module, $0)] }
    }

    /// Returns the modules to which contacts refer; none for a module other than the contacts'.
    static func owners(of module: Module, in registry: Registry) -> [Module] {
        guard module.name == registry.center else { return [] }
        return registry.modules.filter { if case .referred = $0.contacts { true } else { false } }
    }

    func run(in session: Session) throws {
        let store = try session.openStore(for: .reading)
        let id = try store.id(of: reference, in: module)
        var root = (module: module, id: id)
        if let owner {
            if let id = try store.owner(of: id, in: owner) {
                root = (owner, id)
            } else {
                try session.note(
                    Text(
                        en: "\(module.called(id).en) has no \(owner.one.en)",
                        es: "\(module.called(id).es) no tiene \(owner.one.es)"
                    )
                )
            }
        }
        var query = try store.timeline(of: root.module, id: root.id)
        query.modules = Set(modules.map(\.name))
        query.since = try since.map { try store.day(from: $0, for: "since") }
        query.until = try until.map { try store.day(from: $0, for: "until") }
        let contact: [MentionListing.Column] = root.module.name != store.registry.center ? [.contact] : []
        try session.print(
            query.entries(in: store),
            people: [.date, .moment, .module, .id, .name] + contact + [.role, .details],
            machine: [.date, .moment, .module, .id, .name, .role, .field, .value, .author, .state, .contact, .details],
            limit: limit
        )
    }
}
