import Formats
import Localization

/// What a calendar says beside its events: properties of its own, such as its name, and components of other kinds.
public struct CalendarRest: Sendable {
    /// Those of the calendar itself, but for what says who wrote it and how.
    var properties: [ContentProperty] = []
    /// Journals and whatever else there is.
    var components: [CalendarComponent] = []

    /// Nothing.
    public init() {}

    /// Whether a property says who wrote a calendar, or how.
    static func isWritten(_ property: ContentProperty) -> Bool {
        property.isNamed("VERSION") || property.isNamed("PRODID")
    }

    /// What a person should know of components that tell of no records.
    ///
    /// - Parameter counts: how many there were of each name.
    static func notices(_ counts: [String: Int]) -> [Text] {
        guard !counts.isEmpty else { return [] }
        let list = counts.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
        return [
            Text(
                en: "passed over what is neither an event nor a task: \(list)",
                es: "se omitió lo que no es evento ni tarea: \(list)"
            )
        ]
    }
}
