import Formats

/// A file among several of one input, opened when its turn comes.
public struct NamedSource {
    /// What messages call it; `nil` where it is the only one.
    public let name: String?
    /// Opens it.
    let open: () throws -> ByteSource

    /// Names a file.
    public init(name: String?, open: @escaping () throws -> ByteSource) {
        self.name = name
        self.open = open
    }
}
