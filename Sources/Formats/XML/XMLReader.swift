/// Reads an XML document (XML 1.0, fifth edition; Namespaces in XML 1.0) piece by piece, in memory bounded by its
/// limits.
///
/// The encoding is UTF-8, UTF-16, ISO-8859-1 or windows-1252: that of the byte order mark or the first bytes, otherwise
/// that of the declaration, save for lines that are certainly UTF-8. Only the five predefined entities and character
/// references are known. A document type declaration is rejected, so that nothing is fetched and nothing expands.
/// Comments and processing instructions are skipped.
///
/// The first error ends the reading.
public struct XMLReader {
    /// The limits on a document's size.
    public struct Limits: Sendable {
        /// The maximum depth of nested elements.
        public var depth = 256
        /// The maximum number of attributes of one element.
        public var attributes = 256
        /// The maximum number of bytes of a name.
        public var name = 1024
        /// The maximum number of bytes of the names and values of one tag.
        public var tag = 1024 * 1024
        /// The approximate maximum number of bytes of one piece of text. A longer text is returned in several pieces.
        public var text = 64 * 1024

        /// Creates the default limits.
        public init() {}
    }

    private struct OpenElement {
        let qualified: String
        let name: XMLName
        /// The number of namespaces declared outside the element.
        let namespaces: Int
    }

    private enum State {
        case beginning, before, inside, section, after, ended
    }

    private var scanner: XMLScanner
    private let limits: Limits
    private var namespaces = XMLNamespaces()
    private var open: [OpenElement] = []
    private var state = State.beginning
    /// Whether the last tag also ends its element.
    private var isEmptyElement = false
    /// A buffer for skipped text.
    private var scratch: [UInt8] = []

    /// The position of the next piece or, after an error, at which reading stopped.
    public var position: TextPosition { scanner.position }

    /// Creates a reader of a document.
    public init(_ source: ByteSource, limits: Limits = Limits()) {
        scanner = XMLScanner(source)
        self.limits = limits
    }

    /// Returns the next piece; nil after the end of the document.
    public mutating func next() throws(XMLError) -> XMLEvent? {
        do throws(XMLError) {
            return try read()
        } catch {
            state = .ended
            throw error
        }
    }

    private mutating func read() throws(XMLError) -> XMLEvent? {
        if state == .beginning {
            try begin()
            state = .before
        }
        while state != .ended {
            if isEmptyElement {
                isEmptyElement = false
                return try end()
            }
            if state == .section || state == .inside {
                if let text = try text() { return .text(text) }
                if state == .section { continue }
            } else if try !skipToMarkup() {
                return nil
            }
            if let event = try markup() { return event }
        }
        return nil
    }

    /// Skips white space outside the document's element.
    ///
    /// - Returns: false at the end of the document.
    private mutating func skipToMarkup() throws(XMLError) -> Bool {
        try scanner.skipSpace()
        guard let byte = try scanner.peek() else {
            guard state == .after else { throw .malformed(.noElement, at: position) }
            state = .ended
            return false
        }
        guard byte == UInt8(ascii: "<") else { throw .malformed(.outside, at: position) }
        return true
    }

    /// Reads a construct that begins with `<`; returns nil for skipped ones.
    private mutating func markup() throws(XMLError) -> XMLEvent? {
        let start = position
        if try scanner.take("<!--") {
            try skipComment(from: start)
            return nil
        }
        if try scanner.take("<?") {
            try skipInstruction(from: start)
            return nil
        }
        if state == .inside, try scanner.take("<![CDATA[") {
            state = .section
            return nil
        }
        if try scanner.isAt("<!DOCTYPE") { throw .doctype(at: start) }
        if try scanner.isAt("<!") { throw .malformed(.markup, at: start) }
        if state == .inside, try scanner.take("</") { return try endTag(from: start) }
        guard state != .after, try scanner.take("<") else { throw .malformed(.outside, at: start) }
        return try startTag(from: start)
    }

    // MARK: - Declaration, comments, instructions

    private mutating func begin() throws(XMLError) {
        try scanner.skipByteOrderMark()
        // No white space may precede the declaration, but programs and mail put some there.
        try scanner.skipSpace()
        let start = position
        guard try isAtDeclaration() else { return }
        _ = try scanner.take("<?xml")
        var expected = ["version", "encoding", "standalone"][...]
        while try scanner.skipSpace(), try !scanner.isAt("?>") {
            let place = position
            let name = try scanner.takeName(limit: limits.name)
            let value = try quoted(limit: limits.name)
            let isFirst = expected.count == 3
            guard let index = expected.firstIndex(of: name), !isFirst || name == "version" else {
                throw .malformed(.declaration, at: place)
            }
            expected = expected[(index + 1)...]
            if name == "version" { try check(version: value, at: place) }
            if name == "encoding" { try take(encoding: value, at: place) }
        }
        guard expected.count < 3, try scanner.take("?>") else { throw .malformed(.declaration, at: start) }
    }

