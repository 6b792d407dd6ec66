import Formats

extension HeaderTable {
    /// HubSpot, and the column names that other hosted CRMs share with it.
    static let hubSpot = [
        HeaderTable(
            .contact,
            [
                (["Record ID", "ID de registro", "Record ID - Contact", "Contact ID"], .column("external_id")),
                (["Contact Name", "Nombre del contacto", "Lead Name"], .fullName),
                (["Email", "Correo", "E-mail", "Mail"], .column("email")),
                (["Phone Number", "Phone", "Número de teléfono", "Teléfono"], .column("phone")),
                (
                    ["Mobile Phone Number", "Mobile Number", "Número de teléfono móvil", "Cell", "Cell Phone"],
                    .column("mobile")
                ),
                (["Fax Number", "Número de fax"], .column("fax")),
                (
                    ["Additional email addresses", "Direcciones de correo electrónico adicionales"],
                    .point(kind: "email", label: nil)
                ),
                (["Original Source"], .note("Original Source")), (["Fuente original"], .note("Fuente original")),
                (
                    [
                        "Associated Company", "Primary Associated Company Name (Primary)", "Primary Company", "Account",
                        "Account.Name", "Organization - Name",
                        "Empresa asociada", "Nombre de la empresa", "Nombre de empresa",
                    ], .column("organization.name")
                ),
                (["Contact owner", "Propietario del contacto", "Owner", "Owner.Name"], .column("assigned_to")),
                (["Date of birth", "Fecha de nacimiento"], .column("birthdate")),
                (["Street Address", "Street", "Address", "Dirección", "Domicilio"], .address("work", "street")),
                (["City", "Ciudad", "Población", "Localidad"], .address("work", "city")),
                (
                    ["State/Region", "State", "Province", "Estado o región", "Estado/región", "Estado", "Provincia"],
                    .address("work", "state")
                ),
                (
                    [
                        "Postal Code", "Postcode", "Post code", "Zip", "Zip Code", "ZIP/Postal Code", "Código postal",
                        "C.P.", "CP",
                    ],
                    .address("work", "postal_code")
                ),
                (["Country/Region", "Country", "País", "País/región"], .address("work", "country")),
                (["Website URL", "Website", "Sitio web", "URL del sitio web"], .point(kind: "url", label: nil)),
                (["LinkedIn Bio", "LinkedIn URL", "LinkedIn"], .point(kind: "profile", label: "linkedin")),
                (["Facebook", "Facebook URL"], .point(kind: "profile", label: "facebook")),
                (["Instagram", "Instagram URL"], .point(kind: "profile", label: "instagram")),
                (["Twitter", "Twitter URL"], .point(kind: "profile", label: "twitter")),
                (["Comments", "Remarks", "Comentarios", "Observaciones"], .column("description")),
                (["Tag", "Labels", "Etiqueta"], .column("tags")),
                (
                    [
                        "Unsubscribed from all email", "Unsubscribed from all emails", "Opted out of email",
                        "Opted out of all email", "Canceló la suscripción a todos los correos electrónicos",
                        "Se dio de baja de todos los correos electrónicos", "Baja de todos los correos",
                    ],
                    .column("email_opt_out")
                ),
                (
                    activity + [
                        "Marketing contact status", "Estado del contacto de marketing", "Lifecycle Stage",
                        "Etapa del ciclo de vida",
                    ], .unheld
                ),
                (leadStatus + ["archived", "createdate", "lastmodifieddate", "updatedAt"], .unheld),
                (["hs_object_id"], .nothing),
            ]
        ),
        HeaderTable(
            .product,
            [
                (["Record ID", "ID de registro"], .column("external_id")),
                (["Product description", "Descripción del producto"], .column("description")),
            ] + notes(["Unit cost", "Costo unitario", "Coste unitario", "Billing frequency"])
        ),
        HeaderTable(
            .organization,
            [
                (["Record ID", "ID de registro", "Record ID - Company", "Company ID"], .column("external_id")),
                (
                    ["Company name", "Company", "Nombre de la empresa", "Empresa", "Razón social", "Account"],
                    .column("name")
                ),
                (["Company Domain Name", "Website URL", "Web", "Página web", "Dominio"], .column("website")),
                (["Phone Number", "Número de teléfono"], .column("phone")),
                (["Number of Employees", "Número de empleados"], .column("employees")),
                (["Company owner", "Propietario de la empresa"], .column("assigned_to")),
                (["About Us", "Notes", "Notas"], .column("description")),
                (
                    [
                        "Tax ID", "VAT Number", "CIF", "NIF", "CIF/NIF", "NIF/CIF", "CIF / NIF", "NIF / CIF",
                        "CIF o NIF",
                        "NIF o CIF", "RFC/NIF", "NIF/RFC",
                    ],
                    .column("tax_id")
                ),
                (
                    ["Parent Account", "Parent company", "Cuenta principal", "Cuenta matriz", "Empresa matriz"],
                    .column("member_of.name")
                ),
                (["Account Name", "Nombre de cuenta", "Nombre de la cuenta"], .column("name")),
                (["Persona de contacto", "Contact person"], .unheld), (leadStatus + activity, .unheld),
                (["Lifecycle Stage", "Etapa del ciclo de vida"], .unheld),
            ]
        ),
        HeaderTable(
            .opportunity,
            [
                (["Record ID", "ID de registro", "Record ID - Deal", "Deal ID"], .column("external_id")),
                (
                    [
                        "Deal Name", "Nombre del negocio", "Nombre del trato", "Deal Title", "Título del negocio",
                        "Título del trato", "Título de la oportunidad",
                    ],
                    .column("name")
                ),
                (
                    ["Deal Stage", "Etapa del negocio", "Etapa del trato"],
                    .words("stage", dealStages.merging(pipedriveStages) { stage, _ in stage })
                ),
                (["Importe del negocio", "Valor del negocio"], .column("amount")),
                (["Deal owner", "Propietario del negocio"], .column("assigned_to")),
                (
                    [
                        "Associated Contact", "Primary Associated Contact", "Contacto asociado", "Contactos asociados",
                    ],
                    .column("contact.name")
                ),
                (
                    [
                        "Associated Company", "Primary Associated Company", "Empresa asociada",
                        "Empresa asociada principal",
                    ],
                    .column("organization.name")
                ),
                (
                    ["Deal Type", "Tipo de negocio"],
                    .words("type", ["newbusiness": "new_business", "existingbusiness": "existing_business"])
                ),
                (["Deal probability", "Probabilidad del negocio"], .words("probability", partsOfOne)),
                (["Deal Description", "Descripción del negocio"], .column("description")),
                (["Closed Lost Reason", "Motivo de cierre perdido"], .column("lost_reason")),
                (["Account Name"], .column("organization.name")), (["Amount Currency"], .column("currency")),
                (["Probability (%)", "Probabilidad (%)"], .column("probability")), (["Expected Revenue"], .unheld),
                (activity + pipelines, .unheld),
            ]
        ),
        HeaderTable(
            .case,
            [
                (["Ticket ID", "Record ID - Ticket", "ID de registro - Ticket"], .column("external_id")),
                (["Nombre del ticket"], .column("title")), (["Estado del ticket"], .column("status")),
                (["Ticket owner", "Propietario del ticket"], .column("assigned_to")),
                (["Ticket description", "Descripción del ticket"], .column("description")),
                (
                    ["Associated Contact", "Primary Associated Contact", "Contacto asociado"],
                    .column("contact.name")
                ),
                (activity + pipelines + ["Source", "Fuente"], .unheld),
            ]
        ),
    ]

