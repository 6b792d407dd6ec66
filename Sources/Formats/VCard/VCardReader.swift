/// Reads a vCard file (vCard 2.1, RFC 2426, RFC 6350), one card at a time, in memory that depends only on the longest
/// card.
///
/// It accepts what real programs write: lines ended by LF or CR alone, different line ends from card to card, empty
/// lines, a card without VERSION (read as 3.0) or with several (the first counts), parameters without a name,
/// quoted-printable, CHARSET and the like in any version, nested cards in AGENT, an address book around the cards, and
/// lines that are no properties or stand outside the cards.
/// Values are decoded into the form of vCard 3.0 and 4.0, and every property is returned.
///
/// `next()` throws the first error of a card, and then continues with the following card if possible: see
/// `stoppedEarly`.
public struct VCardReader {
    private let source: ByteSource
    private var scanner: LineScanner
    private let maximumLength: Int
    /// The line of a BEGIN that was read while the card before it had no END.
    private var pendingBegin: Int?
    /// The number of blanks before BEGIN, which are removed from each line of the card, as in pasted text.
    private var indentation = 0
    private var isOutsideCard = false
    /// Where the last text outside the cards begins.
    private var lastOutside: VCardError.Position?
    /// Whether that text holds what every card has and no other text.
    private var hasCardOutside = false
    /// Whether an address book, which has properties of its own, is open.
    private var isInAddressBook = false
    private var lines = FoldedLines(firstLine: 0)

    /// The number of the card that `next()` last examined, from 1; 0 before the first.
    public private(set) var cardNumber = 0
    /// The line of the input on which that card begins, from 1; 0 before the first.
    public var line: Int { lines.firstLine }
    /// The likely encoding of bytes that are not UTF-8.
    public var likelyEncoding: TextEncoding { source.likelyEncoding }
    /// True when an error left the rest of the input unread.
    public private(set) var stoppedEarly = false
    /// The numbers of the lines of that card that are left out since they are no properties: they have no colon and
    /// continue no text, or something other than a name and parameters before it.
    public private(set) var strayLines: [Int] = []
    /// The number of the first line of each text outside the cards, as far as they have been read.
    public private(set) var linesOutside: [Int] = []
    /// The lines of a card that has all of them on one, as some QR codes do.
    private var inline: [ArraySlice<UInt8>] = []

    /// Creates a reader of cards of up to `maximumLength` bytes.
    public init(_ source: ByteSource, maximumLength: Int = 16 * 1024 * 1024) {
        self.source = source
        scanner = LineScanner(source, maximumLength: maximumLength, takesReturns: true)
        self.maximumLength = maximumLength
    }

    /// The card that `next()` last returned or rejected, with its lines as in the input (in UTF-8 if that is decoded),
    /// each ended with CR LF. A missing END is supplied; of a card that is too long, only the beginning is available.
    public var rawCard: [UInt8] {
        cardNumber > 0 ? lines.bytes(between: "BEGIN:VCARD", and: "END:VCARD") : []
    }

    /// Returns the next card; nil after the last.
    public mutating func next() throws(VCardError) -> VCard? {
        guard !stoppedEarly, let first = try findCard() else { return nil }
        cardNumber += 1
        lines = FoldedLines(firstLine: first)
        strayLines = []
        if inline.isEmpty { try gather() } else { takeInline() }
        let version = try version()
        var properties: [ContentProperty] = []
        var index = 0
        while let line = lines.unfoldProperty(at: &index, in: version.syntax) {
            if line.isStray {
                strayLines.append(line.position(of: 0).line)
                continue
            }
            do throws(VCardError) {
                if let property = try property(of: line, in: version, nextLine: &index) { properties.append(property) }
            } catch {
                guard case .malformed(let fault, let position) = error, fault.isOfProperty else { throw error }
                strayLines.append(position.line)
            }
        }
        return VCard(version: version, properties: properties)
    }

