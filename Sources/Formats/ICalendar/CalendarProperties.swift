/// The known properties of calendar components.
enum CalendarProperties {
    /// Returns whether the value of a property may contain several lines.
    static func holdsLines(_ name: String) -> Bool { name == "DESCRIPTION" || name == "COMMENT" }

    /// Returns whether a line after such a property continues its text: it is neither a property nor the beginning or
    /// end of a component.
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
