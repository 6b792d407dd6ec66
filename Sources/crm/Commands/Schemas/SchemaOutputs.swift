import CRMKit
import Localization

/// The schemas of the output of commands that serve a single module or purpose.
extension ReportSchemas {
    /// The schemas for the agenda, reminders and free time.
    static let calendar: [Report] = [
        Report("agenda", en: "An occurrence that agenda prints", es: "Una vez que imprime agenda") { _ in
            .object(occurrence + [("conflicts", .array(of: .identifier))])
        },
        Report(
            "reminder",
            of: "reminder due",
            en: "A reminder that reminder due prints",
            es: "Un recordatorio que imprime reminder due"
        ) { _ in
            .object([("due_at", .moment), ("before", .string)] + occurrence)
        },
        Report("free", of: "MODULE free", en: "A time that free prints", es: "Un rato que imprime free") { _ in
            FreeVerb.columns.schema
        },
        Report(
            "sync",
            of: "MODULE sync",
            en: "What sync of a calendar folder prints",
            es: "Lo que imprime sync de una carpeta de calendarios"
        ) { _ in
            counts([
                "created", "updated", "deleted", "files_written", "files_removed", "unchanged", "conflicts", "failed",
            ])
        },
    ]

    /// The schemas for contents, mail and chat.
    static let messages: [Report] = [
        Report("verify", of: "MODULE verify", en: "A finding of verify", es: "Un hallazgo de verify") { registry in
            VerifyRun.columns(registry).schema
        },
        Report("prune", of: "MODULE prune", en: "What prune prints", es: "Lo que imprime prune") { _ in
            counts(["removed", "bytes"])
        },
        Report("relink", of: "MODULE relink", en: "What relink prints", es: "Lo que imprime relink") { _ in
            counts(["messages", "linked", "directed", "about"])
        },
        Report(
            "mail",
            of: "MODULE mail",
            en: "What mail of a campaign prints",
            es: "Lo que imprime mail de una campaña"
        ) { _ in
            counts([
                "sent", "already_sent", "opted_out", "unreachable", "incomplete", "undeliverable", "refused",
            ])
        },
        Report(
            "channel-log",
            of: "MODULE log",
            en: "A message that log of a channel prints",
            es: "Un mensaje que imprime log de un canal"
        ) { _ in message },
        Report(
            "discover",
            of: "MODULE discover",
            en: "A room that discover prints",
            es: "Una sala que imprime discover"
        ) { _ in ChannelDiscoverRun.columns.schema },
    ]

    /// The schemas for operations on many records, and for merged records.
    static let bulk: [Report] = [
        Report("apply", en: "What apply prints", es: "Lo que imprime apply") { _ in
            counts(["rows", "created", "updated", "unchanged", "linked", "failed"])
        },
        Report("batch", en: "What batch prints of a line", es: "Lo que imprime batch de una línea") { _ in
            .object(
                [
                    ("line", .count), ("exit", .count), ("result", .anything), ("notices", .array(of: .string)),
                    ("duplicates", .array(of: .anything)), ("error", .anything),
                ],
                optional: ["result", "notices", "duplicates", "error"]
            )
        },
        Report(
            "import-mapping",
            of: "MODULE import",
            en: "A column that import --show-mapping prints",
            es: "Una columna de las que imprime import --show-mapping"
        ) { _ in
            .object([("column", .string()), ("field", .string.orNull)])
        },
        Report("rate-import", of: "rate import", en: "What rate import prints", es: "Lo que imprime rate import") { _ in
            counts(["rows", "set", "unchanged", "refused"])
        },
        Report(
            "duplicates",
            of: "MODULE duplicates",
            en: "A pair that duplicates prints",
            es: "Un par que imprime duplicates"
        ) { _ in
            .object([
                ("keep", .reference), ("merge", .reference), ("score", .number), ("reasons", .array(of: .string)),
            ])
        },
        Report(
            "merge",
            of: "MODULE merge",
            en: "A field that merge --dry-run prints",
            es: "Un campo de los que imprime merge --dry-run"
        ) { _ in difference },
        Report(
            "merge-pairs",
            of: "MODULE merge",
            en: "What merge --input prints",
            es: "Lo que imprime merge --input"
        ) { _ in
            counts(["rows", "merged", "already_merged", "refused"], optional: [("pairs", .array(of: pair))])
        },
        personal,
        Report("report-list", of: "report list", en: "A report", es: "Un informe") { _ in
            ReportListing.columns.schema
        },
    ]

