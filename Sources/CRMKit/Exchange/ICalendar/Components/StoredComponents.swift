import Formats
import Localization

/// The calendar components from which a record was read, stored unchanged. Properties without a field are written out
/// again from them.
struct StoredComponents {
    /// The component for the record as a whole; `nil` when none is stored.
    var series: CalendarComponent?
    /// The components for single occurrences.
    var occurrences: [CalendarComponent]
    /// The definitions of zones that the components use and the IANA database lacks.
    var definitions: [CalendarComponent]
    /// The addresses of the attendees who were linked as contacts because of the components.
    let contacts: Set<String>

    static let none = StoredComponents(series: nil, occurrences: [], definitions: [], contacts: [])

    init(
        series: CalendarComponent?,
        occurrences: [CalendarComponent],
        definitions: [CalendarComponent],
        contacts: Set<String>
    ) {
        self.series = series
        self.occurrences = occurrences
        self.definitions = definitions
        self.contacts = contacts
    }

    /// The maximum length in bytes; a single component that is read may have 16 MiB.
    private static let longest = 64 * 1024 * 1024

    /// Reads stored components.
    ///
    /// - Throws: ``Formats/ICalendarError`` for text that only another program can have written.
    init(_ text: String, contacts: String?) throws(ICalendarError) {
        var reader = ICalendarReader(ByteSource(bytes: Array(text.utf8)), maximumLength: Self.longest)
        var (records, definitions): ([CalendarComponent], [CalendarComponent]) = ([], [])
        while let component = try reader.next() {
            if component.name == ZoneComponent.componentName {
                definitions.append(component)
            } else {
                records.append(component)
            }
        }
        series = records.first
        occurrences = Array(records.dropFirst())
        self.definitions = definitions
        self.contacts = Self.addresses(contacts)
    }

    /// The same components, by which others were linked.
    ///
    /// - Parameter contacts: their addresses, as they are stored.
    func linking(_ contacts: String?) -> StoredComponents {
        StoredComponents(
            series: series,
            occurrences: occurrences,
            definitions: definitions,
            contacts: Self.addresses(contacts)
        )
    }

    private static func addresses(_ stored: String?) -> Set<String> {
        Set((stored ?? "").split(separator: " ").map(String.init))
    }

    /// Returns the text to store, the record's own component first.
    func text() throws(WriteError) -> String {
        let sink = ByteSink.memory()
        let writer = ICalendarWriter(sink)
        for component in (series.map { [$0] } ?? []) + occurrences + definitions { try writer.write(component) }
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    /// Whether components agree with others apart from time stamps and linked contacts.
    func saysTheSame(as other: StoredComponents) -> Bool {
        written == other.written || written?.withoutStamps == other.written?.withoutStamps
    }

    private var written: WrittenEvent? {
        series.map { WrittenEvent(components: [$0] + occurrences, definitions: definitions) }
    }

    /// Returns the zones of the components.
    func zones(_ directory: ZoneDirectory) -> CalendarZones { CalendarZones(directory, definitions) }
}
