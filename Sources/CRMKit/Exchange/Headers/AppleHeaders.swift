extension HeaderTable {
    /// Apple's Contacts, as Numbers and common exporters write them.
    static let apple = [
        HeaderTable(
            .contact,
            [
                (["First", "First name"], .column("first_name")), (["Middle", "Middle name"], .more(of: "first_name")),
                (["Last", "Last name"], .column("last_name")), (["Prefix", "Prefijo"], .column("salutation")),
                (["Full Name", "Nombre y apellidos", "Nombre completo", "Contact", "Contacto"], .fullName),
                (["Job", "Job title", "Puesto de trabajo", "Profesión"], .column("title")),
                (["Email (work)", "Work Email", "Email trabajo", "Correo trabajo"], .column("email")),
                (["Email (home)", "Home Email", "Email casa", "Correo casa"], .column("email_secondary")),
                (["Email (other)", "Other Email"], .point(kind: "email", label: "other")),
                (["Phone (mobile)", "Phone (iPhone)", "iPhone", "Mobile", "Teléfono (móvil)"], .column("mobile")),
                (
                    ["Phone (work)", "Work Phone", "Phone (main)", "Teléfono (trabajo)", "Teléfono de trabajo"],
                    .column("phone")
                ),
                (["Phone (home)", "Home Phone", "Teléfono (casa)"], .column("home_phone")),
                (["Phone (other)", "Teléfono (otro)"], .column("other_phone")),
                (["Main phone", "Teléfono (principal)"], .point(kind: "phone", label: "main")),
                (["Work fax", "Phone (work fax)", "Fax (trabajo)"], .column("fax")),
                (["Note", "Nota"], .column("description")), (["Group", "Groups", "Grupo", "Grupos"], .column("tags")),
                (["URL (work)", "Homepage", "Página principal"], .point(kind: "url", label: nil)),
                (["Address (work)", "Dirección (trabajo)"], .address("work", "street")),
                (["Address (home)", "Dirección (casa)"], .address("home", "street")),
                (["Work Street", "Calle (trabajo)"], .address("work", "street")),
                (["Work City", "Ciudad (trabajo)"], .address("work", "city")),
                (["Work State"], .address("work", "state")),
                (["Work ZIP", "Work Postal Code"], .address("work", "postal_code")),
                (["Work Country"], .address("work", "country")),
                (["Home ZIP"], .address("home", "postal_code")),
            ]
        )
    ]
}
