extension HeaderTable {
    /// Apple's Contacts, as Numbers and common exporters write them.
    static let apple = [
        HeaderTable(
            .contact,
            [
                (["First", "First name"], .column("first_name")), (["Middle", "Middle name"], .more(of: "first_name")),
                (["Last", "Last name"], .column("last_name")), (["Prefix"], .titles(called: "Prefix")),
                (["Prefijo"], .titles(called: "Prefijo")),
                (["Full Name", "Nombre y apellidos", "Nombre completo", "Contact", "Contacto"], .fullName),
                (["Job", "Job title", "Puesto de trabajo", "Profesión"], .column("title")),
                (
                    [
                        "Email (work)", "Work Email", "Email trabajo", "Correo trabajo", "Correo (trabajo)",
                        "Correo electrónico (trabajo)", "Email (trabajo)",
                    ], .column("email")
                ),
                (
                    [
                        "Email (home)", "Home Email", "Email casa", "Correo casa", "Correo (casa)",
                        "Correo electrónico (casa)", "Email (casa)",
                    ], .column("email_secondary")
                ),
                (
                    [
                        "Email (other)", "Other Email", "Email (iCloud)", "Correo (otro)", "Correo (iCloud)",
                        "Correo electrónico (otro)",
                    ], .point(kind: "email", label: "other")
                ),
                (
                    ["Phone (mobile)", "Phone (iPhone)", "iPhone", "Mobile", "Teléfono (móvil)", "Teléfono (iPhone)"],
                    .column("mobile")
                ),
                (
                    ["Phone (work)", "Work Phone", "Phone (main)", "Teléfono (trabajo)", "Teléfono de trabajo"],
                    .column("phone")
                ),
                (["Phone (home)", "Home Phone", "Teléfono (casa)"], .column("home_phone")),
                (["Phone (other)", "Teléfono (otro)"], .column("other_phone")),
                (["Main phone", "Teléfono (principal)"], .point(kind: "phone", label: "main")),
                (["Work fax", "Phone (work fax)", "Fax (trabajo)", "Teléfono (fax del trabajo)"], .column("fax")),
                (
                    ["Phone (home fax)", "Fax (casa)", "Teléfono (fax de casa)"],
                    .point(kind: "phone", label: "home fax")
                ),
                (["Phone (pager)", "Teléfono (localizador)"], .point(kind: "phone", label: "pager")),
                (["Note", "Nota"], .column("description")), (["Group", "Groups", "Grupo", "Grupos"], .column("tags")),
                (
                    [
                        "URL (work)", "URL (home page)", "URL (homepage)", "URL (other)", "Homepage",
                        "Página principal", "URL (trabajo)", "URL (página principal)", "URL (página de inicio)",
                        "URL (otro)",
                    ], .point(kind: "url", label: nil)
                ),
                (["URL (home)", "URL (casa)"], .point(kind: "url", label: "home")),
                (["Work Street"], .address("work", "street")), (["Work City"], .address("work", "city")),
                (["Work State"], .address("work", "state")),
                (["Work ZIP", "Work Postal Code"], .address("work", "postal_code")),
                (["Work Country"], .address("work", "country")),
                (["Home ZIP"], .address("home", "postal_code")),
            ] + place("work", ["work", "trabajo"]) + place("home", ["home", "casa"])
                + place("other", ["other", "otro", "otra"])
        )
    ]

    /// Returns the columns of an address, each with the label of the address in brackets.
    private static func place(_ slot: String, _ labels: [String]) -> [(names: [String], target: Target)] {
        let fields = [
            ("street", ["Address", "Street", "Dirección", "Calle"]), ("city", ["City", "Ciudad", "Población"]),
            ("neighborhood", ["Colonia"]), ("state", ["State", "Province", "Estado", "Provincia"]),
            ("postal_code", ["ZIP", "ZIP Code", "Postal Code", "Código postal", "C.P."]),
            ("country", ["Country", "País"]),
        ]
        return fields.map { field, words in
            (words.flatMap { word in labels.map { "\(word) (\($0))" } }, .address(slot, field))
        }
    }
}
