import CRMKit

/// The exit statuses, part of the contract with scripts. Those from 64 on are from BSD's sysexits.
enum ExitStatus {
    static let done: Int32 = 0
    static let failed: Int32 = 1
    static let usage: Int32 = 2
    static let notFound: Int32 = 3
    static let ambiguous: Int32 = 4
    static let refused: Int32 = 5
    static let rejected: Int32 = 6
    static let inputOutput: Int32 = 74
    static let busy: Int32 = 75
    static let configuration: Int32 = 78
    /// The status that a shell reports for a process ended by SIGINT.
    static let interrupted: Int32 = 130
    /// The status that a shell reports for a process ended by SIGPIPE.
    static let brokenPipe: Int32 = 141

    /// Returns the status for an error code.
    static func of(_ code: CRMError.Code) -> Int32 {
        switch code {
        case .failed: failed
        case .usage, .invalid: usage
        case .notFound: notFound
        case .ambiguous: ambiguous
        case .refused, .conflict: refused
        case .rejected: rejected
        case .inputOutput: inputOutput
        case .busy: busy
        case .configuration: configuration
        case .interrupted: interrupted
        }
    }
}
