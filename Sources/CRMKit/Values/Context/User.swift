import Localization

/// The user of the program, by the name under which records are assigned to people.
public struct User: Sendable, Hashable {
    /// The name.
    public let name: String
    /// Whether somebody gave the name, so that records can be assigned to it.
    private let isNamed: Bool

    /// Creates a user with a name.
    ///
    /// - Parameter isNamed: whether somebody gave the name; otherwise it only tells users apart.
    public init(_ name: String, isNamed: Bool = true) {
        self.name = name
        self.isNamed = isNamed
    }

    /// Returns the person that a name means: `me` and `yo` are the user.
    ///
    /// - Throws: ``ValueError`` if the name means a user whose name is not known.
    public func meant(by name: String) throws(ValueError) -> String {
        guard ["me", "yo"].contains(name.lowercased()) else { return name }
        guard isNamed else {
            throw ValueError(
                Text(
                    en: "nothing says who '\(name)' is: set the environment variable CRM_USER",
                    es: "nada dice quién es «\(name)»: definir la variable de entorno CRM_USER"
                )
            )
        }
        return self.name
    }
}
