/// Addresses that belong to a role and not to a person, by the part before the @: those of RFC 2142 and other common
/// ones.
enum RoleAddress {
    private static let names = Set(
        [
            "info", "informacion", "contacto", "contact", "contactos", "ventas", "sales", "admin", "administracion",
            "administrator", "office", "oficina", "hello", "hola", "hi", "soporte", "support", "help", "ayuda",
            "service",
            "servicio", "servicios", "billing", "facturacion", "facturas", "invoices", "compras", "purchasing", "rh",
            "rrhh", "hr", "jobs", "empleo", "marketing", "press", "prensa", "noreply", "no-reply", "postmaster",
            "webmaster", "abuse", "noc", "security", "hostmaster", "mail", "correo", "email", "recepcion", "reception",
            "gerencia", "direccion", "atencion", "clientes", "pedidos", "orders", "pagos", "payments", "cobranza",
            "contabilidad", "accounting", "legal", "team", "equipo", "general", "enquiries", "inquiries",
        ].map { NameWords.hash($0.utf8) }
    )

    /// Whether an address in its comparable form belongs to a role.
    static func isOne(_ address: UnsafeRawBufferPointer) -> Bool {
        let local = address.prefix { $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: "+") }
        return names.contains(NameWords.hash(local))
    }
}
