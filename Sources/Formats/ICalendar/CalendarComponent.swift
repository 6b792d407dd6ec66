/// A component of a calendar (RFC 5545 section 3.6), such as `VEVENT`: its properties and the components in it, each in the
/// order in which they stand.
public struct CalendarComponent: Equatable, Sendable {
    /// The name in capitals, such as `VEVENT`.
    public let name: String
    /// The properties, known or not.
    public var properties: [ContentProperty]
    /// The components in it, known or not, such as `VALARM`.
    public var components: [CalendarComponent]

    /// Creates a component with a name.
    public init(_ name: String, properties: [ContentProperty] = [], components: [CalendarComponent] = []) {
        self.name = name
        self.properties = properties
        self.components = components
    }

    /// The properties of a name, whatever the case of its letters.
    public func properties(named name: String) -> [ContentProperty] { properties.filter { $0.isNamed(name) } }

    /// The first property of a name, whatever the case of its letters.
    public func first(_ name: String) -> ContentProperty? { properties.first { $0.isNamed(name) } }
}
