extension HeaderTable {
    /// Tables made by hand in offices in Mexico and Spain, with the column names that no exporter uses.
    static let office =
        [
            HeaderTable(
                .contact,
                officeNames + officeNumbers + officePlaces,
                besides: officeHouses + officePhones + officeFurther
            ),
            HeaderTable(.contract, [(["Inicio"], .column("start_date")), (["Fin"], .column("end_date"))]),
            HeaderTable(
                .organization,
                [
                    (
                        [
                            "Cliente", "Proveedor", "Compañía", "Nombre comercial", "Organización",
                            "Nombre de la organización", "Nombre de la empresa", "Nombre de empresa",
                        ], .column("name")
                    ),
                    (
                        ["Tel", "Teléfono 1", "Tel 1", "Teléfono oficina", "Tel oficina", "Teléfono fijo", "Tel fijo"],
                        .column("phone")
                    ),
                    (["Correo", "Mail", "Emails", "E-mails", "Correos"], .column("email")),
                    (furtherPhones, .column("point.phone")), (furtherEmails, .column("point.email")),
                    (["R.F.C.", "Cédula fiscal", "Identificación fiscal"], .column("tax_id")),
                    (["Giro", "Ramo"], .column("industry")),
                    (["Facturación anual", "Ventas anuales", "Ingresos"], .column("annual_revenue")),
                    (["No. de empleados", "Núm. de empleados"], .column("employees")),
                    (["Observaciones", "Comentarios"], .column("description")),
                    (["Vendedor", "Ejecutivo", "Asesor"], .column("assigned_to")),
                ]
            ),
            HeaderTable(
                .address,
                [
                    (["C.P.", "CP", "Cód. postal", "Zip", "Zip code"], .column("postal_code")),
                    (["Domicilio", "Calle y número"], .column("street")), (["Col."], .column("neighborhood")),
                    (["Población", "Localidad", "Cd."], .column("city")),
                    (municipality, .piece(.spare(placesOfMunicipality))),
                    (["Edo.", "Provincia", "Entidad", "Estado/región"], .column("state")),
                    (["Postcode", "Post code"], .column("postal_code")),
                    (outerNumbers, .further("street", .blank)), (innerNumbers, .further("street", .inside)),
                    (["Calle 2"], .further("street", .line)),
                ]
            ),
            HeaderTable(
                .asset,
                [
                    (
                        [
                            "No. de serie", "No. serie", "Núm. de serie", "Nº de serie", "Serie", "N/S", "S/N",
                            "Serial no.",
                        ],
                        .column("serial")
                    ),
                    (
                        ["No. de activo", "No. activo", "Núm. de activo", "Núm. de inventario", "No. de inventario"],
                        .column("asset_number")
                    ),
                    (["Fecha de compra", "Fecha compra"], .column("sold_on")),
                    (["Estatus"], .column("status")), (["Empresa", "Razón social"], .column("organization.name")),
                    (["Artículo", "Equipo", "Descripción del activo"], .column("name")),
                    (["Importe", "Costo", "Precio"], .column("value")), (["Contact Name"], .column("contact.name")),
                ]
            ),
            HeaderTable(
                .opportunity,
                [
                    (["Oportunidad", "Proyecto", "Negocio"], .column("name")),
                    (["Monto", "Importe", "Valor"], .column("amount")),
                    (["Etapa", "Fase", "Estatus"], .column("stage")),
                    (["Empresa", "Razón social"], .column("organization.name")),
                    (
                        [
                            "Cierre", "Cierre estimado", "Fecha estimada", "Fecha probable de cierre", "Fecha cierre",
                            "Closing Date",
                        ],
                        .column("close_date")
                    ),
                    (["Prob.", "%"], .column("probability")),
                    (["Vendedor", "Ejecutivo", "Asesor"], .column("assigned_to")),
                    (["Observaciones", "Comentarios", "Notas"], .column("description")),
                ],
                // What others call the closing date is the expected one, and not the day on which a sale was closed.
                besides: [("Fecha de cierre", "Fecha de cierre", .column("close_date"))]
            ),
            HeaderTable(
                .product,
                [
                    (["Clave", "SKU", "Referencia", "Código de producto"], .column("code")),
                    (
                        [
                            "Producto", "Artículo", "Concepto", "Nombre del producto", "Nombre de producto",
                            "Nombre del artículo", "Nombre de artículo",
                        ], .column("name")
                    ),
                    (
                        [
                            "Precio unitario", "P. unitario", "Precio de venta", "PVP", "Precio de lista",
                            "Precio lista", "Precio público", "Precio al público", "P. venta",
                        ], .column("price")
                    ),
                    (["Existencia", "Stock", "Inventario", "Cantidad"], .column("stock")),
                    (["Marca"], .column("manufacturer")), (rates, .column("tax_rate")),
                    (["Impuesto"], .column("taxes")),
                    (["No. de serie", "Nº de serie", "Núm. de serie", "Serie"], .column("serial")),
                    (["U.M.", "UdM"], .column("unit")), activity,
                ]
            ),
            HeaderTable(
                .service,
                [
                    (["Servicio", "Nombre del servicio", "Nombre de servicio"], .column("name")), activity,
                    (rates + ["Impuesto"], .column("taxes")),
                ]
            ),
            HeaderTable(.document, [(["Documento", "Nombre del documento"], .column("title"))]),
            HeaderTable(
                .contract,
                [
                    (["Contrato"], .column("subject")), (["Fecha inicio", "Fecha de inicio"], .column("start_date")),
                    (
                        ["Fecha fin", "Fecha de fin", "Fecha de término", "Vencimiento", "Vigencia"],
                        .column("end_date")
                    ),
                ]
            ),
            HeaderTable(
                .project,
                [
                    (["Fecha inicio"], .column("start_date")),
                    (["Fecha fin", "Fecha de fin"], .column("target_end_date")),
                ]
            ),
            HeaderTable(
                .quote,
                [
                    (["Vigencia", "Válida hasta", "Válido hasta", "Vencimiento"], .column("valid_until")),
                    (["Empresa", "Razón social"], .column("organization.name")),
                ]
            ),
            HeaderTable(.email, [(["Título"], .column("subject"))]),
            HeaderTable(
                .case,
                [
                    (["Contact Name"], .column("contact.name")),
                    (["Asunto", "Subject", "Ticket name"], .column("title")),
                    (["Date/Time Opened", "Fecha apertura"], .column("opened_at")),
                    (["Date/Time Closed"], .column("closed_at")),
                ]
            ),
        ] + statused.map { HeaderTable($0, [(["Estatus"], .column("status"))]) }
        + documents

