import CRMKit

extension Session {
    /// A dialogue on standard error. Data written after an answer gets the time of the answer, however long the user
    /// took.
    var dialogue: Dialogue {
        // Writes tried before the question have been rolled back, so Ctrl-C gets its usual effect back.
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
