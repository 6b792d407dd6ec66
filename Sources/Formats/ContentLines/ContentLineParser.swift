/// Parses one unfolded line of a card (RFC 6350 section 3.3, RFC 2426 section 4, vCard 2.1 section 2.1) or of a calendar
/// (RFC 5545 section 3.1).
struct ContentLineParser {
    private let line: ContentLine
    private let bytes: [UInt8]
    private let syntax: ContentSyntax
    /// The encoding of the input, which has been decoded to UTF-8 already, whatever CHARSET says.
    private let encoding: TextEncoding
    private var at = 0

    init(_ line: ContentLine, syntax: ContentSyntax, encoding: TextEncoding) {
        self.line = line
        bytes = line.bytes
        self.syntax = syntax
        self.encoding = encoding
    }

    /// The line's property, in UTF-8 and free of encodings but base64, in the form of the standard syntax.
    mutating func parse() throws(ContentLineError) -> ContentProperty {
        if let nul = bytes.firstIndex(of: 0) { throw fault(.nulByte, at: nul) }
        guard let colon = line.colon else { throw try missingColon() }
        if let broken = UTF8Sequence.firstMalformed(in: bytes[..<colon]) {
            throw fault(.invalidUTF8, at: broken)
        }
        var group: String?
        var name = try parseName()
        if bytes[at] == UInt8(ascii: ".") {
            group = name
            at += 1
            name = try parseName()
        }
        if syntax != .calendar { skipBlanks() }
        var parameters: [ContentParameter] = []
        while bytes[at] == UInt8(ascii: ";") {
            at += 1
            while bytes[at] == UInt8(ascii: " ") || bytes[at] == UInt8(ascii: "\t") { at += 1 }
            // Some write a semicolon too many.
            if bytes[at] == UInt8(ascii: ";") || at == colon { continue }
            parameters.append(try parseParameter())
        }
        guard at == colon else { throw nameFault() }
        let hidesText = hidesText(name)
        var value = try decodeValue(after: colon, hidesText: hidesText, &parameters)
        if syntax == .legacyCard, line.transferEncoding != .base64 || hidesText {
            value = VCardLegacy.modernised(value, of: name)
        }
        return ContentProperty(name, rawValue: value, group: group, parameters: parameters)
    }

    /// Whether base64 stands for a text, as some telephones write all that is not in ASCII.
    private func hidesText(_ name: String) -> Bool {
        syntax != .calendar && line.transferEncoding == .base64 && VCardLegacy.takesText(name)
    }

    private func missingColon() throws(ContentLineError) -> ContentLineError {
        if let broken = UTF8Sequence.firstMalformed(in: bytes[...]) { return fault(.invalidUTF8, at: broken) }
        guard let quote = bytes.lastIndex(of: UInt8(ascii: "\"")), bytes[quote...].contains(UInt8(ascii: ":")) else {
            return fault(.malformedProperty, at: 0)
        }
        return fault(.unterminatedQuote, at: quote)
    }

    /// Goes past the name at which it stands; a colon follows somewhere.
    private mutating func parseName() throws(ContentLineError) -> String {
        let start = at
        while ContentToken.contains(bytes[at]) { at += 1 }
        guard at > start else { throw nameFault() }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    /// Returns the fault in the name at the present position.
    private func nameFault() -> ContentLineError {
        let head = bytes[..<(line.colon ?? bytes.endIndex)].prefix { $0 != UInt8(ascii: ";") }.trimmingSpaces
        if head.allSatisfy(ContentToken.contains) { return fault(.malformedProperty, at: at) }
        // Whatever stands there may be long, but for a person to know it again.
        let name = String(decoding: head, as: UTF8.self).prefix(Self.longestToldName)
        return fault(.malformedName(String(name)), at: at)
    }

    private static let longestToldName = 40

    /// Goes past white space between a name and what ends it.
    private mutating func skipBlanks() {
        guard let next = bytes[at...].firstIndex(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }),
            bytes[next] == UInt8(ascii: ":") || bytes[next] == UInt8(ascii: ";")
        else { return }
        at = next
    }

    private mutating func parseParameter() throws(ContentLineError) -> ContentParameter {
        let start = at
        while ContentToken.contains(bytes[at]) { at += 1 }
        if bytes[at] != UInt8(ascii: "=") {
            // vCard 2.1 leaves out the name where the value tells it.
            at = start
            let values = try parseValues()
            return ContentParameter(VCardLegacy.parameterName(of: values[0]), values)
        }
        guard at > start else { throw fault(.malformedParameter, at: at) }
        let name = String(decoding: bytes[start..<at], as: UTF8.self)
        at += 1
        let values = try parseValues()
        // A type that some write as the name of a parameter without a value.
        let isType = syntax != .calendar && values == [""] && VCardLegacy.isType(name)
        return isType ? ContentParameter("TYPE", [name]) : ContentParameter(name, values)
    }

    private mutating func parseValues() throws(ContentLineError) -> [String] {
        var values = [try parseParameterValue()]
        while bytes[at] == UInt8(ascii: ",") {
            at += 1
            values.append(try parseParameterValue())
        }
        return values
    }

