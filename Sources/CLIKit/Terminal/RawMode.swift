import Glibc

/// A terminal in a mode in which it passes on every key at once and echoes none (POSIX.1, chapter 11).
///
/// In this mode signals are blocked and reported as events, so that the terminal is restored before one of them ends or
/// stops the process.
final class RawMode {
    /// An event on the terminal.
    enum Event: Equatable {
        case byte(UInt8)
        /// The terminal has been closed.
        case end
        /// No input within the time to wait.
        case nothing
        case signal(Int32)
    }

    private let terminal: FileDescriptor
    private var usual = termios()
    private var earlierMask = sigset_t()
    private var isOn = false

    /// The longest time that a signal may wait while no key is pressed, in milliseconds.
    private static let patience: Int32 = 100
    /// The signals that end or stop the process, or require the line to be drawn again.
    private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH]

    init(_ terminal: FileDescriptor) {
        self.terminal = terminal
    }

    deinit { end() }

    /// Enters the mode. Keys typed before are preserved.
    func begin() throws(SystemError) {
        guard !isOn else { return }
        var waiting = sigset_t(of: Self.signals)
        pthread_sigmask(SIG_BLOCK, &waiting, &earlierMask)
        isOn = true
        do throws(SystemError) {
            try check(tcgetattr(terminal.rawValue, &usual))
            var raw = usual
            // The keys that send signals remain as the user has set them.
            raw.c_lflag &= ~tcflag_t(ICANON | ECHO | IEXTEN)
            raw.c_iflag &= ~tcflag_t(IXON | ISTRIP | INLCR | IGNCR)
            withUnsafeMutableBytes(of: &raw.c_cc) { characters in
                characters[Int(VMIN)] = 1
                characters[Int(VTIME)] = 0
            }
            try check(tcsetattr(terminal.rawValue, TCSADRAIN, &raw))
        } catch {
            release()
            throw error
        }
    }

    /// Restores the previous mode of the terminal. Pending signals take effect now.
    func end() {
        guard isOn else { return }
        // If this fails, the terminal is gone.
        _ = tcsetattr(terminal.rawValue, TCSADRAIN, &usual)
        release()
    }

    private func release() {
        isOn = false
        pthread_sigmask(SIG_SETMASK, &earlierMask, nil)
    }

    private func check(_ result: Int32) throws(SystemError) {
        if result != 0 { throw SystemError(code: errno) }
    }

    /// Waits for a key or a signal and returns it.
    ///
    /// - Parameter milliseconds: the time to wait for an event; `nil` waits without a limit.
    func next(within milliseconds: Int32? = nil) throws(SystemError) -> Event {
        while true {
            if let signal = waitingSignal { return .signal(signal) }
            var wanted = pollfd(fd: terminal.rawValue, events: Int16(POLLIN), revents: 0)
            let ready = poll(&wanted, 1, milliseconds ?? Self.patience)
            if ready < 0, errno != EINTR { throw SystemError(code: errno) }
            if ready > 0 {
                // If the terminal was closed, its signal was sent before.
                if let signal = waitingSignal { return .signal(signal) }
                return try terminal.read(upTo: 1).first.map(Event.byte) ?? .end
            }
            if ready == 0, milliseconds != nil { return .nothing }
        }
    }

    /// Lets a reported signal take effect, and enters raw mode again if the process continues. `SIGWINCH` is only
    /// removed from the pending signals.
    func heed(_ signal: Int32) throws(SystemError) {
        if signal == SIGWINCH {
            var only = sigset_t(of: [signal])
            var taken: Int32 = 0
            sigwait(&only, &taken)
            return
        }
        end()
        try begin()
    }

    /// A pending signal that was not already blocked before raw mode; `nil` if there is none.
    private var waitingSignal: Int32? {
        var pending = sigset_t()
        guard isOn, sigpending(&pending) == 0 else { return nil }
        return Self.signals.first { sigismember(&pending, $0) == 1 && sigismember(&earlierMask, $0) == 0 }
    }
}

extension sigset_t {
    /// Creates a set of some signals.
    init(of signals: some Sequence<Int32>) {
        self.init()
        sigemptyset(&self)
        for signal in signals { sigaddset(&self, signal) }
    }
}
