/// The columns of vtiger that have no field.
extension HeaderTable {
    /// The columns about people without a field.
    static let contactRest = [
        "Notify Owner", "Notificar Propietario", "Portal User", "Usuario del Portal",
        "Usuario Portal", "Contact Image", "Imagen de Contacto", "Imagen del Contacto", "Is Converted From Lead",
    ]

    /// The columns about organizations without a field.
    static let organizationRest = [
        "Ticker Symbol", "Símbolo Ticker", "Ownership", "Propiedad", "Email Opt Out", "Notify Owner",
        "Notificar Propietario", "Is Converted From Lead", "SIC Code", "Código SIC",
    ]

    static let assetRest = [
        "Invoice Name", "Nombre Factura", "Shipping Method", "Método de Envío", "Shipping Tracking Number",
        "Número de Seguimiento", "Asset Image", "Imagen del Activo",
    ]

    static let caseRest = [
        "Days", "Días", "Is Converted From FAQ", "Attachment", "From Portal", "From Mail", "Add Comment",
    ]

    static let opportunityRest = [
        "Forecast Amount", "Importe Previsto", "Weighted Revenue", "Isconvertedfrompotential",
        "Is Converted From Opportunity", "Is Converted From Lead",
    ]
}
