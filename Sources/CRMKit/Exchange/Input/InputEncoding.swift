import Formats

/// How an input is encoded, for what is told of bytes that are not.
struct InputEncoding {
    /// How it is read.
    let known: TextEncoding
    /// What bytes are likely to be that are no UTF-8.
    let likely: TextEncoding

    init(of source: ByteSource) {
        known = source.encoding
        likely = source.likelyEncoding
    }

    private init(_ known: TextEncoding, likely: TextEncoding) {
        self.known = known
        self.likely = likely
    }

    /// Of an input of which nothing else is known.
    static let utf8 = InputEncoding(.utf8, likely: .windows1252)
}
