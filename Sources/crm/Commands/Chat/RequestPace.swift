import CLIKit
import Glibc

/// How fast a server lets requests come, as it says itself with each answer: so many within a window of time, for each
/// kind of request by itself.
struct RequestPace {
    private struct Window {
        /// How many more the server takes.
        var remaining: Int
        /// When it takes more again, in nanoseconds of the clock that only goes forward.
        var end: UInt64
    }

    private var windows: [String: Window] = [:]
    /// The kinds for which the server has set no limit.
    private var unlimited: Set<String> = []
    /// The longest that a server is believed to want a pause.
    static let longestPause = 600.0

    /// How many requests of a kind the server takes now; `nil` where it has set no limit. Of a kind that was never asked it
    /// is not known of a server that limits others, so that one is to tell.
    func allowance(_ kind: String, now: UInt64 = Progress.monotonicTime()) -> Int? {
        guard let window = windows[kind] else { return windows.isEmpty || unlimited.contains(kind) ? nil : 1 }
        return window.end <= now ? 1 : window.remaining
    }

    /// How many seconds until the server takes a request of a kind; 0 where it does now.
    func pause(_ kind: String, now: UInt64 = Progress.monotonicTime()) -> Double {
        guard let window = windows[kind], window.remaining < 1, window.end > now else { return 0 }
        return Double(window.end - now) / 1e9
    }

    /// Takes note of what an answer says: how many are left, and when the window ends by the server's own clock, in
    /// milliseconds. Answers that say nothing of it set no limit.
    ///
    /// - Parameter serverTime: the time of the answer by the same clock, in seconds; `nil` where it does not say so.
    mutating func note(
        _ kind: String,
        remaining: Int?,
        resetMilliseconds reset: Int64?,
        serverTime: Int64?,
        now: UInt64 = Progress.monotonicTime()
    ) {
        guard let remaining else {
            windows[kind] = nil
            unlimited.insert(kind)
            return
        }
        // Without a time of its own the window may be as long as the usual one, a minute.
        var seconds = 60.0
        if let reset, let serverTime {
            // The answer's own time has no fraction.
            seconds = min(max(Double(reset) / 1000 - Double(serverTime), 0), Self.longestPause)
        }
        windows[kind] = Window(remaining: remaining, end: now + UInt64(seconds * 1e9))
    }
}
