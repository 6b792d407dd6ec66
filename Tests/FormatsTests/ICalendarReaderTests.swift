import Formats
import Testing

@Suite struct `Calendar reader` {
    /// What came of the components of an input, in order.
    enum Outcome: Equatable {
        case component(CalendarComponent)
        case error(ICalendarError)
    }

    static func outcomes(of input: [UInt8], chunkSize: Int = 64, maximumLength: Int = 4096) -> [Outcome] {
        var reader = ICalendarReader(
            ByteSource(bytes: input, chunkSize: chunkSize),
            maximumLength: maximumLength
        )
        var outcomes: [Outcome] = []
        while true {
            do throws(ICalendarError) {
                guard let component = try reader.next() else { return outcomes }
                outcomes.append(.component(component))
            } catch {
                outcomes.append(.error(error))
            }
        }
    }

    private static func input(_ lines: String...) -> String {
        (["BEGIN:VCALENDAR"] + lines + ["END:VCALENDAR", ""]).joined(separator: "\r\n")
    }

    private static func event(_ properties: ContentProperty..., components: [CalendarComponent] = []) -> Outcome {
        .component(CalendarComponent("VEVENT", properties: properties, components: components))
    }

    private static func at(_ component: Int, _ line: Int, _ column: Int) -> ICalendarError.Position {
        .init(component: component, line: line, column: column)
    }

    struct Example: CustomTestStringConvertible {
        let input: String
        let expected: [Outcome]
        var testDescription: String { input.debugDescription }

        init(_ input: String, _ expected: Outcome...) {
            self.input = input
            self.expected = expected
        }
    }

    static let examples: [Example] = [
        Example(""),
        Example(input()),
        Example(
            input("VERSION:2.0", "BEGIN:VEVENT", "SUMMARY:a", "END:VEVENT"),
            event(.init("SUMMARY", rawValue: "a"))
        ),
        Example(
            "begin;:vcalendar\nbegin:vevent \nsummary:a\nend; ;:vevent\nend:vcalendar",
            event(.init("summary", rawValue: "a"))
        ),
        // In no calendar
        Example("BEGIN:VEVENT\nEND:VEVENT\n", event()),
        Example(
            input("BEGIN:VEVENT", "DESCRIPTION;LANGUAGE=es:a", "  b", "\t\\nc", "END:VEVENT"),
            event(
                .init("DESCRIPTION", rawValue: "a b\\nc", parameters: [ContentParameter("LANGUAGE", ["es"])])
            )
        ),
        Example(
            input("BEGIN:VEVENT", "A:1", "BEGIN:VALARM", "TRIGGER:-PT5M", "END:VALARM", "B:2", "END:VEVENT"),
            event(
                .init("A", rawValue: "1"),
                .init("B", rawValue: "2"),
                components: [.init("VALARM", properties: [.init("TRIGGER", rawValue: "-PT5M")])]
            )
        ),
        Example(
            input("BEGIN:VEVENT", "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAEC", "END:VEVENT"),
            event(
                .init(
                    "ATTACH",
                    rawValue: "AAEC",
                    parameters: [ContentParameter("ENCODING", ["BASE64"]), ContentParameter("VALUE", ["BINARY"])]
                )
            )
        ),
        // Faults
        Example(
            "hello\n\nthere\n" + input("BEGIN:VEVENT", "END:VEVENT"),
            .error(.textOutsideCalendar(at: at(1, 1, 1))),
            event()
        ),
        Example(
            input("BEGIN:VEVENT", "A:1", "BEGIN:VEVENT", "B:1", "END:VEVENT"),
            .error(.missingEnd(of: "VEVENT", at: at(1, 2, 1))),
            event(.init("B", rawValue: "1"))
        ),
        Example(
            input("BEGIN:VEVENT", "A:1"),
            .error(.missingEnd(of: "VEVENT", at: at(1, 2, 1)))
        ),
        Example(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n",
            event(),
            .error(.missingEnd(of: "VCALENDAR", at: at(1, 1, 1)))
        ),
        Example(
            input("BEGIN:VEVENT", "BEGIN:VALARM", "END:VEVENT", "BEGIN:VEVENT", "END:VALARM", "END:VEVENT"),
            .error(.missingEnd(of: "VALARM", at: at(1, 2, 1))),
            .error(.strangeEnd(of: "VALARM", at: at(2, 6, 1)))
        ),
        // A component without its beginning
        Example(
            input("BEGIN:VEVENT", "END:VEVENT", "xBEGIN:VEVENT", "A:2", "END:VEVENT", "BEGIN:VEVENT", "END:VEVENT"),
            event(),
            .error(.strangeEnd(of: "VEVENT", at: at(2, 6, 1))),
            event()
        ),
        Example(
            input("VERSION:2.0", "A:1", "BEGIN:VALARM", "END:VALARM", "END:VEVENT"),
            .component(CalendarComponent("VALARM")),
            .error(.strangeEnd(of: "VEVENT", at: at(2, 6, 1)))
        ),
        Example(input("BEGIN:VEVENT", "END:VEVENT", "END:VEVENT"), event()),
        Example(
            input("BEGIN:VEVENT", "A:1", "no colon", "END:VEVENT", "BEGIN:VEVENT", "B", " C", "END:VEVENT"),
            .error(.malformed(.malformedProperty, at: at(1, 4, 1))),
            .error(.malformed(.malformedProperty, at: at(2, 7, 1)))
        ),
        Example(
            input("BEGIN:VEVENT", "A;X=\"b:1", "END:VEVENT"),
            .error(.malformed(.unterminatedQuote, at: at(1, 3, 5)))
        ),
        Example(
            input("BEGIN:VEVENT", "A:1\0", "END:VEVENT"),
            .error(.malformed(.nulByte, at: at(1, 3, 4)))
        ),
        Example(
            input("no colon", "BEGIN:VEVENT", "END:VEVENT"),
            .error(.malformed(.malformedProperty, at: at(1, 2, 1))),
            event()
        ),
        Example(
            input("BEGIN:VEVENT", "A:" + String(repeating: "x", count: 4090), "B:123456789", "END:VEVENT"),
            .error(.componentTooLong(limit: 4096, at: at(1, 2, 1)))
        ),
        Example(
            input("BEGIN:VEVENT", "A:" + String(repeating: "x", count: 9000), "END:VEVENT"),
            .error(.lineTooLong(limit: 4096, at: at(1, 3, 1)))
        ),
        Example(
            input("BEGIN:VEVENT") + String(repeating: "x", count: 10),
            .error(.missingEnd(of: "VEVENT", at: at(1, 2, 1))),
            .error(.textOutsideCalendar(at: at(2, 4, 1)))
        ),
    ]

