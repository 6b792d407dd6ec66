import Formats

/// One of several files of an input, opened when it is to be read.
public struct NamedSource {
    /// The name for messages; `nil` for the only source.
    public let name: String?
    /// Opens the file.
    let open: () throws -> ByteSource

    /// Creates a source with a name.
    public init(name: String?, open: @escaping () throws -> ByteSource) {
        self.name = name
        self.open = open
    }
}