    /// The rate of value-added tax.
    private static let rates = [
        "IVA", "% IVA", "IVA %", "IVA (%)", "Tasa IVA", "Tasa de IVA", "Tipo de IVA", "Tipo IVA", "VAT", "VAT %",
        "VAT rate",
    ]

    /// Second telephones and addresses of an organization, which has a field for the first alone. Where that is empty
    /// they are second ones all the same.
    private static let furtherPhones = [
        "Tel. 2", "Teléfono 2", "Tel. 3", "Teléfono 3", "Phone 2", "Phone 3", "Otro tel.", "Cel.", "Celular", "Móvil",
        "Mobile", "Mobile phone", "Cell", "Cell phone", "Tel. celular", "Tel. móvil", "Teléfono celular",
        "Teléfono móvil", "Cel. 2", "Celular 2", "Móvil 2", "WhatsApp",
    ]
    private static let furtherEmails = [
        "Correo 2", "Email 2", "E-mail 2", "Correo electrónico 2", "Correo 3", "Email 3", "Correo alterno",
        "Otro correo",
    ]

    /// The column for the municipality, between city and neighbourhood, in exports from Mexico that have it next to
    /// both.
    private static let municipality: [String] = {
        let names = ["Municipio", "Alcaldía", "Delegación"]
        let pairs = names.flatMap { one in names.filter { $0 != one }.map { (one, $0) } }
        return names + ["Mpio.", "Del.", "Ciudad o municipio", "Municipio o ciudad"]
            + pairs.flatMap { one, other in ["/", " / ", " o ", " y "].map { "\(one)\($0)\(other)" } }
    }()

