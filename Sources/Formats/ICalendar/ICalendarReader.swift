/// Reads a calendar file (RFC 5545) one component at a time, in memory that depends only on the longest component.
///
/// It accepts what real programs write: lines ended by LF alone, empty lines, folds within a character, several
/// calendars in one file, components outside a calendar, quoted-printable and CHARSET of older versions. Values stay as
/// written, and every property and every component is returned.
///
/// `next()` throws the first error of a component, and then continues with the following component if possible: see
/// `stoppedEarly`.
public struct ICalendarReader {
    private static let calendarName = "VCALENDAR"
    /// The greatest depth of components. Real calendars have three levels.
    private static let mostLevels = 16

    private let source: ByteSource
    /// The encoding of the input from which a component was taken that is read again; nil for any other input.
    private let origin: TextEncoding?
    private var scanner: LineScanner
    private let maximumLength: Int
    /// A BEGIN that was read while the component before it had no END.
    private var pendingBegin: (name: String, line: Int)?
    /// The line of the BEGIN of the open calendar; nil if none is open.
    private var calendarLine: Int?
    private var isOutsideCalendar = false
    private var header = FoldedLines(firstLine: 0)
    private var root = ""
    private var lines = FoldedLines(firstLine: 0)

    /// The properties of the calendar itself that precede the component last returned by `next()`.
    public private(set) var calendar: [ContentProperty] = []
    /// The number of that component's calendar, from 1; 0 before the first.
    public private(set) var calendarNumber = 0
    /// The number of the component that `next()` last examined, from 1; 0 before the first.
    public private(set) var componentNumber = 0
    /// The line of the input on which that component begins, from 1; 0 before the first.
    public var line: Int { lines.firstLine }
    /// The encoding of the input, which escaped bytes may still be in.
    public var encoding: TextEncoding { origin ?? source.encoding }
    /// The likely encoding of bytes that are not UTF-8.
    public var likelyEncoding: TextEncoding { source.likelyEncoding }
    /// True when an error left the rest of the input unread.
    public private(set) var stoppedEarly = false

    /// Creates a reader of the components of a source, each of up to `maximumLength` bytes.
    public init(_ source: ByteSource, maximumLength: Int = 16 * 1024 * 1024) {
        self.init(source, from: nil, maximumLength)
    }

    /// Creates a reader that reads a component again, as it was read.
    ///
    /// - Parameters:
    ///   - bytes: the ``rawComponent`` of the reader that returned it.
    ///   - origin: the ``encoding`` of that reader when it returned it.
    public init(rawComponent bytes: [UInt8], from origin: TextEncoding) {
        self.init(ByteSource(bytes: bytes), from: origin, bytes.count)
    }

    private init(_ source: ByteSource, from origin: TextEncoding?, _ maximumLength: Int) {
        self.source = source
        self.origin = origin
        scanner = LineScanner(source, maximumLength: maximumLength, takesReturns: true)
        self.maximumLength = maximumLength
    }

    /// The component that `next()` last returned or rejected, with its lines as in the input (in UTF-8 if that is
    /// decoded), each ended with CR LF. A missing END is supplied; of a component that is too long, only the beginning
    /// is available.
    public var rawComponent: [UInt8] {
        componentNumber > 0 ? lines.bytes(between: "BEGIN:\(root)", and: "END:\(root)") : []
    }

    /// Returns the next component; nil after the last.
    public mutating func next() throws(ICalendarError) -> CalendarComponent? {
        guard !stoppedEarly, let (name, first) = try findComponent() else { return nil }
        componentNumber += 1
        root = name
        lines = FoldedLines(firstLine: first)
        try gather()
        return try component()
    }

    /// Advances past the next beginning of a component. Returns its name and its line; nil at the end of the input.
    private mutating func findComponent() throws(ICalendarError) -> (name: String, line: Int)? {
        if let begin = pendingBegin {
            pendingBegin = nil
            if begin.name != Self.calendarName { return begin }
            try enterCalendar(at: begin.line)
        }
        while let line = try nextLine(component: componentNumber + 1) {
            switch CalendarMarker(line.bytes) {
            case .begin(Self.calendarName): try enterCalendar(at: line.position.line)
            case .begin(let name):
                isOutsideCalendar = false
                // A fault of what stands before the component is not its own.
                pendingBegin = (name, line.position.line)
                try takeHeader()
                pendingBegin = nil
                return (name, line.position.line)
            case .end(Self.calendarName):
                try takeHeader()
                calendarLine = nil
            // A component whose beginning is spoilt is none of the calendar's properties; an END that stands twice is
            // no harm.
            case .end(let name) where calendarLine != nil && (name != root || header.count > 0):
                dropComponent(name)
                throw .strangeEnd(of: name, at: position(line))
            case .end, nil:
                if line.bytes.isBlank { continue }
                if calendarLine != nil {
                    if header.count == 0 { header = FoldedLines(firstLine: line.position.line - 1) }
                    if header.bytes.count + line.bytes.count <= maximumLength { header.append(line.bytes) }
                    continue
                }
                // All the text between two calendars is one error.
                if isOutsideCalendar { continue }
                isOutsideCalendar = true
                throw .textOutsideCalendar(at: position(line))
            }
        }
        guard let line = calendarLine else { return nil }
        calendarLine = nil
        throw missingEnd(of: Self.calendarName, line)
    }

