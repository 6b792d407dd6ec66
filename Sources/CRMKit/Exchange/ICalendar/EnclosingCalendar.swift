import Formats
import Localization

/// What a calendar says of all of its components.
struct EnclosingCalendar {
    /// The calendar's number in its file, from 1; 0 before the first.
    let number: Int
    /// What the sender of a message asks for, in capitals; `nil` for a calendar that is no message.
    let method: String?
    /// The time zone for times without one, a name of the IANA database; `nil` for none that is known.
    let floatingZone: String?
    /// The zones that its components define.
    let zones: CalendarZones

    private static let zoneProperty = "X-WR-TIMEZONE"

    /// Creates what counts before the first calendar of a file.
    init(beforeAnyWith directory: ZoneDirectory) { self.init([], number: 0, directory) }

    /// - Parameter properties: the properties of the calendar itself.
    init(_ properties: [ContentProperty], number: Int, _ directory: ZoneDirectory) {
        let zones = CalendarZones(directory)
        self.number = number
        self.zones = zones
        method = properties.first { $0.isNamed("METHOD") }?.text.trimmed.uppercased()
        floatingZone = properties.first { $0.isNamed(Self.zoneProperty) }.flatMap { property in
            guard case .known(let name, _, _)? = zones.zone(named: property.text) else { return nil }
            return name
        }
    }

    /// Whether it is a message about an event that others may describe.
    var isAnswer: Bool { method == "REPLY" || method == "CANCEL" }

    /// Whether its components describe events, and do not only answer.
    var isPublished: Bool { method == nil || method == "PUBLISH" || method == "REQUEST" }

    /// Returns what a component of it is there for.
    ///
    /// - Throws: ``EventFault`` for a message that is not taken in.
    func purpose(of component: CalendarComponent) throws(EventFault) -> CalendarEntry.Purpose {
        switch method {
        case nil, "PUBLISH"?, "REQUEST"?: return component.first("RECURRENCE-ID") == nil ? .publish : .occurrence
        case "REPLY"?: return .reply
        case "CANCEL"?: return .cancel
        case let method?:
            throw EventFault(
                property: "METHOD",
                value: method,
                reason: Text(
                    en: "is not taken in: PUBLISH, REQUEST, REPLY and CANCEL are",
                    es: "no se toma: se toman PUBLISH, REQUEST, REPLY y CANCEL"
                )
            )
        }
    }

    /// Returns some of its components as a calendar of their own.
    func around(_ components: [UInt8]) -> [UInt8] {
        let lead = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:\(CalendarOutput.product)\r\n"
        let method = method.map { "METHOD:\($0)\r\n" } ?? ""
        let zone = floatingZone.map { "\(Self.zoneProperty):\($0)\r\n" } ?? ""
        return Array((lead + method + zone).utf8) + components + Array("END:VCALENDAR\r\n".utf8)
    }
}
