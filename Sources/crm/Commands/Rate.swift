import CLIKit
import CRMKit
import Formats
import Localization

/// `crm rate set|list|remove|import`: manages the daily exchange rates of currencies.
enum RateCommand: ProgramCommand {
    static let name = "rate"
    static let summary = Text(en: "Keep exchange rates", es: "Llevar tipos de cambio")

    static let inputFormat = SharedOptions.inputFormat(
        among: [.csv, .tsv, .json, .jsonl],
        Text(en: "Otherwise it is csv.", es: "Si no, es csv.")
    )
    static let date = ValueOption<String>(
        "on",
        Placeholder.date,
        summary: Text(en: "From this day on, today by default", es: "Desde este día, por omisión hoy"),
        discussion: Text(
            en: "It holds until the day of a later rate of the same two currencies.",
            es: "Vale hasta el día de un tipo posterior de las mismas dos monedas."
        )
    )
    .synonyms("fecha desde date from el")
    static let target = ValueOption<String>(
        "in",
        Placeholder.currency,
        summary: Text(
            en: "In this currency, the database's own by default",
            es: "En esta moneda, por omisión la de la base de datos"
        ),
        discussion: Text(
            en: "The database's own is what config get currency prints.",
            es: "La de la base de datos es la que imprime config get currency."
        )
    )
    .synonyms("en a moneda to target")

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        A rate says how many units of one currency a unit of another is worth from a day on. The option \
                        --in of summarize converts amounts by them: each by the newest rate on or before its own date, \
                        told in either direction; two currencies that have none are compared over the database's own. \
                        Rates are kept under history: log shows them, undo takes them back, export and apply carry them.
                        """,
                    es: """
                        Un tipo de cambio dice cuántas unidades de una moneda vale una unidad de otra desde un día. La \
                        opción --in de summarize convierte importes con ellos: cada uno por el más nuevo de su fecha o \
                        anterior, indicado en cualquiera de los dos sentidos; dos monedas que no tienen se comparan por la \
                        de la base de datos. Quedan en el historial: log los muestra, undo los deshace, export y apply los \
                        llevan.
                        """
                )
            ],
            examples: [
                Example(
                    "\(ProgramName.placeholder) rate set USD 17.05 --on 2026-11-01",
                    Text(
                        en: "What a dollar is worth since November",
                        es: "Lo que vale un dólar desde noviembre"
                    )
                ),
                Example(
                    "printf 'currency,date,rate\\nEUR,2026-11-01,19.8\\n' | \(ProgramName.placeholder) rate import -",
                    Text(en: "Rates from a file or another program", es: "Tipos de un archivo o de otro programa")
                ),
            ],
            seeAlso: ["config", "opportunity summarize"],
            subcommands: [set, list, remove, importing],
            synonyms: ["cambio", "tipo-de-cambio", "tipo", "exchange-rate", "tasa"]
        )
    }

    private static var set: Subcommand {
        Subcommand(
            "set",
            Text(en: "Set what a currency is worth", es: "Definir lo que vale una moneda"),
            Text(
                en: "A rate that the two currencies have from that very day is replaced. At most ten decimals.",
                es: "Sustituye el tipo que las dos monedas tengan desde ese mismo día. A lo sumo diez decimales."
            ),
            operands: [
                currency(.one),
                Operand(
                    Placeholder.rate,
                    .one,
                    summary: Text(en: "how many units one is worth", es: "cuántas unidades vale una")
                ),
            ],
            options: [date, target, WritingOptions.dryRun, WritingOptions.create]
        ) { session in
            let operands = session.invocation.operands
            let store = try session.openStore(for: .writing)
            let rate = try store.write(session.writeRequest()) { transaction in
                try namingOperands { try transaction.setRate(request(session.invocation), to: operands[1]).rate }
            }
            try session.tellOutcome { _ in try session.print([rate]) }
            if session.isDryRun { try session.noteDryRun() }
        }
    }

    private static var list: Subcommand {
        Subcommand(
            "list",
            Text(en: "List exchange rates", es: "Listar los tipos de cambio"),
            Text(
                en: "All of them, or those of one currency, in it or in another; the newest of two currencies first.",
                es: "Todos, o los de una moneda, en ella o en otra; primero el más nuevo de dos monedas."
            ),
            operands: [currency(.optional)],
            hasIDs: false
        ) { session in
            let store = try session.openStore(for: .reading)
            var rates = try store.rates()
            if let code = session.invocation.operands.first {
                let currency = try Self.currency(code)
                rates = rates.filter { $0.currency == currency || $0.target == currency }
            }
            try session.print(rates)
        }
    }

    private static var remove: Subcommand {
        Subcommand(
            "remove",
            Text(en: "Take an exchange rate away", es: "Quitar un tipo de cambio"),
            Text(
                en: "The one that begins on that very day; the rate before it then holds on.",
                es: "El que empieza ese mismo día; el anterior sigue entonces vigente."
            ),
            operands: [currency(.one)],
            options: [date, target, WritingOptions.dryRun]
        ) { session in
            let store = try session.openStore(for: .writing)
            let rate = try store.write(session.writeRequest()) { transaction in
                try namingOperands { try transaction.removeRate(request(session.invocation)) }
            }
            try session.tellOutcome { _ in try session.print([rate]) }
            if session.isDryRun { try session.noteDryRun() }
        }
    }

    private static func request(_ invocation: Invocation) -> RateRequest {
        RateRequest(invocation.operands[0], in: invocation[target], on: invocation[date])
    }

    /// Runs a body, and marks its problems with the currency and the rate as problems of operands.
    private static func namingOperands<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch var error as CRMError {
            for place in error.problems.indices {
                error.problems[place].isOfOperand = ["currency", "rate"].contains(error.problems[place].field)
            }
            throw error
        }
    }

    private static func currency(_ arity: Operand.Arity) -> Operand {
        Operand(
            Placeholder.currency,
            arity,
            summary: Text(en: "an ISO 4217 code, such as USD", es: "un código ISO 4217, como USD")
        )
    }

    /// Reads the code of a currency.
    static func currency(_ code: String) throws(CRMError) -> Currency {
        do throws(ValueError) {
            return try Currency(parsing: code)
        } catch {
            throw CRMError(.usage, Text(en: "\(code): \(error.reason.en)", es: "\(code): \(error.reason.es)"))
        }
    }
}

// MARK: - import

extension RateCommand {
    private static var importing: Subcommand {
        Subcommand(
            "import",
            Text(en: "Set exchange rates from a file", es: "Definir tipos de cambio desde un archivo"),
            Text(
                en: """
                    Columns currency and rate, and date and in where they are not today and the database's own currency. \
                    All rows are one transaction; every bad one is reported, and when there is one nothing is written.
                    """,
                es: """
                    Columnas currency y rate, y date e in si no son hoy y la moneda de la base de datos. Todas las filas \
                    son una transacción; se informa de cada una incorrecta y, si hay alguna, no se escribe nada.
                    """
            ),
            operands: [
                Operand(
                    Placeholder.file,
                    .one,
                    summary: Text(en: "the table, - for standard input", es: "la tabla, - para la entrada estándar"),
                    completion: .files
                )
            ],
            options: [inputFormat] + DialectOptions.allReading + [
                WritingOptions.dryRun, WritingOptions.create,
            ]
        ) { session in
            try RateImporting(session: session).run()
        }
    }
}

/// A single run of `rate import`.
private struct RateImporting {
    let session: Session

    func run() throws {
        let store = try session.openStore(for: .writing)
        let dialect = try Dialect(session.invocation)
        // Nothing has to be rolled back yet if this waits for the other end of a pipe.
        let source = try session.open(session.invocation.operands[0], dialect.inputEncoding)
        try session.writeWhole(to: store, { try run(source, dialect, in: $0) }, tell: print)
    }

    private func run(
        _ source: ByteSource,
        _ dialect: Dialect,
        in transaction: Transaction
    ) throws -> RateImport.Report {
        let input = session.invocation.operands[0]
        let format = try session.invocation[RateCommand.inputFormat] ?? InputFormat(fileName: input) ?? .csv
        try DialectOptions.refuseIdle(format, dialect, in: session.invocation)
        return try session.readWhole(source) { reject in
            try RateImport(cells: dialect.cells)
                .run(source, format: format, dialect: dialect.csv, in: transaction, reject: reject)
        }
    }

    private func print(_ report: RateImport.Report, isCommitted: Bool) throws {
        let set = BulkSummary.Count(
            key: "set",
            label: .counting(report.set, en: ("set", "set"), es: ("definido", "definidos")),
            count: report.set
        )
        try BulkSummary(
            counts: [.rows(report.rows), set, .unchanged(report.unchanged), .refused(report.refused)],
            isCommitted: isCommitted
        ).print(in: session)
    }
}

// MARK: - Output

extension Session {
    /// Prints exchange rates, one row each.
    fileprivate func print(_ rates: [ExchangeRate]) throws {
        try printListing(of: ExchangeRate.columns) { listing in
            for rate in rates { try listing.write(rate.row) }
        }
    }
}

extension ExchangeRate {
    /// The columns of rates.
    static let columns = [
        Listing.Column("currency", .string, en: "Currency", es: "Moneda"),
        Listing.Column("in", .string, en: "In", es: "En"),
        Listing.Column("date", .string, en: "From", es: "Desde", isWhole: true),
        Listing.Column("rate", .number, en: "Rate", es: "Tipo de cambio", isWhole: true),
    ]

    fileprivate var row: Listing.Row {
        let cells = [currency.code, target.code, date, rate.text()]
        return Listing.Row(
            machine: cells,
            people: cells,
            json: Self.columns.object(
                cells.dropLast().map(JSONValue.string) + [JSONNumber(rate.text()).map(JSONValue.number) ?? .null]
            )
        )
    }
}
