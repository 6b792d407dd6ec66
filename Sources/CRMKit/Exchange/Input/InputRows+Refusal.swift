import Localization

extension InputRows {
    /// The error for invoices given to a command that does not read them.
    static var noInvoices: CRMError {
        CRMError(
            .usage,
            Text(
                en: "this is not read from invoices (CFDI): only purchase orders are",
                es: "esto no se lee de facturas (CFDI): solo las compras"
            ),
            hint: Text(
                en: "read them with '\(ProgramName.placeholder) purchase-order import'",
                es: "leerlas con '\(ProgramName.placeholder) purchase-order import'"
            )
        )
    }

    /// The error for calendars given to a command that does not read them.
    static var noCalendars: CRMError {
        CRMError(
            .usage,
            Text(
                en: "this is not read from calendars (iCalendar): only events are",
                es: "esto no se lee de calendarios (iCalendar): solo los eventos"
            ),
            hint: Text(
                en: "read them with '\(ProgramName.placeholder) event import'",
                es: "leerlos con '\(ProgramName.placeholder) event import'"
            )
        )
    }

    /// The error for cards given to a command that does not read them.
    static var noCards: CRMError {
        CRMError(
            .usage,
            Text(
                en: "this is not read from vCards: only contacts are",
                es: "esto no se lee de vCards: solo los contactos"
            ),
            hint: Text(
                en: "read them with '\(ProgramName.placeholder) contact import'",
                es: "leerlas con '\(ProgramName.placeholder) contact import'"
            )
        )
    }
}
