import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// The response to a failure: an exit status and, unless everything was reported already, a message.
struct ErrorAnswer {
    /// The exit status.
    let status: Int32
    /// The error to report; `nil` for none.
    let error: CRMError?

    init(to error: any Error) {
        switch error {
        case let error as WriteError where error.isBrokenPipe: self.init(status: ExitStatus.brokenPipe)
        case let error as SystemError where error.code == EPIPE: self.init(status: ExitStatus.brokenPipe)
        case let error as SavedButUnwritten where error.cause.isBrokenPipe:
            self.init(status: ExitStatus.brokenPipe, error: error.worded)
        case let error as ReaderGone: self.init(status: ExitStatus.brokenPipe, error: error.worded)
        case let error as UnwrittenRejects where error.cause.isBrokenPipe:
            self.init(status: ExitStatus.brokenPipe)
        case let error as CommandFailure: self.init(status: error.status)
        default:
            let error = Self.worded(error)
            self.init(status: ExitStatus.of(error.code), error: error)
        }
    }

    private init(status: Int32, error: CRMError? = nil) {
        self.status = status
        self.error = error
    }

    private static func worded(_ error: any Error) -> CRMError {
        switch error {
        case let error as CRMError: error
        case let error as UsageError: CRMError(.usage, error.message, hint: error.hint)
        case let error as WriteError:
            CRMError(
                .inputOutput,
                Text(en: "could not write: \(error.reason.en)", es: "no se pudo escribir: \(error.reason.es)")
            )
        case let error as UnwrittenRejects: error.worded
        case let error as RowProblem:
            CRMError(
                .rejected,
                Text(
                    en: "row \(error.row) (line \(error.line)): \(error.reason.en)",
                    es: "fila \(error.row) (línea \(error.line)): \(error.reason.es)"
                )
            )
        case let error as ReadError: CRMError(unreadable: error)
        case let error as SystemError: CRMError(.inputOutput, Text(errno: error.code))
        case let error as SavedButUnwritten: error.worded
        default: CRMError(.failed, Text(en: "\(error)", es: "error inesperado (\(type(of: error)))"))
        }
    }
}