    /// The fields for the municipality: the city if there is no other one, otherwise after the neighbourhood, as in
    /// letters.
    private static let placesOfMunicipality = ["city", "neighborhood"]
    /// The words for whether something is sold.
    private static let activity: (names: [String], target: Target) = (
        ["Estado", "Estatus", "Status"],
        .words(
            "active",
            [
                "activo": "true", "activa": "true", "active": "true", "vigente": "true", "disponible": "true",
                "inactivo": "false", "inactiva": "false", "inactive": "false", "descontinuado": "false",
                "baja": "false", "no disponible": "false",
            ]
        )
    )

    /// The columns for the number of a house, and for the number of a unit inside it.
    private static let outerNumbers = [
        "Número exterior", "Núm. exterior", "No. exterior", "Num ext", "No. ext", "Número ext", "NUMEXT",
    ]
    private static let innerNumbers = [
        "Número interior", "Núm. interior", "No. interior", "Num int", "No. int", "Número int", "NUMINT",
    ]

    /// The kinds of documents that have a number.
    private static let numbered: [ModuleName] = [.case, .contract, .purchaseOrder, .quote, .salesOrder]
    private static let shortNumbers = ["No.", "Num.", "Núm.", "Nº", "N.º"]
    /// The columns that count the lines of a document.
    private static let lineNumbers = [
        "Partida", "No. de partida", "Núm. de partida", "No. partida", "Núm. partida", "Partida no.", "Renglón",
    ]
    /// Beside the number itself a short word for it counts the lines, or the rows; beside what a line has it may do
    /// either.
    private static let documents: [HeaderTable] = numbered.map { module in
        let hasLines = [.purchaseOrder, .quote, .salesOrder].contains(module)
        let counted: Target = hasLines ? .cell("lines", .nothing) : .unheld
        let besides = shortNumbers.flatMap { short -> Besides in
            ["Folio", "Número"].map { (name: short, beside: $0, target: counted) } + [
                (name: short, beside: "Cantidad", target: Target.unknown)
            ]
        }
        let names = ["Folio", "Número"] + shortNumbers
        let numbers: [(names: [String], target: Target)] = hasLines ? [(lineNumbers, counted)] : []
        return HeaderTable(module, [(names: names, target: Target.column("number"))] + numbers, besides: besides)
    }

    private static let statused: [ModuleName] = [
        .campaign, .case, .contract, .document, .event, .project, .purchaseOrder, .salesOrder,
    ]

