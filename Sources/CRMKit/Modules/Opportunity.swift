import Localization

extension ModuleName {
    /// Potential sales.
    public static let opportunity: ModuleName = "opportunity"
}

extension Module {
    static let opportunity = Declaration(
        name: .opportunity,
        en: "Opportunity",
        es: "Oportunidad",
        plural: (en: "Opportunities", es: "Oportunidades"),
        gender: .feminine,
        synonyms: "deal negocio trato oportunidad-de-venta potential",
        kin: "embudo pipeline funnel pronóstico forecast meta goal cuota quota",
        fields: [
            .text("name", en: "Name", es: "Nombre", .required),
            .reference("contact", to: .contact, en: "Contact", es: "Contacto", .required),
            .reference(
                "organization",
                to: .organization,
                en: "Organization",
                es: "Cliente",
                .required,
                note: Text(en: "the contact's, where it has one", es: "el del contacto, si lo tiene")
            ),
            .date("close_date", en: "Expected close date", es: "Fecha estimada de cierre", .required),
            .money("amount", en: "Amount", es: "Valor estimado", [.required, .notNegative]),
            .choice("lead_source", en: "Lead source", es: "Origen", Choice.leadSources),
            .choice(
                "stage",
                en: "Stage",
                es: "Etapa de venta",
                [.required, .tracked],
                OpportunityStage.all.map(\.choice)
            ),
            .percent("probability", en: "Probability", es: "Probabilidad"),
            .text("next_step", en: "Next step", es: "Siguiente paso"),
            .choice("type", en: "Type", es: "Tipo", opportunityTypes),
            .reference("campaign", to: .campaign, en: "Campaign", es: "Campaña"),
            .date("closed_on", en: "Closed on", es: "Fecha de cierre"),
            .text("lost_reason", en: "Lost reason", es: "Motivo de la pérdida"),
        ],
        contacts: .many(
            LinkDefinition(
                [
                    .choice("role", en: "Role", es: "Rol", opportunityRoles)
                ]
            )
        ),
        listed: ["organization", "contact", "stage", "amount", "currency", "close_date", "probability"],
        mention: Mention(["stage", "amount"], on: ["close_date"]),
        knownBy: ["organization", "contact", "stage", "close_date"],
        asked: [
            "name", "organization", "close_date", "amount", "lead_source", "stage", "probability", "description",
            "next_step",
        ],
        datedBy: "close_date",
        occasions: [
            Occasion("created", en: "Opportunity opened", es: "Oportunidad abierta", on: "created_at"),
            Occasion(
                "closing",
                en: "Expected close",
                es: "Cierre previsto",
                on: "close_date",
                where: "stage not in (closed_won, closed_lost)"
            )
            .onPage(.closings, .due(within: 7)),
            Occasion("closed", en: "Opportunity closed", es: "Oportunidad cerrada", on: "closed_on"),
        ],
        actions: [quoteOpportunity],
        rules: [
            Rule(watching: ["contact", "organization"], filling: ["organization"], before: followContact),
            Rule(
                watching: ["stage", "probability"],
                setting: ["closed_on", "lost_reason"],
                filling: ["probability"],
                before: { draft, context in followStage(&draft, today: context.today) }
            ),
            .mirroring("contact", as: "primary"),
        ],
        prompting: Prompting(
            deriving: ["organization"],
            suggest: suggestions,
            questions: { draft in
                draft.changes("stage") && draft["stage"] == .text(OpportunityStage.lost) && draft["lost_reason"].isNull
                    ? ["lost_reason"] : []
            }
        )
    ).module

    /// With whom the business would be.
    private static let opportunityTypes = [
        Choice("existing_business", en: "Existing Business", es: "Negocio existente"),
        Choice("new_business", en: "New Business", es: "Nuevo negocio"),
    ]

    /// Who a contact is to the sale.
    private static let opportunityRoles = [
        Choice("primary", en: "Primary", es: "Principal"),
        Choice("decision_maker", en: "Decision Maker", es: "Quien decide"),
        Choice("influencer", en: "Influencer", es: "Quien influye"),
        Choice("evaluator", en: "Evaluator", es: "Evaluador"),
        Choice("other", en: "Other", es: "Otro"),
    ]

    /// Sets the organization to that of the contact if none is given, and refuses another one, unless the user forces
    /// it.
    private static func followContact(_ draft: inout Draft, _ context: any RuleContext) throws {
        let movesContact = draft.changes("contact")
        guard movesContact || draft.gives("organization") && draft.changes("organization"),
            let id = draft["contact"].integer,
            let expected = try context.value(of: "organization", in: .contact, id: id).integer
        else { return }
        if draft.gives("organization") {
            guard draft["organization"] != .integer(expected), !context.isForced else { return }
            throw try contradiction(draft, contact: id, expected: expected, context)
        }
        // An edit that clears the organization is refused elsewhere, since the field is required.
        guard draft.original == nil || !draft.isGiven("organization"),
            draft["organization"] != .integer(expected)
        else { return }
        draft["organization"] = .integer(expected)
        if draft.original != nil {
            let name = try organizationName(expected, context)
            context.notice(
                Text(
                    en: "the organization is now \(name), the new contact's",
                    es: "el cliente es ahora \(name), el del nuevo contacto"
                )
            )
        }
    }

    private static func contradiction(
        _ draft: Draft,
        contact id: Int64,
        expected: Int64,
        _ context: any RuleContext
    ) throws -> CRMError {
        let own = try organizationName(expected, context)
        let other = try organizationName(draft["organization"].integer ?? 0, context)
        let contact = "\(id) (\(try context.record(.contact, id: id)?.displayName ?? ""))"
        return CRMError(
            .refused,
            Text(
                en: "contact \(contact) belongs to \(own), not to \(other)",
                es: "el contacto \(contact) pertenece a \(own), no a \(other)"
            ),
            hint: Text(
                en: "leave --organization out to take the contact's, or insist with --force",
                es: "omitir --organization para tomar el del contacto, o insistir con --force"
            ),
            module: .opportunity
        )
    }

