extension HeaderTable {
    /// The contacts of Microsoft Outlook, as exported by its wizard and its web application.
    static let outlook = [
        HeaderTable(
            .contact,
            names + addresses + numbers + others + mailUses + outlookSpanish,
            besides: [
                ("Title", "Job Title", .titles(called: "Title")), ("Título", "Puesto", .titles(called: "Título")),
                ("Título", "Cargo", .titles(called: "Título")), ("Profesión", "Puesto", .unknown),
                // People note there what they like: the organization has a column of its own.
                ("Account", "Business Street", .note("Account")), ("Account", "E-mail Type", .note("Account")),
                ("Cuenta", "Calle del trabajo", .note("Cuenta")),
                ("Cuenta", "Tipo de correo electrónico", .note("Cuenta")),
            ] + wholeAddresses
        )
    ]

    private static let names: [(names: [String], target: Target)] = [
        (["Title", "Tratamiento", "Título"], .column("title")),
        (["First Name", "Given Name", "Forename"], .column("first_name")),
        (["Middle Name", "Segundo nombre"], .more(of: "first_name")),
        (["Surname", "Apellido"], .column("last_name")),
        (["Suffix"], .note("Suffix")),
        (["Sufijo"], .note("Sufijo")),
        (["Company", "Company Name", "Organización", "Compañía", "Empresa"], .column("organization.name")),
        (["Job Title", "Puesto"], .column("title")),
        (
            ["E-mail Address", "Email Address", "Dirección de correo electrónico", "Correo electrónico"],
            .column("email")
        ),
        (
            ["E-mail 2 Address", "Dirección de correo electrónico 2", "Dirección del correo electrónico 2"],
            .column("email_secondary")
        ),
        (
            ["E-mail 3 Address", "Dirección de correo electrónico 3", "Dirección del correo electrónico 3"],
            .point(kind: "email", label: nil)
        ),
        (["Assistant's Name", "Nombre del ayudante", "Nombre del asistente"], .column("assistant")),
        (["Birthday", "Cumpleaños"], .column("birthdate")),
        (["Categories", "Categorías"], .column("tags")), (["Notes", "Notas"], .column("description")),
        (["Web Page", "Personal Web Page", "Página web", "Página Web"], .point(kind: "url", label: nil)),
        (["IMAddress", "IM Address"], .point(kind: "chat", label: nil)),
        (["Display Name", "File As", "Nombre mostrado", "Archivar como"], .fullName),
    ]

    private static let numbers: [(names: [String], target: Target)] = [
        (["Business Phone", "Teléfono del trabajo"], .column("phone")),
        (["Business Phone 2", "Teléfono del trabajo 2"], .point(kind: "phone", label: "work")),
        (
            [
                "Company Main Phone", "Teléfono principal de la organización", "Teléfono principal de la compañía",
                "Número de centralita de la organización",
            ],
            .point(kind: "phone", label: "company")
        ),
        (["Home Phone", "Particular", "Teléfono particular", "Teléfono de casa"], .column("home_phone")),
        (["Home Phone 2", "Particular 2", "Teléfono particular 2"], .point(kind: "phone", label: "home")),
        (["Mobile Phone", "Teléfono móvil", "Teléfono celular", "Número de móvil", "Celular"], .column("mobile")),
        (["Other Phone", "Otro teléfono"], .column("other_phone")),
        (["Primary Phone", "Teléfono principal"], .point(kind: "phone", label: "main")),
        (["Car Phone", "Teléfono del automóvil"], .point(kind: "phone", label: "car")),
        (["Business Fax", "Fax del trabajo"], .column("fax")),
        (["Home Fax", "Fax particular"], .point(kind: "phone", label: "home fax")),
        (["Other Fax", "Otro fax"], .point(kind: "phone", label: "fax")),
        (["Pager", "Localizador"], .point(kind: "phone", label: "pager")),
        (["Assistant's Phone", "Teléfono del ayudante", "Teléfono del asistente"], .column("assistant_phone")),
        (["Callback", "Devolución de llamada"], .point(kind: "phone", label: "callback")),
        (["Radio Phone", "Radioteléfono"], .point(kind: "phone", label: "radio")),
        (["ISDN", "RDSI"], .point(kind: "phone", label: "isdn")),
        (["TTY/TDD Phone", "Teléfono TTY/TDD"], .point(kind: "phone", label: "tty")),
    ]

