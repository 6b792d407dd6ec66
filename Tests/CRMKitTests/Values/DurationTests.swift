import CRMKit
import Testing

@Suite("Durations")
struct DurationTests {
    @Test(
        "ISO 8601 and short forms are read",
        arguments: [
            ("PT15M", 900, "PT15M"), ("P1D", 86_400, "P1D"), ("p1dt2h", 93_600, "P1DT2H"), ("15m", 900, "PT15M"),
            ("2h", 7200, "PT2H"), ("1d", 86_400, "P1D"), ("90s", 90, "PT1M30S"), ("1h30m", 5400, "PT1H30M"),
            ("P2W", 1_209_600, "P14D"), ("PT0S", 0, "PT0S"), ("0m", 0, "PT0S"), ("PT36H", 129_600, "P1DT12H"),
            ("1.5 h", 5400, "PT1H30M"), ("2,25h", 8100, "PT2H15M"), ("15 minutos", 900, "PT15M"),
            ("1 día", 86_400, "P1D"),
            ("2 horas y 15 min", 8100, "PT2H15M"), ("1 hour, 30 minutes", 5400, "PT1H30M"),
            ("3 Semanas", 1_814_400, "P21D"),
        ]
    )
    func reads(text: String, seconds: Int64, canonical: String) throws {
        let duration = try Duration(parsing: text)
        #expect(duration.seconds == seconds)
        #expect(duration.description == canonical)
        #expect(try Duration(parsing: duration.shortForm) == duration)
    }

    @Test(
        "What has no fixed length, no unit or the wrong order is refused",
        arguments: [
            "", "P", "PT", "P1M", "P1Y", "P1DT", "90", "1m1h", "1m1m", "PT1D", "-5m", "1.0001s", "1.h", "1h y 2h",
            "2 años", "PT5", "P1H", "T5M",
            "9223372036854775807d", "99999999999999999999s",
        ]
    )
    func refuses(text: String) {
        #expect(throws: ValueError.self) { try Duration(parsing: text) }
    }

    @Test("Any number of seconds can be written", arguments: [(Int64.min, "-P"), (-1, "-PT1S"), (Int64.max, "P")])
    func writes(seconds: Int64, beginning: String) {
        #expect(Duration(seconds: seconds).description.hasPrefix(beginning))
        #expect(!Duration(seconds: seconds).shortForm.isEmpty)
    }

    @Test(
        "rounds to its two largest units for figures",
        arguments: [
            (0, "0s"), (349, "5m49s"), (3_599, "59m59s"), (7_589, "2h6m"), (86_399, "1d"),
            (88_200, "1d1h"), (2_772_349, "32d2h"), (-7_589, "-2h6m"), (Int64.max, Duration(seconds: .max).shortForm),
        ] as [(Int64, String)]
    )
    func rounded(seconds: Int64, text: String) {
        #expect(Duration(seconds: seconds).roundedForm == text)
    }
}
