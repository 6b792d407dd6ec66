import Formats
import Localization

/// Writes a calendar to a sink: components, each preceded by the definitions of the time zones that were not written
/// yet.
public struct CalendarOutput {
    /// The product identifier of this program.
    static let product = "-//crm//crm//EN"

    private let writer: ICalendarWriter
    private let zones: ZoneDirectory
    private let year: Int
    private let rest: CalendarRest
    private var written: Set<String> = []

    /// Begins a calendar.
    ///
    /// - Parameters:
    ///   - zones: the folder of the system's time zones.
    ///   - year: the first year for which the zone definitions must be right.
    ///   - rest: the properties and components of the calendar besides its events.
    public init(
        _ sink: ByteSink,
        zones: ZoneDirectory,
        from year: Int = 1970,
        beside rest: CalendarRest = CalendarRest()
    ) throws(WriteError) {
        writer = ICalendarWriter(sink)
        self.zones = zones
        self.year = year
        self.rest = rest
        try writer.begin(product: Self.product, rest.properties)
    }

    /// Writes the components of a record.
    public mutating func write(_ event: WrittenEvent) throws(WriteError) {
        try write(event.components, event.definitions)
    }

    /// Writes components, preceded by the definitions of their zones that were not yet written.
    ///
    /// - Parameter definitions: definitions of zones that are not in the IANA database.
    private mutating func write(_ components: [CalendarComponent], _ definitions: [CalendarComponent] = [])
        throws(WriteError)
    {
        for component in components {
            for name in component.zones where written.insert(name).inserted {
                if let zone = zone(name, definitions) { try writer.write(zone) }
            }
        }
        for component in components { try writer.write(component) }
    }

    /// Returns the definition of a zone: one of those that came with the components, otherwise the system's.
    private func zone(_ name: String, _ definitions: [CalendarComponent]) -> CalendarComponent? {
        if let known = definitions.first(where: { $0.first("TZID")?.text == name }) { return known }
        guard case .known(let known, _, _)? = CalendarZones(zones).zone(named: name),
            let file = zones.zone(named: known)
        else { return nil }
        return ZoneComponent(name, file).component(from: year)
    }

    /// Ends the calendar.
    public mutating func end() throws(WriteError) {
        try write(rest.components)
        try writer.end()
    }
}

extension CalendarComponent {
    /// The names of the zones in its times, in order.
    var zones: [String] {
        var names: [String] = []
        for property in properties {
            guard !property.parameters.isEmpty, let name = property.parameter("TZID"), !names.contains(name) else {
                continue
            }
            names.append(name)
        }
        for inner in components { names += inner.zones.filter { !names.contains($0) } }
        return names
    }
}
