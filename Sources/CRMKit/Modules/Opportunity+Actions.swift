import Localization

extension Module {
    /// `opportunity quote`.
    static let quoteOpportunity = Action.deriving(
        .quote,
        "quote",
        summary: Text(en: "Quote opportunities", es: "Cotizar oportunidades"),
        discussion: Text(
            en: """
                Makes a quote of each: the opportunity's name is its subject, and it takes over the organization, the \
                currency and who it is assigned to. The primary contact is its recipient, a decision maker its \
                approver. Lines are given with --line or --lines, or added later with quote line add. The opportunity \
                stays as it is.
                """,
            es: """
                Crea una cotización de cada una: el nombre de la oportunidad es su asunto, y toma el cliente, la \
                moneda y a quién está asignada. El contacto principal es su destinatario; quien decide, su \
                autorizador. Las líneas se dan con --line o --lines, o se agregan después con quote line add. La \
                oportunidad queda como está.
                """
        ),
        parts: [.line],
        choosing: LinkDefinition.Following.opportunityOfQuote.roles.values.sorted().map { .role($0, in: .quote) },
        synonyms: ["cotizar", "presupuestar", "offer"],
        examples: [
            (
                "7 --line 'product=code:SKU-1,quantity=3'",
                Text(en: "With a first line", es: "Con una primera línea")
            ),
            (
                Text(en: "7 --lines lines.csv --valid-until +30d", es: "7 --lines lineas.csv --valid-until +30d"),
                Text(en: "With lines from a file", es: "Con líneas de un archivo")
            ),
        ]
    ) { opportunity, inputs, context in
        let own: [(field: String, value: Value)] = [
            ("subject", opportunity["name"]), ("opportunity", .integer(opportunity.id)),
        ]
        // Internal notes on a sale are not for the recipient of the quote.
        let carried = opportunity.carriedOver(
            to: context.definition(of: .quote),
            besides: ["stage", "description", "tags"]
        )
        let quote = try context.add(own + carried, inputs.made, to: .quote)
        for link in try context.linkedContacts(of: opportunity) {
            guard let role = link.role.flatMap({ LinkDefinition.Following.opportunityOfQuote.roles[$0] }) else {
                continue
            }
            try context.link(.quote, contact: link.contact, record: quote, [("role", .text(role))])
        }
        if opportunity["stage"] == .text(OpportunityStage.lost) {
            let called = opportunity.module.called(opportunity.id)
            context.notice(Text(en: "\(called.en) is lost, and stays so", es: "\(called.es) está perdida, y así queda"))
        }
        return quote
    }
}

extension Record {
    /// Refuses an opportunity that is lost, unless the user forces it.
    ///
    /// - Throws: ``CRMError`` `refused` for such an opportunity.
    func checkIsNotLost(_ context: any RuleContext) throws(CRMError) {
        guard !context.isForced, self["stage"] == .text(OpportunityStage.lost) else { return }
        let day = self["closed_on"].text
        throw refusal(
            en: "is lost\(day.map { ", since \($0)" } ?? "")",
            es: "está perdida\(day.map { " desde el \($0)" } ?? "")",
            hint: Text(
                en: "should it be won all the same: --force; the quote alone: without --win",
                es: "si aun así se gana: --force; solo la cotización: sin --win"
            )
        )
    }
}

extension LinkDefinition.Following {
    /// The contacts of a quote that follow from its opportunity, by their roles.
    static let opportunityOfQuote = Self(
        reference: "opportunity",
        roles: ["primary": "recipient", "decision_maker": "approver"]
    )
}

extension LinkedContact {
    /// The contact's role, if there is one.
    var role: String? { attributes.first { $0.field == "role" }?.value.text }

    /// Returns the attributes of the link with another role.
    func attributes(as role: String?) -> [(field: String, value: Value)] {
        attributes.filter { $0.field != "role" } + (role.map { [("role", .text($0))] } ?? [])
    }
}
