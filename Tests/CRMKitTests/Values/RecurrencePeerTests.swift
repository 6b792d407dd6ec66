import Foundation
import Testing

@testable import CRMKit

/// The rules beside python-dateutil, where that is there. It leaves the start out where the rule does not meet it, which
/// RFC 5545 counts; it takes plain days of the week for numbered ones where a rule has both; and in the first period it counts
/// positions from the start on where days of a week are chosen by them. Rules where these tell are left out.
@Suite("A repetition beside python-dateutil", .enabled(if: Dateutil.isThere))
struct RecurrencePeerTests {
    @Test("is the same", arguments: [1, 2])
    func comparison(seed: UInt64) throws {
        var random = RandomRules(seed: seed &* 7919)
        var cases: [(rule: RecurrenceRule, start: Int64, until: Int64)] = []
        while cases.count < Dateutil.count {
            let isOfDays = random.number(0...3) != 0
            var (rule, start) = random.next(
                isOfDays ? [.yearly, .monthly, .weekly, .daily] : [.hourly, .minutely, .secondly]
            )
            rule.end = .never
            let length: Int64
            switch rule.frequency {
            case .hourly: length = 30 * 86_400
            case .minutely: length = 86_400
            case .secondly: length = 3_600
            default: length = 3000 * 86_400
            }
            cases.append((rule, start, start + length))
        }
        let answers = try Dateutil.ask(cases)
        #expect(answers.count == cases.count)
        var compared = 0
        for ((rule, start, until), answer) in zip(cases, answers) {
            guard let answer, !Dateutil.errs(rule) else { continue }
            var found: [Int64] = []
            Recurrence(rule, from: start, in: .utc).walk(from: start + 1, until: until) { moment in
                found.append(moment)
                return true
            }
            compared += 1
            let expected = answer.filter { $0 > start }
            if found != expected {
                let first = zip(found, expected).first { $0 != $1 }
                Issue.record(
                    "\(rule) from \(start): \(found.count) and \(expected.count), first other \(String(describing: first))"
                )
            }
        }
        #expect(compared > Dateutil.count / 4)
    }
}

/// The other program.
private enum Dateutil {
    /// How many rules each test compares; more where the environment asks.
    static let count = ProcessInfo.processInfo.environment["RECURRENCE_RULES"].flatMap { Int($0) } ?? 60

    static let isThere = (try? run("import dateutil.rrule", "")) != nil

    /// Whether it is known to read a rule otherwise than RFC 5545.
    static func errs(_ rule: RecurrenceRule) -> Bool {
        let isMixed = Set(rule.days.map { $0.ordinal == 0 }).count > 1
        // It takes the day of the start where only weeks are given, and numbers of the year where months are.
        let hasDay = !rule.days.isEmpty || !rule.monthDays.isEmpty || !rule.yearDays.isEmpty
        return isMixed || !rule.weeks.isEmpty && !hasDay
            || rule.frequency == .weekly && !rule.positions.isEmpty && rule.weekStart != 0
    }

    /// - Returns: what each case gives; `nil` for one that takes too long.
    static func ask(_ cases: [(rule: RecurrenceRule, start: Int64, until: Int64)]) throws -> [[Int64]?] {
        let script = """
            import sys, datetime, signal
            from dateutil.rrule import rrulestr
            epoch = datetime.datetime(1970, 1, 1)
            def stop(*_): raise TimeoutError
            signal.signal(signal.SIGALRM, stop)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
            for line in sys.stdin:
                rule, start, until = line.split()
                start = epoch + datetime.timedelta(seconds=int(start))
                until = epoch + datetime.timedelta(seconds=int(until))
                out = []
                # A rule that nothing meets it follows to the end of the calendar.
                signal.setitimer(signal.ITIMER_REAL, 0.05)
                try:
                    for moment in rrulestr(rule, dtstart=start):
                        if moment >= until: break
                        out.append(str(int((moment - epoch).total_seconds())))
                    signal.setitimer(signal.ITIMER_REAL, 0)
                except TimeoutError:
                    out = ['slow']
                print(' '.join(out))
            """
        let input = cases.map { "\($0.rule) \($0.start) \($0.until)\n" }.joined()
        return try run(script, input).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map { $0 == "slow" ? nil : $0.split(separator: " ").compactMap { Int64($0) } }
    }

    private static func run(_ script: String, _ input: String) throws -> String {
        struct Failure: Error {}
        let folder = FileManager.default.temporaryDirectory.appending(path: "crm-dateutil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "input")
        try input.write(to: file, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
