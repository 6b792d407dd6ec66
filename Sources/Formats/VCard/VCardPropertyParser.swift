/// Parses one unfolded line of a card (RFC 6350 section 3.3, RFC 2426 section 4, vCard 2.1 section 2.1).
struct VCardPropertyParser {
    let line: VCardLogicalLine
    let version: VCard.Version
    let card: Int
    /// The encoding of the input, which has been decoded to UTF-8 already, whatever CHARSET says.
    let encoding: TextEncoding
    private var at = 0

    init(_ line: VCardLogicalLine, version: VCard.Version, card: Int, encoding: TextEncoding) {
        self.line = line
        self.version = version
        self.card = card
        self.encoding = encoding
    }

    private var bytes: [UInt8] { line.bytes }

    /// The line's property.
    mutating func parse() throws(VCardError) -> VCardProperty {
        if let nul = bytes.firstIndex(of: 0) { throw .nulByte(at: position(of: nul)) }
        guard let colon = line.colon else { throw try missingColon() }
        if let broken = UTF8Sequence.firstMalformed(in: bytes[..<colon]) {
            throw .invalidUTF8(at: position(of: broken))
        }
        var group: String?
        var name = try parseName()
        if bytes[at] == UInt8(ascii: ".") {
            group = name
            at += 1
            name = try parseName()
        }
        var parameters: [VCardParameter] = []
        while bytes[at] == UInt8(ascii: ";") {
            at += 1
            // Some write a semicolon too many.
            if bytes[at] == UInt8(ascii: ";") || at == colon { continue }
            parameters.append(try parseParameter())
        }
        guard at == colon else { throw .malformedProperty(at: position(of: at)) }
        var value = try decodeValue(after: colon, &parameters)
        if version == .v2_1 && line.transferEncoding != .base64 {
            value = VCardLegacy.modernised(value, of: name)
        }
        return VCardProperty(name, rawValue: value, group: group, parameters: parameters)
    }

    private func missingColon() throws(VCardError) -> VCardError {
        if let broken = UTF8Sequence.firstMalformed(in: bytes[...]) { return .invalidUTF8(at: position(of: broken)) }
        guard let quote = bytes.lastIndex(of: UInt8(ascii: "\"")), bytes[quote...].contains(UInt8(ascii: ":")) else {
            return .malformedProperty(at: position(of: 0))
        }
        return .unterminatedQuote(at: position(of: quote))
    }

    /// Goes past the name at which it stands; a colon follows somewhere.
    private mutating func parseName() throws(VCardError) -> String {
        let start = at
        while VCardToken.contains(bytes[at]) { at += 1 }
        guard at > start else { throw .malformedProperty(at: position(of: at)) }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func parseParameter() throws(VCardError) -> VCardParameter {
        let start = at
        while VCardToken.contains(bytes[at]) { at += 1 }
        if bytes[at] != UInt8(ascii: "=") {
            // vCard 2.1 leaves out the name where the value tells it.
            at = start
            let values = try parseValues()
            return VCardParameter(VCardLegacy.parameterName(of: values[0]), values)
        }
        guard at > start else { throw .malformedParameter(at: position(of: at)) }
        let name = String(decoding: bytes[start..<at], as: UTF8.self)
        at += 1
        return VCardParameter(name, try parseValues())
    }

    private mutating func parseValues() throws(VCardError) -> [String] {
        var values = [try parseParameterValue()]
        while bytes[at] == UInt8(ascii: ",") {
            at += 1
            values.append(try parseParameterValue())
        }
        return values
    }

    private mutating func parseParameterValue() throws(VCardError) -> String {
        let quote = UInt8(ascii: "\"")
        let isQuoted = bytes[at] == quote
        if isQuoted { at += 1 }
        let start = at
        while isQuoted ? bytes[at] != quote : !VCardPropertyParser.endsValue(bytes[at]) {
            if bytes[at] == quote { throw .malformedParameter(at: position(of: at)) }
            at += 1
        }
        let value = bytes[start..<at]
        if isQuoted {
            at += 1
            guard VCardPropertyParser.endsValue(bytes[at]) else { throw .malformedParameter(at: position(of: at)) }
        }
        return version == .v2_1 ? String(decoding: value, as: UTF8.self) : VCardToken.decodeParameter(value)
    }

    private static func endsValue(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":")
    }

    /// The value in UTF-8, free of the encodings that the parameters tell, which are taken away.
    private func decodeValue(
        after colon: Int,
        _ parameters: inout [VCardParameter]
    ) throws(VCardError) -> String {
        let value = bytes[(colon + 1)...]
        let isQuotedPrintable = line.transferEncoding == .quotedPrintable
        var decoded = isQuotedPrintable ? QuotedPrintable.decode(value) : Array(value)
        if let charset = parameters.first(where: { $0.isNamed("CHARSET") })?.values.first {
            guard let encoding = TextEncoding(name: charset) else {
                throw .unknownCharset(charset, at: position(of: 0))
            }
            if isQuotedPrintable || self.encoding == .utf8 {
                decoded = TextDecoder(encoding: encoding).decode(decoded)
            }
            parameters.removeAll { $0.isNamed("CHARSET") }
        } else if isQuotedPrintable, encoding.isOfBytes, UTF8Sequence.firstMalformed(in: decoded[...]) != nil {
            decoded = TextDecoder(encoding: encoding).decode(decoded)
        }
        if let broken = UTF8Sequence.firstMalformed(in: decoded[...]) {
            let isInPlace = decoded.count == value.count
            throw .invalidUTF8(at: position(of: colon + 1 + (isInPlace ? broken : 0)))
        }
        if let nul = decoded.firstIndex(of: 0) {
            throw .nulByte(at: position(of: min(colon + 1 + nul, bytes.count - 1)))
        }
        if line.transferEncoding == .base64 {
            decoded.removeAll { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        }
        parameters = VCardLegacy.withoutTransferEncoding(parameters)
        return String(decoding: decoded, as: UTF8.self)
    }

    private func position(of offset: Int) -> VCardError.Position { line.position(of: offset, card: card) }
}