    /// Advances past the next BEGIN and returns its line; nil at the end of the input.
    private mutating func findCard() throws(VCardError) -> Int? {
        if let line = pendingBegin {
            pendingBegin = nil
            indentation = 0
            return line
        }
        while let line = try nextLine(card: cardNumber + 1, isBetweenCards: true) {
            let text = line.bytes.drop { $0.isSpaceOrTab }
            if VCardMarker(text) == .begin {
                if hasCardOutside { try refuseCardOutside(before: line.position.line) }
                isOutsideCard = false
                indentation = line.bytes.count - text.count
                return line.position.line
            }
            if let begins = VCardMarker.beginsAddressBook(text) {
                isInAddressBook = begins
                continue
            }
            if VCardMarker(text) == .end, isOutsideCard { try refuseCardOutside() }
            if isInAddressBook, text.contains(UInt8(ascii: ":")) { continue }
            if let card = Self.inline(text) {
                inline = card
                if hasCardOutside { try refuseCardOutside(before: line.position.line) }
                isOutsideCard = false
                indentation = 0
                return line.position.line
            }
            // All the text between two cards is one.
            hasCardOutside = hasCardOutside || CardProperties.beginsRequired(text)
            if isOutsideCard || line.bytes.allSatisfy(VCardMarker.isFiller) {
                continue
            }
            isOutsideCard = true
            let place = VCardError.Position(
                card: cardNumber + 1,
                line: line.position.line,
                column: line.position.column
            )
            if text.prefix(7).map(\.asciiLowercased).elementsEqual("mecard:".utf8) {
                lastOutside = nil
                throw .mecard(at: place)
            }
            linesOutside.append(place.line)
            lastOutside = place
        }
        if hasCardOutside { try refuseCardOutside() }
        // Text without any card is no address book.
        if cardNumber == 0, !linesOutside.isEmpty, let place = lastOutside {
            linesOutside = []
            throw .textOutsideCard(at: place)
        }
        return nil
    }

    /// Refuses the text that has just been read outside the cards, unless it is refused already: a card whose beginning
    /// is spoilt is none beside them.
    ///
    /// - Parameter begin: the line of the card behind the text, which is the next one.
    private mutating func refuseCardOutside(before begin: Int? = nil) throws(VCardError) {
        (isOutsideCard, hasCardOutside) = (false, false)
        guard let place = lastOutside else { return }
        linesOutside.removeLast()
        lastOutside = nil
        pendingBegin = begin
        throw .textOutsideCard(at: place)
    }

    /// The lines between the first and the last of a card that stands on one line, with `\n` for each end of a line;
    /// nil for any other line.
    private static func inline(_ line: some Collection<UInt8>) -> [ArraySlice<UInt8>]? {
        guard line.first.map({ $0 | 0x20 == UInt8(ascii: "b") }) == true, line.contains(UInt8(ascii: "\\")) else {
            return nil
        }
        let bytes = Array(line)
        var lines: [ArraySlice<UInt8>] = []
        var (start, at) = (0, 0)
        while at + 1 < bytes.count {
            guard bytes[at] == UInt8(ascii: "\\") else {
                at += 1
                continue
            }
            if bytes[at + 1] == UInt8(ascii: "n") {
                let end = at - start > 1 && bytes[(at - 2)..<at].elementsEqual("\\r".utf8) ? at - 2 : at
                lines.append(bytes[start..<end])
                start = at + 2
            }
            at += 2
        }
        lines.append(bytes[start...])
        while let last = lines.last, last.allSatisfy(VCardMarker.isFiller) { lines.removeLast() }
        guard lines.count > 2, VCardMarker(lines[0]) == .begin, VCardMarker(lines[lines.count - 1]) == .end else {
            return nil
        }
        return Array(lines.dropFirst().dropLast())
    }

    /// Takes the lines of a card that has all of them on one.
    private mutating func takeInline() {
        for line in inline { line.withUnsafeBufferPointer { lines.append($0) } }
        inline = []
    }

    /// Reads the lines up to the END of the card.
    private mutating func gather() throws(VCardError) {
        let begin = VCardError.Position(card: cardNumber, line: lines.firstLine, column: 1)
        var depth = 0
        var isTooLong = false
        var follows = false
        while let line = try nextLine(card: cardNumber) {
            let bytes = unindented(line.bytes)
            switch VCardMarker(bytes) {
            case .begin:
                guard follows || depth > 0 else {
                    pendingBegin = line.position.line
                    throw .missingEnd(at: begin)
                }
                depth += 1
            case .end:
                if depth == 0 {
                    if isTooLong { throw .cardTooLong(limit: maximumLength, at: begin) }
                    return
                }
                depth -= 1
            case .endAndBegin:
                if depth > 0 { break }
                pendingBegin = line.position.line
                if isTooLong { throw .cardTooLong(limit: maximumLength, at: begin) }
                return
            case nil: break
            }
            let agent = VCardReader.agent(in: bytes)
            follows = agent == .announced
            if agent == .begun { depth += 1 }
            isTooLong = isTooLong || lines.bytes.count + bytes.count > maximumLength
            if !isTooLong { lines.append(bytes) }
        }
        throw .missingEnd(at: begin)
    }

    /// Returns a line without the blanks that precede all lines of the card.
    private func unindented(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        if indentation == 0 { return line }
        let blanks = line.prefix { $0.isSpaceOrTab }.count
        return UnsafeBufferPointer(rebasing: line.dropFirst(min(blanks, indentation)))
    }

