import CRMKit
import Localization

/// The schemas of JSON output that is not a record.
enum ReportSchemas {
    /// The schema of one output of the program.
    struct Report: Sendable {
        /// The name of the command, or of one of its outputs if it has several.
        let name: String
        /// The commands with this output, without the program's name; `MODULE` stands for the nouns of modules.
        let commands: [String]
        let summary: Text
        let schema: @Sendable (Registry) -> JSONSchema

        /// - Parameter commands: the commands with this output; by default the one named `name`.
        init(
            _ name: String,
            of commands: String...,
            en: String,
            es: String,
            _ schema: @escaping @Sendable (Registry) -> JSONSchema
        ) {
            self.name = name
            self.commands = commands.isEmpty ? [name] : commands
            summary = Text(en: en, es: es)
            self.schema = schema
        }
    }

    /// Every one, in the order help shows them.
    static var all: [Report] { written + imported + found + settings + upkeep + calendar + messages + bulk }

    /// The schemas for commands that write records and links.
    private static var written: [Report] {
        [
            Report("error", en: "A line on standard error", es: "Una línea de la salida de error") { _ in error },
            Report("count", of: "MODULE list", en: "What --count prints", es: "Lo que imprime --count") { _ in
                .object([("count", .count)])
            },
            Report("delete", of: "MODULE delete", en: "What delete prints", es: "Lo que imprime delete") { _ in
                .object([("deleted", .array(of: .identifier)), ("committed", .committed)])
            },
            Report("edit", of: "MODULE edit", en: "What edit --where prints", es: "Lo que imprime edit --where") { _ in
                counts(["matched", "updated", "unchanged"])
            },
            Report(
                "changes",
                of: "MODULE edit",
                en: "A record that edit --where --dry-run prints",
                es: "Un registro de los que imprime edit --where --dry-run"
            ) { _ in LogJSON.changedRecord },
            Report("link", of: "MODULE link OTHER", en: "What link prints", es: "Lo que imprime link") { _ in
                counts(["rows", "linked", "updated", "already_linked", "ended", "refused"])
            },
            Report("unlink", of: "MODULE unlink OTHER", en: "What unlink prints", es: "Lo que imprime unlink") { _ in
                counts(["rows", "unlinked", "not_linked", "refused"])
            },
        ]
    }

    /// What commands print that import.
    private static var imported: [Report] {
        [
            Report(
                "import",
                of: "MODULE import",
                en: "What import of records prints",
                es: "Lo que imprime import de registros"
            ) { _ in
                counts([
                    "rows", "created", "updated", "unchanged", "skipped", "linked", "ended", "created_missing",
                    "deleted",
                    "failed",
                ])
            },
            Report(
                "import-mail",
                of: "MODULE import",
                en: "What import of mail prints",
                es: "Lo que imprime import de correo"
            ) { _ in
                counts([
                    "messages", "created", "updated", "unchanged", "linked", "documents", "bounced", "contacts",
                    "failed",
                ])
            },
            Report(
                "import-chat",
                of: "MODULE import",
                "MODULE sync",
                en: "A channel that import or sync of chats prints",
                es: "Un canal que imprime import o sync de chats"
            ) { _ in ChatOutcome.columns.schema },
        ]
    }

    /// The schemas for commands that find, list and summarize records.
    private static var found: [Report] {
        [
            Report(
                "links",
                of: "MODULE links",
                en: "One record that MODULE links REF prints",
                es: "Un registro de los que imprime MÓDULO links REF",
                JSONSchema.related
            ),
            Report(
                "timeline",
                of: "MODULE timeline",
                en: "An entry that MODULE timeline REF prints",
                es: "Una entrada de las que imprime MÓDULO timeline REF",
                JSONSchema.timeline
            ),
            Report("search", en: "A record that search prints", es: "Un registro que imprime search", JSONSchema.hit),
            Report("today", en: "An item of today", es: "Un asunto de today", JSONSchema.dayPage),
            Report(
                "summarize",
                of: "MODULE summarize",
                en: "A group that summarize prints",
                es: "Un grupo que imprime summarize"
            ) { _ in
                summary
            },
        ]
    }

    /// The schemas for commands about settings, definitions and views.
    private static var settings: [Report] {
        [
            Report("config", of: "config get", "config list", en: "A setting", es: "Un ajuste") {
                Setting.columns(in: $0).schema
            },
            Report(
                "field",
                of: "field add",
                "field edit",
                "field remove",
                "field list",
                "field show",
                en: "A field that was added",
                es: "Un campo agregado"
            ) { FieldDefinition.columns($0).schema },
            Report(
                "choice",
                of: "choice add",
                "choice edit",
                "choice list",
                "choice move",
                "choice retire",
                en: "A choice of a field",
                es: "Una opción de un campo"
            ) { _ in Choice.columns.schema },
            Report("rate", of: "rate set", "rate list", "rate remove", en: "An exchange rate", es: "Un tipo de cambio")
            { _ in ExchangeRate.columns.schema },
            Report(
                "view",
                of: "view save",
                "view list",
                "view show",
                "view rename",
                en: "A view",
                es: "Una vista"
            ) { View.listed($0).schema },
        ]
    }

