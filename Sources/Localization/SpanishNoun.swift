/// The grammatical gender of a Spanish noun, which articles, adjectives and participles follow.
public enum Gender: Sendable {
    case masculine, feminine
}

/// A Spanish noun in lower case, with the words that go before it in a sentence.
public struct SpanishNoun: Sendable {
    /// The singular: `póliza`.
    public let one: String
    /// The plural: `pólizas`.
    public let several: String
    /// The gender of the noun.
    public let gender: Gender

    /// Creates a noun from its singular and its plural, in upper or lower case.
    public init(_ one: String, plural: String, _ gender: Gender) {
        self.one = one.lowercased()
        several = plural.lowercased()
        self.gender = gender
    }

    /// Returns the one of two words that agrees with the noun in gender: `eliminado` or `eliminada`.
    public func agreeing(_ masculine: String, _ feminine: String) -> String {
        gender == .masculine ? masculine : feminine
    }

    /// `el cliente`, `la póliza`.
    public var the: String { agreeing("el ", "la ") + one }
    /// `del cliente`, `de la póliza`.
    public var ofThe: String { agreeing("del ", "de la ") + one }
    /// `al cliente`, `a la póliza`.
    public var toThe: String { agreeing("al ", "a la ") + one }
    /// `un cliente`, `una póliza`.
    public var a: String { agreeing("un ", "una ") + one }
    /// `ningún cliente`, `ninguna póliza`.
    public var no: String { agreeing("ningún ", "ninguna ") + one }
    /// `los clientes`, `las pólizas`.
    public var theSeveral: String { agreeing("los ", "las ") + several }
    /// `los clientes nuevos`, `las pólizas nuevas`.
    public var theSeveralNew: String { "\(theSeveral) \(agreeing("nuevos", "nuevas"))" }
    /// `uno de los clientes`, `una de las pólizas`.
    public var oneOfThem: String { agreeing("uno de ", "una de ") + theSeveral }
    /// `3 clientes`, `1 póliza`.
    public func counted(_ count: some BinaryInteger) -> String { "\(count) \(count == 1 ? one : several)" }
}
