/// The properties that components of calendars are known to have.
enum CalendarProperties {
    /// Whether people write several lines into a property.
    static func holdsLines(_ name: String) -> Bool { name == "DESCRIPTION" || name == "COMMENT" }

    /// Whether a line behind a property of several lines is no property itself, nor the beginning or end of a component.
    static func isFurtherText(_ line: ArraySlice<UInt8>) -> Bool {
        CalendarMarker(line) == nil && line.isFurtherText(besides: names, inNote: true)
    }

    /// The property names of RFC 5545, RFC 7986 and RFC 9073.
    private static let names: Set<String> = [
        "ACTION", "ATTACH", "ATTENDEE", "BEGIN", "CALSCALE", "CATEGORIES", "CLASS", "COLOR", "COMMENT", "COMPLETED",
        "CONFERENCE", "CONTACT", "CREATED", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "DUE", "DURATION", "END",
        "EXDATE", "EXRULE", "FREEBUSY", "GEO", "IMAGE", "LAST-MODIFIED", "LOCATION", "METHOD", "NAME", "ORGANIZER",
        "PERCENT-COMPLETE", "PRIORITY", "PRODID", "RDATE", "RECURRENCE-ID", "REFRESH-INTERVAL", "RELATED-TO", "REPEAT",
        "REQUEST-STATUS", "RESOURCES", "RRULE", "SEQUENCE", "SOURCE", "STATUS", "STRUCTURED-DATA", "STYLED-DESCRIPTION",
        "SUMMARY", "TRANSP", "TRIGGER", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "TZURL", "UID", "URL",
        "VERSION",
    ]
}