    @Test("reads", arguments: examples) func reads(example: Example) {
        #expect(Self.outcomes(of: Array(example.input.utf8)) == example.expected)
        #expect(Self.outcomes(of: Array(example.input.utf8), chunkSize: 1) == example.expected)
    }

    @Test("undoes a fold inside a character") func undoesAFoldInsideACharacter() {
        let name = Array("日本ñ".utf8)
        for cut in 1..<name.count {
            let input =
                Array("BEGIN:VEVENT\r\nSUMMARY:".utf8) + name[..<cut] + Array("\r\n ".utf8) + name[cut...]
                + Array("\r\nEND:VEVENT\r\n".utf8)
            #expect(Self.outcomes(of: input) == [Self.event(.init("SUMMARY", rawValue: "日本ñ"))])
        }
    }

    @Test("tells a byte that is no character by its line") func tellsAByteThatIsNoCharacterByItsLine() {
        let input = Array("BEGIN:VEVENT\r\nA:1\r\nB:x".utf8) + [0xF1] + Array("\r\nEND:VEVENT\r\n".utf8)
        #expect(Self.outcomes(of: input) == [.error(.malformed(.invalidUTF8, at: Self.at(1, 3, 4)))])
    }

    @Test("gives the calendar's properties, and a component as it stood")
    func givesTheCalendarSPropertiesAndAComponentAsItStood() throws {
        let text = "BEGIN:VCALENDAR\nMETHOD:REPLY\nX-A:b\n c\nBEGIN:VEVENT\nA:1\n  2\nEND:VEVENT\nEND:VCALENDAR\n"
        var reader = ICalendarReader(ByteSource(bytes: Array((text + text).utf8)))
        for number in 1...2 {
            _ = try reader.next()
            #expect(reader.calendar.map(\.name) == ["METHOD", "X-A"])
            #expect(reader.calendar.last?.rawValue == "bc")
            #expect(reader.calendarNumber == number)
            let raw = String(decoding: reader.rawComponent, as: UTF8.self)
            #expect(raw == "BEGIN:VEVENT\r\nA:1\r\n  2\r\nEND:VEVENT\r\n")
        }
        #expect(try reader.next() == nil)
    }

    @Test("counts the lines of a component whose beginning is spoilt as none of the calendar's")
    func countsTheLinesOfASpoiltComponentAsNoneOfTheCalendars() throws {
        let text = Self.input("METHOD:REPLY", "xBEGIN:vevent", "A:1", "END:VEVENT", "BEGIN:VEVENT", "END:VEVENT")
        var reader = ICalendarReader(ByteSource(bytes: Array(text.utf8)))
        #expect(throws: ICalendarError.self) { try reader.next() }
        #expect(try reader.next()?.name == "VEVENT")
        #expect(reader.calendar.map(\.name) == ["METHOD"])
    }

    @Test("reads a component again as it was read, whatever the encoding of the input")
    func readsAComponentAgainAsItWasRead() throws {
        let input =
            Array("BEGIN:VEVENT\r\nA;CHARSET=ISO-8859-2:".utf8) + [0xE8]
            + Array("tyri\r\nB;ENCODING=QUOTED-PRINTABLE:=E8tyri\r\nEND:VEVENT\r\n".utf8)
        var first = ICalendarReader(ByteSource(bytes: input, encoding: .told(.windows1250)))
        let component = try #require(try first.next())
        #expect(component.properties.map(\.rawValue) == ["čtyri", "čtyri"])
        var second = ICalendarReader(rawComponent: first.rawComponent, from: first.encoding)
        #expect(try second.next() == component)
    }

    @Test("stops at components in components without end") func stopsAtComponentsInComponentsWithoutEnd() {
        let input = String(repeating: "BEGIN:X-A\n", count: 1) + String(repeating: "BEGIN:X-B\n", count: 200_000)
        #expect(Self.outcomes(of: Array(input.utf8), maximumLength: 1 << 24).count == 1)
        let closed = "BEGIN:X-A\n" + String(repeating: "BEGIN:X-B\n", count: 100) + "END:X-A\n"
        #expect(Self.outcomes(of: Array(closed.utf8)) == [.error(.tooDeep(at: Self.at(1, 17, 1)))])
    }
}
