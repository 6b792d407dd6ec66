import Formats
import Localization

/// The rows of an import from the calendars in one or several files: one for each record, with the components of its
/// single occurrences wherever these are in the calendar.
final class CalendarRows: RowSource {
    /// A result, returned in the order of the calendar.
    private enum Item {
        case group(HeldComponents.Group)
        case problem(RowProblem, raw: [UInt8])

        /// The item's number among the components.
        var number: Int {
            switch self {
            case .group(let group): group.first?.number ?? 0
            case .problem(let problem, _): problem.row
            }
        }
    }

    private let module: Module
    private let mapping: CalendarMapping
    private let clock: Clock
    private let keepsRaw: Bool
    private let isComplete: Bool
    private var files: ArraySlice<NamedSource>
    /// The files put off until all others are read: replies and cancellations need the events that they concern.
    private var late: [NamedSource] = []
    private var isLate = false
    /// The components put off likewise, wherever they stand in their file.
    private var answers = HeldAnswers()
    private var reader: ICalendarReader?
    private var file: NamedSource?
    private var fileName: String? { file?.name }
    /// The number of components in earlier files, and in the present one.
    private var (earlier, present) = (0, 0)
    /// The calendar of the component that was last read.
    private var calendar: EnclosingCalendar
    /// The components held back until others of their calendar are read.
    private var held = HeldComponents()
    /// The items to return next.
    private var ready: ArraySlice<Item> = []
    /// Problems that occurred while groups were held back, to be reported in the order of the file.
    private var problems: [Item] = []
    /// The first component of the next calendar, read before the present one was finished.
    private var ahead: CalendarComponent?
    private var strange: [String: Int] = [:]
    /// The names of calendars, and the files without records, up to a maximum number.
    private var (names, barren): ([String], [String]) = ([], [])
    /// The number of events with floating times.
    private var floatingCount = 0
    /// The number of tasks without a due time.
    private var undatedCount = 0
    /// The number of entries by the zone that their calendar defines in another way.
    private var contradicted: [String: Int] = [:]
    /// Whether the file has a component that describes a record.
    private var isFruitful = false
    /// The lines of the row that was last returned or refused, as a calendar of its own.
    private(set) var raw: [UInt8] = []
    private(set) var stoppedEarly = false

    private static let mostProblems = 1000
    /// The maximum number of names listed in a notice.
    private static let mostNames = 10

    /// - Returns: `nil` for a module whose records are told in no calendars.
    init?(
        _ files: [NamedSource],
        of module: Module,
        options: ImportOptions,
        clock: Clock,
        keepsRaw: Bool
    ) {
        guard let mapping = module.calendar else { return nil }
        self.module = module
        self.mapping = mapping
        self.files = files[...]
        self.clock = clock
        self.keepsRaw = keepsRaw
        isComplete = mapping.isComplete(options)
        calendar = EnclosingCalendar(beforeAnyWith: clock.zones)
    }

    /// Notices for the user: components that describe no records, files with only such components, names of calendars,
    /// and the zone assumed for times without one.
    var notices: [Text] {
        let empty = barren.map { name in
            Text(
                en: "\(name.isEmpty ? "the calendar" : name) holds no event and no task",
                es: "\(name.isEmpty ? "el calendario" : name) no contiene eventos ni tareas"
            )
        }
        let others = [
            CalendarRest.notice(named: names),
            CalendarRest.notice(floating: floatingCount, in: clock.zoneName ?? "UTC"),
            CalendarRest.notice(undated: undatedCount),
        ]
        let zones = contradicted.sorted { $0.key < $1.key }.map { zone, count in
            CalendarRest.notice(contradicted: zone, count: count)
        }
        return CalendarRest.notices(strange) + empty + others.compactMap { $0 } + zones
    }

    /// Returns the next row; `nil` after the last.
    func next() throws -> InputRow? {
        while true {
            switch ready.popFirst() {
            case .group(let group)?: return try row(of: group)
            case .problem(let problem, let raw)?:
                self.raw = raw
                throw problem
            case nil: break
            }
            if reader == nil {
                guard let file = files.popFirst() ?? nextLate() else { return try nextAnswer() }
                try open(file)
            }
            if let row = try nextInFile() { return row }
        }
    }

    private func open(_ next: NamedSource) throws {
        reader = ICalendarReader(try next.open())
        file = next
        isFruitful = false
        earlier += present
        present = 0
        calendar = EnclosingCalendar(beforeAnyWith: clock.zones)
    }

