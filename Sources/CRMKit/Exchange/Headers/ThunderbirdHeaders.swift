extension HeaderTable {
    /// The address book of Thunderbird, where its column names differ from Outlook's.
    static let thunderbird = [
        HeaderTable(
            .contact,
            thunderbirdNames + thunderbirdPlaces + customColumns,
            besides: [
                ("Mes", "Año de nacimiento", .moment("birthdate", .month)),
                ("Día", "Año de nacimiento", .moment("birthdate", .dayOfMonth)),
                ("Nombre de usuario", "Correo electrónico primario", .point(kind: "chat", label: nil)),
            ]
        )
    ]

    private static let thunderbirdNames: [(names: [String], target: Target)] = [
        (["Secondary Email"], .column("email_secondary")), (["Work Phone"], .column("phone")),
        (["Correo electrónico primario"], .column("email")), (["Nombre a mostrar"], .fullName),
        (["Pager Number", "Número de buscapersonas"], .point(kind: "phone", label: "pager")),
        (["Screen Name"], .point(kind: "chat", label: nil)),
    ]

    private static let thunderbirdPlaces =
        place("home", "Home") + place("work", "Work") + spanishPlace("home", "particular")
        + spanishPlace("work", "de trabajo")

    private static func place(_ slot: String, _ lead: String) -> [(names: [String], target: Target)] {
        [
            (["\(lead) Address"], .address(slot, "street")), (["\(lead) Address 2"], .address(slot, "street", line: 2)),
            (["\(lead) City"], .address(slot, "city")), (["\(lead) State"], .address(slot, "state")),
            (["\(lead) ZipCode"], .address(slot, "postal_code")), (["\(lead) Country"], .address(slot, "country")),
        ]
    }

    private static func spanishPlace(_ slot: String, _ ending: String) -> [(names: [String], target: Target)] {
        [
            (["Dirección \(ending)"], .address(slot, "street")),
            (["Dirección \(ending) 2"], .address(slot, "street", line: 2)),
            (["Ciudad \(ending)"], .address(slot, "city")), (["Provincia \(ending)"], .address(slot, "state")),
            (["Código postal \(ending)"], .address(slot, "postal_code")),
            (["País \(ending)"], .address(slot, "country")),
        ]
    }

    /// The columns that Thunderbird, Yahoo and Palm leave to the user.
    private static let customColumns: [(names: [String], target: Target)] = (1...4).flatMap { number in
        ["Custom \(number)", "Personalizado \(number)"].map { name in
            ([name], .note(name))
        }
    }
}
