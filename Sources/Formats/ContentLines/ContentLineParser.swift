/// Parses one unfolded line of a card (RFC 6350 section 3.3, RFC 2426 section 4, vCard 2.1 section 2.1) or of a
/// calendar (RFC 5545 section 3.1).
struct ContentLineParser {
    private let line: ContentLine
    private let bytes: [UInt8]
    private let syntax: ContentSyntax
    /// The original encoding of the input, which is already decoded to UTF-8, whatever CHARSET says.
    private let encoding: TextEncoding
    private var at = 0

    init(_ line: ContentLine, syntax: ContentSyntax, encoding: TextEncoding) {
        self.line = line
        bytes = line.bytes
        self.syntax = syntax
        self.encoding = encoding
    }

    /// Parses the line into a property in UTF-8 and in the standard syntax. Of its encodings only base64 remains.
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
        if syntax != .calendar, bytes[at] == UInt8(ascii: "("), let type = typeBehindName(name) {
            parameters.append(type)
        }
        while bytes[at] == UInt8(ascii: ";") {
            at += 1
            while bytes[at].isSpaceOrTab { at += 1 }
            // Some programs write an extra semicolon.
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

    /// Returns whether base64 encodes a text, as some telephones write everything that is not ASCII.
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

    /// Reads the name at the present position. A colon is known to follow.
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
        // The text may be long; its beginning is enough to recognize it.
        let name = String(decoding: head, as: UTF8.self).prefix(Self.longestToldName)
        return fault(.malformedName(String(name)), at: at)
    }

    private static let longestToldName = 40

    /// Skips white space between a name and the `:` or `;` that ends it.
    private mutating func skipBlanks() {
        guard let next = bytes[at...].firstIndex(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }),
            bytes[next] == UInt8(ascii: ":") || bytes[next] == UInt8(ascii: ";")
        else { return }
        at = next
    }

    /// Reads a type in parentheses after the name of a property, and skips it.
    private mutating func typeBehindName(_ name: String) -> ContentParameter? {
        var place = at - name.utf8.count
        guard place >= 0, let type = SamsungType.read(bytes, at: &place) else { return nil }
        at = place
        return ContentParameter("TYPE", [type])
    }

    private mutating func parseParameter() throws(ContentLineError) -> ContentParameter {
        if syntax != .calendar, let type = SamsungType.read(bytes, at: &at) { return ContentParameter("TYPE", [type]) }
        let start = at
        while ContentToken.contains(bytes[at]) { at += 1 }
        if bytes[at] != UInt8(ascii: "=") {
            // vCard 2.1 omits the name of a parameter if the value implies it.
            at = start
            let values = try parseValues()
            return ContentParameter(VCardLegacy.parameterName(of: values[0]), values)
        }
        guard at > start else { throw fault(.malformedParameter, at: at) }
        let name = String(decoding: bytes[start..<at], as: UTF8.self)
        at += 1
        let values = try parseValues()
        // Some programs write a type as the name of a parameter with an empty value.
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

    /// Returns the value in UTF-8, with the encodings undone that the parameters declare. These parameters are removed.
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
        if isHidden { Self.endWithinCharacter(&decoded) }
        if isHidden, UTF8Sequence.firstMalformed(in: decoded[...]) != nil {
            // Bytes hidden in ASCII are in the input's own encoding, or in windows-1252, which most such programs used.
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
            decoded.removeAll { $0.isSpaceOrTab }
        }
        parameters = withoutTransferEncoding(parameters)
        if hidesText { parameters.removeAll { $0.isNamed("ENCODING") } }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Puts U+FFFD for each character of a text of UTF-8 of which a part or a line ends with the beginning: telephones cut
    /// texts at a length in bytes. Where no other character shows that it is UTF-8, or more of it is not, the bytes may be
    /// of another set, and stay.
    private static func endWithinCharacter(_ text: inout [UInt8]) {
        guard UTF8Sequence.firstMalformed(in: text[...]) != nil else { return }
        var mended: [UInt8] = []
        var rest = text[...]
        var isShown = false
        while let broken = UTF8Sequence.firstMalformed(in: rest) {
            let end = rest[(broken + 1)...].firstIndex { $0 & 0xC0 != 0x80 } ?? rest.endIndex
            guard end - broken < UTF8Sequence.expectedLength(after: rest[broken]),
                end == rest.endIndex || ";,\r\n".utf8.contains(rest[end])
            else { return }
            isShown = isShown || rest[..<broken].contains { $0 >= 0x80 }
            mended += rest[..<broken] + Array("\u{FFFD}".utf8)
            rest = rest[end...]
        }
        if isShown || rest.contains(where: { $0 >= 0x80 }) { text = mended + rest }
    }

    /// Returns the bytes of a value with its transfer encoding undone. A value declared as base64 that is not base64 is
    /// returned unchanged.
    private func transferred(_ value: ArraySlice<UInt8>, hidesText: Bool) -> [UInt8] {
        if line.transferEncoding == .quotedPrintable {
            return Array(UTF8Sequence.joiningSurrogates(QuotedPrintable.decode(value)[...]))
        }
        return hidesText ? Base64.decode(value) ?? Array(value) : Array(value)
    }

    /// Returns bytes of a character set in UTF-8. The name of an unknown set is ignored if the bytes are UTF-8.
    private func text(_ bytes: [UInt8], in charset: String, isHidden: Bool) throws(ContentLineError) -> [UInt8] {
        guard let reading = Self.reading(of: charset) else {
            if UTF8Sequence.firstMalformed(in: bytes[...]) == nil { return bytes }
            throw fault(.unknownCharset(charset), at: 0)
        }
        guard isHidden || encoding == .utf8 else { return bytes }
        return Self.belies(bytes, charset) ? bytes : reading(bytes) ?? bytes
    }

    /// Returns whether bytes declared as ISO-8859-1 or windows-1252 are certainly UTF-8: telephones and web pages write
    /// UTF-8 under the name of the set that was usual before.
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
