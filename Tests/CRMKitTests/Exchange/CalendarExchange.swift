import Formats
import Testing

@testable import CRMKit

/// Calendars into a database and out of it, as the command does.
struct CalendarExchange {
    let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    var events: Module { Registry.standard[.event] }

    /// Imports a calendar in one transaction, by the UID unless options say otherwise.
    ///
    /// - Returns: what came of it, and what was wrong with which component.
    @discardableResult
    func take(
        _ calendar: String,
        _ configure: (inout ImportOptions) -> Void = { _ in }
    ) throws -> (report: ImportReport, problems: [RowProblem]) {
        try take(files: [(nil, calendar)], configure)
    }

    /// Imports the calendars of a folder in one transaction.
    @discardableResult
    func take(
        files: [(name: String?, calendar: String)],
        _ configure: (inout ImportOptions) -> Void = { _ in }
    ) throws -> (report: ImportReport, problems: [RowProblem]) {
        var options = ImportOptions()
        options.match = ["uid"]
        options.addsUnmatchable = true
        options.continuesOnError = true
        configure(&options)
        let work = try RecordImport(events, registry: .standard, options: options)
        let sources = files.map { name, calendar in
            NamedSource(name: name) { ByteSource(bytes: Array(calendar.utf8), chunkSize: 61) }
        }
        var rows = try #require(
            InputRows(calendars: sources, of: events, options: options, clock: crm.store.clock, keepsRaw: true)
        )
        var problems: [RowProblem] = []
        try crm.write(TemporaryStore.request("crm event import")) { transaction in
            _ = try work.take(
                from: &rows,
                in: transaction,
                reject: { found, _ in problems += found },
                advance: {}
            )
        }
        return (work.report, problems)
    }

    /// What a component says, given by its lines.
    func contents(_ lines: [String]) throws -> EventContents {
        let text = (lines + [""]).joined(separator: "\r\n")
        var reader = ICalendarReader(ByteSource(bytes: Array(text.utf8)))
        let component = try #require(try reader.next())
        let components = try #require(try RecordComponents(events, in: crm.store))
        let context = CalendarContext(clock: crm.store.clock, zones: CalendarZones(crm.store.clock.zones))
        return try EventContents(component, by: components.mapping, of: events, in: context)
    }

    /// Every event as a calendar, without the stamps of what was changed here.
    func calendar() throws -> String { try Self.calendar(of: crm.store) }

    /// Every event of a database as a calendar.
    static func calendar(of store: Store) throws -> String {
        let events = Registry.standard[.event]
        let export = try #require(try CalendarExport(events, from: store))
        let sink = ByteSink.memory()
        var output = try CalendarOutput(sink, zones: store.clock.zones)
        try export.forEach(try store.list(events)) { event, _, _ in try output.write(event) }
        try output.end()
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    /// The lines of the components of events and tasks that are written, unfolded.
    func written() throws -> [String] {
        let text = try calendar().replacing("\r\n ", with: "")
        var lines: [String] = []
        var isZone = false
        for line in text.split(separator: "\r\n").map(String.init) {
            if line == "BEGIN:VTIMEZONE" { isZone = true }
            if !isZone { lines.append(line) }
            if line == "END:VTIMEZONE" { isZone = false }
        }
        return Array(lines.dropFirst(3).dropLast())
    }

    /// A calendar of components, each given by its lines.
    static func calendar(_ components: [String]..., header: [String] = []) -> String {
        (["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"] + header + components.flatMap { $0 }
            + ["END:VCALENDAR", ""]).joined(separator: "\r\n")
    }

    /// An event of the UID u1 with these lines.
    static func event(_ lines: String..., uid: String = "u1") -> [String] {
        ["BEGIN:VEVENT", "UID:\(uid)", "DTSTAMP:20260101T000000Z"] + lines + ["END:VEVENT"]
    }

    /// A task of the UID u1 with these lines.
    static func task(_ lines: String..., uid: String = "u1") -> [String] {
        ["BEGIN:VTODO", "UID:\(uid)", "DTSTAMP:20260101T000000Z"] + lines + ["END:VTODO"]
    }

    /// The fields of the only event, or of the one with an id.
    func event(_ id: Int64 = 1) throws -> Record { try #require(try crm.store.storedRecord(events, id: id)) }

    /// The stored text of a field of an event.
    func text(_ key: String, of id: Int64 = 1) throws -> String? {
        let value = try event(id)[key]
        return value.isNull ? nil : value.text ?? "\(value.integer ?? 0)"
    }
}

/// Lines of a calendar, and what the fields of the record hold then.
struct CalendarExample: CustomTestStringConvertible {
    let lines: [String]
    let expected: [String: String?]
    var testDescription: String { lines.joined(separator: " | ") }

    init(_ lines: String..., is expected: [String: String?]) {
        self.lines = lines
        self.expected = expected
    }
}
