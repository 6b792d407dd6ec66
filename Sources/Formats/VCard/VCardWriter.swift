/// Writes cards (RFC 2426 or RFC 6350) straight into a sink.
///
/// Lines end with CR LF and are folded after at most 75 bytes, never within a character. Properties are written in
/// their order, converted to the version of the writer. The caller must ensure that a card has the properties required
/// by its version (`FN`; in 3.0 also `N`) and contains no NUL.
public struct VCardWriter {
    /// The versions that can be written.
    public enum Version: Sendable {
        /// vCard 3.0, RFC 2426.
        case v3_0
        /// vCard 4.0, RFC 6350.
        case v4_0
    }

    private let sink: ByteSink
    private let version: VCard.Version

    /// Creates a writer into a sink, which the caller flushes.
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
