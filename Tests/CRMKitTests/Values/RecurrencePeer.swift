import Foundation

@testable import CRMKit

/// A rule with its start and the first moment that is not asked for any more; times are those of UTC.
struct RecurrenceCase: CustomStringConvertible {
    let rule: RecurrenceRule
    let start: Int64
    let until: Int64

    var description: String {
        "\(rule) from \(Moment(secondsSinceEpoch: start)?.description ?? "?")"
    }

    /// What this project finds after the start, which RFC 5545 counts whether the rule meets it or not.
    var found: [Int64] {
        var found: [Int64] = []
        Recurrence(rule, from: start, in: .utc).walk(from: start + 1, until: until) { moment in
            found.append(moment)
            return true
        }
        return found
    }
}

extension RandomRules {
    /// An endless rule with a time in which it comes some dozens of times, if ever.
    mutating func nextCase() -> RecurrenceCase {
        let isOfDays = number(0...3) != 0
        var (rule, start) = next(isOfDays ? [.yearly, .monthly, .weekly, .daily] : [.hourly, .minutely, .secondly])
        rule.end = .never
        let length: Int64
        switch rule.frequency {
        case .hourly: length = 30 * 86_400
        case .minutely: length = 86_400
        case .secondly: length = 3_600
        default: length = 3_000 * 86_400
        }
        return RecurrenceCase(rule: rule, start: start, until: start + length)
    }
}

/// Another program that finds when rules of repetition come.
struct RecurrencePeer {
    /// What it says of a rule.
    enum Answer {
        /// The moments, perhaps with the start.
        case moments([Int64])
        /// It does not take the rule.
        case refusal
        /// It did not come to an end in its time, or came to a bad one.
        case unfinished
    }

    /// It ended otherwise than it should.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What runs it: it reads lines of a rule, a start and an end, and writes one for each with the moments, `refused`
    /// or `unfinished`. It bounds the time of each rule itself.
    let command: [String]

    /// How many rules one process is asked; the time that it may take as a whole is bounded too.
    private static let most = 200

    /// Asks it for rules.
    ///
    /// - Throws: ``Failure`` with what it wrote to its standard error.
    func answers(to cases: [RecurrenceCase]) throws -> [Answer] {
        try stride(from: 0, to: cases.count, by: Self.most).flatMap { first in
            try ask(Array(cases[first..<min(first + Self.most, cases.count)]))
        }
    }

    private func ask(_ cases: [RecurrenceCase]) throws -> [Answer] {
        let input = cases.map { "\($0.rule) \($0.start) \($0.until)\n" }.joined()
        let lines = try Self.run(["timeout", "120"] + command, input).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        .dropLast()
        guard lines.count == cases.count else {
            throw Failure(description: "\(lines.count) answers to \(cases.count) rules")
        }
        return lines.map { line in
            switch line {
            case "refused": .refusal
            case "unfinished": .unfinished
            default: .moments(line.split(separator: " ").compactMap { Int64($0) })
            }
        }
    }

    /// Runs a command with a text on its input.
    ///
    /// - Returns: what it writes.
    private static func run(_ command: [String], _ input: String = "") throws -> String {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (question, complaint) = (folder.appending(path: "input"), folder.appending(path: "errors"))
        try Data(input.utf8).write(to: question)
        try Data().write(to: complaint)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardInput = try FileHandle(forReadingFrom: question)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: complaint)
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let words = String(decoding: (try? Data(contentsOf: complaint)) ?? Data(), as: UTF8.self)
            throw Failure(description: "\(command.first ?? "") ended with \(process.terminationStatus): \(words)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "crm-repetition-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}

// MARK: - python-dateutil

extension RecurrencePeer {
    /// `nil` where it is not installed.
    static let dateutil: RecurrencePeer? = {
        guard (try? run(["timeout", "20", "python3", "-c", "import dateutil.rrule"])) != nil else { return nil }
        return RecurrencePeer(command: ["python3", "-c", dateutilProgram])
    }()

