import Glibc

extension ByteSource {
    /// Creates a source that reads an open descriptor, by default standard input. The caller remains responsible for
    /// closing it.
    ///
    /// - Parameter claim: The declared encoding of the input; nil for UTF-8, or for UTF-16 if the first bytes show it.
    public convenience init(
        descriptor: Int32 = STDIN_FILENO,
        encoding claim: EncodingClaim? = nil,
        chunkSize: Int = 128 * 1024
    ) {
        self.init(.descriptor(descriptor, closes: false, isReady: nil), claim, chunkSize)
    }

    /// Reads an open descriptor, which is closed when the source is deallocated; `encoding` as for a descriptor.
    public convenience init(owning descriptor: Int32, encoding claim: EncodingClaim? = nil) {
        self.init(.descriptor(descriptor, closes: true, isReady: nil), claim, 128 * 1024)
    }

    /// Reads an input whose bytes are recorded as they are read; `encoding` as for a descriptor.
    public convenience init(_ record: InputRecord, encoding claim: EncodingClaim? = nil) {
        self.init(.record(record, isReady: nil), claim, 128 * 1024)
    }

    /// Reads bytes in memory, `chunkSize` of them at a time; `encoding` as for a descriptor.
    public convenience init(bytes: [UInt8], encoding claim: EncodingClaim? = nil, chunkSize: Int = 128 * 1024) {
        self.init(.memory(bytes, next: 0), claim, chunkSize)
    }

    /// Opens a file for reading; it is closed when the source is deallocated. `encoding` as for a descriptor.
    public convenience init(path: String, encoding claim: EncodingClaim? = nil) throws(ReadError) {
        self.init(try .file(path), claim, 128 * 1024)
    }

    /// Creates a source of the lines of another one, without the quotes around each whole line.
    public convenience init(unquoting source: ByteSource) {
        self.init(.unquoted(UnquotedLines(source)), .certain(.utf8), 128 * 1024)
    }
}