    /// The schema of a field that differs between records that are merged.
    private static let difference = JSONSchema.object([
        ("field", .string),
        ("values", .array(of: .object([("id", .identifier), ("value", .anything)]))),
        ("kept", .anything),
        ("others", .array(of: .object([("id", .identifier), ("becomes", .string.orNull)]))),
        ("record", .reference.orNull),
    ])

    /// The schema of a pair that a dry run of merges prints.
    private static let pair = JSONSchema.object([
        ("keep", .reference), ("merge", .reference), ("differences", .array(of: difference)),
    ])

    /// The schema of all data about a person.
    private static let personal = Report(
        "report-personal",
        of: "MODULE report-personal",
        en: "What report-personal prints",
        es: "Lo que imprime report-personal"
    ) { registry in
        let chat = JSONSchema.object([
            ("channel", .reference), ("usernames", .array(of: .string)), ("messages", .array(of: message)),
        ])
        let records = registry.names.map { (name: $0.rawValue, schema: JSONSchema.array(of: .anything)) }
        let history = JSONSchema.array(of: .anything)
        let text = JSONSchema.object([
            ("module", .string), ("id", .identifier), ("part", .string.orNull), ("field", .string),
            ("text", .string),
        ])
        let removed = JSONSchema.object([
            ("module", .string), ("part", .string.orNull), ("link", .boolean), ("values", .anything),
        ])
        return .object([
            // A deleted person has only the values in the history.
            ("person", .any(of: [.record(of: registry[registry.center], in: registry), .anything])),
            ("deleted", .boolean),
            ("merged", .array(of: .object([("record", .anything), ("history", history)]))),
            ("kept", .array(of: .object([("part", .string), ("values", .anything)]))),
            ("records", .object(records, optional: Set(records.map(\.name)))), ("removed", .array(of: removed)),
            ("texts", .array(of: text)),
            ("files", .array(of: .object([("module", .string), ("id", .identifier)]))),
            ("command", .string.orNull), ("chats", .array(of: chat)), ("history", history),
        ])
    }

    /// The members for an occurrence of an event.
    private static let occurrence: [(name: String, schema: JSONSchema)] = [
        ("id", .identifier), ("subject", .string), ("kind", .string), ("status", .string.orNull),
        ("starts_at", .moment), ("ends_at", .moment), ("all_day", .boolean),
        (
            "occurrence",
            JSONSchema.string.orNull.titled(
                Text(en: "Occurrence", es: "Repetición"),
                description: "What it is called for --occurrence; null for an event that does not come again."
            )
        ),
        ("location", .string.orNull), ("assigned_to", .string.orNull),
        (
            "contacts",
            .array(of: .object([("id", .identifier), ("name", .string), ("response", .string.orNull)]))
        ),
    ]

    /// The schema of a chat message with all that is known about it.
    private static let message: JSONSchema = {
        let moment = JSONSchema.string(pattern: "Z$").titled(
            Text(en: "Moment", es: "Momento"),
            description: "RFC 3339 in UTC, to the millisecond."
        )
        return .object([
            ("id", .string), ("sent_at", moment), ("author", .string.orNull), ("name", .string().orNull),
            ("contact", .any(of: [.reference, .null])), ("text", .string().orNull), ("thread", .string.orNull),
            ("type", .string.orNull), ("edited_at", .any(of: [moment, .null])),
            ("deleted_at", .any(of: [moment, .null])),
            ("attachments", .array(of: .object([("name", .string()), ("url", .string().orNull)]))),
            ("reactions", .array(of: .object([("sign", .string()), ("users", .array(of: .string()))]))),
            ("earlier", .array(of: .object([("text", .string()), ("until", .string.orNull)]))),
        ])
    }()
}
