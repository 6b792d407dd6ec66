import Localization

extension CRMError.Problem {
    /// Names what is wrong with a field because of an error.
    ///
    /// - Parameter cause: the error, which may have other words for other sources.
    init(field: String, value: String?, reason: Text, cause: any Error) {
        self.init(field: field, value: value, reason: reason)
        guard let cause = cause as? ValueError else { return }
        reasonInTables = cause.reasonInTables
        reasonInOptions = cause.reasonInOptions ?? reason
    }
}
