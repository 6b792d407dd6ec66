extension Session {
    /// Asks questions on standard error.
    var dialogue: Dialogue { Dialogue(language: language, environment: environment) }
}