    private mutating func enterCalendar(at line: Int) throws(ICalendarError) {
        let former = calendarLine
        isOutsideCalendar = false
        calendarLine = line
        calendar = []
        header = FoldedLines(firstLine: line)
        calendarNumber += 1
        if let former { throw missingEnd(of: Self.calendarName, former) }
    }

    /// Drops the collected lines from the one on that names a component, which is its spoilt beginning.
    private mutating func dropComponent(_ name: String) {
        let met = header
        let ending = name.utf8.map(\.asciiLowercased)
        guard
            let begin = (0..<met.count).last(where: { index in
                met[index].trimmingSpaces.suffix(ending.count).map(\.asciiLowercased) == ending
            })
        else { return }
        header = FoldedLines(firstLine: met.firstLine)
        for index in 0..<begin { met[index].withUnsafeBufferPointer { header.append($0) } }
    }

    /// Reads the collected lines of the calendar's own properties.
    private mutating func takeHeader() throws(ICalendarError) {
        guard header.count > 0 else { return }
        let met = header
        header = FoldedLines(firstLine: 0)
        var index = 0
        while let line = met.unfoldProperty(at: &index, in: .calendar) {
            calendar.append(try property(of: line, component: componentNumber + 1))
        }
    }

    /// Reads the lines up to the END of the component.
    private mutating func gather() throws(ICalendarError) {
        let begin = ICalendarError.Position(component: componentNumber, line: lines.firstLine, column: 1)
        var isTooLong = false
        while let line = try nextLine(component: componentNumber) {
            switch CalendarMarker(line.bytes) {
            case .end(root):
                if isTooLong { throw .componentTooLong(limit: maximumLength, at: begin) }
                return
            case .begin(let name) where name == root || name == Self.calendarName:
                pendingBegin = (name, line.position.line)
                throw .missingEnd(of: root, at: begin)
            case .end(Self.calendarName):
                calendarLine = nil
                throw .missingEnd(of: root, at: begin)
            default: break
            }
            isTooLong = isTooLong || lines.bytes.count + line.bytes.count > maximumLength
            if !isTooLong { lines.append(line.bytes) }
        }
        // A truncated file causes only one error.
        calendarLine = nil
        throw .missingEnd(of: root, at: begin)
    }

    /// Returns the component that consists of the gathered lines.
    private func component() throws(ICalendarError) -> CalendarComponent {
        var open = [CalendarComponent(root)]
        var index = 0
        while let line = lines.unfoldProperty(at: &index, in: .calendar) {
            switch CalendarMarker(line.bytes) {
            case .begin(let name):
                guard open.count < Self.mostLevels else { throw .tooDeep(at: position(of: line)) }
                open.append(CalendarComponent(name))
            case .end(let name):
                guard open.count > 1, let ended = open.popLast(), ended.name == name else {
                    throw .strangeEnd(of: name, at: position(of: line))
                }
                open[open.count - 1].components.append(ended)
            case nil:
                let property = try property(of: line, component: componentNumber)
                // Without its parameters and encoding it would begin or end a component where it is written.
                guard CalendarMarker(property.bareLine) == nil else {
                    throw .malformed(.malformedProperty, at: position(of: line))
                }
                open[open.count - 1].properties.append(property)
            }
        }
        guard open.count == 1, let whole = open.first else {
            throw missingEnd(of: open.last?.name ?? root, lines.firstLine)
        }
        return whole
    }

    private func property(of line: ContentLine, component: Int) throws(ICalendarError) -> ContentProperty {
        do throws(ContentLineError) {
            var parser = ContentLineParser(line, syntax: .calendar, encoding: encoding)
            return try parser.parse()
        } catch {
            throw .malformed(error.fault, at: .init(component: component, line: error.line, column: error.column))
        }
    }

    private func position(of line: ContentLine) -> ICalendarError.Position {
        let (number, column) = line.position(of: 0)
        return .init(component: componentNumber, line: number, column: column)
    }

    private func position(_ line: LineScanner.Line) -> ICalendarError.Position {
        .init(component: componentNumber + 1, line: line.position.line, column: line.position.column)
    }

    private func missingEnd(of name: String, _ line: Int) -> ICalendarError {
        .missingEnd(of: name, at: .init(component: max(componentNumber, 1), line: line, column: 1))
    }

    private mutating func nextLine(component: Int) throws(ICalendarError) -> LineScanner.Line? {
        do throws(LineScanner.Failure) {
            return try scanner.next()
        } catch {
            stoppedEarly = true
            throw error.asError {
                .lineTooLong(limit: maximumLength, at: .init(component: component, line: $0.line, column: $0.column))
            }
        }
    }
}
