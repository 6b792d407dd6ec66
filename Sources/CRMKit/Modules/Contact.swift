extension ModuleName {
    /// People, to whom all other records refer.
    public static let contact: ModuleName = "contact"
}

extension Module {
    static let contact = Declaration(
        name: .contact,
        en: "Contact",
        es: "Contacto",
        plural: (en: "Contacts", es: "Contactos"),
        gender: .masculine,
        synonyms: "persona people person lead prospecto",
        kin: "usuario user empleado employee vendedor seller agente agent",
        display: .composed(
            ["first_name", "last_name"],
            separator: " ",
            words: nil,
            en: "Full name",
            es: "Nombre completo"
        ),
        fields: [
            .choice("salutation", en: "Salutation", es: "Tratamiento", salutations),
            .text("first_name", en: "First name", es: "Nombre"),
            .text("last_name", en: "Last name", es: "Apellidos", .required),
            .reference("organization", to: .organization, en: "Organization", es: "Cliente"),
            .text("title", en: "Title", es: "Cargo"),
            .text("department", en: "Department", es: "Departamento"),
            .email("email", en: "Email", es: "Correo electrónico principal", .key),
            .email("email_secondary", en: "Secondary email", es: "Correo electrónico secundario"),
            .phone("phone", en: "Office phone", es: "Tel. empresa"),
            .phone("mobile", en: "Mobile", es: "Móvil"),
            .phone("home_phone", en: "Home phone", es: "Tel. particular"),
            .phone("other_phone", en: "Other phone", es: "Teléfono secundario"),
            .phone("fax", en: "Fax", es: "Fax", .common),
            .date("birthdate", en: "Date of birth", es: "Fecha de nacimiento", .notFuture),
            .reference("reports_to", to: .contact, en: "Reports to", es: "Informa a", .acyclic),
            .text("assistant", en: "Assistant", es: "Asistente"),
            .phone("assistant_phone", en: "Assistant phone", es: "Teléfono del asistente", .common),
            .choice("lead_source", en: "Lead source", es: "Origen", Choice.leadSources),
            .boolean("do_not_call", en: "Do not call", es: "No llamar por teléfono", .refusal),
            .boolean("email_opt_out", en: "Email opt out", es: "No enviar correo", .refusal),
            .date("support_start", en: "Support start", es: "Inicio del soporte"),
            .date("support_end", en: "Support end", es: "Término del soporte"),
        ],
        keys: [
            ReferenceKey("email", ofEvery: .email, andPart: "point"),
            ReferenceKey("phone", ofEvery: .phone, andPart: "point"),
            ReferenceKey("chat", ["point.chat"]),
        ],
        contacts: .center,
        listed: ["organization", "title", "email", "phone", "mobile"],
        mention: Mention(["title", "email"]),
        knownBy: ["email", "organization", "addresses.city"],
        dateOrders: [DateOrder("support_start", "support_end")],
        occasions: [
            Occasion("created", en: "Contact added", es: "Contacto agregado", on: "created_at"),
            Occasion("support_start", en: "Support starts", es: "Inicia el soporte", on: "support_start"),
            Occasion("support_end", en: "Support ends", es: "Termina el soporte", on: "support_end")
                .onPage(.renewals, .coming(within: 30)),
            Occasion("birthday", en: "Birthday", es: "Cumpleaños", on: "birthdate").onPage(.birthdays, .yearly)
                .offTimeline,
        ],
        parts: [.contactPoint, .bounce, .cardRemainder],
        merging: Merging(overflow: "point", origin: "label"),
        resemblance: Resemblance(
            name: .person(given: "first_name", family: "last_name"),
            keys: ["email", "phone"],
            context: "organization",
            facts: ["birthdate"]
        ),
        prompting: Prompting(naming: { text in
            let name = PersonName(text)
            return [("first_name", name.given), ("last_name", name.family)].filter { !$0.1.isEmpty }
        })
    ).module

    /// The titles of persons, those usual in Mexico last.
    private static let salutations = [
        Choice("mr", en: "Mr.", es: "Sr.", words: "mister señor sr don d"),
        Choice("ms", en: "Ms.", es: "Srta.", words: "miss señorita srta"),
        Choice("mrs", en: "Mrs.", es: "Sra.", words: "madam señora sra doña dña dª"),
        Choice("dr", en: "Dr.", es: "Dr.", words: "doctor"),
        Choice("prof", en: "Prof.", es: "Prof.", words: "professor profesor profesora profa"),
        Choice("dra", en: "Dra.", es: "Dra.", yields: true, words: "doctora"),
        Choice(
            "lic",
            en: "Lic.",
            es: "Lic.",
            yields: true,
            words: "licenciado licenciada licda lcda lcdo lda ldo"
        ),
        Choice("ing", en: "Ing.", es: "Ing.", yields: true, words: "ingeniero ingeniera"),
        Choice("arq", en: "Arq.", es: "Arq.", yields: true, words: "arquitecto arquitecta"),
        Choice("mtro", en: "Mtro.", es: "Mtro.", yields: true, words: "maestro"),
        Choice("mtra", en: "Mtra.", es: "Mtra.", yields: true, words: "maestra"),
        Choice("cp", en: "C.P.", es: "C.P.", yields: true, words: "c.p cp contador contadora"),
    ]
}
