import CRMKit

extension Session {
    /// Asks questions on standard error. What is written after an answer is written when it was given, however long the
    /// person thought about it.
    var dialogue: Dialogue {
        Dialogue(language: language, environment: environment) { [weak self] in self?.moveOn() }
    }

    /// Lets the present be that of now.
    private func moveOn() {
        guard let now = try? present() else { return }
        fixedClock = now
        store?.clock = now
    }
}
