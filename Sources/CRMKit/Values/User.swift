/// The user of the program, by the name under which records are assigned to people.
public struct User: Sendable, Hashable {
    /// The name.
    public let name: String

    /// Creates a user with a name.
    public init(_ name: String) { self.name = name }

    /// Returns the person that a name means: `me` and `yo` are the user.
    public func meant(by name: String) -> String { ["me", "yo"].contains(name.lowercased()) ? self.name : name }
}
