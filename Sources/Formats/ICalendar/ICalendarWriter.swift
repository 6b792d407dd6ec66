/// Writes calendars (RFC 5545) straight into a sink.
///
/// Lines end with CR LF and are folded after at most 75 bytes, never within a character. The caller must ensure that a
/// component has the properties required by the standard (`UID`, `DTSTAMP`) and contains no NUL.
public struct ICalendarWriter {
    private let sink: ByteSink

    /// Creates a writer into a sink, which the caller flushes.
    public init(_ sink: ByteSink) { self.sink = sink }

    /// Begins a calendar.
    ///
    /// - Parameters:
    ///   - product: the identifier of the writing program, `PRODID`.
    ///   - properties: the calendar's properties besides `PRODID` and `VERSION`.
    public func begin(product: String, _ properties: [ContentProperty] = []) throws(WriteError) {
        try sink.append("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
        try sink.append(ContentProperty("PRODID", text: product))
        for property in properties { try sink.append(property) }
    }

    /// Writes a component of the open calendar.
    public func write(_ component: CalendarComponent) throws(WriteError) {
        try sink.append("BEGIN:\(component.name)\r\n")
        for property in component.properties { try sink.append(property) }
        for inner in component.components { try write(inner) }
        try sink.append("END:\(component.name)\r\n")
    }

    /// Ends the open calendar.
    public func end() throws(WriteError) { try sink.append("END:VCALENDAR\r\n") }
}
