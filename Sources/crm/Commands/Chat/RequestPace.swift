import CLIKit
import Glibc

/// The rate at which a server accepts requests, as stated in its answers: a number of requests in a window of time, for
/// each kind of request.
struct RequestPace {
    private struct Window {
        /// The number of further requests that the server accepts.
        var remaining: Int
        /// The time at which the server accepts requests again, in nanoseconds of the monotonic clock.
        var end: UInt64
    }

    private var windows: [String: Window] = [:]
    /// The kinds for which the server has set no limit.
    private var unlimited: Set<String> = []
    /// The longest pause that is made for a server, in seconds.
    static let longestPause = 900.0

    /// Returns the number of requests of a kind that the server accepts now; `nil` without a limit. For a kind that was
    /// never requested it is 1 if the server limits other kinds, since the answer will state the limit.
    func allowance(_ kind: String, now: UInt64 = Progress.monotonicTime()) -> Int? {
        guard let window = windows[kind] else { return windows.isEmpty || unlimited.contains(kind) ? nil : 1 }
        return window.end <= now ? 1 : window.remaining
    }

    /// Returns the seconds until the server accepts a request of a kind; 0 if it does now.
    func pause(_ kind: String) -> Double {
        let now = Progress.monotonicTime()
        guard let window = windows[kind], window.remaining < 1, window.end > now else { return 0 }
        return Double(window.end - now) / 1e9
    }

    /// Stores the limits stated in an answer: the number of requests left, and the end of the window by the server's
    /// clock, in milliseconds. Answers without them set no limit.
    ///
    /// - Parameter serverTime: the time of the answer by the same clock, in seconds; `nil` if it is not stated.
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
        // Without an end, the window is assumed to be the usual minute.
        var seconds = 60.0
        if let reset, let serverTime {
            // The time of the answer has no fraction.
            seconds = min(max(Double(reset) / 1000 - Double(serverTime), 0), Self.longestPause)
        }
        windows[kind] = Window(remaining: remaining, end: now + UInt64(seconds * 1e9))
    }
}