    /// The place of the card nested in an AGENT of vCard 2.1: on the lines after the property, or on its own line.
    private enum Agent {
        case announced
        case begun
    }

    private static func agent(in line: UnsafeBufferPointer<UInt8>) -> Agent? {
        guard let first = line.first, first | 0x20 == UInt8(ascii: "a"),
            let last = FoldedLines.value(of: "agent", in: Array(line)[...])
        else { return nil }
        if last.isEmpty { return .announced }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let value = line[(colon + 1)...].drop { $0.isSpaceOrTab }
        return VCardMarker(value) == .begin ? .begun : nil
    }

    private func version() throws(VCardError) -> VCard.Version {
        guard let (text, index) = lines.version else { return .v3_0 }
        guard let version = VCard.Version(written: text) else {
            throw unsupported(text, at: lines.number(of: index))
        }
        return version
    }

    private func unsupported(_ version: String, at line: Int) -> VCardError {
        .unsupportedVersion(String(version.prefix(16)), at: .init(card: cardNumber, line: line, column: 1))
    }

    /// Returns the property of a line; nil for VERSION, which is already known. Throws for a VERSION that is unknown.
    private func property(
        of line: ContentLine,
        in version: VCard.Version,
        nextLine index: inout Int
    ) throws(VCardError) -> ContentProperty? {
        let property = try parse(line, in: version)
        switch property.name.uppercased() {
        case "AGENT":
            let value = Array(property.rawValue.utf8)[...].trimmingSpaces
            let isOpen = VCardMarker(value) == .begin
            guard value.isEmpty || isOpen, let nested = lines.nestedCard(at: &index, isOpen: isOpen) else {
                return property
            }
            let rest = try text(of: nested)
            return property.with(rawValue: ContentText.escape(isOpen ? "BEGIN:VCARD\n\(rest)" : rest))
        case "VERSION":
            let text = String(decoding: Array(property.text.utf8)[...].trimmingSpaces, as: UTF8.self)
            if VCard.Version(rawValue: text) != nil || text == lines.version?.text { return nil }
            throw unsupported(text, at: line.position(of: 0).line)
        case "BEGIN", "END":
            let (line, column) = line.position(of: 0)
            throw .malformed(.malformedProperty, at: .init(card: cardNumber, line: line, column: column))
        default: return property
        }
    }

    private func parse(_ line: ContentLine, in version: VCard.Version) throws(VCardError) -> ContentProperty {
        do throws(ContentLineError) {
            var parser = ContentLineParser(line, syntax: version.syntax, encoding: source.encoding)
            let property = try parser.parse()
            // Without its parameters and encoding it would begin or end a card where it is written.
            if VCardMarker(property.bareLine) != nil {
                let (number, column) = line.position(of: 0)
                throw ContentLineError(fault: .malformedProperty, line: number, column: column)
            }
            return property
        } catch {
            throw .malformed(error.fault, at: .init(card: cardNumber, line: error.line, column: error.column))
        }
    }

    /// Returns a nested card as text.
    private func text(of nested: Range<Int>) throws(VCardError) -> String {
        for index in nested {
            let line = lines[index]
            func position(_ place: Int) -> VCardError.Position {
                .init(card: cardNumber, line: lines.number(of: index), column: place - line.startIndex + 1)
            }
            if let nul = line.firstIndex(of: 0) { throw .malformed(.nulByte, at: position(nul)) }
            if let broken = UTF8Sequence.firstMalformed(in: line) {
                throw .malformed(.invalidUTF8, at: position(broken))
            }
        }
        return nested.map { String(decoding: lines[$0], as: UTF8.self) }.joined(separator: "\n")
    }

    private mutating func nextLine(
        card: Int,
        isBetweenCards: Bool = false
    ) throws(VCardError) -> LineScanner.Line? {
        do throws(LineScanner.Failure) {
            if isBetweenCards { try scanner.settleLineEnds() }
            return try scanner.next()
        } catch {
            stoppedEarly = true
            throw error.asError {
                .lineTooLong(limit: maximumLength, at: .init(card: card, line: $0.line, column: $0.column))
            }
        }
    }
}

extension VCard.Version {
    /// The syntax of the card's lines.
    fileprivate var syntax: ContentSyntax { self == .v2_1 ? .legacyCard : .card }

    /// Reads the version that a card declares. Some programs omit the part after the period, or the value.
    ///
    /// - Returns: nil for an unknown version.
    fileprivate init?(written text: String) {
        let version = Self.allCases.first { version in
            version.rawValue == text || text.utf8.count == 1 && version.rawValue.hasPrefix(text)
        }
        guard let version = text.isEmpty ? .v3_0 : version else { return nil }
        self = version
    }
}
