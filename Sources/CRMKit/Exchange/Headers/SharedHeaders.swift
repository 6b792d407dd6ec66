extension HeaderTable {
    /// Column names of vtiger, Odoo and others for the fields that all modules have.
    static let shared: [(names: [String], target: Target)] = [
        (
            [
                "Created Time", "Fecha Creación", "Marca temporal", "Timestamp", "Create Date", "Created Date",
                "Date Created",
                "Creation Date", "Created on", "Creado el", "Fecha de creación", "Fecha y hora de creación",
                "Hora de creación", "Submitted at",
            ],
            .column("created_at")
        ),
        (["Persona de contacto", "Contact person"], .column("contact.name")),
        (["Nombre de cuenta", "Nombre de la cuenta"], .column("organization.name")),
        (
            ["Modified Time", "Última Modificación", "Fecha de modificación", "Hora de modificación"],
            .column("updated_at")
        ),
        (["Assigned User", "Usuario Asignado", "Responsable"], .column("assigned_to")),
        (["Notas", "Notes", "Observaciones", "Comentarios"], .column("description")),
        (
            [
                "Tags/Name", "Tags/Tag Name", "Etiquetas/Nombre", "Etiquetas/Nombre de la etiqueta", "tag_ids/name",
                "category_id/name", "categ_ids/name", "product_tag_ids/name",
            ],
            .column("tags")
        ),
    ]
}
