extension PartDraft {
    /// What becomes of fields given by the input that otherwise only actions count.
    enum GivenCounts {
        /// They are refused, as counts written by hand.
        case refused
        /// They are taken if they can be true: those of a record that has just been imported from another system, where
        /// what it says has already been done.
        case checked
        /// They are stored as given: those of an action, and of a record restored as it was.
        case taken
    }
}
