/// A parameter of a property, such as `TYPE=home,voice`.
public struct ContentParameter: Equatable, Sendable {
    /// The name as written; its case does not matter.
    public let name: String
    /// The values, without quotes and escapes.
    public let values: [String]

    /// Creates a parameter. Its name consists of letters, digits, hyphens and underscores. Line breaks in the values,
    /// CR LF, CR or LF, become LF.
    public init(_ name: String, _ values: [String]) {
        self.name = name
        self.values = values.map(ContentText.joiningLineBreaks)
    }

    /// Returns whether this is the parameter's name, in any case.
    public func isNamed(_ name: String) -> Bool { ContentToken.isSame(self.name, name) }
}