    private static func organizationName(_ id: Int64, _ context: any RuleContext) throws -> String {
        try context.record(.organization, id: id)?.displayName ?? "\(ModuleName.organization.noun) \(id)"
    }

    /// Sets the probability of a new stage, and the day of closing for a stage that ends the sale. Reopening clears
    /// that day and the reason for the loss.
    private static func followStage(_ draft: inout Draft, today: String) {
        guard draft.changes("stage"), let stage = draft["stage"].text else { return }
        let former = draft.original?["stage"].text
        let isClosed = OpportunityStage.isClosed(stage)
        if !draft.gives("probability"), let probability = OpportunityStage.probability(of: stage, in: draft.module) {
            let wasDefault =
                former.flatMap { OpportunityStage.probability(of: $0, in: draft.module) } == draft["probability"]
            if draft.original == nil || isClosed || wasDefault || draft.isGiven("probability") {
                draft["probability"] = probability
            }
        }
        if isClosed {
            if !draft.gives("closed_on") { draft["closed_on"] = .text(closingDay(of: draft, today: today)) }
            if former == OpportunityStage.lost { draft["lost_reason"] = .null }
        } else if former.map(OpportunityStage.isClosed) == true {
            draft["closed_on"] = .null
            draft["lost_reason"] = .null
        }
    }

    /// Returns the day of closing of an opportunity if none is given: today, or for a new record the expected day if
    /// that is earlier.
    private static func closingDay(of draft: Draft, today: String) -> String {
        guard draft.original == nil, let day = draft["close_date"].text else { return today }
        return min(day, today)
    }

    /// Returns proposals from the contact's record: its source, and the user responsible for it.
    private static func suggestions(_ draft: Draft, _ context: any RuleContext) throws -> [String: Value] {
        guard draft.original == nil, let id = draft["contact"].integer,
            let contact = try context.record(.contact, id: id)
        else { return [:] }
        var suggestions: [String: Value] = [:]
        for key in ["lead_source", "assigned_to"] where !draft.isGiven(key) && !contact[key].isNull {
            suggestions[key] = contact[key]
        }
        return suggestions
    }
}

/// A stage of the pipeline as defined by the program. Stages added by the user are open.
struct OpportunityStage: Sendable {
    /// The stage's key and labels.
    let choice: Choice

    private init(_ key: String, en: String, es: String, percent: Int64, words: String = "") {
        choice = Choice(key, en: en, es: es, percent: percent, words: words)
    }

    /// The key of the stage for a sale.
    static let won = "closed_won"
    /// The stage for a sale, as actions write it.
    static let sale = FixedChoice(.opportunity, "stage", won)
    /// The key of the stage for a lost opportunity.
    static let lost = "closed_lost"

    /// The stages in the order of a sale. Their other words are those of later releases of vtiger and of Odoo, and
    /// common short forms.
    static let all = [
        OpportunityStage(
            "prospecting",
            en: "Prospecting",
            es: "Investigando",
            percent: 10,
            words: "new nuevo nueva prospectando prospección prospecto"
        ),
        OpportunityStage(
            "qualification",
            en: "Qualification",
            es: "Calificando",
            percent: 20,
            words: "qualified calificado calificada cualificado cualificada valorando"
        ),
        OpportunityStage("needs_analysis", en: "Needs Analysis", es: "Necesita análisis", percent: 25),
        OpportunityStage(
            "value_proposition",
            en: "Value Proposition",
            es: "Propuesta de valor",
            percent: 30,
            words: "propuesta_de_evaluación valorando_proposición"
        ),
        OpportunityStage(
            "id_decision_makers",
            en: "Id. Decision Makers",
            es: "Identificando quién decide",
            percent: 40,
            words: "identify_decision_makers identificando_responsable"
        ),
        OpportunityStage(
            "perception_analysis",
            en: "Perception Analysis",
            es: "Análisis de percepción",
            percent: 50,
            words: "analizando"
        ),
        OpportunityStage(
            "proposal",
            en: "Proposal/Quote",
            es: "Propuesta/Cotización",
            percent: 65,
            words:
                """
                proposal_or_price_quote proposal/price_quote proposition propuesta propuesta/presupuesto cotización \
                presupuesto presupuesto_propuesto cotización_propuesta
                """
        ),
        OpportunityStage(
            "negotiation",
            en: "Negotiation/Review",
            es: "Negociación/Revisión",
            percent: 80,
            words: "negotiation_or_review negociación negociando negociando/revisando"
        ),
        OpportunityStage(
            won,
            en: "Closed Won",
            es: "Cerrada-Ganada",
            percent: 100,
            words: "won ganada ganado cerrado_ganado"
        ),
        OpportunityStage(
            lost,
            en: "Closed Lost",
            es: "Cerrada-Perdida",
            percent: 0,
            words: "lost perdida perdido cerrado_perdido"
        ),
    ]

    /// Whether a stage ends the sale, won or lost.
    static func isClosed(_ key: String) -> Bool { key == won || key == lost }

    /// Returns the probability of a stage, as a percent field stores it.
    ///
    /// - Returns: `nil` for a stage without one.
    static func probability(of key: String, in module: Module) -> Value? {
        let stage = module.field("stage")?.type.choices.first { $0.key == key }
        return stage?.percent.map { .integer($0 * 10_000) }
    }
}