    /// A rule that nothing meets it follows to the end of the calendar, and longer: the alarm comes again and again,
    /// since Python passes over one that comes at a place where nothing can be thrown.
    private static let dateutilProgram = """
        import datetime, signal, sys
        from dateutil.rrule import rrulestr

        epoch = datetime.datetime(1970, 1, 1)

        class Late(BaseException):
            pass

        def stop(*_):
            raise Late

        def moments(rule, start, until):
            found = []
            for moment in rrulestr(rule, dtstart=epoch + datetime.timedelta(seconds=start)):
                second = int((moment - epoch).total_seconds())
                if second >= until:
                    break
                found.append(str(second))
            return ' '.join(found)

        def answer(rule, start, until):
            try:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0.05, 0.05)
                try:
                    return moments(rule, int(start), int(until))
                except Exception:
                    return 'refused'
                finally:
                    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            except Late:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
                return 'unfinished'

        signal.signal(signal.SIGVTALRM, stop)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGVTALRM])
        for line in sys.stdin:
            print(answer(*line.split()))
        """
}

// MARK: - libical

extension RecurrencePeer {
    /// `nil` where it, or a compiler of C, is not installed.
    static let libical: RecurrencePeer? = {
        guard let folder = try? folder() else { return nil }
        let (source, program) = (folder.appending(path: "repetition.c"), folder.appending(path: "repetition"))
        guard (try? Data(libicalProgram.utf8).write(to: source)) != nil,
            (try? run(["timeout", "60", "cc", "-O1", "-o", program.path, source.path, "-lical"])) != nil
        else {
            try? FileManager.default.removeItem(at: folder)
            return nil
        }
        return RecurrencePeer(command: [program.path])
    }()

    /// Each rule has a process of its own, which ends where the rule does not.
    private static let libicalProgram = #"""
        #include <libical/ical.h>
        #include <stdio.h>
        #include <sys/time.h>
        #include <sys/wait.h>
        #include <unistd.h>

        static void answer(const char *rule, long long start, long long until)
        {
            struct itimerval limit = {.it_value.tv_usec = 50000};
            struct icalrecurrencetype read = icalrecurrencetype_from_string(rule);
            icaltimezone *utc = icaltimezone_get_utc_timezone();
            struct icaltimetype begin = icaltime_from_timet_with_zone((time_t)start, 0, utc);
            icalrecur_iterator *places = read.freq == ICAL_NO_RECURRENCE ? NULL : icalrecur_iterator_new(read, begin);
            FILE *found = tmpfile();
            int byte;
            if (!places || !found) {
                puts("refused");
                return;
            }
            setitimer(ITIMER_VIRTUAL, &limit, NULL);
            for (;;) {
                struct icaltimetype next = icalrecur_iterator_next(places);
                long long moment = icaltime_as_timet_with_zone(next, utc);
                if (icaltime_is_null_time(next) || moment >= until) break;
                fprintf(found, "%lld ", moment);
            }
            limit.it_value.tv_usec = 0;
            setitimer(ITIMER_VIRTUAL, &limit, NULL);
            rewind(found);
            while ((byte = getc(found)) != EOF) putchar(byte);
            putchar('\n');
        }

        int main(void)
        {
            char line[4096], rule[2048];
            sigset_t set;
            sigemptyset(&set);
            sigaddset(&set, SIGVTALRM);
            sigprocmask(SIG_UNBLOCK, &set, NULL);
            while (fgets(line, sizeof line, stdin)) {
                long long start, until;
                int status;
                pid_t child;
                if (sscanf(line, "%2047s %lld %lld", rule, &start, &until) != 3) return 1;
                fflush(stdout);
                child = fork();
                if (child < 0) return 1;
                if (child == 0) {
                    answer(rule, start, until);
                    fflush(stdout);
                    _exit(0);
                }
                if (waitpid(child, &status, 0) < 0) return 1;
                if (WIFSIGNALED(status)) puts("unfinished");
            }
            return 0;
        }
        """#
}
