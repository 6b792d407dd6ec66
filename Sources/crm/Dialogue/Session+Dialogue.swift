import CRMKit

extension Session {
    /// A dialogue on standard error. Data written after an answer gets the time of the answer, however long the user
    /// took.
    var dialogue: Dialogue {
        // What was tried before the question is taken back, so that Ctrl-C has its usual effect again.
        if savedChangeSet == nil { interruption.release() }
        return Dialogue(program: program, language: language, environment: environment) { [weak self] in self?.moveOn()
        }
    }

    /// Sets the clock of the command to the present time, when an answer was read.
    private func moveOn() {
        repetition.spend()
        guard let now = try? present() else { return }
        fixedClock = now
        store?.clock = now
    }
}
