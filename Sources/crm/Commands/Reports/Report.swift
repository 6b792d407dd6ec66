import CLIKit
import CRMKit
import Formats
import Localization

/// `crm report list` and `crm report NAME`: predefined queries over many records.
enum ReportCommand: ProgramCommand {
    static let name = "report"
    static let summary = Text(
        en: "Answer questions over many records",
        es: "Responder preguntas sobre muchos registros"
    )

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        Every report prints rows as list does, in any format; \(ProgramName.placeholder) help report NAME says how its figures are \
                        computed. Those with groups take --by, as summarize does; of those whose rows are about \
                        records, of the report's module or else others, --format id prints the ids, each once, for link \
                        --input - and others. What no report answers summarize does, with figures of your own.
                        """,
                    es: """
                        Cada informe imprime filas como list, en cualquier formato; \(ProgramName.placeholder) help report NOMBRE dice cómo se \
                        calculan sus cifras. Los que agrupan aceptan --by, como summarize; de los que tienen filas sobre \
                        registros, del módulo del informe o, si no, de otro, --format id imprime los id, cada uno una \
                        vez, para link --input - y otros. Lo que ningún informe responde lo hace summarize, con cifras \
                        propias.
                        """
                )
            ],
            examples: [
                Example(
                    "\(ProgramName.placeholder) report forecast",
                    Text(en: "What should come in, month by month", es: "Lo que debería entrar, mes a mes")
                ),
                Example(
                    "\(ProgramName.placeholder) report quote-conversion --by organization.industry --json",
                    Text(en: "Conversion by the client's industry", es: "Conversión por sector del cliente")
                ),
                Example(
                    "\(ProgramName.placeholder) report untouched-contacts --days 90 --format id | "
                        + "\(ProgramName.placeholder) campaign link contact 3 --input -",
                    Text(en: "They are written to again", es: "Se les vuelve a escribir")
                ),
                Example(
                    "\(ProgramName.placeholder) report untouched-contacts --days 60 --where 'tags = vip'",
                    Text(
                        en: "Important contacts that nobody spoke to",
                        es: "Contactos importantes con los que nadie habló"
                    )
                ),
            ],
            seeAlso: ["rate"],
            subcommands: [ReportListing.entry] + Report.all.map { ReportGrammar($0, registry).entry },
            synonyms: ["informe", "informes", "reporte", "reportes", "reports"]
        )
    }
}

/// `crm report list`: lists the reports.
enum ReportListing {
    static let summary = Text(en: "List the reports", es: "Listar los informes")

    static var entry: Subcommand {
        Subcommand("list", summary: summary) {
            Command(
                "list",
                summary: summary,
                discussion: [Text(en: "Each with what it answers.", es: "Cada uno con lo que responde.")],
                run: { session in try run(in: session) }
            )
            .withoutIDs
        }
    }

    static let columns = [
        Listing.Column("name", .string, en: "Name", es: "Nombre"),
        Listing.Column("module", .string.orNull, en: "Module", es: "Módulo"),
        Listing.Column("summary", .string, en: "What it answers", es: "Qué responde"),
    ]

    private static func run(in session: Session) throws {
        try session.printListing(of: columns) { listing in
            for report in Report.all {
                let summary = report.summary(in: session.language)
                let cells = [report.name, report.module?.noun ?? "", summary]
                let module = report.module.map { session.registry[$0].label(in: session.language) } ?? ""
                let people = [report.name, module, summary]
                let values = cells.map { JSONValue.text($0.isEmpty ? nil : $0) }
                try listing.write(Listing.Row(machine: cells, people: people, json: columns.object(values)))
            }
        }
    }
}

/// The grammar of the command of a report.
private struct ReportGrammar {
    private let report: Report
    private let registry: Registry

    init(_ report: Report, _ registry: Registry) {
        self.report = report
        self.registry = registry
    }

    /// The entry of the command.
    var entry: Subcommand { Subcommand(report.name, summary: report.summary) { command } }

    private var command: Command {
        let options = ReportOptions(report, registry)
        return Command(
            report.name,
            summary: report.summary,
            discussion: [report.discussion],
            options: options.all,
            examples: [
                Example(
                    "\(ProgramName.placeholder) report \(report.name) --format csv",
                    Text(en: "For a spreadsheet", es: "Para una hoja de cálculo")
                )
            ],
            sections: [
                Section(
                    title: Text(en: "COLUMNS", es: "COLUMNAS"),
                    [.definitions(report.columns.map { (term: $0.key, meaning: $0.meaning) })]
                )
            ],
            seeAlso: ["report list"],
            synonyms: report.synonyms,
            run: { session in try ReportRequest(session.invocation, report, options).run(in: session) }
        )
        .adapting(GlobalOptions.format(among: formatNames))
    }

    /// The formats of its rows, with ids where they can be about single records, of its charts and of its labels.
    private var formatNames: [String] {
        let isAboutRecords = report.isAboutRecords || report.grouping != nil
        return (isAboutRecords ? OutputFormat.names : OutputFormat.namesOfFigures)
            + (report.picture == nil ? [] : ChartForm.names)
            + (report.labelLines.isEmpty ? [] : [ReportRequest.labels])
    }
}
