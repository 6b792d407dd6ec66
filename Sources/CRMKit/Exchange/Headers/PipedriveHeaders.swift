extension HeaderTable {
    /// People, organizations and deals of Pipedrive, whose column names begin with the kind of record.
    static let pipedrive = [
        HeaderTable(
            .contact,
            [
                (["Person - Name", "Persona - Nombre"], .fullName),
                (["Person - ID", "Persona - ID"], .column("external_id")),
                (
                    ["Person - Organization", "Persona - Organización"],
                    .column("organization.name")
                ),
                (
                    [
                        "Person - Email - Work", "Person - Email", "Persona - Correo electrónico - Trabajo",
                        "Persona - Correo electrónico",
                    ],
                    .column("email")
                ),
                (
                    ["Person - Email - Home", "Persona - Correo electrónico - Casa"],
                    .column("email_secondary")
                ),
                (
                    ["Person - Email - Other", "Persona - Correo electrónico - Otro"],
                    .point(kind: "email", label: "other")
                ),
                (
                    [
                        "Person - Phone - Work", "Person - Phone", "Persona - Teléfono - Trabajo",
                        "Persona - Teléfono",
                    ],
                    .column("phone")
                ),
                (
                    [
                        "Person - Phone - Mobile", "Persona - Teléfono - Móvil", "Persona - Teléfono - Celular",
                    ],
                    .column("mobile")
                ),
                (["Person - Phone - Home", "Persona - Teléfono - Casa"], .column("home_phone")),
                (["Person - Phone - Other", "Persona - Teléfono - Otro"], .column("other_phone")),
                (["Person - Label", "Persona - Etiqueta"], .column("tags")),
                (["Person - Owner", "Persona - Propietario"], .column("assigned_to")),
                (named("Person", "Persona", [("First name", "Nombre de pila")]), .column("first_name")),
                (
                    named("Person", "Persona", [("Last name", "Apellido"), ("Last name", "Apellidos")]),
                    .column("last_name")
                ),
                (named("Person", "Persona", [("Job title", "Cargo"), ("Job title", "Puesto")]), .column("title")),
                (named("Person", "Persona", [("Birthday", "Cumpleaños")]), .column("birthdate")),
                (named("Person", "Persona", [("Notes", "Notas")]), .column("description")),
                (
                    named("Person", "Persona", [("Person created", "Persona creada"), ("Created", "Creada")]),
                    .column("created_at")
                ),
                (
                    ["Persona - Correo electrónico - Laboral", "Persona - Email - Trabajo", "Persona - Email"],
                    .column("email")
                ),
                (["Persona - Teléfono - Laboral"], .column("phone")),
                (unheld("Person", "Persona"), .unheld),
            ]
        ),
        HeaderTable(
            .organization,
            [
                (named("Organization", "Organización", [("Name", "Nombre")]), .column("name")),
                (named("Organization", "Organización", [("ID", "ID")]), .column("external_id")),
                (named("Organization", "Organización", [("Owner", "Propietario")]), .column("assigned_to")),
                (named("Organization", "Organización", [("Website", "Sitio web")]), .column("website")),
                (
                    named(
                        "Organization",
                        "Organización",
                        [("Organization created", "Organización creada"), ("Created", "Creada")]
                    ), .column("created_at")
                ),
                (unheld("Organization", "Organización"), .unheld),
            ]
        ),
        HeaderTable(.product, products),
        HeaderTable(
            .event,
            activities,
            // Without its dash it is the name of another column in vtiger.
            besides: [("Activity - Type", "Activity - Subject", .words("kind", activityKinds))]
        ),
        HeaderTable(
            .opportunity,
            [
                (deal(("Title", "Título")), .column("name")), (deal(("ID", "ID")), .column("external_id")),
                (deal(("Value", "Valor")), .column("amount")),
                (deal(("Currency of Value", "Moneda de Valor"), ("Currency", "Moneda")), .column("currency")),
                (deal(("Organization", "Organización")), .column("organization.name")),
                (deal(("Contact person", "Persona de contacto"), ("Person", "Persona")), .column("contact.name")),
                (deal(("Stage", "Etapa")), .words("stage", pipedriveStages)),
                (
                    deal(("Status", "Estado"), ("Status", "Estatus")),
                    .deciding("stage", by: .words(outcomes))
                ),
                (
                    deal(
                        ("Expected close date", "Fecha prevista de cierre"),
                        ("Close date", "Fecha de cierre prevista")
                    ),
                    .column("close_date")
                ),
                (deal(("Probability", "Probabilidad")), .column("probability")),
                (deal(("Owner", "Propietario")), .column("assigned_to")),
                (
                    deal(("Lost reason", "Motivo de pérdida"), ("Lost reason", "Razón de la pérdida")),
                    .column("lost_reason")
                ),
                (deal(("Deal closed on", "Trato cerrado el"), ("Closed on", "Cerrado el")), .column("closed_on")),
                (deal(("Deal created", "Trato creado"), ("Created", "Creado")), .column("created_at")),
                (deal(("Label", "Etiqueta")), .column("tags")), (deal(("Notes", "Notas")), .column("description")),
                (deals.flatMap { unheld($0.en, $0.es) }, .unheld),
            ]
        ),
    ]

    private static let products: [(names: [String], target: Target)] =
        [
            (named("Product", "Producto", [("ID", "ID")]), .column("external_id")),
            (named("Product", "Producto", [("Product code", "Código de producto")]), .column("code")),
            (
                named("Product", "Producto", [("Unit price", "Precio unitario"), ("Price", "Precio")]),
                .column("price")
            ),
            (named("Product", "Producto", [("Unit", "Unidad")]), .column("unit")),
            (named("Product", "Producto", [("Tax", "Impuesto"), ("Tax", "Impuestos")]), .column("tax_rate")),
            (named("Product", "Producto", [("Description", "Descripción")]), .column("description")),
            (named("Product", "Producto", [("Owner", "Propietario")]), .column("assigned_to")),
            (unheld("Product", "Producto"), .unheld),
        ] + notes(named("Product", "Producto", [("Unit cost", "Costo unitario"), ("Cost per unit", "Coste unitario")]))

    private static let activities: [(names: [String], target: Target)] =
        [
            (activity(("ID", "ID")), .column("external_id")), (activity(("Subject", "Asunto")), .column("subject")),
            (activity(("Type", "Tipo")), .words("kind", activityKinds)),
            (activity(("Due date", "Fecha de vencimiento")), .moment("starts_at", .day)),
            (activity(("Due time", "Hora de vencimiento")), .moment("starts_at", .time)),
            (activity(("Duration", "Duración")), .moment("ends_at", .length)),
            (activity(("Contact person", "Persona de contacto"), ("Person", "Persona")), .column("contact.name")),
            (activity(("Note", "Nota"), ("Public description", "Descripción pública")), .column("description")),
            (activity(("Location", "Ubicación")), .column("location")),
            (activity(("Priority", "Prioridad")), .column("priority")),
            (
                activity(("Assigned to user", "Asignado al usuario"), ("Owner", "Propietario")),
                .column("assigned_to")
            ),
            (activity(("Add time", "Hora de creación")), .column("created_at")),
            (unheld("Activity", "Actividad"), .unheld),
        ]
        + notes(
            activity(("Organization", "Organización"), ("Deal", "Trato"), ("Deal", "Negocio"), ("Done", "Hecho"))
        )

    /// What activities of Pipedrive are called that no event of this program is.
    private static let activityKinds = [
        "Deadline": "task", "Fecha límite": "task", "Plazo": "task", "Email": "task", "Correo electrónico": "task",
        "Lunch": "meeting", "Almuerzo": "meeting",
    ]

    private static func activity(_ names: (String, String)...) -> [String] { named("Activity", "Actividad", names) }

    /// The words for a deal in Pipedrive's interface, in Mexico and in Spain.
    private static let deals = [(en: "Deal", es: "Trato"), (en: "Deal", es: "Negocio")]

    private static func deal(_ names: (String, String)...) -> [String] {
        deals.flatMap { named($0.en, $0.es, names) }
    }

    private static func named(_ en: String, _ es: String, _ names: [(String, String)]) -> [String] {
        names.flatMap { ["\(en) - \($0.0)", "\(es) - \($0.1)"] }
    }

    /// Returns the columns without a field that every kind of record has, for one kind.
    private static func unheld(_ en: String, _ es: String) -> [String] {
        named(
            en,
            es,
            [
                ("Pipeline", "Embudo"), ("Weighted value", "Valor ponderado"),
                ("Currency of Weighted value", "Moneda de Valor ponderado"), ("Update time", "Última actualización"),
                ("Update time", "Hora de actualización"), ("Last stage change", "Último cambio de etapa"),
                ("Next activity date", "Fecha de la próxima actividad"),
                ("Last activity date", "Fecha de la última actividad"), ("Total activities", "Total de actividades"),
                ("Done activities", "Actividades completadas"), ("Activities to do", "Actividades pendientes"),
                ("Activities to do", "Actividades por hacer"),
                ("Email messages count", "Número de correos electrónicos"),
                ("Last email received", "Último correo electrónico recibido"),
                ("Last email sent", "Último correo electrónico enviado"), ("Open deals", "Tratos abiertos"),
                ("Closed deals", "Tratos cerrados"), ("Won deals", "Tratos ganados"), ("Lost deals", "Tratos perdidos"),
                ("Won time", "Hora en que se ganó"), ("Lost time", "Hora en que se perdió"),
                ("Visible to", "Visible para"), ("Creator", "Creador"), ("People", "Personas"),
            ]
        )
    }

    /// The stages of Pipedrive's default pipeline. `Deal - Stage` is also a header of HubSpot.
    static let pipedriveStages = [
        "Lead In": "prospecting", "Qualified": "qualification", "Calificado": "qualification",
        "Contact Made": "qualification", "Contacto realizado": "qualification",
        "Needs Defined": "value_proposition", "Demo Scheduled": "value_proposition",
        "Demostración programada": "value_proposition", "Demo programada": "value_proposition",
        "Proposal Made": "proposal", "Propuesta realizada": "proposal", "Propuesta presentada": "proposal",
        "Negotiations Started": "negotiation", "Negociaciones iniciadas": "negotiation",
        "Negociaciones comenzadas": "negotiation",
    ]

    /// The outcomes of a deal, which take precedence over its last stage.
    private static let outcomes = [
        "won": "closed_won", "ganado": "closed_won", "ganada": "closed_won", "lost": "closed_lost",
        "perdido": "closed_lost", "perdida": "closed_lost",
    ]
}
