extension Draft {
    /// Whether input has set a field to something rather than emptied it.
    func gives(_ key: String) -> Bool {
        isGiven(key) && !self[key].isNull
    }
}
