import Localization

extension Module {
    /// What is done to events, each of which can be done to one occurrence alone.
    static let eventActions = [
        eventAction(
            "hold",
            to: "held",
            ofTask: nil,
            summary: Text(en: "Note that events took place", es: "Anotar que los eventos se realizaron"),
            discussion: Text(en: "The status becomes held.", es: "El estado pasa a realizado."),
            synonyms: ["realizar", "held"]
        ),
        eventAction(
            "cancel",
            to: "not_held",
            ofTask: "deferred",
            summary: Text(en: "Cancel events", es: "Cancelar eventos"),
            discussion: Text(
                en: "The status becomes not_held, that of a task deferred; agendas leave them out.",
                es: "El estado pasa a no realizado, el de una tarea a aplazada; las agendas los omiten."
            ),
            synonyms: ["cancelar", "suspender"]
        ),
        eventAction(
            "complete",
            to: "held",
            ofTask: "completed",
            summary: Text(en: "Complete tasks", es: "Terminar tareas"),
            discussion: Text(
                en: "The status of a task becomes completed, that of any other event held.",
                es: "El estado de una tarea pasa a terminada, el de otro evento a realizado."
            ),
            synonyms: ["terminar", "done", "finish", "completar"]
        ),
    ]

    private static func eventAction(
        _ name: String,
        to status: String,
        ofTask taskStatus: String?,
        summary: Text,
        discussion: Text,
        synonyms: [String]
    ) -> Action {
        @Sendable func values(of record: Record) -> [(field: String, value: Value)] {
            let isTask = record["kind"].text == "task"
            return [("status", .text(isTask ? taskStatus ?? status : status))]
        }
        return .setting(
            name,
            watching: ["kind", "status"],
            summary: summary,
            discussion: discussion,
            inputs: [
                Field(
                    "occurrence",
                    .occurrence,
                    en: "Occurrence",
                    es: "Repetición",
                    note: Text(
                        en: "this one alone of an event that comes again",
                        es: "solo esta de un evento que se repite"
                    )
                )
            ],
            synonyms: synonyms,
            except: Action.Setting.Exception(input: "occurrence") { record, inputs, context in
                let name = try OccurrenceName(parsing: inputs["occurrence"].text ?? "").description
                try context.edit(record, at: name, values(of: record))
            },
            values
        )
    }
}
