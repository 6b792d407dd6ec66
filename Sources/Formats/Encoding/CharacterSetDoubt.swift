/// A doubt about the declared character set of a text: the text was read with another one, or not all of it could be
/// read.
///
/// There is no doubt about a text that is certainly UTF-8, whatever was declared.
public enum CharacterSetDoubt: Hashable, Sendable {
    /// The declared name is unknown.
    case unknown(String)
    /// The bytes are not in the declared character set, and were read with another one.
    case replaced(String, by: String)
    /// Some of the bytes are undefined in the declared character set.
    case faulty(String)
}

extension CharacterSetDoubt {
    /// - Parameter label: the declared name, which is cut if it is long.
    init(_ label: String, readBy name: String?, isKnown: Bool) {
        let label = String(label.prefix(Self.longestLabel))
        self = !isKnown ? .unknown(label) : name.map { .replaced(label, by: $0) } ?? .faulty(label)
    }

    private static let longestLabel = 40
}
