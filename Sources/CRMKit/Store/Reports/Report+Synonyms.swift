extension Report {
    /// Other words for the report, in either language.
    public var synonyms: [String] { Self.others[name]?.split(separator: " ").map(String.init) ?? [] }

    /// The other words by the reports' names, separated by blanks; words of several parts have hyphens.
    private static let others: [String: String] = [
        "asset-history": "historial-de-activos", "asset-holdings": "activos asignados custodia resguardos",
        "bought-together": "comprados-juntos", "campaign-results": "campañas resultados-de-campaña retorno alcance",
        "case-backlog": "casos-abiertos pendientes backlog rezago", "case-load": "carga-de-casos",
        "case-patterns": "patrones-de-casos", "case-times": "tiempos tiempos-de-casos resolución",
        "comment-thread": "hilo hilos respuestas thread",
        "comments-by-department": "comentarios", "contacts-by-place": "contactos-por-lugar ciudades mapa",
        "contract-usage": "consumo consumo-de-contratos", "contracts-ending": "contratos vencimientos renovaciones",
        "data-quality": "calidad calidad-de-datos",
        "documents-expiring": "documentos documentos-por-vencer archivos archivos-por-vencer",
        "effectiveness": "efectividad", "follow-ups-due": "seguimientos", "forecast": "pronóstico previsión proyección",
        "lost-reasons": "motivos pérdidas perdidas motivos-de-pérdida", "mailing-labels": "etiquetas",
        "missing-approvals": "autorizaciones aprobaciones",
        "overdue-cases": "casos-vencidos casos-atrasados vencidos atrasados",
        "pipeline": "embudo funnel", "price-preference": "precios descuentos", "product-interest": "productos interés",
        "project-roles": "roles", "purchase-patterns": "compras patrones-de-compra",
        "purchases-by-person": "compras-por-persona", "quote-conversion": "conversión cotizaciones",
        "reorder": "resurtir reabastecer reabasto existencias recompra", "sales-velocity": "velocidad",
        "service-adoption": "adopción servicios satisfacción", "stage-conversion": "conversión-por-etapa etapas",
        "stale-opportunities": "estancadas oportunidades-estancadas", "time-in-stage": "tiempo-en-etapa",
        "unassigned-assets": "activos-sin-asignar", "untouched-contacts": "olvidados contactos-olvidados inactivos",
        "visit-route": "ruta visitas recorrido", "warranties-ending": "garantías",
        "win-rate": "ganadas tasa-de-cierre cierre", "workload": "carga carga-de-trabajo",
    ]
}
