import CRMKit

/// The failures in a row of requests to a server that may pass: how long to wait after each, and when to give up.
struct Retries {
    /// The maximum number of attempts.
    private static let most = 5
    private var failures = 0

    /// Returns the seconds to wait before the next attempt: those that the server states, otherwise twice as long after
    /// each failure.
    ///
    /// - Throws: the error of the last attempt.
    mutating func pause(after error: CRMError, stated seconds: Double?) throws(CRMError) -> Double {
        failures += 1
        guard failures < Self.most else { throw error }
        return seconds ?? Double(1 << (failures - 1))
    }
}
