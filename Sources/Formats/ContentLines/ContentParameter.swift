/// A parameter of a property, such as `TYPE=home,voice`.
public struct ContentParameter: Equatable, Sendable {
    /// The name as it was written; the case of its letters does not matter.
    public let name: String
    /// The values, without quotes and escapes.
    public let values: [String]

    /// A parameter of this name, made of letters, digits, hyphens and underscores, and with these values. CR LF, CR
    /// and LF are one and the same in them.
    public init(_ name: String, _ values: [String]) {
        self.name = name
        self.values = values.map(ContentText.joiningLineBreaks)
    }

    /// True when this is the parameter's name, whatever the case of its letters.
    public func isNamed(_ name: String) -> Bool { ContentToken.isSame(self.name, name) }
}
