extension ModuleName {
    /// Campaigns that reach many contacts at once.
    public static let campaign: ModuleName = "campaign"
}

extension Module {
    static let campaign = Declaration(
        name: .campaign,
        en: "Campaign",
        es: "Campaña",
        plural: (en: "Campaigns", es: "Campañas"),
        gender: .feminine,
        kin: "boletín newsletter encuesta survey lista-de-correo mailing-list",
        fields: [
            .text("name", en: "Name", es: "Nombre de la campaña", .required),
            .choice("type", en: "Type", es: "Tipo", campaignTypes),
            .choice(
                "status",
                en: "Status",
                es: "Estado",
                [
                    Choice("planning", en: "Planning", es: "En planeación", words: "planeado planificado planned"),
                    Choice("active", en: "Active", es: "Activa"),
                    Choice("inactive", en: "Inactive", es: "Inactiva"),
                    Choice(
                        "completed",
                        en: "Completed",
                        es: "Terminada",
                        words: "finalizado concluido complete finished"
                    ),
                    Choice("cancelled", en: "Cancelled", es: "Cancelada", words: "canceled"),
                ]
            ),
            .reference("product", to: .product, en: "Product", es: "Inventariable"),
            .text("sponsor", en: "Sponsor", es: "Patrocinador"),
            .text("audience", en: "Target audience", es: "Público objetivo"),
            .integer("target_size", en: "Target size", es: "Tamaño del público objetivo"),
            .date("closing_date", en: "Closing date", es: "Fecha de cierre"),
            .money("budget", en: "Budget", es: "Presupuesto", .notNegative),
            .money("actual_cost", en: "Actual cost", es: "Costo real", .notNegative),
            .money("expected_revenue", en: "Expected revenue", es: "Ingresos esperados", .notNegative),
            .choice(
                "expected_response",
                en: "Expected response",
                es: "Respuesta esperada",
                [
                    Choice("excellent", en: "Excellent", es: "Excelente"),
                    Choice("good", en: "Good", es: "Buena"),
                    Choice("average", en: "Average", es: "Regular"),
                    Choice("poor", en: "Poor", es: "Mala"),
                ]
            ),
            .integer("expected_response_count", en: "Expected responses", es: "Número de respuestas esperadas"),
            .integer("sent_count", en: "Sent", es: "Número de envíos"),
            .integer("bounced_count", en: "Undelivered", es: "Número de rebotes"),
        ],
        contacts: .many(
            LinkDefinition([
                .choice("response", en: "Response", es: "Respuesta", responses),
                .dateTime("responded_at", en: "Responded at", es: "Fecha de respuesta"),
            ])
        ),
        listed: ["type", "status", "closing_date", "budget", "expected_revenue", "currency"],
        mention: Mention(["type", "status"], on: ["link.responded_at", "closing_date"]),
        datedBy: "closing_date",
        occasions: [
            Occasion("reached", en: "Added to the campaign", es: "En la campaña", on: "link.created_at"),
            Occasion("responded", en: "Campaign response", es: "Respuesta a la campaña", on: "link.responded_at"),
            Occasion("closing", en: "Campaign closes", es: "Cierra la campaña", on: "closing_date")
                .onPage(.closings, .coming(within: 7), where: "status not in (completed, cancelled)"),
        ]
    ).module

    private static let campaignTypes = [
        Choice("conference", en: "Conference", es: "Conferencia"),
        Choice("webinar", en: "Webinar", es: "Seminario web"),
        Choice("trade_show", en: "Trade Show", es: "Feria Comercial", words: "feria expo exposición"),
        Choice("public_relations", en: "Public Relations", es: "Relaciones públicas"),
        Choice("partners", en: "Partners", es: "Socios"),
        Choice("referral_program", en: "Referral Program", es: "Programa de recomendación"),
        Choice("advertisement", en: "Advertisement", es: "Publicidad"),
        Choice("banner_ads", en: "Banner Ads", es: "Anuncios en línea"),
        Choice("direct_mail", en: "Direct Mail", es: "Correo Directo"),
        Choice("email", en: "Email", es: "Correo electrónico"),
        Choice("telemarketing", en: "Telemarketing", es: "Telemercadeo"),
        Choice("other", en: "Other", es: "Otro", words: "others otros"),
    ]

    private static let responses = [
        Choice("none", en: "None", es: "Ninguna"),
        Choice("contacted_successful", en: "Contacted - Successful", es: "Contactado con éxito"),
        Choice("contacted_unsuccessful", en: "Contacted - Unsuccessful", es: "Contactado sin éxito"),
        Choice("never_contact_again", en: "Never Contact Again", es: "No volver a contactar"),
        Choice("opened", en: "Opened", es: "Abierto"),
        Choice("clicked", en: "Clicked", es: "Con clic"),
        Choice("responded", en: "Responded", es: "Respondido"),
        Choice("converted", en: "Converted", es: "Convertido"),
    ]
}
