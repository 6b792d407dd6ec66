import CRMKit
import Localization

/// The schemas of what commands print as JSON that is no record.
enum ReportSchemas {
    /// What one command prints.
    struct Report: Sendable {
        /// The command, or `error`.
        let name: String
        let summary: Text
        let schema: @Sendable (Registry) -> JSONSchema

        init(_ name: String, en: String, es: String, _ schema: @escaping @Sendable (Registry) -> JSONSchema) {
            self.name = name
            summary = Text(en: en, es: es)
            self.schema = schema
        }
    }

    /// Every one, in the order help shows them.
    static var all: [Report] {
        [
            Report("error", en: "A line on standard error", es: "Una línea de la salida de error") { _ in error },
            Report("count", en: "What --count prints", es: "Lo que imprime --count") { _ in
                .object([("count", .count)])
            },
            Report("delete", en: "What delete prints", es: "Lo que imprime delete") { _ in
                .object([("deleted", .array(of: .identifier)), ("committed", .boolean)])
            },
            Report("link", en: "What link prints", es: "Lo que imprime link") { _ in
                counts(["rows", "linked", "updated", "already_linked", "ended", "refused"])
            },
            Report("unlink", en: "What unlink prints", es: "Lo que imprime unlink") { _ in
                counts(["rows", "unlinked", "not_linked", "refused"])
            },
            Report("import", en: "What import prints", es: "Lo que imprime import") { _ in
                counts([
                    "rows", "created", "updated", "unchanged", "skipped", "linked", "created_missing", "deleted",
                    "failed",
                ])
            },
            Report(
                "links",
                en: "One record that MODULE links REF prints",
                es: "Un registro de los que imprime MÓDULO links REF",
                JSONSchema.related
            ),
            Report(
                "timeline",
                en: "An entry that MODULE timeline REF prints",
                es: "Una entrada de las que imprime MÓDULO timeline REF",
                JSONSchema.timeline
            ),
            Report("search", en: "A record that search prints", es: "Un registro que imprime search", JSONSchema.hit),
            Report("today", en: "An item of today", es: "Un asunto de today", JSONSchema.dayPage),
            Report("summarize", en: "A group that summarize prints", es: "Un grupo que imprime summarize") { _ in
                summary
            },
            Report("config", en: "A setting", es: "Un ajuste") { Setting.schema(in: $0) },
            Report("field", en: "A field that was added", es: "Un campo agregado", FieldDefinition.schema),
            Report("choice", en: "A choice of a field", es: "Una opción de un campo") { _ in Choice.schema },
            Report("rate", en: "An exchange rate", es: "Un tipo de cambio") { _ in ExchangeRate.schema },
            Report("check", en: "A finding of check", es: "Un hallazgo de check", Finding.schema),
            Report("backup", en: "What backup prints", es: "Lo que imprime backup") { _ in
                .object([("path", .string), ("bytes", .count)])
            },
            Report("log", en: "A change set", es: "Un conjunto de cambios", LogJSON.schema),
            Report("undo", en: "What undo prints", es: "Lo que imprime undo") { registry in
                .object([
                    ("undone", .identifier), ("change_set", .identifier.orNull),
                    ("counts", LogJSON.countsSchema(registry)), ("committed", .boolean),
                ])
            },
        ]
    }

    /// Keys are what was asked for, as it is written; of figures only the names are known beforehand.
    private static var summary: JSONSchema {
        .object(
            [("total", .boolean), ("currency", .string.orNull), ("count", .count)],
            optional: ["total", "currency", "count"]
        )
    }

    private static func counts(_ names: [String]) -> JSONSchema {
        .object(names.map { ($0, .count) } + [("committed", .boolean)])
    }

    /// Errors of the command line, of values and of rows of an input are told alike; what only some have may be left
    /// out.
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