    /// The schemas for commands about the database file and its history.
    private static var upkeep: [Report] {
        [
            Report("check", en: "A finding of check", es: "Un hallazgo de check") { Finding.columns($0).schema },
            Report("backup", en: "What backup prints", es: "Lo que imprime backup") { _ in
                .object(
                    [
                        ("path", .string), ("bytes", .count), ("removed", .array(of: .string)), ("kept", .count),
                        ("others", .array(of: .string)),
                    ],
                    optional: ["removed", "kept", "others"]
                )
            },
            Report("restore", en: "What restore prints", es: "Lo que imprime restore") { _ in
                .object([("path", .string), ("restored", .string), ("kept", .string.orNull)])
            },
            Report("salvage", en: "A table of which salvage tells", es: "Una tabla de la que informa salvage") { _ in
                SalvageReport.Table.columns.schema
            },
            Report("erase", of: "MODULE erase", en: "What erase prints", es: "Lo que imprime erase", Erasure.schema),
            Report("log-prune", of: "log prune", en: "What log prune prints", es: "Lo que imprime log prune") { _ in
                .object([
                    ("change_sets", .count), ("undoable", .count), ("compacted", .boolean), ("committed", .committed),
                ])
            },
            Report("log", en: "A change set", es: "Un conjunto de cambios", LogJSON.schema),
            Report("undo", en: "What undo prints", es: "Lo que imprime undo") { registry in
                .object([
                    ("undone", .identifier), ("change_set", .identifier.orNull),
                    ("counts", LogJSON.countsSchema(registry)), ("committed", .committed),
                ])
            },
        ]
    }

    /// The schema of a summary. Its members are named like the requested expressions as typed, so that for most only
    /// their values are known in advance.
    private static var summary: JSONSchema {
        let figure = JSONSchema.any(of: [.number, .string, .null]).titled(
            Text(en: "A figure", es: "Una cifra"),
            description: "Amounts and other numbers with all their decimals, rates and shares from 0 to 1, days, "
                + "moments and ISO 8601 lengths of time as text; null where no record has a value."
        )
        let key = JSONSchema.any(of: [.reference, .string, .number, .boolean, .null]).titled(
            Text(en: "What the group is told by", es: "Lo que distingue al grupo"),
            description:
                "Of the names given to --by: a period is 2026, 2026-Q1, 2026-03, 2026-W11, monday or 2026-03-09."
        )
        let pivoted = JSONSchema.object([]).others(figure).titled(
            Text(en: "A figure by the values of --pivot", es: "Una cifra por los valores de --pivot"),
            description: "A member for each value, null for none; the total of the row is in total(NAME) beside it."
        )
        return JSONSchema.object(
            [
                (
                    "total",
                    JSONSchema.boolean.titled(
                        Text(en: "Whether the row is over all groups", es: "Si la fila es de todos los grupos"),
                        description: "There with --total alone."
                    )
                ),
                (
                    "currency",
                    JSONSchema.string.orNull.titled(
                        Text(en: "The currency of the amounts", es: "La moneda de los importes"),
                        description: "There where a figure is an amount; after a path for amounts of other records."
                    )
                ),
                ("count", .any(of: [.count, pivoted])),
            ],
            optional: ["total", "currency", "count"]
        ).others(.any(of: [figure, key, pivoted]))
    }

    /// Returns the schema of an object with counts and whether the work is saved.
    ///
    /// - Parameter others: members that are there in some cases.
    static func counts(_ names: [String], optional others: [(name: String, schema: JSONSchema)] = []) -> JSONSchema {
        let members: [(name: String, schema: JSONSchema)] = names.map { ($0, .count) } + [("committed", .committed)]
        return .object(members + others, optional: Set(others.map(\.name)))
    }

    /// The schema of an error. Errors of the command line, of values and of rows have the same form; members that only
    /// some have may be missing.
    private static var error: JSONSchema {
        let problem = JSONSchema.object([
            ("field", .string), ("value", .string().orNull), ("message", .string),
        ])
        let error = JSONSchema.object(
            [
                ("code", .one(of: CRMError.Code.allCases.map(\.rawValue))),
                ("message", .string),
                ("module", .string.orNull),
                ("ref", .string().orNull),
                ("row", .count.orNull),
                ("line", .count.orNull),
                ("column", .count.orNull),
                ("field", .string.orNull),
                ("file", .string.orNull),
                ("hint", .string.orNull),
                ("problems", .array(of: problem)),
                ("details", .array(of: .string)),
            ],
            optional: ["line", "field", "file", "problems", "details"]
        )
        return .object([("error", error)])
    }
}

extension JSONSchema {
    /// The schema of the member that says whether changes are saved.
    static let committed = JSONSchema.boolean.titled(
        Text(en: "Committed", es: "Guardado"),
        description: "Whether it is saved: false after a dry run, after rows that were refused, and in a line of a "
            + "batch without --each, which is saved with the whole batch, when that ends with exit status 0."
    )
}
