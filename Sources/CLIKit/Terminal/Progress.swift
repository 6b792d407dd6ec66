import Glibc
import Localization

/// A progress indicator of a long command: one line of a terminal, rewritten in place and erased at the end.
///
/// It appears only after one second, so short commands show none.
public struct Progress {
    private static let delay: UInt64 = 1_000_000_000
    private static let interval: UInt64 = 100_000_000
    private static let eraseLine = "\r\u{1B}[K"

    private var output: FileDescriptor?
    private let language: Language
    private let task: Text?
    private let now: () -> UInt64
    private let share: () -> Double?
    private let start: UInt64
    private var nextUpdate: UInt64
    private var isVisible = false
    /// The number of rows processed so far.
    public private(set) var rows = 0

    /// Starts measuring the time and counting rows.
    ///
    /// - Parameters:
    ///   - output: the terminal, normally standard error if ``FileDescriptor/isCapableTerminal(in:)`` is true; `nil`
    ///     shows nothing. After a write error nothing more is shown, and the work continues.
    ///   - task: a description of the work, if the command alone does not make it clear.
    ///   - share: returns the completed share of the work, 0 to 1, from which the remaining time is estimated; `nil` if
    ///     it is unknown.
    ///   - now: a monotonic clock, in nanoseconds.
    public init(
        on output: FileDescriptor?,
        language: Language,
        task: Text? = nil,
        share: @escaping () -> Double? = { nil },
        now: @escaping () -> UInt64 = Progress.monotonicTime
    ) {
        self.output = output
        self.language = language
        self.task = task
        self.share = share
        self.now = now
        start = output == nil ? 0 : now()
        nextUpdate = start + Self.delay
    }

    /// Counts completed rows, and updates the line if it is due.
    public mutating func advance(by count: Int = 1) {
        rows += count
        guard output != nil else { return }
        let time = now()
        if time >= nextUpdate {
            nextUpdate = time + Self.interval
            isVisible = true
            write(Self.eraseLine + text(at: time))
        }
    }

    /// Erases the progress line. Call it before anything else is written to the terminal.
    public mutating func finish() {
        if isVisible {
            isVisible = false
            write(Self.eraseLine)
        }
    }

    /// Returns the time since some point in the past, in nanoseconds (POSIX, `CLOCK_MONOTONIC`).
    public static func monotonicTime() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private func text(at time: UInt64) -> String {
        let seconds = Double(max(time - start, 1)) / 1e9
        let rate = Int(Double(rows) / seconds)
        let lead = task.map { $0(in: language) + ": " } ?? ""
        let counted = lead + Text(en: "\(rows) rows, \(rate)/s", es: "\(rows) filas, \(rate)/s")(in: language)
        guard let share = share(), share > 0, share < 1 else { return counted }
        let left = Self.clock(Int((seconds * (1 - share) / share).rounded(.up)))
        return counted + Text(en: ", \(left) left", es: ", faltan \(left)")(in: language)
    }

    /// Returns a duration in seconds as `0:07`, `12:30` or `1:02:03`.
    private static func clock(_ seconds: Int) -> String {
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        return (hours > 0 ? "\(hours):\(minutes.digits(atLeast: 2))" : "\(minutes)")
            + ":\((seconds % 60).digits(atLeast: 2))"
    }

    private mutating func write(_ text: String) {
        do {
            try output?.write(Array(text.utf8))
        } catch {
            output = nil
        }
    }
}