    /// Begins the files that were put off.
    private func nextLate() -> NamedSource? {
        isLate = true
        files = late[...]
        late = []
        return files.popFirst()
    }

    /// Puts off the present file if it begins with messages about events that other files may describe.
    private func putsOff() -> Bool {
        guard !isLate, calendar.number == 1, calendar.isAnswer, let file, !(files.isEmpty && late.isEmpty) else {
            return false
        }
        late.append(file)
        reader = nil
        return true
    }

    /// Whether the component just read is of a message about an event that may come further down.
    private var putsOffAnswer: Bool { !answers.isFull && calendar.isAnswer }

    /// Returns the row of the next message that was put off; `nil` after the last.
    private func nextAnswer() throws -> InputRow? {
        while let answer = answers.next() {
            (calendar, file, earlier) = (answer.calendar, answer.file, answer.earlier)
            if let component = parsed(answer.piece), let row = try row(component, [], answer.piece) { return row }
        }
        return nil
    }

    /// Returns the next complete row of the file; `nil` if held back items are to be returned first or the file has
    /// ended.
    private func nextInFile() throws -> InputRow? {
        guard let component = try read() else {
            present = reader?.componentNumber ?? 0
            reader = nil
            if !isFruitful, barren.count < Self.mostNames { barren.append(fileName ?? "") }
            release()
            return nil
        }
        guard let reader else { return nil }
        if reader.calendarNumber != calendar.number {
            if !held.isEmpty {
                ahead = component
                release()
                return nil
            }
            calendar = EnclosingCalendar(reader.calendar, number: reader.calendarNumber, clock.zones)
            if putsOff() { return nil }
            if let name = CalendarRest.name(of: reader.calendar), names.count < Self.mostNames, !names.contains(name) {
                names.append(name)
            }
        }
        switch component.name {
        case ZoneComponent.componentName:
            calendar.zones.define(component)
            return nil
        case let name where CalendarMapping.components.contains(name): break
        default:
            strange[component.name, default: 0] += 1
            return nil
        }
        isFruitful = true
        let entry = component.standardised(floatingIn: calendar.floatingZone)
        let isHeld = waits(entry)
        let isAnswer = putsOffAnswer
        let piece = HeldComponents.Piece(
            number: reader.componentNumber,
            line: reader.line,
            bytes: isHeld || isAnswer || keepsRaw ? reader.rawComponent : [],
            encoding: reader.encoding
        )
        if isAnswer {
            answers.add(HeldAnswers.Answer(piece: piece, calendar: calendar, file: file, earlier: earlier))
            return nil
        }
        if isHeld {
            held.add(piece, entry)
            if held.isFull { release() }
            return nil
        }
        do {
            return try row(entry, [], piece)
        } catch let problem as RowProblem {
            try hold(problem)
            return nil
        }
    }

    private func read() throws -> CalendarComponent? {
        if let component = ahead {
            ahead = nil
            return component
        }
        guard var reader else { return nil }
        defer { self.reader = reader }
        do throws(ICalendarError) {
            return try reader.next()
        } catch {
            isFruitful = true
            raw = keepsRaw && isOfComponent(error, reader.componentNumber) ? calendar.around(reader.rawComponent) : []
            // The files after this one can still be read, and items held back are still returned.
            stoppedEarly =
                reader.stoppedEarly && files.isEmpty && late.isEmpty && held.isEmpty && answers.isEmpty
            let number = error.position?.component ?? reader.componentNumber
            if case .unreadable(let error) = error { throw error.asInputError(row: number) }
            let reason = RowProblem.reason(error, likely: reader.likelyEncoding)
            throw named(RowProblem(error, component: number, reason: reason))
        }
    }

    /// Whether an error is one of a component, and not of what stands before the next one.
    private func isOfComponent(_ error: ICalendarError, _ number: Int) -> Bool {
        if case .missingEnd(of: "VCALENDAR", _) = error { return false }
        return error.position.map { $0.component <= number } ?? true
    }

    // MARK: - Components held back

    /// Whether later components may add to the record of a component: occurrences to a series, a series to an
    /// occurrence, or the definition of a time zone.
    private func waits(_ component: CalendarComponent) -> Bool {
        if !calendar.isPublished { return false }
        return component.properties.contains { property in
            if property.isNamed("RECURRENCE-ID") || property.isNamed("RRULE") || property.isNamed("RDATE") {
                return true
            }
            guard !property.parameters.isEmpty, let name = property.parameter("TZID") else { return false }
            return calendar.zones.zone(named: name) == nil
        }
    }

