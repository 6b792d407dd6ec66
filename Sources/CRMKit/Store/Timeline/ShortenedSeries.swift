import Localization

/// The events of which only the latest of very many occurrences that last into a period were given.
public final class ShortenedSeries {
    private var subjects: [Int64: String] = [:]

    /// Creates an empty list.
    public init() {}

    func note(_ event: EventRow) { subjects[event.id] = event.subject }

    /// Notices for the user, one for each event, in the order of their ids.
    public var notices: [Text] {
        let most = EventExpander.mostBegun
        return subjects.sorted { $0.key < $1.key }.map { id, subject in
            Text(
                en: """
                    event \(id) (\(subject)) lasts longer than the time between its occurrences: of those that began \
                    before and still last, only the latest \(most) are shown
                    """,
                es: """
                    el evento \(id) (\(subject)) dura más que el tiempo entre sus repeticiones: de las que empezaron \
                    antes y aún duran solo se muestran las últimas \(most)
                    """
            )
        }
    }
}
