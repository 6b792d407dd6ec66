/// A component of a calendar (RFC 5545 section 3.6), such as `VEVENT`: its properties and its inner components, each in
/// their original order.
public struct CalendarComponent: Equatable, Sendable {
    /// The name in capitals, such as `VEVENT`.
    public let name: String
    /// The properties, known or not.
    public var properties: [ContentProperty]
    /// The inner components, known or not, such as `VALARM`.
    public var components: [CalendarComponent]

    /// Creates a component with a name.
    public init(_ name: String, properties: [ContentProperty] = [], components: [CalendarComponent] = []) {
        self.name = name
        self.properties = properties
        self.components = components
    }

    /// Returns the properties with a name, ignoring case.
    public func properties(named name: String) -> [ContentProperty] { properties.filter { $0.isNamed(name) } }

    /// Returns the first property with a name, ignoring case; `nil` if there is none.
    public func first(_ name: String) -> ContentProperty? { properties.first { $0.isNamed(name) } }
}
