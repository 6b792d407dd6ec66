import Formats

/// The encoding of an input, for messages about invalid bytes.
struct InputEncoding {
    /// The encoding used for reading.
    let known: TextEncoding
    /// The likely encoding of bytes that are not UTF-8.
    let likely: TextEncoding

    init(of source: ByteSource) {
        known = source.encoding
        likely = source.likelyEncoding
    }

    private init(_ known: TextEncoding, likely: TextEncoding) {
        self.known = known
        self.likely = likely
    }

    /// The encoding of an input about which nothing else is known.
    static let utf8 = InputEncoding(.utf8, likely: .windows1252)
}
