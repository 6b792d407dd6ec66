/// What speaks against the declared character set of a text: it was read by a guess, or not all of it could be read.
///
/// Of a text that is UTF-8 for certain, whatever was declared, there is no doubt.
public enum CharacterSetDoubt: Hashable, Sendable {
    /// Nobody knows the declared name.
    case unknown(String)
    /// The bytes are not of the declared character set, and were read by another one.
    case replaced(String, by: String)
    /// Some of the bytes mean nothing in the declared character set.
    case faulty(String)
}

extension CharacterSetDoubt {
    /// - Parameter label: the declared name; a long one is cut.
    init(_ label: String, readBy name: String?, isKnown: Bool) {
        let label = String(label.prefix(Self.longestLabel))
        self = !isKnown ? .unknown(label) : name.map { .replaced(label, by: $0) } ?? .faulty(label)
    }

    private static let longestLabel = 40
}