    /// Holds back the problem of a component until the components before it are returned.
    private func hold(_ problem: RowProblem) throws {
        if held.isEmpty || problems.count >= Self.mostProblems { throw problem }
        problems.append(.problem(problem, raw: raw))
    }

    /// Releases the groups held back, with the problems among them.
    private func release() {
        ready += held.release().map(Item.group)
        if problems.isEmpty { return }
        ready = ArraySlice((ready + problems).sorted { $0.number < $1.number })
        problems = []
    }

    // MARK: - Rows

    private func row(of group: HeldComponents.Group) throws -> InputRow? {
        guard let first = group.first, let component = parsed(first) else { return nil }
        let others = (group.series == nil ? [] : group.occurrences).compactMap { piece in
            parsed(piece).map { (piece: piece, component: $0) }
        }
        let strays = StrayOccurrences(module: module, mapping: mapping, clock: clock, zones: calendar.zones)
            .places(in: others.map(\.component), of: component)
        let own = others.indices.filter { !strays.contains($0) }.map { others[$0] }
        // Occurrences on dates outside of their series become groups of their own.
        ready.insert(
            contentsOf: strays.map { Item.group(HeldComponents.Group(occurrences: [others[$0].piece])) },
            at: ready.startIndex
        )
        return try row(component, own.map(\.component), first, more: own.map(\.piece))
    }

    /// Returns a component that was read before, so that nothing can be wrong with it.
    private func parsed(_ piece: HeldComponents.Piece) -> CalendarComponent? {
        var reader = ICalendarReader(rawComponent: piece.bytes, from: piece.encoding)
        return (try? reader.next())?.standardised(floatingIn: calendar.floatingZone)
    }

    private func row(
        _ component: CalendarComponent,
        _ occurrences: [CalendarComponent],
        _ piece: HeldComponents.Piece,
        more: [HeldComponents.Piece] = []
    ) throws -> InputRow? {
        if keepsRaw { raw = calendar.around(piece.bytes + more.flatMap(\.bytes)) }
        do throws(EventFault) {
            let purpose = try calendar.purpose(of: component)
            let context = CalendarContext(clock: clock, zones: calendar.zones, tellsRecord: purpose.tellsRecord)
            var contents = try EventContents(component, by: mapping, of: module, in: context)
            if purpose.tellsRecord, component.isFloating { floatingCount += 1 }
            if purpose.tellsRecord, contents.isUndated { undatedCount += 1 }
            if let zone = contents.contradicted { contradicted[zone, default: 0] += 1 }
            var definitions = contents.definitions
            for occurrence in occurrences {
                let other = try EventContents(occurrence, by: mapping, of: module, in: context)
                definitions += other.definitions.filter { !definitions.contains($0) }
                contents.skipped += other.skipped
            }
            let entry = CalendarEntry(
                purpose: purpose,
                contents: contents,
                isMessage: calendar.method != nil,
                isRequest: calendar.method == "REQUEST",
                occurrences: occurrences,
                definitions: definitions
            )
            return row(entry, piece)
        } catch {
            throw named(
                RowProblem(
                    row: piece.number,
                    line: piece.line,
                    column: nil,
                    field: error.property,
                    value: error.value.nonEmpty,
                    reason: error.reason
                )
            )
        }
    }

    /// Returns the row for an entry. Missing properties count as empty; for an existing record, its earlier state
    /// decides.
    private func row(_ entry: CalendarEntry, _ piece: HeldComponents.Piece) -> InputRow {
        let contents = entry.contents
        let says = entry.purpose.tellsRecord
        var (keys, texts): ([String], [String?]) = ([], [])
        for key in mapping.fields where says || key == mapping.identifier {
            let text = says ? contents.texts[key] : nil
            guard text != nil || isComplete && !contents.unsaid.contains(key) || key == mapping.identifier else {
                continue
            }
            keys.append(key)
            texts.append(text)
        }
        var row = InputRow(number: piece.number, line: piece.line, names: keys, texts: texts, columns: [])
        row.contents = entry
        row.file = fileName
        row.before = earlier
        return row
    }

    private func named(_ problem: RowProblem) -> RowProblem {
        var problem = problem
        problem.file = fileName
        return problem
    }
}
