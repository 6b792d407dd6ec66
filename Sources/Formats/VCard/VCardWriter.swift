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

    private static let longestLine = 75

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
        for property in card.converted(to: version).properties { try write(property) }
        try sink.append("END:VCARD\r\n")
    }

    private func write(_ property: VCardProperty) throws(WriteError) {
        var line: [UInt8] = []
        if let group = property.group {
            line += VCardToken.encodeName(group)
            line.append(UInt8(ascii: "."))
        }
        line += VCardToken.encodeName(property.name)
        for parameter in property.parameters {
            line.append(UInt8(ascii: ";"))
            line += VCardToken.encodeName(parameter.name)
            line.append(UInt8(ascii: "="))
            line += parameter.values.map(VCardToken.encodeParameter).joined(separator: [UInt8(ascii: ",")])
        }
        line.append(UInt8(ascii: ":"))
        line += property.rawValue.utf8
        try fold(line)
    }

    /// Writes a line in pieces of up to 75 bytes (RFC 6350 section 3.2).
    private func fold(_ line: [UInt8]) throws(WriteError) {
        var start = 0
        var room = VCardWriter.longestLine
        while line.count - start > room {
            var end = start + room
            while line[end] & 0xC0 == 0x80 { end -= 1 }
            try sink.append(Array(line[start..<end]))
            try sink.append("\r\n ")
            start = end
            room = VCardWriter.longestLine - 1
        }
        try sink.append(Array(line[start...]))
        try sink.append("\r\n")
    }
}
