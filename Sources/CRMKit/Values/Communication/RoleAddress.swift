/// Addresses that belong to a role or a machine and not to a person, by the part before the @: those of RFC 2142 and
/// other common ones.
enum RoleAddress {
    /// Whether an address belongs to a role or a machine.
    static func isOne(_ address: String) -> Bool {
        let local = address.prefix { $0 != "@" }.lowercased()
        let word = String(local.prefix { $0 != "+" }.filter { !"-_.".contains($0) })
        return words.contains(word) || beginnings.contains(where: word.hasPrefix)
            || endings.contains(where: word.hasSuffix) || listEndings.contains(where: local.hasSuffix)
    }

    private static let beginnings = [
        "noreply", "donotreply", "noresponder", "bounce", "notification", "atencion", "accountupdate", "boletin",
    ]
    private static let endings = ["noreply", "noresponder"]
    /// The suffixes of the service addresses of mailing lists.
    private static let listEndings = ["-request", "-bounces"]
    private static let words: Set<String> = [
        "abuse", "account", "accounting", "accounts", "accountspayable", "admin", "administracion", "administrator",
        "alert", "alerta", "alertas", "alerts", "almacen", "aviso", "avisos", "ayuda", "billing", "calidad", "careers",
        "clientes", "cobranza", "cobranzas", "cobros", "comercial", "compras", "comunicacion", "contabilidad",
        "contact", "contacto", "contactos", "correo", "cron", "cuentas", "daemon", "direccion", "email", "empleo",
        "empleos", "enquiries", "envios", "equipo", "factura", "facturacion", "facturas", "feedback", "finance",
        "finanzas", "ftp", "general", "gerencia", "git", "hello", "help", "helpdesk", "hi", "hola", "hosting",
        "hostmaster", "hr", "info", "informacion", "inquiries", "invoice", "invoices", "jobs", "legal", "list",
        "listserv", "logistica", "mail", "mailer", "mailerdaemon", "mailman", "majordomo", "marketing", "news",
        "newsletter", "nobody", "noc", "notices", "notificacion", "notificaciones", "office", "oficina", "order",
        "orders", "pagos", "payments", "payroll", "pedidos", "postmaster", "prensa", "presidencia", "press",
        "privacidad", "privacy", "purchasing", "recepcion", "reception", "reclutamiento", "recruiting",
        "recursoshumanos", "replies", "reply", "reportes", "reports", "reservaciones", "reservas", "reservations", "rh",
        "root", "rrhh", "rrpp", "sales", "secretaria", "security", "service", "servicio", "servicios", "shipping",
        "sistema", "sistemas", "soporte", "status", "subscribe", "support", "system", "team", "tecnico", "tesoreria",
        "tienda", "undisclosedrecipients", "unsubscribe", "updates", "usenet", "uucp", "vacantes", "ventas",
        "webmaster", "www",
    ]
}
