import Localization

extension Report {
    /// Reports on missing data in records.
    static let quality = [dataQuality]

    /// A value that records should have, with the filter that finds the records without it.
    private struct Expectation: Sendable {
        let module: ModuleName
        let key: String
        let label: Text
        /// The filter for the records that are checked; `nil` for all.
        let scope: String?
        /// The filter for records that lack the value.
        let filter: String

        init(
            _ module: ModuleName,
            _ key: String,
            of scope: String? = nil,
            lacking filter: String,
            en: String,
            es: String
        ) {
            self.module = module
            self.key = key
            label = Text(en: en, es: es)
            self.scope = scope
            self.filter = filter
        }

        /// The unique key of the check.
        var choice: String { "\(module.rawValue)_\(key)" }

        /// The filter that lists the records.
        var whole: String { scope.map { "\($0) and \(filter)" } ?? filter }
    }

    private static let expectations = [
        Expectation(
            .contact,
            "reachable",
            lacking: "email is empty and phone is empty and mobile is empty and not has point",
            en: "No e-mail and no telephone",
            es: "Sin correo ni teléfono"
        ),
        Expectation(
            .contact,
            "organization",
            lacking: "organization is empty",
            en: "No organization",
            es: "Sin cliente"
        ),
        Expectation(
            .contact,
            "address",
            lacking: "not has address(\(validityFilter(on: "today")))",
            en: "No valid address",
            es: "Sin dirección vigente"
        ),
        Expectation(.organization, "tax_id", lacking: "tax_id is empty", en: "No tax id", es: "Sin RFC o NIF"),
        Expectation(.organization, "industry", lacking: "industry is empty", en: "No industry", es: "Sin sector"),
        Expectation(
            .asset,
            "holder",
            of: "status = in_service",
            lacking: "not has contact(link.since is empty or link.since <= today)",
            en: "In service and nobody's",
            es: "En servicio y de nadie"
        ),
        Expectation(.product, "code", lacking: "code is empty", en: "No code", es: "Sin código"),
        Expectation(.product, "price", lacking: "price is empty", en: "No price", es: "Sin precio"),
        Expectation(
            .contract,
            "end",
            lacking: "end_date is empty and renewal_date is empty",
            en: "No end and no renewal",
            es: "Sin término ni renovación"
        ),
        Expectation(.quote, "lines", lacking: "not has line", en: "No lines", es: "Sin líneas"),
        Expectation(
            .quote,
            "answer",
            of: "stage in (created, delivered, reviewed)",
            lacking: "valid_until < today",
            en: "Expired without an answer",
            es: "Vencida sin respuesta"
        ),
        Expectation(.salesOrder, "lines", lacking: "not has line", en: "No lines", es: "Sin líneas"),
        Expectation(
            .purchaseOrder,
            "supplier",
            lacking: "supplier is empty and supplier_name is empty",
            en: "No supplier",
            es: "Sin proveedor"
        ),
        Expectation(
            .opportunity,
            "close_date",
            of: "stage not in (closed_won, closed_lost)",
            lacking: "close_date < today",
            en: "Open past its close date",
            es: "Abierta con fecha de cierre vencida"
        ),
        Expectation(
            .opportunity,
            "next_step",
            of: "stage not in (closed_won, closed_lost)",
            lacking: "next_step is empty",
            en: "Open without a next step",
            es: "Abierta sin siguiente paso"
        ),
        Expectation(
            .opportunity,
            "closed_on",
            of: "stage in (closed_won, closed_lost)",
            lacking: "closed_on is empty",
            en: "Closed nobody knows when",
            es: "Cerrada no se sabe cuándo"
        ),
        Expectation(
            .opportunity,
            "lost_reason",
            of: "stage = closed_lost",
            lacking: "lost_reason is empty",
            en: "Lost without a reason",
            es: "Perdida sin motivo"
        ),
        Expectation(
            .case,
            "assigned_to",
            of: "status != closed",
            lacking: "assigned_to is empty",
            en: "Open and nobody's",
            es: "Abierto y de nadie"
        ),
        Expectation(
            .event,
            "status",
            of: "status in (planned, not_started, in_progress)",
            lacking: "starts_at < today",
            en: "Past and still to do",
            es: "Pasado y aún por hacer"
        ),
        Expectation(
            .campaign,
            "cost",
            of: "status = completed",
            lacking: "actual_cost is empty",
            en: "Completed without a cost",
            es: "Completada sin costo"
        ),
    ]

    /// The modules by the nouns of commands, with their labels.
    private static var modules: [Choice] {
        expectations.map(\.module).uniqued.map { Choice($0.noun, label: Registry.standard[$0].label) }
    }

    private static let dataQuality = Report(
        name: "data-quality",
        summary: Text(en: "Records without what they should have", es: "Registros sin lo que deberían tener"),
        discussion: Text(
            en: "Each row names a filter; \(ProgramName.placeholder) MODULE list --where FILTER lists the records.",
            es: "Cada fila indica un filtro; \(ProgramName.placeholder) MÓDULO list --where FILTRO lista los registros."
        ),
        module: nil,
        parameters: [],
        columns: [
            .own(
                "module",
                .choice(modules),
                Text(en: "Module", es: "Módulo"),
                Text(en: "The module, as commands name it", es: "El módulo, como lo nombran los comandos")
            ),
            .own(
                "check",
                .choice(expectations.map { Choice($0.choice, en: $0.label.en, es: $0.label.es) }),
                Text(en: "Check", es: "Revisión"),
                Text(en: "What is missing", es: "Qué falta")
            ),
            .count(
                "records",
                Text(en: "Records", es: "Registros"),
                Text(en: "How many should have it", es: "Cuántos deberían tenerlo")
            ),
            .count(
                "missing",
                Text(en: "Missing", es: "Faltan"),
                Text(en: "How many do not", es: "Cuántos no lo tienen")
            ),
            .rate("share", Text(en: "Share", es: "Parte"), Text(en: "missing / records", es: "missing / records")),
            .own(
                "filter",
                .text,
                Text(en: "Filter", es: "Filtro"),
                Text(en: "The filter that lists them", es: "El filtro que los lista")
            ),
        ],
        order: ["-share", "module", "check"],
        picture: Picture("share", by: ["module", "check"]),
        content: .rows { report in
            var rows: [SQLFragment] = []
            for expectation in expectations {
                let scope = Scope(module: report.registry[expectation.module], alias: ReportContext.alias, link: nil)
                var filters = FilterCompiler(registry: report.registry, context: report.context)
                let looked = try expectation.scope.map { try filters.condition($0, in: scope).condition } ?? "1"
                let lacking = try filters.condition(expectation.filter, in: scope).condition
                rows.append(
                    """
                    SELECT \(bind: .text(expectation.module.noun)) AS module, \(bind: .text(expectation.choice)) AS "check", \
                    count(*) AS records, count(CASE WHEN \(lacking) THEN 1 END) AS missing, \
                    \(bind: .text(expectation.whole)) AS filter \
                    FROM \(scope.module.rows) AS \(name: scope.alias) WHERE \(looked)
                    """
                )
            }
            return """
                SELECT *, \(ReportFigure.rate("missing", of: "records")) AS share FROM \
                (\(rows.joined(" UNION ALL "))) WHERE missing > 0
                """
        }
    )
}