    /// Returns whether the XML declaration is next. The target of an instruction may begin with the same letters.
    private func isAtDeclaration() throws(XMLError) -> Bool {
        for text: StaticString in ["<?xml ", "<?xml\t", "<?xml\n", "<?xml\r"] where try scanner.isAt(text) {
            return true
        }
        return false
    }

    /// Checks the version. An XML 1.0 reader treats later versions of 1 as 1.0 (section 2.8).
    private func check(version: String, at position: TextPosition) throws(XMLError) {
        let minor = version.utf8.dropFirst(2)
        guard version.hasPrefix("1."), !minor.isEmpty, minor.allSatisfy(\.isDigit) else {
            throw .unsupportedVersion(String(version.prefix(16)), at: position)
        }
    }

    private func take(encoding name: String, at position: TextPosition) throws(XMLError) {
        guard let encoding = TextEncoding(name: name) else {
            throw .unsupportedEncoding(String(name.prefix(40)), at: position)
        }
        scanner.source.declare(encoding)
    }

    private mutating func skipComment(from start: TextPosition) throws(XMLError) {
        while try !scanner.isAt("--") { try skipCharacter() }
        guard try scanner.take("-->") else { throw .malformed(.comment, at: start) }
    }

    private mutating func skipInstruction(from start: TextPosition) throws(XMLError) {
        let target = try scanner.takeName(limit: limits.name)
        guard target.lowercased() != "xml" else { throw .malformed(.declaration, at: start) }
        if try !scanner.skipSpace(), try !scanner.isAt("?>") { throw .malformed(.instruction, at: start) }
        while try !scanner.take("?>") { try skipCharacter() }
    }

    private mutating func skipCharacter() throws(XMLError) {
        scratch.removeAll(keepingCapacity: true)
        try scanner.takeCharacter(into: &scratch)
    }

    // MARK: - Text