    private static let officeNames: [(names: [String], target: Target)] = [
        (["Nombres", "Nombre(s)", "Primer nombre", "Nombre 1"], .column("first_name")),
        (
            [
                "Apellido paterno", "Ap. paterno", "A. paterno", "Paterno", "Primer apellido", "1er apellido",
                "Apellido 1", "Apellido(s)",
            ],
            .column("last_name")
        ),
        (
            [
                "Apellido materno", "Ap. materno", "A. materno", "Materno", "Segundo apellido", "2o apellido",
                "2º apellido", "Apellido 2",
            ],
            .more(of: "last_name")
        ),
        (
            [
                "Nombre y apellido", "Nombre y apellido(s)", "Nombre(s) y apellido(s)", "Nombres y apellidos",
                "Nombre y apellidos completos",
            ],
            .fullName
        ),
        (
            [
                "Apellidos y nombre", "Apellidos y nombres", "Apellido y nombre", "Apellido(s) y nombre(s)",
                "Apellidos, nombre", "Apellido, nombre", "Apellidos nombre", "Apellido nombre", "Apellidos/nombre",
                "Last name, first name", "Last, first", "Surname, name", "Surname and name",
            ],
            .piece(.familyFirst)
        ),
        (["Persona de contacto", "Contact person"], .fullName), (["Razón social"], .column("organization.name")),
        (
            ["No llamar", "No contactar por teléfono", "Opted out of calls", "Phone opt out", "DoNotCall"],
            .column("do_not_call")
        ),
        (optOuts, .column("email_opt_out")),
        (["Trato"], .column("salutation")), (["Área", "Depto.", "Dpto."], .column("department")),
        (["Institución", "Negocio", "Cía."], .column("organization.name")),
        (
            [
                "Fecha nac.", "F. nac.", "F. nacimiento", "Fec. nac.", "Fecha de nac.", "Fecha nacimiento",
                "Nacimiento", "Cumple",
            ],
            .column("birthdate")
        ),
        (["Obs.", "Comentario", "Observación"], .column("description")),
        (["Ejecutivo", "Asesor", "Ejecutivo de cuenta"], .column("assigned_to")),
    ]

    /// Beside a number of one kind, the place of another says that it is one too.
    private static let officePhones: Besides = ["Móvil", "Celular", "Cel.", "Teléfono"].flatMap { beside in
        [("Casa", "home_phone"), ("Trabajo", "phone"), ("Oficina", "phone")].map { name, field in
            (name: name, beside: beside, target: Target.column(field))
        }
    }

    /// The columns that name a mobile telephone in the words of both countries.
    private static let eitherMobile = ["Móvil", "Celular", "Cel."].flatMap { one in
        ["Móvil", "Celular", "Cel."].filter { $0 != one }.flatMap { other in
            ["/", " / ", " o ", " u "].map { "\(one)\($0)\(other)" }
        }
    }

    private static let officeNumbers: [(names: [String], target: Target)] = [
        (
            [
                "Tel.", "Teléfonos", "Tels.", "Tel. 1", "Teléfono 1", "Teléfono fijo", "Tel. fijo", "Tel. oficina",
                "Tel. trabajo", "Phones", "Phone numbers", "Telephones", "Números de teléfono", "Teléfono(s)",
            ],
            .column("phone")
        ),
        (
            ["Cel.", "Celulares", "Móviles", "Mobiles", "Tel. celular", "Tel. móvil", "Móvil 1", "Celular 1"]
                + eitherMobile,
            .column("mobile")
        ),
        (named(mobiles, ofWork + ofHome), .column("mobile")),
        (["Tel. casa", "Teléfono casa", "Tel. domicilio"], .column("home_phone")),
        (["Tel. 2", "Teléfono 2", "Otro tel."], .column("other_phone")),
        (
            ["WhatsApp", "Whats", "Wsp", "Número de WhatsApp", "No. de WhatsApp"],
            .point(kind: "phone", label: "whatsapp")
        ),
        (["Cel. 2", "Celular 2", "Móvil 2"], .point(kind: "phone", label: "cell")),
        (
            [
                "Correos", "Correos electrónicos", "Emails", "E-mails", "Email addresses", "E-mail addresses",
                "Direcciones de correo", "Direcciones de correo electrónico", "Correo 1", "Email 1", "Correo-e",
                "Correo elec.", "Correo(s)",
            ],
            .column("email")
        ),
        (named(mails, ofWork), .column("email")),
        (named(mails, ofHome) + ["Personal email"], .column("email_secondary")),
        (["Tel. 3", "Teléfono 3"], .point(kind: "phone", label: nil)),
        (["Correo 3", "Email 3"], .point(kind: "email", label: nil)),
        (["Correo 2", "Email 2", "Correo alterno", "Otro correo"], .column("email_secondary")),
        (
            ["Web", "Página", "Página web 1", "Página web 2", "Web Page 1", "Web Page 2"],
            .point(kind: "url", label: nil)
        ),
        (["Birth Year", "Año de nacimiento"], .moment("birthdate", .year)),
        (["Birth Month", "Mes de nacimiento"], .moment("birthdate", .month)),
        (["Birth Day", "Día de nacimiento"], .moment("birthdate", .dayOfMonth)),
    ]

