extension Draft {
    /// Whether input has set a field to something rather than emptied it.
    func gives(_ key: String) -> Bool {
        given.contains(key) && !self[key].isNull
    }
}
