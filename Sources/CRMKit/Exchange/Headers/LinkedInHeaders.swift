extension HeaderTable {
    /// The connections of a member of LinkedIn.
    static let linkedIn = [
        HeaderTable(
            .contact,
            [
                (["First Name", "Nombre"], .column("first_name")), (["Last Name", "Apellidos"], .column("last_name")),
                (["URL", "Profile URL", "URL del perfil"], .point(kind: "profile", label: nil)),
                (["Email Address", "Dirección de correo electrónico", "Correo electrónico"], .column("email")),
                (["Company", "Empresa"], .column("organization.name")),
                (["Position", "Posición", "Cargo", "Puesto", "Role"], .column("title")),
                (["Connected On", "Fecha de conexión", "Conectado el"], .unheld),
            ]
        )
    ]
}
