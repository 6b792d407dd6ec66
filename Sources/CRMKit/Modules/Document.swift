import Localization

extension ModuleName {
    /// Files.
    public static let document: ModuleName = "document"
}

extension Module {
    static let document = Declaration(
        name: .document,
        en: "Document",
        es: "Archivo",
        plural: (en: "Documents", es: "Archivos"),
        gender: .masculine,
        synonyms: "documento archivo file adjunto attachment",
        kin: "plantilla template carpeta folder",
        display: .field("title"),
        fields: [
            .text("title", en: "Title", es: "Título", .required),
            .text("file_name", en: "File name", es: "Nombre del archivo"),
            .code("media_type", en: "Media type", es: "Tipo de contenido"),
            .integer("size", en: "Size in bytes", es: "Tamaño en bytes", in: 0...Int64.max),
            .code("sha256", en: "SHA-256", es: "SHA-256", [.key, .content, .foreign]),
            .text("folder", en: "Folder", es: "Carpeta"),
            .code("version", en: "Version", es: "Versión", .pointed),
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
            .text("path", en: "Path", es: "Ruta"),
            .anyReference("about", en: "About", es: "Relacionado con"),
        ],
        contacts: .many(LinkDefinition(ownership: .own())),
        listed: ["folder", "file_name", "version", "status", "expires_on"],
        mention: Mention(["folder", "version", "status"]),
        occasions: [
            Occasion("created", en: "Document filed", es: "Archivo guardado", on: "created_at"),
            Occasion("expiry", en: "Document expires", es: "Vence el archivo", on: "expires_on")
                .onPage(.expiring, .due(within: 30), where: "status not in (expired, superseded)"),
        ],
        parts: [.revision],
        rules: [.sha256, Rule(watching: ["folder"], before: cleanFolder)]
    ).module

    /// Normalizes a folder: written from the top, with single slashes and none at its end, as in `/contracts/2026`.
    private static func cleanFolder(_ draft: inout Draft, _ context: any RuleContext) throws {
        guard draft.changes("folder"), let text = draft["folder"].text else { return }
        let names = text.split(separator: "/").map { String($0).trimmed }.filter { !$0.isEmpty && $0 != "." }
        guard !names.contains("..") else {
            let reason = Text(
                en: "a folder of documents has no ..: write it from the top, as in /contracts/2026",
                es: "una carpeta de archivos no lleva ..: escribirla desde arriba, como /contratos/2026"
            )
            throw CRMError(
                .invalid,
                Text(en: "the folder cannot be taken", es: "no se admite la carpeta"),
                module: .document,
                problems: [CRMError.Problem(field: "folder", value: text, reason: reason)]
            )
        }
        draft["folder"] = names.isEmpty ? .null : .text("/" + names.joined(separator: "/"))
    }
}

extension Module {
    /// Whether each record of the module has a content, in the database or at a path.
    public var holdsContent: Bool { name == .document }
}

extension Part {
    /// The earlier versions of a document.
    static let revision = Declaration(
        name: "revision",
        en: "Revision",
        es: "Revisión",
        plural: (key: "revisions", en: "Revisions", es: "Revisiones"),
        gender: .feminine,
        fields: [
            .code("version", en: "Version", es: "Versión", .pointed),
            .text("file_name", en: "File name", es: "Nombre del archivo"),
            .code("media_type", en: "Media type", es: "Tipo de contenido"),
            .integer("size", en: "Size in bytes", es: "Tamaño en bytes", in: 0...Int64.max),
            .code("sha256", en: "SHA-256", es: "SHA-256", .content),
            .url("url", en: "URL", es: "URL"),
            .text("path", en: "Path", es: "Ruta"),
            .dateTime("replaced_at", en: "Replaced at", es: "Reemplazada el"),
        ]
    ).part
}
