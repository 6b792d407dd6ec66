extension ModuleName {
    /// Files.
    public static let document: ModuleName = "document"
}

extension Module {
    static let document = Module(
        .document,
        en: "Document",
        es: "Archivo",
        plural: (en: "Documents", es: "Archivos"),
        display: .field("title"),
        fields: [
            .text("title", en: "Title", es: "Título", .required),
            .text("file_name", en: "File name", es: "Nombre del archivo"),
            .code("media_type", en: "Media type", es: "Tipo de contenido"),
            .integer("size", en: "Size in bytes", es: "Tamaño en bytes", in: 0...Int64.max),
            .code("sha256", en: "SHA-256", es: "SHA-256"),
            .text("folder", en: "Folder", es: "Carpeta"),
            .code("version", en: "Version", es: "Versión"),
            .choice(
                "status",
                en: "Status",
                es: "Estado",
                default: "active",
                [
                    Choice("active", en: "Active", es: "Activo"),
                    Choice("expired", en: "Expired", es: "Vencido"),
                    Choice("superseded", en: "Superseded", es: "Reemplazado"),
                ]
            ),
            .date("expires_on", en: "Expires on", es: "Fecha de vencimiento"),
            .url("url", en: "URL", es: "URL"),
            .anyReference("about", en: "About", es: "Relacionado con"),
        ],
        contacts: .many(LinkDefinition()),
        listed: ["folder", "file_name", "version", "status", "expires_on"],
        foreignLabels: [
            ("Document No", "external_id"),
            ("Núm. Archivo", "external_id"),
            ("File Name", "file_name"),
            ("File Type", "media_type"),
            ("File Size", "size"),
            ("Folder Name", "folder"),
        ]
    )
}
