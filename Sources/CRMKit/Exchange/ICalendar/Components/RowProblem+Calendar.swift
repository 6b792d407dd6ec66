import Formats
import Localization

extension RowProblem {
    /// Creates the problem of a component that could not be read.
    init(_ error: ICalendarError, component: Int, reason: Text) {
        self.init(row: component, at: error.position, reason: reason)
    }

    /// Returns the message for an error in a component.
    ///
    /// - Parameter likely: the likely encoding of bytes that are not UTF-8.
    static func reason(_ error: ICalendarError, likely: TextEncoding = .windows1252) -> Text {
        switch error {
        case .unreadable(let error): error.reason
        case .lineTooLong(let limit, _):
            Text(en: "the line is longer than \(limit) bytes", es: "la línea pasa de \(limit) bytes")
        case .componentTooLong(let limit, _):
            Text(en: "the component is longer than \(limit) bytes", es: "el componente pasa de \(limit) bytes")
        case .tooDeep:
            Text(en: "this stands in too many components", es: "esto está dentro de demasiados componentes")
        case .textOutsideCalendar:
            Text(
                en: "this is outside a calendar, which begins with BEGIN:VCALENDAR",
                es: "esto está fuera de un calendario, que empieza con BEGIN:VCALENDAR"
            )
        case .missingEnd(let name, _):
            Text(en: "what begins here has no END:\(name)", es: "lo que empieza aquí no tiene END:\(name)")
        case .strangeEnd(let name, _):
            Text(en: "this ends a \(name) that has not begun", es: "esto termina un \(name) que no ha empezado")
        case .malformed(let fault, _):
            reason(
                fault,
                property: Text(en: "SUMMARY:text", es: "SUMMARY:texto"),
                parameter: "TZID=Europe/Madrid",
                likely: likely
            )
        }
    }
}
