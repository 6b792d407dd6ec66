import Formats

/// A file among several of one input, opened when its turn comes.
public struct NamedSource {
    /// The name for messages; `nil` for the only source.
    public let name: String?
    /// Opens it.
    let open: () throws -> ByteSource

    /// Names a file.
    public init(name: String?, open: @escaping () throws -> ByteSource) {
        self.name = name
        self.open = open
    }
}
