import Testing

@testable import CRMKit

@Suite("A repetition in words")
struct RecurrencePhraseTests {
    private func read(_ text: String) throws -> RecurrenceRule? {
        let today = try #require(CivilDate(year: 2026, month: 11, day: 26))
        return try RecurrencePhrase.read(text, today: today, order: nil)
    }

    @Test(
        "is read in both languages",
        arguments: [
            ("every day", "FREQ=DAILY"), ("cada día", "FREQ=DAILY"), ("diario, 10 veces", "FREQ=DAILY;COUNT=10"),
            ("every 2 weeks on tue,thu until 2026-12-31", "FREQ=WEEKLY;UNTIL=20261231;INTERVAL=2;BYDAY=TU,TH"),
            (
                "cada 2 semanas los martes y jueves hasta el 31 de diciembre de 2026",
                "FREQ=WEEKLY;UNTIL=20261231;INTERVAL=2;BYDAY=TU,TH"
            ),
            ("cada mes el último viernes", "FREQ=MONTHLY;BYDAY=-1FR"), ("every last friday", "FREQ=MONTHLY;BYDAY=-1FR"),
            ("every month on the first Monday and the third Monday", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
            ("todos los lunes", "FREQ=WEEKLY;BYDAY=MO"),
            ("every Monday, Wednesday and Friday", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
            ("cada sábado y domingo", "FREQ=WEEKLY;BYDAY=SA,SU"), ("los lunes", "FREQ=WEEKLY;BYDAY=MO"),
            ("every other week", "FREQ=WEEKLY;INTERVAL=2"),
            ("cada tres meses", "FREQ=MONTHLY;INTERVAL=3"), ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("cada día hábil", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), ("cada fin de semana", "FREQ=WEEKLY;BYDAY=SA,SU"),
            ("every month on the 1st and 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
            ("cada mes los días 1 y 15", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
            ("cada mes el último día", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("monthly on day 10", "FREQ=MONTHLY;BYMONTHDAY=10"),
            ("cada mes el último día hábil", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
            ("every year on march 15", "FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=3"),
            ("cada año el 15 de marzo", "FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=3"),
            ("every 4 hours 6 times", "FREQ=HOURLY;COUNT=6;INTERVAL=4"), ("FREQ=DAILY", nil),
            ("weekly for 5 times", "FREQ=WEEKLY;COUNT=5"),
            // A number before a day of the week counts weeks.
            ("every 2 tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
            ("every 2 tuesdays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
            ("cada 2 lunes", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"), ("cada dos lunes", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
            ("every other tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
            ("every other monday and friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR"),
            ("every third week", "FREQ=WEEKLY;INTERVAL=3"), ("every second day", "FREQ=DAILY;INTERVAL=2"),
            ("every 3rd day", "FREQ=DAILY;INTERVAL=3"), ("cada tercera semana", "FREQ=WEEKLY;INTERVAL=3"),
            ("cada segundo mes", "FREQ=MONTHLY;INTERVAL=2"), ("every first monday", "FREQ=MONTHLY;BYDAY=1MO"),
            ("every month on the second and fourth tuesday", "FREQ=MONTHLY;BYDAY=2TU,4TU"),
            ("every month on the 2nd and 4th tuesday", "FREQ=MONTHLY;BYDAY=2TU,4TU"),
            ("cada mes el primer y tercer lunes", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
            ("el primer y tercer lunes de cada mes", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
            ("the last friday of every month", "FREQ=MONTHLY;BYDAY=-1FR"),
            ("el 15 de cada mes", "FREQ=MONTHLY;BYMONTHDAY=15"),
            ("every month on the 3rd weekday", Self.thirdWorkingDay),
            ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), ("entre semana", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("every monday until december 31", "FREQ=WEEKLY;UNTIL=20261231;BYDAY=MO"),
            ("cada lunes hasta el 5 de febrero", "FREQ=WEEKLY;UNTIL=20270205;BYDAY=MO"),
            ("every week until 2027-01-01 10:00", "FREQ=WEEKLY;UNTIL=20270101T100000"),
            ("cada lunes hasta el 5 de febrero a las 9", "FREQ=WEEKLY;UNTIL=20270205T090000;BYDAY=MO"),
            ("every 15th", "FREQ=MONTHLY;BYMONTHDAY=15"), ("every friday 13", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
        ] as [(String, String?)]
    )
    func reading(text: String, rule: String?) throws {
        #expect(try read(text)?.description == rule)
    }

    @Test(
        "takes mar for martes beside days and for March beside numbers",
        arguments: [
            ("cada semana lun, mar y jue", "FREQ=WEEKLY;BYDAY=MO,TU,TH"), ("cada mar", "FREQ=WEEKLY;BYDAY=TU"),
            ("todos los mar", "FREQ=WEEKLY;BYDAY=TU"), ("cada mar y jue", "FREQ=WEEKLY;BYDAY=TU,TH"),
            (
                "cada 2 semanas los mar,jue hasta 31/12/2026",
                "FREQ=WEEKLY;UNTIL=20261231;INTERVAL=2;BYDAY=TU,TH"
            ),
            ("cada semana el mar", "FREQ=WEEKLY;BYDAY=TU"), ("cada mes el primer mar", "FREQ=MONTHLY;BYDAY=1TU"),
            ("cada año el 15 de mar", "FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=3"),
            ("every year on mar 15", "FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=3"),
            ("every year on 15 mar", "FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=3"),
            ("every year in jan and mar", "FREQ=YEARLY;BYMONTH=1,3"),
            ("cada año en mar", "FREQ=YEARLY;BYMONTH=3"),
            ("cada año el último viernes de mar", "FREQ=YEARLY;BYDAY=-1FR;BYMONTH=3"),
        ]
    )
    func mar(text: String, rule: String) throws {
        #expect(try read(text)?.description == rule)
    }

    @Test(
        "is read as people say it every day",
        arguments: [
            ("cada catorce días", "FREQ=DAILY;INTERVAL=14"), ("cada veintiún días", "FREQ=DAILY;INTERVAL=21"),
            ("cada treinta y un días", "FREQ=DAILY;INTERVAL=31"), ("cada dieciocho meses", "FREQ=MONTHLY;INTERVAL=18"),
            ("every fourteen days", "FREQ=DAILY;INTERVAL=14"), ("every twenty-one days", "FREQ=DAILY;INTERVAL=21"),
            ("every forty five minutes", "FREQ=MINUTELY;INTERVAL=45"), ("every ninety days", "FREQ=DAILY;INTERVAL=90"),
            ("cada día por dieciséis veces", "FREQ=DAILY;COUNT=16"), ("cada veinte días", "FREQ=DAILY;INTERVAL=20"),
            ("quincenal", "FREQ=WEEKLY;INTERVAL=2"), ("cada quincena", "FREQ=WEEKLY;INTERVAL=2"),
            ("cada quince días", "FREQ=WEEKLY;INTERVAL=2"), ("biweekly on mon", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
            ("fortnightly", "FREQ=WEEKLY;INTERVAL=2"), ("every fortnight", "FREQ=WEEKLY;INTERVAL=2"),
            ("bimestral", "FREQ=MONTHLY;INTERVAL=2"), ("trimestral", "FREQ=MONTHLY;INTERVAL=3"),
            ("cada trimestre", "FREQ=MONTHLY;INTERVAL=3"), ("cada dos trimestres", "FREQ=MONTHLY;INTERVAL=6"),
            ("quarterly", "FREQ=MONTHLY;INTERVAL=3"), ("semestral", "FREQ=MONTHLY;INTERVAL=6"),
            ("mondays", "FREQ=WEEKLY;BYDAY=MO"), ("on mondays and fridays", "FREQ=WEEKLY;BYDAY=MO,FR"),
            ("lunes, miércoles y viernes", "FREQ=WEEKLY;BYDAY=MO,WE,FR"), ("los mar", "FREQ=WEEKLY;BYDAY=TU"),
            ("de lunes a viernes", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("monday to friday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("every mon-fri", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), ("de mar a jue", "FREQ=WEEKLY;BYDAY=TU,WE,TH"),
            ("cada 2 semanas de sábado a lunes", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA,SU"),
            ("los fines de semana", "FREQ=WEEKLY;BYDAY=SA,SU"),
            ("el tercer jueves del mes", "FREQ=MONTHLY;BYDAY=3TH"),
            ("cada tercer jueves del mes", "FREQ=MONTHLY;BYDAY=3TH"),
            ("cada mes el primer lunes del mes", "FREQ=MONTHLY;BYDAY=1MO"),
            ("the second tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU"),
            ("el último día hábil del mes", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
            ("el 15 del mes", "FREQ=MONTHLY;BYMONTHDAY=15"),
            ("cada semana por 10 veces", "FREQ=WEEKLY;COUNT=10"),
            ("cada semana durante 10 semanas", "FREQ=WEEKLY;COUNT=10"),
            ("lunes y miércoles durante 10 semanas", "FREQ=WEEKLY;COUNT=20;BYDAY=MO,WE"),
            ("daily for 2 weeks", "FREQ=DAILY;COUNT=14"),
            ("every 2 weeks for 5 weeks", "FREQ=WEEKLY;COUNT=3;INTERVAL=2"),
            ("mensual durante un año", "FREQ=MONTHLY;COUNT=12"),
            ("every day until +30d", "FREQ=DAILY;UNTIL=20261226"),
            ("cada 15 días", "FREQ=WEEKLY;INTERVAL=2"), ("every 15 days", "FREQ=DAILY;INTERVAL=15"),
            ("cada 8 días", "FREQ=WEEKLY"), ("cada ocho días", "FREQ=WEEKLY"),
            ("every 8 days", "FREQ=DAILY;INTERVAL=8"), ("a diario", "FREQ=DAILY"),
            ("cada lunes y cada viernes", "FREQ=WEEKLY;BYDAY=MO,FR"),
            ("el día primero de cada mes", "FREQ=MONTHLY;BYMONTHDAY=1"),
            ("every month for a year", "FREQ=MONTHLY;COUNT=12"),
            ("el 2º martes de cada mes", "FREQ=MONTHLY;BYDAY=2TU"),
            ("el 2do martes de cada mes", "FREQ=MONTHLY;BYDAY=2TU"),
            ("el 1er y 3er lunes de cada mes", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
            ("every Tue & Thu", "FREQ=WEEKLY;BYDAY=TU,TH"), ("cada mar & jue", "FREQ=WEEKLY;BYDAY=TU,TH"),
            ("last business day of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
            ("every working day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("el primer lunes de enero y julio", "FREQ=YEARLY;BYDAY=1MO;BYMONTH=1,7"),
            ("last friday of november", "FREQ=YEARLY;BYDAY=-1FR;BYMONTH=11"),
            ("una vez al mes", "FREQ=MONTHLY"), ("once a week on friday", "FREQ=WEEKLY;BYDAY=FR"),
            ("una vez por semana, 10 veces", "FREQ=WEEKLY;COUNT=10"),
            ("una vez cada dos meses", "FREQ=MONTHLY;INTERVAL=2"),
            ("los primeros lunes de cada mes", "FREQ=MONTHLY;BYDAY=1MO"),
            ("cada año el 29 de febrero", "FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2"),
            ("los días 15 y último de cada mes", "FREQ=MONTHLY;BYMONTHDAY=-1,15"),
            ("el 15 y el último de cada mes", "FREQ=MONTHLY;BYMONTHDAY=-1,15"),
            ("the 15th and the last of every month", "FREQ=MONTHLY;BYMONTHDAY=-1,15"),
            ("el primero de cada mes", "FREQ=MONTHLY;BYMONTHDAY=1"),
            ("the first of the month", "FREQ=MONTHLY;BYMONTHDAY=1"),
            ("el primer y último día de cada mes", "FREQ=MONTHLY;BYMONTHDAY=-1,1"),
            ("cada 15 de mes", "FREQ=MONTHLY;BYMONTHDAY=15"), ("el 15 de mes", "FREQ=MONTHLY;BYMONTHDAY=15"),
            ("el último viernes de mes", "FREQ=MONTHLY;BYDAY=-1FR"),
            ("cada fin de mes", "FREQ=MONTHLY;BYMONTHDAY=-1"), ("a fin de mes", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("al final de cada mes", "FREQ=MONTHLY;BYMONTHDAY=-1"), ("every month end", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("at the end of every month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("cada fin de semana", "FREQ=WEEKLY;BYDAY=SA,SU"),
            ("lunes alternos", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
            ("los martes y jueves alternos", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH"),
            ("en semanas alternas los lunes", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
            ("días alternos", "FREQ=DAILY;INTERVAL=2"), ("alternate mondays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
            ("on alternating weeks", "FREQ=WEEKLY;INTERVAL=2"),
            ("lunes alternos hasta fin de año", "FREQ=WEEKLY;UNTIL=20261231;INTERVAL=2;BYDAY=MO"),
            ("every monday until the end of the year", "FREQ=WEEKLY;UNTIL=20261231;BYDAY=MO"),
            ("cada día hasta final de mes", "FREQ=DAILY;UNTIL=20261130"),
            ("every day until month end", "FREQ=DAILY;UNTIL=20261130"),
            ("cada mes hasta el fin de 2027", "FREQ=MONTHLY;UNTIL=20271231"),
            ("L-V", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), ("de L a V", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("cada 2 semanas L-S", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR,SA"),
            ("every M-F", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("L-V alternos", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR"),
            ("cada 2 L-V", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR"),
        ]
    )
    func daily(text: String, rule: String) throws {
        #expect(try read(text)?.description == rule)
    }

    @Test("ends with the year of a later start")
    func endOfYear() throws {
        let today = try #require(CivilDate(year: 2026, month: 11, day: 26))
        let start = CivilDate(year: 2027, month: 2, day: 1)
        for (text, end) in [("cada lunes hasta fin de año", "20271231"), ("cada lunes hasta fin de mes", "20270228")] {
            let rule = try RecurrencePhrase.read(text, today: today, order: nil, from: start)
            #expect(rule?.description == "FREQ=WEEKLY;UNTIL=\(end);BYDAY=MO")
        }
    }

    private static let thirdWorkingDay = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=3"

    @Test(
        "is refused with the word that is not understood",
        arguments: [
            ("every", "every"), ("every every", "every"), ("cada 15", "15"), ("every other", "other"),
            ("every second tuesday", "every 2 tuesdays"), ("cada tercer jueves", "every 2 tuesdays"),
            ("cada tercer día", "every 3 days"), ("every month on 2 tuesday", "tuesday"),
            ("every 2 weekdays", "weekdays"), ("primer lunes alterno", "primer"), ("cada mes el 15 L-V", "\"l\""),
            ("los lunes de semanas alternas", "semanas"),
            ("every day until the end of june", "until"),
            ("every monday until february 30", "the year is missing"),
            ("cada semana durante 10 días", "depends on the start"), ("daily for 2 months", "depends on the start"),
            ("every mar", "martes or March"), ("cada 2 mar", "martes or March"),
            ("cada mes el mar 15", "martes or March"),
            ("every blue moon", "blue"), ("cada semana los martes quizá", "quiza"), ("every week until soon", "until"),
            ("every weekday at 9", "time of day"), ("every day at 9 until 2026-12-31", "time of day"),
            ("at 9 every day", "time of day"), ("entre semana a las 9", "time of day"),
            ("cada día hábil las 9", "time of day"), ("todos los lunes a la 1", "time of day"),
            ("every weekday at noon", "at"), ("every end", "end"),
            ("every month on day 32", "32"), ("every week on the first monday", "BYDAY=1MO"), ("every 0 days", "0"),
            ("cada año el 30 de febrero", "February has no day 30"),
            ("every year on the 31st of april and june", "April has no day 31"),
        ]
    )
    func refusal(text: String, word: String) {
        let error = #expect(throws: ValueError.self) { try read(text) }
        #expect(error?.reason.en.contains(word) == true, "\(error?.reason.en ?? "")")
    }

    @Test(
        "is told so that it reads back",
        arguments: [
            (
                "FREQ=WEEKLY;UNTIL=20261231;INTERVAL=2;BYDAY=TU,TH",
                "every 2 weeks on Tuesday and Thursday until 2026-12-31",
                "cada 2 semanas los martes y jueves hasta el 2026-12-31"
            ),
            ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday", "cada mes el último viernes"),
            ("FREQ=WEEKLY;COUNT=10;BYDAY=SA", "every week on Saturday 10 times", "cada semana los sábados 10 veces"),
            ("FREQ=DAILY", "every day", "cada día"),
            ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday", "de lunes a viernes"),
            (
                "FREQ=WEEKLY;COUNT=9;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR", "every 2 weeks on weekdays 9 times",
                "cada 2 semanas de lunes a viernes 9 veces"
            ),
            ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every day on weekdays", "cada día de lunes a viernes"),
            ("FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on days 1 and 15", "cada mes los días 1 y 15"),
            (
                "FREQ=MONTHLY;BYMONTHDAY=-1,15", "every month on day 15 and the last day",
                "cada mes el día 15 y el último día"
            ),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday",
                "cada mes el último día hábil"
            ),
            ("FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=3", "every year on March 15", "cada año el 15 de marzo"),
            (
                "FREQ=YEARLY;BYDAY=-1FR;BYMONTH=11", "every year on the last Friday of November",
                "cada año el último viernes de noviembre"
            ),
            ("FREQ=YEARLY;BYMONTH=3,6", "every year in March and June", "cada año en marzo y junio"),
            ("FREQ=YEARLY;BYMONTH=1;COUNT=1", "every year in January 1 time", "cada año en enero 1 vez"),
            ("FREQ=YEARLY;BYWEEKNO=20", nil, nil), ("FREQ=DAILY;BYHOUR=9,10", nil, nil),
            ("FREQ=DAILY;INTERVAL=15", nil, nil), ("FREQ=DAILY;INTERVAL=8", nil, nil),
            ("FREQ=MONTHLY;BYMONTHDAY=-2", "every month on the penultimate day", "cada mes el penúltimo día"),
            (
                "FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=1,7", "every year on day 1 of January and July",
                "cada año el día 1 de enero y julio"
            ),
            ("FREQ=WEEKLY;UNTIL=20270701T055959Z", nil, nil),
            ("FREQ=DAILY;BYMONTH=1,2", "every day in January and February", "cada día en enero y febrero"),
            (
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYMONTH=7", "every week on weekdays in July",
                "cada semana de lunes a viernes en julio"
            ),
            (
                "FREQ=WEEKLY;COUNT=5;INTERVAL=2;BYDAY=MO,TH;BYMONTH=3",
                "every 2 weeks on Monday and Thursday in March 5 times",
                "cada 2 semanas los lunes y jueves en marzo 5 veces"
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=15;BYMONTH=3,6", "every month on day 15 in March and June",
                "cada mes el día 15 en marzo y junio"
            ),
            ("FREQ=WEEKLY;BYDAY=MO,FR;BYMONTH=3;BYSETPOS=1", nil, nil), ("FREQ=DAILY;BYDAY=MO;BYSETPOS=2", nil, nil),
        ] as [(String, String?, String?)]
    )
    func telling(text: String, english: String?, spanish: String?) throws {
        let rule = try RecurrenceRule(parsing: text)
        #expect(rule.words(in: nil)?.en == english)
        #expect(rule.words(in: nil)?.es == spanish)
        if let english, let spanish {
            #expect(try read(english) == rule)
            #expect(try read(spanish) == rule)
        }
    }

    @Test(
        "tells the end by the clocks of its zone, and one weekday of a month by its place",
        arguments: [
            ("FREQ=WEEKLY;UNTIL=20270701T055959Z", "cada semana hasta el 2027-06-30"),
            ("FREQ=WEEKLY;UNTIL=20270701T150000Z", "cada semana hasta el 2027-07-01 09:00"),
            ("FREQ=DAILY;UNTIL=20270701T090000", "cada día hasta el 2027-07-01 09:00"),
            ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2", "cada mes el segundo lunes"),
            ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1", "cada semana los viernes"),
            ("FREQ=WEEKLY;BYDAY=MO,WE,SU;WKST=SU;BYSETPOS=1,2", "cada semana los lunes y domingos"),
            ("FREQ=DAILY;BYDAY=MO,FR;BYSETPOS=1", "cada día los lunes y viernes"),
            ("FREQ=WEEKLY;BYDAY=TU;BYSETPOS=1", "cada semana los martes"),
        ]
    )
    func tellingByZone(text: String, words: String) throws {
        let zone = try TimeZoneSetting(TZ: "America/Mexico_City", zones: .system)
        let told = try RecurrenceRule(parsing: text).words(in: zone)
        #expect(told?.es == words)
        for read in try [told?.es, told?.en].compactMap({ try $0.map(read) }) {
            #expect(read?.words(in: zone) == told)
        }
    }
}
