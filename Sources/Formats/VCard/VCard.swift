/// An electronic business card: its properties in their original order.
public struct VCard: Equatable, Sendable {
    /// The version of the format.
    public enum Version: String, CaseIterable, Sendable {
        /// vCard 2.1 of the Internet Mail Consortium, which is read but not written.
        case v2_1 = "2.1"
        /// RFC 2426.
        case v3_0 = "3.0"
        /// RFC 6350.
        case v4_0 = "4.0"
    }

    /// The version in which the card was read, or for which it was made.
    public var version: Version
    /// The properties, known or not, without BEGIN, VERSION and END.
    public var properties: [ContentProperty]

    /// Creates a card with some properties.
    public init(version: Version = .v4_0, properties: [ContentProperty] = []) {
        self.version = version
        self.properties = properties
    }
}