    /// When somebody last did something with a record.
    private static let activity = ["Last Activity Date", "Fecha de la última actividad", "Fecha de última actividad"]
    /// The columns for the pipeline of a deal or ticket; this program has only one pipeline.
    private static let pipelines = ["Pipeline", "Ticket pipeline", "Deal pipeline", "Embudo de ventas"]

    /// The columns for the status of a person or company before there is a deal.
    private static let leadStatus = ["Lead Status", "Estado del lead", "Estado del prospecto"]

    /// The words for probabilities, which are fractions: 90 % is 0.9.
    private static let partsOfOne: [String: String] = {
        var words = ["1": "100", "1.0": "100", "1.00": "100", "1,0": "100"]
        for percent in 1..<100 {
            let digits = percent.digits(atLeast: 2)
            let short = percent % 10 == 0 ? "\(percent / 10)" : digits
            for mark in [".", ","] {
                words["0\(mark)\(digits)"] = "\(percent)"
                words["0\(mark)\(short)"] = "\(percent)"
            }
        }
        return words
    }()

    /// The stages of HubSpot's default sales pipeline, by their internal names and by those in its interface.
    private static let dealStages = [
        "appointmentscheduled": "prospecting", "Appointment Scheduled": "prospecting",
        "Cita programada": "prospecting", "qualifiedtobuy": "qualification", "Qualified To Buy": "qualification",
        "Calificado para comprar": "qualification", "Cualificado para comprar": "qualification",
        "presentationscheduled": "value_proposition", "Presentation Scheduled": "value_proposition",
        "Presentación programada": "value_proposition", "decisionmakerboughtin": "id_decision_makers",
        "Decision Maker Bought-In": "id_decision_makers", "contractsent": "negotiation",
        "Contract Sent": "negotiation", "Contrato enviado": "negotiation", "closedwon": "closed_won",
        "Cierre ganado": "closed_won", "closedlost": "closed_lost", "Cierre perdido": "closed_lost",
    ]
}
