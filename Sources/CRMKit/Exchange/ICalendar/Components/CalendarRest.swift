import Formats
import Localization

/// The contents of a calendar other than its events: its own properties, such as its name, and other kinds of
/// components.
public struct CalendarRest: Sendable {
    /// The calendar's own properties, except those that identify the program and version that wrote it.
    var properties: [ContentProperty] = []
    /// The components of other kinds, such as journals.
    var components: [CalendarComponent] = []

    /// Creates an empty rest.
    public init() {}

    /// Whether a property identifies the program or version that wrote a calendar.
    static func isWritten(_ property: ContentProperty) -> Bool {
        property.isNamed("VERSION") || property.isNamed("PRODID")
    }

    /// Returns notices for the user about components that describe no records.
    ///
    /// - Parameter counts: the number of components by name.
    static func notices(_ counts: [String: Int]) -> [Text] {
        guard !counts.isEmpty else { return [] }
        func list(_ meaning: (Text) -> String) -> String {
            counts.sorted { $0.key < $1.key }.map { name, count in
                let words = meanings[name].map { ", \(meaning($0))" } ?? ""
                return "\(name) (\(count)\(words))"
            }.joined(separator: ", ")
        }
        return [
            Text(
                en: "passed over what is neither an event nor a task: \(list(\.en))",
                es: "se omitió lo que no es evento ni tarea: \(list(\.es))"
            )
        ]
    }

    /// The meanings of other kinds of components in RFC 5545.
    private static let meanings = [
        "VJOURNAL": Text(en: "entries of a journal", es: "entradas de un diario"),
        "VFREEBUSY": Text(en: "when somebody is busy", es: "cuándo está ocupado alguien"),
        "VAVAILABILITY": Text(en: "when somebody can be met", es: "cuándo se puede ver a alguien"),
    ]

    /// Returns a notice about the names of calendars, which are not stored; `nil` when there are none.
    static func notice(named names: [String]) -> Text? {
        guard !names.isEmpty else { return nil }
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        let spanish = names.map { "«\($0)»" }.joined(separator: ", ")
        return Text(
            en: "the name of the calendar is kept in no event: \(list)",
            es: "el nombre del calendario no se guarda en ningún evento: \(spanish)"
        )
    }

    /// Returns a notice about times without a time zone; `nil` if there are no such entries.
    static func notice(floating count: Int, in zone: String) -> Text? {
        guard count > 0 else { return nil }
        return Text(
            en: "times without a zone are taken by that of here, \(zone): those of \(count) of the entries",
            es: "las horas sin zona se toman por la de aquí, \(zone): las de \(count) de las entradas"
        )
    }

    /// Returns a notice about times in a zone that their calendar defines in another way.
    static func notice(contradicted zone: String, count: Int) -> Text {
        Text(
            en: "by the calendar's own definition of its zone, times of \(count) of the entries would be others: they "
                + "are taken by \(zone), for which its name stands",
            es: "según la definición que el calendario da de su zona, las horas de \(count) de las entradas serían "
                + "otras: se toman por \(zone), que es lo que dice su nombre"
        )
    }

    /// Returns a notice about tasks without a due time; `nil` if there are none.
    static func notice(undated count: Int) -> Text? {
        guard count > 0 else { return nil }
        return Text(
            en: "tasks that do not say when they are due are dated by when they were made: \(count)",
            es: "las tareas que no dicen cuándo vencen llevan la fecha en que se crearon: \(count)"
        )
    }

    /// Returns the display name of a calendar (RFC 7986 section 5.1), or the name in the property used before; `nil` if
    /// there is neither.
    static func name(of calendar: [ContentProperty]) -> String? {
        ["NAME", "X-WR-CALNAME"].lazy.compactMap { name in calendar.first { $0.isNamed(name) }?.text.trimmed.nonEmpty }
            .first
    }
}
