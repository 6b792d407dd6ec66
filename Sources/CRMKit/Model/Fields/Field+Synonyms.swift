extension Field {
    /// All words that people use for the field, in either language: its label, and other words common for a field with
    /// its key.
    ///
    /// They help to suggest the right field when a word was not understood.
    public var synonyms: [String] { Self.synonyms(of: key, [label.en, label.es]) }

    /// Returns the words that people use for a field with a key and some labels.
    public static func synonyms(of key: String, _ labels: [String]) -> [String] {
        labels + (others[key]?.split(separator: " ").map(String.init) ?? [])
    }

    /// Words that people write for fields in addition to their labels, by the field's key, whatever the module. Words
    /// are separated by spaces; the parts of a compound are joined with hyphens.
    private static let others: [String: String] = [
        "active": "activo activa enabled",
        "amount": "monto importe valor value total precio",
        "assigned_to": "responsable encargado asignado owner assignee agente vendedor",
        "birthdate": "cumpleaños nacimiento birthday",
        "body": "texto cuerpo comentario mensaje contenido text",
        "carrier": "transportista paquetería mensajería",
        "city": "ciudad población localidad town",
        "close_date": "cierre fecha-de-cierre closing-date",
        "closed_on": "cierre fecha-de-cierre",
        "code": "sku clave",
        "country": "país",
        "created_at": "creado creación fecha-de-creación created",
        "currency": "moneda divisa",
        "department": "área",
        "discount_percent": "porcentaje-de-descuento descuento-% discount-% dto-% %-descuento",
        "description": "nota observaciones comentarios detalles notes comments",
        "due_date": "vencimiento deadline",
        "email": "correo correo-electrónico mail e-mail",
        "email_secondary": "otro-correo other-email",
        "end_date": "fin término hasta vencimiento vigencia end",
        "ends_at": "fin término hasta end",
        "expires_on": "vencimiento caducidad expiry",
        "external_id": "clave-externa",
        "first_name": "name nombre nombre-completo given-name full-name",
        "industry": "giro ramo sector",
        "last_name": "name apellido nombre-completo surname family-name full-name",
        "lead_source": "origen fuente source",
        "location": "lugar sitio place",
        "lost_reason": "motivo razón",
        "mobile": "celular cel cell cellphone teléfono-móvil whatsapp",
        "name": "nombre título title",
        "neighborhood": "colonia barrio",
        "note": "comentario",
        "number": "folio",
        "organization": "organización empresa compañía cuenta company account customer client",
        "phone": "teléfono tel telephone",
        "postal_code": "código-postal cp zip zip-code",
        "product": "producto artículo",
        "price": "precio costo monto importe cost",
        "priority": "importancia",
        "reports_to": "jefe manager boss",
        "role": "papel",
        "salutation": "saludo trato prefijo prefix",
        "serial": "serie sn",
        "service": "servicio",
        "since": "inicio from start",
        "solution": "resolución resolution",
        "stage": "etapa fase estado estatus status phase",
        "start_date": "inicio desde vigencia start",
        "starts_at": "inicio fecha desde start date",
        "state": "provincia province",
        "status": "estatus etapa state stage",
        "stock": "existencias inventario",
        "street": "calle dirección address",
        "subject": "asunto título title",
        "supplier": "vendor provider",
        "taxes": "impuesto iva ieps vat",
        "tags": "etiqueta labels",
        "tax_id": "rfc nif cif vat",
        "text": "texto descripción cuerpo description",
        "title": "puesto asunto job job-title position subject",
        "unit_price": "precio price",
        "until": "fin to end",
        "updated_at": "modificado actualizado modified updated",
        "valid_until": "vigencia vencimiento validez",
        "value": "monto importe precio price amount",
        "website": "web página página-web url",
    ]
}
