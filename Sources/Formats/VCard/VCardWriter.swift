/// Writes cards as RFC 2426 or RFC 6350 has them, straight into a sink.
///
/// Lines end with CR LF and are folded after at most 75 bytes, never inside a character. Properties are written in
/// their order, those of a card read in another edition in this one's form. That a card has the properties which its
/// edition requires (`FN`; in 3.0 `N` too), and no NUL, is up to the caller.
public struct VCardWriter {
    /// The editions that are written.
    public enum Version: Sendable {
        /// vCard 3.0, RFC 2426.
        case v3_0
        /// vCard 4.0, RFC 6350.
        case v4_0
    }

    private let sink: ByteSink
    private let version: VCard.Version

    /// Writes into a sink, which the caller flushes.
    public init(_ sink: ByteSink, version: Version) {
        self.sink = sink
        self.version =
            switch version {
            case .v3_0: .v3_0
            case .v4_0: .v4_0
            }
    }

    /// Writes a card.
    public func write(_ card: VCard) throws(WriteError) {
        try sink.append("BEGIN:VCARD\r\nVERSION:\(version.rawValue)\r\n")
        for property in card.converted(to: version).properties {
            try sink.append(property)
        }
        try sink.append("END:VCARD\r\n")
    }
}
