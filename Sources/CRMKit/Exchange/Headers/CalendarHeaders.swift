extension HeaderTable {
    /// The calendars of Outlook and Google, which have the day and the time of day in columns of their own.
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
            ]
        )
    ]

    private static let privacy = [
        "true": "private", "verdadero": "private", "sí": "private", "yes": "private", "false": "", "falso": "",
        "no": "",
    ]
}
