import Testing

@testable import CRMKit

@Suite("A rule of repetition")
struct RecurrenceRuleTests {
    @Test(
        "is read in any order and case, and written in one",
        arguments: [
            ("FREQ=DAILY", "FREQ=DAILY"),
            ("rrule:freq=weekly;byday=th,tu;interval=2", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH"),
            ("FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=MO,MO", "FREQ=WEEKLY;BYDAY=MO"),
            ("BYDAY=-1FR;FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=-1FR"),
            ("FREQ=MONTHLY;BYDAY=+2TU,MO", "FREQ=MONTHLY;BYDAY=MO,2TU"),
            ("FREQ=YEARLY;BYMONTH=3,1;BYMONTHDAY=-1,15;COUNT=5", "FREQ=YEARLY;COUNT=5;BYMONTHDAY=-1,15;BYMONTH=1,3"),
            ("FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261231"),
            ("FREQ=DAILY;UNTIL=20261231T235959Z", "FREQ=DAILY;UNTIL=20261231T235959Z"),
            ("FREQ=DAILY;UNTIL=20261231T090000", "FREQ=DAILY;UNTIL=20261231T090000"),
            ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU", "FREQ=YEARLY;BYDAY=MO;BYWEEKNO=20;WKST=SU"),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=-1;BYHOUR=9;BYMINUTE=30;BYSECOND=0",
                "FREQ=MONTHLY;BYSECOND=0;BYMINUTE=30;BYHOUR=9;BYDAY=MO,TU,WE;BYSETPOS=-1"
            ),
        ]
    )
    func reading(text: String, normal: String) throws {
        let rule = try RecurrenceRule(parsing: text)
        #expect(rule.description == normal)
        #expect(try RecurrenceRule(parsing: normal) == rule)
    }

    @Test(
        "is refused with the part that is wrong",
        arguments: [
            ("COUNT=3", "FREQ="), ("FREQ=FORTNIGHTLY", "FORTNIGHTLY"), ("FREQ=DAILY;FREQ=DAILY", "twice"),
            ("FREQ=DAILY;INTERVAL=0", "\"0\""), ("FREQ=DAILY;COUNT=0", "\"0\""), ("FREQ=DAILY;BYHOUR=24", "24"),
            ("FREQ=DAILY;COUNT=2;UNTIL=20261231", "COUNT does not go with UNTIL"),
            ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY=1MO does not go with FREQ=WEEKLY"),
            ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY"), ("FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO"),
            ("FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY"), ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "BYDAY=1MO"),
            ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"), ("FREQ=DAILY;BYMONTHDAY=0", "\"0\""),
            ("FREQ=DAILY;RSCALE=CHINESE", "Gregorian"), ("FREQ=DAILY;BYEASTER=1", "BYEASTER"),
            ("FREQ=DAILY;UNTIL=20260231", "no such day"), ("FREQ=DAILY;BYDAY=XX", "XX"), ("FREQ=DAILY;COUNT", "COUNT"),
            ("FREQ=YEARLY;BYDAY=99999999999999999999MO", "99999"), ("", "FREQ="),
        ]
    )
    func refusal(text: String, part: String) {
        let error = #expect(throws: ValueError.self) { try RecurrenceRule(parsing: text) }
        #expect(error?.reason.en.contains(part) == true, "\(error?.reason.en ?? "")")
    }

    @Test(
        "names occurrences by days, by times of the zone and by moments",
        arguments: [
            ("2026-12-03", "2026-12-03"), ("2026-12-03 09:00", "2026-12-03T09:00:00"),
            ("2026-12-03T09:00:30", "2026-12-03T09:00:30"), ("2026-12-03T09:00-06:00", "2026-12-03T15:00:00Z"),
        ]
    )
    func naming(text: String, normal: String) throws {
        #expect(try OccurrenceName(parsing: text).description == normal)
    }
}