    private static let others: [(names: [String], target: Target)] =
        [
            (["Department", "Departamento"], .column("department")),
            (
                ["Manager's Name", "Nombre del director", "Nombre del jefe", "Nombre del administrador"],
                .column("reports_to.name")
            ),
            (
                [
                    "Initials", "Iniciales", "Language", "Idioma", "Directory Server", "Servidor de directorio",
                    "Internet Free Busy", "Internet Free/Busy", "Disponibilidad en Internet",
                ],
                .unheldWord
            ),
            (
                ["Sensitivity", "Sensibilidad", "Confidencialidad", "Carácter", "Priority", "Prioridad"],
                .unheldBesides(["Normal"])
            ),
            (
                ["Gender", "Sexo", "Género"],
                .unheldBesides(["Unspecified", "No especificado", "Sin especificar", "Sin especif."])
            ),
            (["Private", "Privado"], .unheldBesides(["False", "Falso", "No"])),
        ]
        + notedWords([
            "Anniversary", "Aniversario", "Spouse", "Cónyuge", "Children", "Hijos", "Office Location",
            "Ubicación de oficina", "Ubicación de la oficina", "Profession", "Hobby", "Afición", "Aficiones",
            "Keywords",
            "Palabras clave", "Location", "Ubicación", "Mileage", "Kilometraje", "Billing Information",
            "Información de facturación", "Government ID Number", "Número de identificación",
            "Organizational ID Number", "Id. de la organización", "Referred By", "Recomendado por", "Telex", "Télex",
            "User 1", "User 2", "User 3", "User 4", "Usuario 1", "Usuario 2", "Usuario 3", "Usuario 4", "Schools",
            "Escuelas",
        ])

    /// A whole address next to its parts contains nothing new.
    private static let wholeAddresses: Besides = [
        ("Business", "work"), ("Home", "home"), ("Other", "other"),
    ].map { name, slot in ("\(name) Address", "\(name) Street", .piece(.wholeAddress(slot: slot))) }

    /// The columns for the type of each of the three e-mail addresses, which is always the same, and its display name.
    private static let mailUses: [(names: [String], target: Target)] = ["", " 2", " 3"].flatMap { number in
        [
            (
                [
                    "E-mail\(number) Type", "Tipo de correo electrónico\(number)",
                    "Tipo del correo electrónico\(number)",
                ],
                .nothing
            ),
            (
                [
                    "E-mail\(number) Display Name", "Nombre para mostrar del correo electrónico\(number)",
                    "Nombre de pantalla del correo electrónico\(number)",
                    "Nombre de pantalla de correo electrónico\(number)",
                ],
                .unheld
            ),
        ] as [(names: [String], target: Target)]
    }

    /// The columns of each address: street, its two further lines, city, state, postal code, country, post office box.
    private static let addresses: [(names: [String], target: Target)] =
        place(
            "work",
            en: "Business",
            es: [
                ["Calle del trabajo"], ["Calle del trabajo 2"], ["Calle del trabajo 3"],
                ["Ciudad de trabajo", "Ciudad del trabajo"],
                ["Provincia o estado de trabajo", "Provincia o estado del trabajo"],
                ["Código postal del trabajo"], ["País o región del trabajo", "País o región de trabajo"],
                ["Apartado postal del trabajo", "Apartado postal de la dirección del trabajo"],
            ]
        )
        + place(
            "home",
            en: "Home",
            es: [
                ["Calle del domicilio", "Calle de la casa"], ["Calle del domicilio 2", "Calle de la casa 2"],
                ["Calle del domicilio 3", "Calle de la casa 3"], ["Ciudad de residencia", "Ciudad del domicilio"],
                ["Provincia o estado de residencia", "Provincia o estado del domicilio"],
                ["Código postal de residencia", "Código postal del domicilio"],
                ["País o región del domicilio", "País o región de residencia"],
                ["Apartado postal del domicilio", "Apartado postal de la dirección particular"],
            ]
        )
        + place(
            "other",
            en: "Other",
            es: [
                ["Otra calle"], ["Otra calle 2"], ["Otra calle 3"], ["Otra ciudad"], ["Otra provincia o estado"],
                ["Otro código postal"], ["Otro país o región"],
                ["Otro apartado postal", "Apartado postal de otra dirección"],
            ]
        )

    private static func place(_ slot: String, en lead: String, es: [[String]]) -> [(names: [String], target: Target)] {
        let english = [
            ["\(lead) Street"], ["\(lead) Street 2"], ["\(lead) Street 3"], ["\(lead) City"],
            ["\(lead) State"], ["\(lead) Postal Code"], ["\(lead) Country/Region", "\(lead) Country"],
            ["\(lead) Address PO Box"],
        ]
        let fields = [
            ("street", 1), ("street", 2), ("street", 3), ("city", 1), ("state", 1), ("postal_code", 1), ("country", 1),
            ("po_box", 1),
        ]
        return zip(fields, zip(english, es)).map { field, names in
            (names.0 + names.1, .address(slot, field.0, line: field.1))
        }
    }
}
