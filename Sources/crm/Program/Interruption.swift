import CRMKit
import Glibc
import Localization

/// Holds Ctrl-C back while something is being written, so that the work can be taken back in order.
final class Interruption {
    private var previous = sigset_t()

    /// From now on SIGINT and SIGTERM wait until ``check()``.
    init() {
        var blocked = Self.signals
        pthread_sigmask(SIG_BLOCK, &blocked, &previous)
    }

    /// Signals that came after the last check take their effect now.
    deinit { pthread_sigmask(SIG_SETMASK, &previous, nil) }

    /// - Throws: ``CRMError`` `interrupted` where a signal waits.
    func check() throws(CRMError) {
        var pending = sigset_t()
        guard sigpending(&pending) == 0, sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1
        else {
            return
        }
        var waiting = Self.signals
        var signal: Int32 = 0
        sigwait(&waiting, &signal)
        throw CRMError(.interrupted, Text(en: "interrupted; nothing was saved", es: "interrumpido; no se guardó nada"))
    }

    private static var signals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGTERM)
        return set
    }
}