    private static let mails = ["Correo", "Correo electrónico", "Email", "E-mail"]
    private static let mobiles = ["Celular", "Móvil", "Cel."]
    private static let ofWork = ["del trabajo", "de trabajo", "laboral", "(laboral)"]
    private static let ofHome = ["personal", "(personal)", "particular", "de casa"]

    /// Returns the names of columns that say whether something is of work or of home.
    private static func named(_ names: [String], _ endings: [String]) -> [String] {
        names.flatMap { name in endings.map { "\(name) \($0)" } }
    }

    /// Beside a column that has the field, such a one is a further number or address.
    private static let officeFurther: Besides =
        further(named(mails, ofWork), beside: mails, kind: "email", label: "work")
        + further(named(mobiles, ofWork), beside: mobiles + named(mobiles, ofHome), kind: "phone", label: "work")
        + further(named(mobiles, ofHome), beside: mobiles, kind: "phone", label: "home")

    private static func further(_ names: [String], beside others: [String], kind: String, label: String) -> Besides {
        names.flatMap { name in
            others.map { (name: name, beside: $0, target: Target.point(kind: kind, label: label)) }
        }
    }

    /// A number that stands with a street is that of the house; elsewhere it counts the rows.
    private static let officeHouses: Besides =
        ["Número", "No.", "Núm.", "Num.", "Nº"].flatMap { number in
            ["Calle", "Dirección", "Domicilio"].map { (name: number, beside: $0, target: Target.house("work")) }
        }

    private static let officePlaces: [(names: [String], target: Target)] = [
        (["Calle y número"], .address("work", "street")), (["Calle 2"], .address("work", "street", line: 2)),
        (outerNumbers, .house("work")), (innerNumbers, .house("work", isInside: true)),
        (["Colonia", "Col."], .address("work", "neighborhood")),
        (municipality, .piece(.addressSpare(slot: "work", placesOfMunicipality))),
        (["Edo."], .address("work", "state")), (["Cd."], .address("work", "city")),
        (["Cód. postal", "CP"], .address("work", "postal_code")),
        (["Domicilio laboral", "Dirección laboral", "Dirección del trabajo"], .address("work", "street")),
        (["Domicilio fiscal", "Dirección fiscal"], .address("billing", "street")),
        (
            [
                "Domicilio particular", "Dirección particular", "Dirección personal", "Dirección de casa",
                "Calle particular",
            ],
            .address("home", "street")
        ),
        (["Colonia particular"], .address("home", "neighborhood")), (["Ciudad particular"], .address("home", "city")),
        (["Estado particular", "Provincia particular"], .address("home", "state")),
        (["Código postal particular", "C.P. particular"], .address("home", "postal_code")),
        (["País particular"], .address("home", "country")),
    ]

    /// The columns for whether a person wants no mail. If they were skipped, mail would be sent.
    private static let optOuts = [
        "HasOptedOutOfEmail", "Has Opted Out Of Email", "Email opted out", "Do not email", "No email", "Unsubscribed",
        "No participación por correo electrónico", "No participación en correo electrónico",
        "No participación correo electrónico", "Exclusión de correo electrónico",
        "Exclusión voluntaria de correo electrónico", "Cancelación de correo electrónico",
        "No desea recibir correo electrónico", "No desea recibir correos", "No recibir correo electrónico",
        "No recibir correos", "No enviar correo", "No enviar correos", "No enviar correo electrónico",
        "No contactar por correo", "No contactar por correo electrónico", "Baja de correo", "Baja de correos",
    ]
}
