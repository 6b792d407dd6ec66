/// Writes calendars as RFC 5545 has them, straight into a sink.
///
/// Lines end with CR LF and are folded after at most 75 bytes, never inside a character. That a component has the properties
/// which the standard requires (`UID`, `DTSTAMP`), and no NUL, is up to the caller.
public struct ICalendarWriter {
    private let sink: ByteSink

    /// Writes into a sink, which the caller flushes.
    public init(_ sink: ByteSink) { self.sink = sink }

    /// Begins a calendar.
    ///
    /// - Parameters:
    ///   - product: the product identifier of the program that writes it, `PRODID`.
    ///   - properties: the calendar's properties besides `PRODID` and `VERSION`.
    public func begin(product: String, _ properties: [ContentProperty] = []) throws(WriteError) {
        try sink.append("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
        try sink.append(ContentProperty("PRODID", text: product))
        for property in properties { try sink.append(property) }
    }

    /// Writes a component of the calendar that has begun.
    public func write(_ component: CalendarComponent) throws(WriteError) {
        try sink.append("BEGIN:\(component.name)\r\n")
        for property in component.properties { try sink.append(property) }
        for inner in component.components { try write(inner) }
        try sink.append("END:\(component.name)\r\n")
    }

    /// Ends the calendar that has begun.
    public func end() throws(WriteError) { try sink.append("END:VCALENDAR\r\n") }
}