    /// Returns the next text, up to the limit; nil if markup is next.
    private mutating func text() throws(XMLError) -> String? {
        var bytes: [UInt8] = []
        while bytes.count < limits.text {
            guard let byte = try scanner.peek() else {
                guard bytes.isEmpty else { break }
                throw .unexpectedEnd(at: position)
            }
            if state == .section {
                if try scanner.take("]]>") {
                    state = .inside
                    break
                }
                try scanner.takeCharacter(into: &bytes)
            } else if byte == UInt8(ascii: "<") {
                break
            } else if byte == UInt8(ascii: "&") {
                try takeReference(into: &bytes)
            } else {
                if try scanner.isAt("]]>") { throw .malformed(.sectionEnd, at: position) }
                try scanner.takeCharacter(into: &bytes)
            }
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    private mutating func takeReference(into bytes: inout [UInt8]) throws(XMLError) {
        let start = position
        _ = try scanner.take("&")
        if try scanner.take("#") {
            let isHexadecimal = try scanner.take("x")
            bytes += Array(String(try takeScalar(radix: isHexadecimal ? 16 : 10, from: start)).utf8)
            return
        }
        let name = try scanner.takeName(limit: limits.name)
        guard try scanner.take(";") else { throw .malformed(.reference, at: start) }
        let known: [(name: String, character: UInt8)] = [
            ("amp", UInt8(ascii: "&")), ("lt", UInt8(ascii: "<")), ("gt", UInt8(ascii: ">")),
            ("quot", UInt8(ascii: "\"")), ("apos", UInt8(ascii: "'")),
        ]
        guard let entity = known.first(where: { $0.name == name }) else {
            throw .unknownEntity(String(name.prefix(40)), at: start)
        }
        bytes.append(entity.character)
    }

    /// Consumes a number and the semicolon after it, and returns its character.
    private mutating func takeScalar(radix: UInt32, from start: TextPosition) throws(XMLError) -> Unicode.Scalar {
        var number: UInt32?
        scratch.removeAll(keepingCapacity: true)
        while try !scanner.take(";") {
            scratch.removeAll(keepingCapacity: true)
            try scanner.takeCharacter(into: &scratch)
            guard scratch.count == 1, let digit = Character(Unicode.Scalar(scratch[0])).hexDigitValue, digit < radix
            else { throw .malformed(.reference, at: start) }
            number = (number ?? 0) * radix + UInt32(digit)
            guard (number ?? 0) <= 0x10FFFF else { throw .malformed(.reference, at: start) }
        }
        guard let number else { throw .malformed(.reference, at: start) }
        guard XMLCharacter.isAllowed(number), let scalar = Unicode.Scalar(number) else {
            throw .invalidCharacter(number, at: start)
        }
        return scalar
    }

    // MARK: - Tags

    private mutating func startTag(from start: TextPosition) throws(XMLError) -> XMLEvent {
        guard open.count < limits.depth else { throw .beyond(.depth, limit: limits.depth, at: start) }
        let qualified = try scanner.takeName(limit: limits.name)
        var length = qualified.utf8.count
        let outside = namespaces.count
        var given: [(name: String, value: String, position: TextPosition)] = []
        while true {
            let isApart = try scanner.skipSpace()
            if try scanner.take(">") { break }
            if try scanner.take("/>") {
                isEmptyElement = true
                break
            }
            let place = position
            guard try scanner.peek() != nil else { throw .unexpectedEnd(at: place) }
            guard isApart else { throw .malformed(.tag, at: place) }
            guard given.count + namespaces.count - outside < limits.attributes else {
                throw .beyond(.attributes, limit: limits.attributes, at: place)
            }
            let name = try scanner.takeName(limit: limits.name)
            length += name.utf8.count
            let value = try quoted(limit: limits.tag - length)
            length += value.utf8.count
            guard try !namespaces.declare(name, value, at: place) else { continue }
            given.append((name, value, place))
        }
        guard namespaces.count <= Self.mostNamespaces else {
            throw .beyond(.namespaces, limit: Self.mostNamespaces, at: start)
        }
        let name = try namespaces.name(qualified, at: start)
        let attributes = try resolved(given)
        open.append(OpenElement(qualified: qualified, name: name, namespaces: outside))
        state = .inside
        return .start(XMLElement(name: name, attributes: attributes, position: start))
    }

    /// The greatest number of declared namespaces, since each name requires a search through them.
    private static let mostNamespaces = 1024

    private func resolved(
        _ given: [(name: String, value: String, position: TextPosition)]
    ) throws(XMLError) -> [XMLAttribute] {
        var attributes: [XMLAttribute] = []
        var names: Set<XMLName> = []
        for attribute in given {
            let name = try namespaces.name(attribute.name, isAttribute: true, at: attribute.position)
            guard names.insert(name).inserted else { throw .repeatedAttribute(attribute.name, at: attribute.position) }
            attributes.append(XMLAttribute(name: name, value: attribute.value))
        }
        return attributes
    }

    /// Reads an equals sign and a quoted value.
    private mutating func quoted(limit: Int) throws(XMLError) -> String {
        let start = position
        try scanner.skipSpace()
        guard try scanner.take("=") else { throw .malformed(.attribute, at: start) }
        try scanner.skipSpace()
        guard let quote = try scanner.peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw .malformed(.attribute, at: position)
        }
        try skipCharacter()
        var bytes: [UInt8] = []
        while let byte = try scanner.peek(), byte != quote {
            switch byte {
            case UInt8(ascii: "<"): throw .malformed(.attribute, at: position)
            case UInt8(ascii: "&"): try takeReference(into: &bytes)
            case _ where XMLCharacter.isSpace(byte):
                // A line end of any form is one space.
                try skipCharacter()
                bytes.append(UInt8(ascii: " "))
            default: try scanner.takeCharacter(into: &bytes)
            }
            guard bytes.count <= limit else { throw .beyond(.tag, limit: limits.tag, at: start) }
        }
        guard try scanner.peek() != nil else { throw .unexpectedEnd(at: position) }
        try skipCharacter()
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func endTag(from start: TextPosition) throws(XMLError) -> XMLEvent {
        let qualified = try scanner.takeName(limit: limits.name)
        try scanner.skipSpace()
        guard try scanner.take(">") else {
            throw try scanner.peek() == nil ? .unexpectedEnd(at: position) : .malformed(.tag, at: position)
        }
        if let last = open.last, last.qualified != qualified {
            throw .mismatchedEnd(expected: last.qualified, at: start)
        }
        return try end()
    }

    private mutating func end() throws(XMLError) -> XMLEvent {
        guard let element = open.popLast() else { throw .malformed(.outside, at: position) }
        namespaces.forget(downTo: element.namespaces)
        state = open.isEmpty ? .after : .inside
        return .end(element.name)
    }
}
