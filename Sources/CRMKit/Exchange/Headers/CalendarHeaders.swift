extension HeaderTable {
    /// The calendars of Outlook and Google, which have separate columns for the day and the time of day.
    static let calendars = [
        HeaderTable(
            .event,
            [
                (["Start Date", "Fecha de comienzo", "Fecha de inicio"], .moment("starts_at", .day)),
                (["Start Time", "Comienzo", "Hora de comienzo", "Hora de inicio"], .moment("starts_at", .time)),
                (["End Date", "Fecha de finalización", "Fecha de fin"], .moment("ends_at", .day)),
                (["End Time", "Finalización", "Hora de finalización", "Hora de fin"], .moment("ends_at", .time)),
                (["All day event", "Evento de todo el día", "Todo el día"], .column("all_day")),
                (["Private", "Privado"], .words("visibility", privacy)),
                (["Categories", "Categorías"], .column("tags")),
                (["Ubicación"], .column("location")),
                (["Título"], .column("subject")), (["Fecha"], .column("starts_at")), (["Fin"], .column("ends_at")),
                (["Hora", "Hora inicio"], .moment("starts_at", .time)),
                (["Hora fin", "Hora final", "Hora término", "Hora de término"], .moment("ends_at", .time)),
                (["Duración", "Duration"], .moment("ends_at", .length)),
                (lengths(["h", "hr", "hrs", "hours", "horas"]), .moment("ends_at", .hours)),
                (lengths(["min", "mins", "minutes", "minutos"]), .moment("ends_at", .minutes)),
            ] + reminders + notes(written) + [(unheld, .unheld)],
            besides: occurrences + days
        )
    ]

    /// Returns the columns for how long an event lasts that say in what they count: `Duración (min)`, `Duration in
    /// minutes`, `Duration Minutes`.
    private static func lengths(_ units: [String]) -> [String] {
        units.flatMap { unit in
            ["Duración", "Duration"].flatMap { ["\($0) (\(unit))", "\($0) \(unit)"] }
                + ["Duración en \(unit)", "Duration in \(unit)"]
        }
    }

    /// The columns for Outlook's reminder of an event.
    private static let reminders: [(names: [String], target: Target)] = [
        (
            [
                "Reminder on/off", "Aviso activado/desactivado", "Recordatorio activado/desactivado", "Aviso",
                "Aviso/recordatorio", "Activar o desactivar aviso", "Reminder",
            ],
            .moment("reminders", .isOn)
        ),
        (
            ["Reminder Date", "Fecha del aviso", "Fecha de aviso", "Fecha del recordatorio", "Fecha de recordatorio"],
            .moment("reminders", .day)
        ),
        (
            ["Reminder Time", "Hora del aviso", "Hora de aviso", "Hora del recordatorio", "Hora de recordatorio"],
            .moment("reminders", .time)
        ),
    ]

    /// The columns of Outlook without a field in which people write.
    private static let written = [
        "Meeting Organizer", "Organizador de la reunión", "Required Attendees", "Asistentes requeridos",
        "Asistentes necesarios", "Asistentes obligatorios", "Optional Attendees", "Asistentes opcionales",
        "Meeting Resources", "Recursos de la reunión", "Billing Information", "Información de facturación",
        "Información facturación", "Mileage", "Kilometraje",
    ]

    /// Its further columns without a field, which always have a word.
    private static let unheld = [
        "Sensitivity", "Sensibilidad", "Carácter",
        "Confidencialidad", "Show time as", "Mostrar hora como", "Mostrar la hora como", "Mostrar como",
    ]

    /// The columns for the differences of an occurrence, next to the one with its original start.
    private static let occurrences: Besides =
        ["original", "Original start", "Inicio original"].flatMap { original in
            [("Título", "subject"), ("Fecha", "starts_at"), ("Fin", "ends_at")].map { name, field in
                (name: name, beside: original, target: Target.column("occurrence.\(field)"))
            }
        }

    /// A start next to a column with its time is a day alone.
    private static let days: Besides =
        ["Hora", "Hora inicio", "Hora de inicio", "Hora de comienzo", "Start Time"].flatMap { time in
            ["Fecha", "Inicio", "Día", "Date", "Day"].map { day in
                (name: day, beside: time, target: Target.moment("starts_at", .day))
            }
        }

    private static let privacy = [
        "true": "private", "verdadero": "private", "sí": "private", "yes": "private", "false": "", "falso": "",
        "no": "",
    ]
}
