extension HeaderTable {
    /// Google Contacts, in its present form of CSV and in that up to 2024: with English names, and with the Spanish
    /// ones of some exports.
    static let google = [
        HeaderTable(
            .contact,
            googleNames + googleEmails + googleWebsites + googlePhones + googlePlaces + googleChats + googleRest,
            besides: [("Nombre", "Nombre de pila", .fullName)]
        )
    ]

    /// The numbers of columns of each kind that are recognized; an export has as many as its fullest contact.
    private static let numbers = 1...9

    private static let googleNames: [(names: [String], target: Target)] = [
        (["Name"], .fullName), (["Given Name", "Nombre de pila"], .column("first_name")),
        (["Additional Name", "Nombre adicional"], .more(of: "first_name")),
        (["Family Name"], .column("last_name")),
        (["Name Prefix"], .titles(called: "Name Prefix")),
        (["Prefijo del nombre", "Prefijo de nombre"], .titles(called: "Prefijo")),
        (["Name Suffix"], .note("Name Suffix")),
        (["Sufijo del nombre", "Sufijo de nombre"], .note("Sufijo")),
        (
            ["Organization 1 - Name", "Organization Name", "Organización 1 - Nombre", "Nombre de la organización"],
            .column("organization.name")
        ),
        (
            [
                "Organization 1 - Title", "Organization Title", "Organización 1 - Cargo", "Cargo en la organización",
                "Cargo de la organización",
            ],
            .column("title")
        ),
        (
            [
                "Organization 1 - Department", "Organization Department", "Organización 1 - Departamento",
                "Departamento de la organización",
            ],
            .column("department")
        ),
        (["Group Membership", "Labels", "Pertenencia a grupos", "Etiquetas"], .column("tags")),
    ]

    /// Returns the names of the column with the value of a number, for all words in use: `E-mail 1 - Value`, `Correo
    /// electrónico 1 - Valor`.
    private static func value(_ kinds: String..., number: Int) -> [String] {
        kinds.flatMap { ["\($0) \(number) - Value", "\($0) \(number) - Valor"] }
    }

    /// Returns the names of the column with the purpose of a number.
    private static func use(_ kinds: String..., number: Int) -> [String] {
        kinds.flatMap { kind in
            ["Type", "Label", "Tipo", "Etiqueta"].map { "\(kind) \(number) - \($0)" }
        }
    }

    private static let googleEmails: [(names: [String], target: Target)] = numbers.flatMap { number in
        let target: Target =
            switch number {
            case 1: .column("email")
            case 2: .column("email_secondary")
            default: .point(kind: "email", number: number)
            }
        return [
            (
                use("E-mail", "Email", "Correo electrónico", "Correo", number: number),
                .pointUse(kind: "email", number: number)
            ),
            (value("E-mail", "Email", "Correo electrónico", "Correo", number: number), target),
        ] as [(names: [String], target: Target)]
    }

    private static let googleChats: [(names: [String], target: Target)] = numbers.flatMap { number in
        [
            (
                ["IM \(number) - Service", "MI \(number) - Servicio"],
                .pointUse(kind: "chat", number: number)
            ),
            (value("IM", "MI", number: number), .point(kind: "chat", number: number)),
        ] as [(names: [String], target: Target)]
    }

    /// The columns about a person that have no field. Those with text typed by the user become lines of the
    /// description.
    private static let googleRest: [(names: [String], target: Target)] =
        [
            (googleUnheld + numbers.flatMap { ["IM \($0) - Type", "MI \($0) - Tipo"] }, .unheld),
            (googleWords, .unheldWord),
            (["Photo", "Foto", "Fotografía", "Picture", "Imagen", "Avatar", "Photo URL"], .unheld),
            (["Nickname"], .note("Nickname")),
            (["Apodo"], .note("Apodo")),
        ] + numbers.flatMap(googleNotes(of:))

    private static let googleUnheld = [
        "Phonetic First Name", "Phonetic Middle Name", "Phonetic Last Name", "Nombre fonético",
        "Segundo nombre fonético", "Apellido fonético", "Apellidos fonéticos", "Yomi Name", "Given Name Yomi",
        "Additional Name Yomi", "Family Name Yomi", "Organization 1 - Type", "Organization 1 - Yomi Name",
        "Organization 1 - Symbol", "Organization 1 - Location", "Organization 1 - Job Description",
    ]

    private static let googleWords = [
        "Short Name", "Maiden Name", "Occupation", "Subject",
    ]

    /// Returns the columns for values with a name, each with the column for that name.
    private static func googleNotes(of number: Int) -> [(names: [String], target: Target)] {
        ["Event", "Relation", "Custom Field", "Evento", "Relación", "Campo personalizado"].flatMap { kind in
            let place = "\(kind) \(number)"
            return [
                (use(kind, number: number), .noted(.noteName(place: place))),
                (value(kind, number: number), .noted(.note(called: kind, place: place))),
            ] as [(names: [String], target: Target)]
        }
    }

    private static let googleWebsites: [(names: [String], target: Target)] = numbers.flatMap { number in
        [
            (use("Website", "Sitio web", number: number), .pointUse(kind: "url", number: number)),
            (value("Website", "Sitio web", number: number), .point(kind: "url", number: number)),
        ] as [(names: [String], target: Target)]
    }

    private static let googlePhones: [(names: [String], target: Target)] = numbers.flatMap { number in
        [
            (use("Phone", "Teléfono", number: number), .phoneUse(number: number)),
            (value("Phone", "Teléfono", number: number), .phone(number: number)),
        ] as [(names: [String], target: Target)]
    }

    private static let googlePlaces: [(names: [String], target: Target)] = numbers.flatMap { number in
        let slot = "\(number)"
        let (lead, guide) = ("Address \(number) -", "Dirección \(number) -")
        return [
            (use("Address", "Dirección", number: number), .address(slot, "kind")),
            (["\(lead) Street", "\(guide) Calle"], .address(slot, "street")),
            (
                ["\(lead) Extended Address", "\(guide) Dirección ampliada", "\(guide) Dirección extendida"],
                .piece(.addressExtension(slot: slot))
            ),
            (["\(lead) City", "\(guide) Ciudad"], .address(slot, "city")),
            (["\(lead) PO Box", "\(guide) Apartado postal", "\(guide) Apartado de correos"], .address(slot, "po_box")),
            (["\(lead) Formatted", "\(guide) Con formato", "\(guide) Formateada"], .piece(.wholeAddress(slot: slot))),
            (["\(lead) Region", "\(guide) Región"], .address(slot, "state")),
            (["\(lead) Postal Code", "\(guide) Código postal"], .address(slot, "postal_code")),
            (["\(lead) Country", "\(guide) País"], .address(slot, "country")),
        ] as [(names: [String], target: Target)]
    }
}
