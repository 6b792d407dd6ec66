import Localization

extension Module {
    /// The actions on events, each of which can also be performed on a single occurrence.
    static let eventActions = [
        eventAction(
            "hold",
            to: "held",
            ofTask: nil,
            isOfOneDate: true,
            summary: Text(en: "Note that events took place", es: "Anotar que los eventos se realizaron"),
            discussion: Text(
                en: "The status becomes held. Of an event that comes again, --occurrence says which time it was.",
                es: "El estado pasa a realizado. De un evento que se repite, --occurrence dice qué vez fue."
            ),
            synonyms: ["realizar", "held"]
        ),
        eventAction(
            "cancel",
            to: "not_held",
            ofTask: "deferred",
            isOfOneDate: false,
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
            isOfOneDate: true,
            summary: Text(en: "Complete tasks", es: "Terminar tareas"),
            discussion: Text(
                en: """
                    The status of a task becomes completed, that of any other event held. Of one that comes again, \
                    --occurrence says which time is done.
                    """,
                es: """
                    El estado de una tarea pasa a terminada, el de otro evento a realizado. De los que se repiten, \
                    --occurrence dice qué vez está hecha.
                    """
            ),
            synonyms: ["terminar", "done", "finish", "completar"]
        ),
    ]

    /// - Parameter isOfOneDate: whether the action must name one occurrence of a recurring event.
    private static func eventAction(
        _ name: String,
        to status: String,
        ofTask taskStatus: String?,
        isOfOneDate: Bool,
        summary: Text,
        discussion: Text,
        synonyms: [String]
    ) -> Action {
        let occurrences = DefinedRows(.event, within: Part.occurrence.name)
        @Sendable func choice(_ status: String) -> FixedChoice { FixedChoice(.event, "status", status) }
        @Sendable func values(of record: Record) -> [(field: String, value: Value)] {
            let isTask = record["kind"].text == "task"
            return [choice(isTask ? taskStatus ?? status : status).assignment]
        }
        @Sendable func wholeValues(of record: Record) throws -> [(field: String, value: Value)] {
            let values = values(of: record)
            guard isOfOneDate, !record["recurrence"].isNull || !record["further_dates"].isNull else { return values }
            throw undated(record, name, values)
        }
        return .setting(
            name,
            watching: ["kind", "status", "recurrence", "further_dates"],
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
            choosing: [status, taskStatus].compactMap(\.self).flatMap {
                [choice($0), FixedChoice(occurrences, "status", $0)]
            },
            synonyms: synonyms,
            except: Action.Setting.Exception(input: "occurrence") { record, inputs, context in
                let name = try OccurrenceName(parsing: inputs["occurrence"].text ?? "").description
                try context.edit(record, at: name, values(of: record))
            },
            wholeValues
        )
    }

    private static func undated(
        _ record: Record,
        _ name: String,
        _ values: [(field: String, value: Value)]
    ) -> CRMError {
        let called = record.module.called(record.id)
        let command = "\(ProgramName.placeholder) \(record.module.name.noun)"
        let one = "\(command) \(name) \(record.id) --occurrence"
        let all = "\(command) edit \(record.id) --status \(values.first?.value.text ?? "")"
        return CRMError(
            .refused,
            Text(
                en: "\(called.en) comes again: which of its dates is meant is to be said",
                es: "\(called.es) se repite: hay que decir cuál de sus fechas es"
            ),
            hint: Text(
                en: "\(one) DATE, as agenda shows it; for all dates: \(all)",
                es: "\(one) FECHA, como la muestra agenda; para todas las fechas: \(all)"
            ),
            module: record.module.name,
            reference: "\(record.id)"
        )
    }
}
