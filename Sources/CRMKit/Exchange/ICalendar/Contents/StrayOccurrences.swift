import Formats

/// Finds the components of single dates that are not dates of their series, because the series has changed since.
struct StrayOccurrences {
    let module: Module
    let mapping: CalendarMapping
    let clock: Clock
    let zones: CalendarZones

    /// Returns the indexes of such components in a list, in order. A cancelled date is not included, nor is a component
    /// that also applies to later dates.
    func places(in occurrences: [CalendarComponent], of series: CalendarComponent) -> [Int] {
        guard !occurrences.isEmpty, let dates = contents(series)?.series(clock) else { return [] }
        var moments: [Int: Int64] = [:]
        for (index, component) in occurrences.enumerated() {
            guard let contents = contents(component), contents.isOfOneDate,
                let name = try? contents.originalName(in: series, context)
            else { continue }
            moments[index] = dates.seconds(of: name)
        }
        let present = dates.present(Array(moments.values))
        return moments.filter { !present.contains($0.value) }.keys.sorted()
    }

    private var context: CalendarContext { CalendarContext(clock: clock, zones: zones) }

    private func contents(_ component: CalendarComponent) -> EventContents? {
        try? EventContents(component, by: mapping, of: module, in: context)
    }
}
