extension ModuleName {
    /// Prices offered to someone.
    public static let quote: ModuleName = "quote"
}

extension Module {
    static let quote = Declaration(
        name: .quote,
        en: "Quote",
        es: "Cotización",
        plural: (en: "Quotes", es: "Cotizaciones"),
        gender: .feminine,
        synonyms: "presupuesto oferta quotation estimate",
        kin: "factura facturación invoice proforma",
        display: .field("subject"),
        fields: [
            .text("subject", en: "Subject", es: "Asunto", .required),
            .documentNumber(en: "Quote number", es: "Número de cotización", word: "COT"),
            .choice(
                "stage",
                en: "Stage",
                es: "Etapa",
                [.required, .tracked],
                default: "created",
                [
                    Choice("created", en: "Created", es: "Creada", words: "borrador draft nuevo new"),
                    Choice("delivered", en: "Delivered", es: "Entregada", words: "enviado presentado sent presented"),
                    Choice("reviewed", en: "Reviewed", es: "Revisada"),
                    Choice("accepted", en: "Accepted", es: "Aceptada", words: "aprobado approved ganado won"),
                    Choice("rejected", en: "Rejected", es: "Rechazada", words: "perdido denied declined lost"),
                ]
            ),
            .reference("organization", to: .organization, en: "Organization", es: "Cliente"),
            .reference("opportunity", to: .opportunity, en: "Opportunity", es: "Oportunidad"),
            .date("valid_until", en: "Valid until", es: "Válida hasta"),
            .choice("carrier", en: "Carrier", es: "Transportista", Choice.carriers),
            .longText("terms", en: "Terms and conditions", es: "Términos y condiciones"),
            Field("version", .integer(1...Int64(Int32.max)), en: "Version", es: "Versión", default: .integer(1)),
            .reference("superseded_by", to: .quote, en: "Superseded by", es: "Sustituida por", .acyclic),
            .text("rejection_reason", en: "Reason for rejection", es: "Motivo del rechazo"),
        ] + .documentAmounts,
        contacts: .many(
            LinkDefinition(
                [
                    .choice(
                        "role",
                        en: "Role",
                        es: "Rol",
                        [
                            Choice("recipient", en: "Recipient", es: "Destinatario"),
                            Choice("approver", en: "Approver", es: "Autorizador"),
                        ]
                    )
                ],
                bringing: ["organization"],
                following: [.opportunityOfQuote]
            )
        ),
        listed: ["number", "stage", "organization", "opportunity", "valid_until", "total", "currency"],
        mention: Mention(["number", "stage", "valid_until", "total"]),
        knownBy: ["number", "organization", "stage"],
        datedBy: "created_at",
        occasions: [
            Occasion("created", en: "Quote made", es: "Cotización hecha", on: "created_at"),
            Occasion(
                "expiry",
                en: "Quote expires",
                es: "Vence la cotización",
                on: "valid_until",
                where: "superseded_by is empty and stage not in (accepted, rejected)"
            )
            .onPage(.expiring, .due(within: 7)),
        ],
        parts: [.line, .tax],
        actions: [sendQuote, acceptQuote, rejectQuote, reviseQuote, orderQuote],
        rules: .documentAmounts + [QuoteStage.rule, .taking(["organization"], from: "opportunity")]
    ).module
}
