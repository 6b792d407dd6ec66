extension HeaderTable {
    /// The Spanish column names of Outlook that differ between its versions, and between Spain and Mexico.
    static let outlookSpanish: [(names: [String], target: Target)] =
        spanishNumbers + spanishPlaces + [
            (["Página web personal", "Página web de la organización"], .point(kind: "url", label: nil)),
            (["Dirección de MI", "Dirección de IM"], .point(kind: "chat", label: nil)),
            (["Nombre del gerente"], .column("reports_to.name")),
            (
                [
                    "Disponibilidad de Internet", "Disponibilidad en línea", "Sensibilidad", "Servidor de directorios",
                ], .unheldWord
            ),
        ]
        + notedWords([
            "Id. gubernamental", "Número de identificación oficial", "Número de identificación personal",
            "Número de Id. de la organización", "Referido por", "Distancia", "Número de télex",
            "Información sobre facturación",
        ])

    private static let spanishNumbers: [(names: [String], target: Target)] = [
        (
            ["Número de teléfono del trabajo", "Número de teléfono de trabajo", "Teléfono de la oficina"],
            .column("phone")
        ),
        (
            ["Número de teléfono 2 del trabajo", "Número de teléfono del trabajo 2", "Teléfono 2 del trabajo"],
            .point(kind: "phone", label: "work")
        ),
        (["Número de teléfono particular", "Número de teléfono de casa"], .column("home_phone")),
        (
            ["Número de teléfono 2 particular", "Número de teléfono particular 2", "Teléfono 2 particular"],
            .point(kind: "phone", label: "home")
        ),
        (["Número de teléfono móvil", "Número de teléfono celular", "Número de celular"], .column("mobile")),
        (["Otro número de teléfono"], .column("other_phone")),
        (["Número de teléfono principal"], .point(kind: "phone", label: "main")),
        (
            ["Número principal de la organización", "Teléfono principal de la empresa"],
            .point(kind: "phone", label: "company")
        ),
        (
            ["Número de teléfono del automóvil", "Teléfono del coche", "Teléfono del auto"],
            .point(kind: "phone", label: "car")
        ),
        (["Número de fax del trabajo", "Fax de la oficina"], .column("fax")),
        (["Número de fax particular", "Fax de casa", "Fax del domicilio"], .point(kind: "phone", label: "home fax")),
        (["Otro número de fax"], .point(kind: "phone", label: "fax")),
        (
            ["Buscapersonas", "Número de buscapersonas", "Número de localizador", "Bíper"],
            .point(kind: "phone", label: "pager")
        ),
        (["Número de teléfono del ayudante", "Número de teléfono del asistente"], .column("assistant_phone")),
        (["Número de devolución de llamada"], .point(kind: "phone", label: "callback")),
        (["Número de radioteléfono", "Teléfono de radio"], .point(kind: "phone", label: "radio")),
        (["Número de RDSI"], .point(kind: "phone", label: "isdn")),
        (["Número de teletipo (TTY/TDD)", "Número de teléfono TTY/TDD"], .point(kind: "phone", label: "tty")),
    ]

    private static let spanishPlaces: [(names: [String], target: Target)] =
        spanishPlace("work", ["del trabajo", "de trabajo"], other: nil)
        + spanishPlace("home", ["del domicilio", "de residencia", "de la casa", "particular"], other: nil)
        + spanishPlace("other", [], other: (masculine: "Otro", feminine: "Otra"))

    /// Returns the columns of an address, named by what stands behind the word for the field or before it.
    private static func spanishPlace(
        _ slot: String,
        _ endings: [String],
        other: (masculine: String, feminine: String)?
    ) -> [(names: [String], target: Target)] {
        let fields: [(key: String, words: [String], isFeminine: Bool)] = [
            ("street", ["calle"], true), ("city", ["ciudad", "población", "localidad"], true),
            ("state", ["estado o provincia", "estado", "estado/provincia"], false),
            ("state", ["provincia o estado", "provincia"], true), ("postal_code", ["código postal"], false),
            ("country", ["país o región", "país", "país/región"], false), ("po_box", ["apartado postal"], false),
        ]
        return fields.map { key, words, isFeminine in
            let lead = other.map { isFeminine ? $0.feminine : $0.masculine }
            let names = words.flatMap { word in endings.map { "\(word) \($0)" } + (lead.map { ["\($0) \(word)"] } ?? [])
            }
            return (names, .address(slot, key))
        }
    }
}