    private mutating func parseParameterValue() throws(ContentLineError) -> String {
        let quote = UInt8(ascii: "\"")
        let isQuoted = bytes[at] == quote
        if isQuoted { at += 1 }
        let start = at
        while isQuoted ? bytes[at] != quote : !ContentLineParser.endsValue(bytes[at]) {
            if bytes[at] == quote { throw fault(.malformedParameter, at: at) }
            at += 1
        }
        let value = bytes[start..<at]
        if isQuoted {
            at += 1
            guard ContentLineParser.endsValue(bytes[at]) else { throw fault(.malformedParameter, at: at) }
        }
        return syntax == .legacyCard ? String(decoding: value, as: UTF8.self) : ContentToken.decodeParameter(value)
    }

    private static func endsValue(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":")
    }

    /// The value in UTF-8, free of the encodings that the parameters tell, which are taken away.
    private func decodeValue(
        after colon: Int,
        hidesText: Bool,
        _ parameters: inout [ContentParameter]
    ) throws(ContentLineError) -> String {
        let value = UTF8Sequence.joiningSurrogates(bytes[(colon + 1)...])
        let charset = parameters.first { $0.isNamed("CHARSET") }
        if line.transferEncoding == nil, charset == nil {
            if let broken = UTF8Sequence.firstMalformed(in: value) { throw fault(.invalidUTF8, at: broken) }
            parameters = withoutTransferEncoding(parameters)
            return String(decoding: value, as: UTF8.self)
        }
        let isHidden = line.transferEncoding == .quotedPrintable || hidesText
        var decoded = transferred(value, hidesText: hidesText)
        if let charset { decoded = try text(decoded, in: charset.values.first ?? "", isHidden: isHidden) }
        parameters.removeAll { $0.isNamed("CHARSET") }
        if isHidden, UTF8Sequence.firstMalformed(in: decoded[...]) != nil {
            // What hid its bytes in ASCII is of the input's own encoding, or of the one that most of such programs wrote.
            decoded = TextDecoder(encoding: encoding.isOfBytes ? encoding : .windows1252).decode(decoded)
        }
        if let broken = UTF8Sequence.firstMalformed(in: decoded[...]) {
            let isInPlace = decoded.count == value.count
            throw fault(.invalidUTF8, at: colon + 1 + (isInPlace ? broken : 0))
        }
        if let nul = decoded.firstIndex(of: 0) {
            throw fault(.nulByte, at: min(colon + 1 + nul, bytes.count - 1))
        }
        if line.transferEncoding == .base64, !hidesText {
            decoded.removeAll { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        }
        parameters = withoutTransferEncoding(parameters)
        if hidesText { parameters.removeAll { $0.isNamed("ENCODING") } }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Returns the bytes of a value with its transfer encoding undone. A value declared as base64 that is not base64 is
    /// returned unchanged.
    private func transferred(_ value: ArraySlice<UInt8>, hidesText: Bool) -> [UInt8] {
        if line.transferEncoding == .quotedPrintable {
            return Array(UTF8Sequence.joiningSurrogates(QuotedPrintable.decode(value)[...]))
        }
        return hidesText ? Base64.decode(value) ?? Array(value) : Array(value)
    }

    /// Bytes of a character set in UTF-8. A set that nobody knows says nothing against bytes that are in UTF-8.
    private func text(_ bytes: [UInt8], in charset: String, isHidden: Bool) throws(ContentLineError) -> [UInt8] {
        guard let reading = Self.reading(of: charset) else {
            if UTF8Sequence.firstMalformed(in: bytes[...]) == nil { return bytes }
            throw fault(.unknownCharset(charset), at: 0)
        }
        guard isHidden || encoding == .utf8 else { return bytes }
        return Self.belies(bytes, charset) ? bytes : reading(bytes) ?? bytes
    }

    /// Whether bytes are UTF-8 whatever is said of them: telephones and web pages write it under the name of the set that was
    /// usual before.
    private static func belies(_ bytes: [UInt8], _ charset: String) -> Bool {
        guard let told = TextEncoding(name: charset), told == .latin1 || told == .windows1252 else { return false }
        let evidence = bytes.withUnsafeBufferPointer(UTF8Evidence.init)
        return evidence.isUTF8 && evidence.isSure
    }

    /// Returns a function that converts bytes of a character set to UTF-8, or returns nil for bytes invalid in it; nil
    /// for an unknown character set.
    private static func reading(of charset: String) -> (([UInt8]) -> [UInt8]?)? {
        if let encoding = TextEncoding(name: charset) { return TextDecoder(encoding: encoding).decode }
        guard let foreign = ForeignCharacterSet(label: charset) else { return nil }
        return { bytes in
            let (text, faults) = foreign.decode(bytes)
            return faults == 0 ? Array(text.utf8) : nil
        }
    }

    /// Returns the parameters without those for a transfer encoding that the value no longer has.
    private func withoutTransferEncoding(_ parameters: [ContentParameter]) -> [ContentParameter] {
        guard syntax == .calendar else { return VCardLegacy.withoutTransferEncoding(parameters) }
        guard line.transferEncoding == .quotedPrintable else { return parameters }
        return parameters.filter { !$0.isNamed("ENCODING") }
    }

    private func fault(_ fault: ContentLineFault, at offset: Int) -> ContentLineError {
        let (line, column) = line.position(of: offset)
        return ContentLineError(fault: fault, line: line, column: column)
    }
}
