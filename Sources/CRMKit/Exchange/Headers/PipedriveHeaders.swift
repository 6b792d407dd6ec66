extension HeaderTable {
    /// The people of Pipedrive, whose columns begin with what they are of.
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
            ]
        )
    ]
}
