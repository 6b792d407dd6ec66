/// Reads a file of cards (vCard 2.1, RFC 2426, RFC 6350), one at a time, in memory that depends only on the longest
/// card.
///
/// It takes what real programs write: lines that end with LF alone, empty lines, a card without VERSION (read as
/// 3.0), parameters without a name, quoted-printable, CHARSET and their kin in any edition, nested cards
/// of AGENT. Values come decoded into the form of vCard 3.0 and 4.0; every property is kept.
///
/// `next()` throws what is wrong with a card, its first error only, and then goes on with the following card, if there
/// can be one: see `stoppedEarly`.
public struct VCardReader {
    private let source: ByteSource
    private var scanner: LineScanner
    private let maximumLength: Int
    /// The line of a BEGIN that has been read while the card before it had no end.
    private var pendingBegin: Int?
    private var isOutsideCard = false
    private var lines = FoldedLines(firstLine: 0)

    /// The number of the card that `next()` last looked at, from 1; 0 before the first.
    public private(set) var cardNumber = 0
    /// The line of the input on which that card begins, from 1; 0 before the first.
    public var line: Int { lines.firstLine }
    /// True when an error left the rest of the input unread.
    public private(set) var stoppedEarly = false

    /// Reads the source's cards of up to `maximumLength` bytes.
    public init(_ source: ByteSource, maximumLength: Int = 16 * 1024 * 1024) {
        self.source = source
        scanner = LineScanner(source, maximumLength: maximumLength, takesReturns: true)
        self.maximumLength = maximumLength
    }

    /// The card that `next()` last gave or refused, its lines as they stand in the input (in UTF-8, where that is
    /// decoded), each ended with CR LF. A card without END gets one; of a card that is too long, only a beginning
    /// is left.
    public var rawCard: [UInt8] {
        cardNumber > 0 ? lines.bytes(between: "BEGIN:VCARD", and: "END:VCARD") : []
    }

    /// The next card; nil after the last.
    public mutating func next() throws(VCardError) -> VCard? {
        guard !stoppedEarly, let first = try findCard() else { return nil }
        cardNumber += 1
        lines = FoldedLines(firstLine: first)
        try gather()
        let version = try version()
        var properties: [ContentProperty] = []
        var index = 0
        while let line = lines.unfoldProperty(at: &index, in: version.syntax) {
            if let property = try property(of: line, in: version, nextLine: &index) { properties.append(property) }
        }
        return VCard(version: version, properties: properties)
    }

    /// Goes past the next BEGIN. Gives its line; nil at the end of the input.
    private mutating func findCard() throws(VCardError) -> Int? {
        if let line = pendingBegin {
            pendingBegin = nil
            return line
        }
        while let line = try nextLine(card: cardNumber + 1) {
            if VCardMarker(line.bytes) == .begin {
                isOutsideCard = false
                return line.position.line
            }
            // One error for all the text between two cards.
            if isOutsideCard || line.bytes.isBlank { continue }
            isOutsideCard = true
            throw .textOutsideCard(
                at: .init(card: cardNumber + 1, line: line.position.line, column: line.position.column)
            )
        }
        return nil
    }

    /// Takes the lines up to the END of the card.
    private mutating func gather() throws(VCardError) {
        let begin = VCardError.Position(card: cardNumber, line: lines.firstLine, column: 1)
        var depth = 0
        var isTooLong = false
        var follows = false
        while let line = try nextLine(card: cardNumber) {
            switch VCardMarker(line.bytes) {
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
            case nil: break
            }
            follows = VCardReader.announcesCard(line.bytes)
            isTooLong = isTooLong || lines.bytes.count + line.bytes.count > maximumLength
            if !isTooLong { lines.append(line.bytes) }
        }
        throw .missingEnd(at: begin)
    }

    /// True for an AGENT of vCard 2.1, whose value is the card on the lines after it.
    private static func announcesCard(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        FoldedLines.value(of: "agent", in: Array(line)[...])?.isEmpty ?? false
    }

    private func version() throws(VCardError) -> VCard.Version {
        guard let (text, index) = lines.version else { return .v3_0 }
        guard let version = VCard.Version(rawValue: text) else {
            throw .unsupportedVersion(
                String(text.prefix(16)),
                at: .init(card: cardNumber, line: lines.number(of: index), column: 1)
            )
        }
        return version
    }

    /// The property of a line; nil for VERSION, which is known already.
    private func property(
        of line: ContentLine,
        in version: VCard.Version,
        nextLine index: inout Int
    ) throws(VCardError) -> ContentProperty? {
        let property = try parse(line, in: version)
        switch property.name.uppercased() {
        case "AGENT":
            guard property.rawValue.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }),
                let nested = lines.nestedCard(at: &index)
            else { return property }
            return property.with(rawValue: ContentText.escape(try text(of: nested)))
        case "VERSION" where Array(property.text.utf8)[...].trimmingSpaces.elementsEqual(version.rawValue.utf8):
            return nil
        case "BEGIN", "END", "VERSION":
            let (line, column) = line.position(of: 0)
            throw .malformed(.malformedProperty, at: .init(card: cardNumber, line: line, column: column))
        default: return property
        }
    }

    private func parse(_ line: ContentLine, in version: VCard.Version) throws(VCardError) -> ContentProperty {
        do throws(ContentLineError) {
            var parser = ContentLineParser(line, syntax: version.syntax, encoding: source.encoding)
            return try parser.parse()
        } catch {
            throw .malformed(error.fault, at: .init(card: cardNumber, line: error.line, column: error.column))
        }
    }

    /// A card inside the present one as a text.
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

    private mutating func nextLine(card: Int) throws(VCardError) -> LineScanner.Line? {
        do throws(LineScanner.Failure) {
            return try scanner.next()
        } catch {
            stoppedEarly = true
            switch error {
            case .unreadable(let error): throw .unreadable(error)
            case .tooLong(let position):
                throw .lineTooLong(
                    limit: maximumLength,
                    at: .init(card: card, line: position.line, column: position.column)
                )
            }
        }
    }
}

extension VCard.Version {
    /// How its lines are spelled.
    fileprivate var syntax: ContentSyntax { self == .v2_1 ? .legacyCard : .card }
}
