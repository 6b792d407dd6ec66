import Formats
import Testing

@testable import CRMKit

@Suite("A time of a calendar written as the standard has it")
struct StandardTimeTests {
    private static let texts = [
        "20261203", "20261203T090000", "20261203T090000Z", "20240229T235959Z", "20261203T240000Z", "20261203T235960Z",
        "20260229", "20260229T090000Z", "2026-12-03", "20261203T0900", "20261203T090000z", "20261203t090000Z",
        "20261203T096000Z", "20261203T090000+0100", " 20261203", "00000101", "", "20261203T", "2026120x",
    ]

    private static let zones: [String?] = [nil, "Europe/Madrid"]

    @Test("is read as any other", arguments: texts, zones)
    func isReadAlike(_ text: String, _ zone: String?) {
        guard let time = CalendarTime(standard: text, zone: zone) else { return }
        #expect(time == (try? CalendarTime(text, zone: zone)))
    }

    @Test("is known", arguments: ["20261203", "20261203T090000", "20261203T090000Z"])
    func isKnown(_ text: String) {
        #expect(CalendarTime(standard: text, zone: nil) != nil)
    }

    @Test("has nothing to mend, but for a zone that a calendar means", arguments: texts)
    func isStandardised(_ text: String) {
        let property = ContentProperty("DTSTART", rawValue: text)
        let mended = property.standardised(floatingIn: nil)
        if CalendarTime(standard: text, zone: nil) != nil { #expect(mended == property) }
        let zoned = property.standardised(floatingIn: "Europe/Madrid")
        let isFloating = CalendarTime(standard: text, zone: nil).map { $0.zone == .floating && !$0.isDay } ?? false
        if isFloating { #expect(zoned.parameter("TZID") == "Europe/Madrid") }
    }
}
