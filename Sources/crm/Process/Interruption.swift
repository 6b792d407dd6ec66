import CRMKit
import Formats
import Glibc
import Localization

/// Delays Ctrl-C while data is being written, so that the work can be rolled back in order.
///
/// Before ``hold()`` SIGINT, SIGTERM and SIGHUP have their usual effect. A signal that the program's caller ignores, as
/// a shell does for background jobs, remains ignored. Once the work is done, signals have no effect any more: the
/// result, or the fate of the work, is still reported.
final class Interruption: Stop {
    /// Whether signals are held back.
    private(set) var isHeld = false
    private var hasPassed = false
    private var isFinishing = false
    private let signals = Interruption.heeded()
    /// The tick of the coarse clock at which pending signals were last checked.
    private var lastTick = timespec()

    /// The greatest time until Ctrl-C is noticed while waiting for input, in milliseconds.
    private static let patience: Int32 = 100

    /// Holds back signals until they are checked for. It is called when the work begins: a program that waits for a
    /// lock, or for the other end of a pipe, has nothing to roll back.
    func hold() {
        if isFinishing { return }
        hasPassed = false
        guard !isHeld else { return }
        isHeld = true
        var blocked = signals
        pthread_sigmask(SIG_BLOCK, &blocked, nil)
    }

    /// Holds back signals; while waiting for bytes of a source, they end its reading.
    func hold(reading source: ByteSource) {
        hold()
        source.wait { [self] descriptor in isReady(descriptor) }
    }

    /// Runs a body that looks at the beginning of a source, where there is nothing to take back yet. A signal ends the
    /// reading. When the body returns, signals have their usual effect again unless they were held before. When it
    /// throws they stay held, so that a signal which ended the reading is reported as an interruption.
    func ending<Result>(reading source: ByteSource, _ body: () throws -> Result) rethrows -> Result {
        let wasHeld = isHeld
        hold(reading: source)
        let result = try body()
        if !wasHeld { release() }
        return result
    }

    var isRequested: Bool { !hasPassed && isPending }

    func pass() { hasPassed = true }

    /// Lets a body complete work that is already saved. Signals wait until it is done, and are then ignored.
    func finishing<Result>(_ body: () throws -> Result) rethrows -> Result {
        hold()
        isFinishing = true
        defer {
            isFinishing = false
            hasPassed = true
        }
        return try body()
    }

    /// Restores the usual effect of signals after something was saved and reported. A pending signal ends the program
    /// in order.
    ///
    /// - Throws: ``CRMError`` `interrupted` if a signal is pending.
    func resume() throws(CRMError) {
        if isPending { throw CRMError(.interrupted, Text(en: "interrupted", es: "interrumpido")) }
        release()
    }

    /// Restores the usual effect of signals; a pending one takes effect at once.
    func release() {
        guard isHeld else { return }
        isHeld = false
        var blocked = signals
        pthread_sigmask(SIG_UNBLOCK, &blocked, nil)
    }

    /// Checks for pending signals, but at most once in each tick of the system's coarse clock, a few milliseconds: this
    /// function is called for every row, and a system call takes longer than much of the work on a row.
    ///
    /// - Throws: ``CRMError`` `interrupted` if a signal is pending.
    func check() throws(CRMError) {
        var tick = timespec()
        guard
            clock_gettime(CLOCK_MONOTONIC_COARSE, &tick) != 0 || tick.tv_nsec != lastTick.tv_nsec
                || tick.tv_sec != lastTick.tv_sec
        else { return }
        lastTick = tick
        if isPending { throw .interruptedUnsaved }
    }

    /// Waits until a descriptor can be read.
    ///
    /// - Returns: `false` if a signal is pending.
    func isReady(_ descriptor: Int32) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while isHeld {
            if isPending { return false }
            // Any other result, even an error, is left to the following read.
            if poll(&wanted, 1, Self.patience) != 0 { break }
        }
        return true
    }

    /// Waits until a descriptor is readable, until a deadline.
    ///
    /// - Returns: false if a signal is pending, or the deadline has passed.
    func isReady(_ descriptor: Int32, until deadline: ContinuousClock.Instant) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while ContinuousClock.now < deadline {
            if isPending { return false }
            if poll(&wanted, 1, Self.patience) != 0 { return true }
        }
        return false
    }

    private var isPending: Bool {
        var pending = sigset_t()
        guard isHeld, !isFinishing, sigpending(&pending) == 0 else { return false }
        return Self.all.contains { isMember($0, of: signals) && isMember($0, of: pending) }
    }

    private static let all = [SIGINT, SIGTERM, SIGHUP]

    /// Returns the signals that are not ignored. A blocked signal would become pending even if it were ignored.
    private static func heeded() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in all {
            var action = sigaction()
            guard sigaction(signal, nil, &action) == 0 else { continue }
            let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            if handler != unsafeBitCast(SIG_IGN, to: Int.self) { sigaddset(&set, signal) }
        }
        return set
    }

    private func isMember(_ signal: Int32, of set: sigset_t) -> Bool {
        var set = set
        return sigismember(&set, signal) == 1
    }
}
