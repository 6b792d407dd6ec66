import Localization

extension Record {
    /// Returns the error for an action that cannot be performed on the record in its present state.
    ///
    /// - Parameters:
    ///   - en: the reason for the refusal in English, which follows the name of the record.
    ///   - es: the same in Spanish.
    func refusal(
        _ code: CRMError.Code = .refused,
        en: String,
        es: String,
        hint: Text? = nil,
        problems: [CRMError.Problem] = []
    ) -> CRMError {
        module.refusal(code, of: id, en: en, es: es, hint: hint, problems: problems)
    }
}

extension Module {
    /// Returns the error for an action that cannot be performed on a record, as
    /// ``Record/refusal(_:en:es:hint:problems:)`` does.
    func refusal(
        _ code: CRMError.Code = .refused,
        of id: Int64,
        en: String,
        es: String,
        hint: Text? = nil,
        problems: [CRMError.Problem] = []
    ) -> CRMError {
        let called = called(id)
        return CRMError(
            code,
            Text(en: "\(called.en) \(en)", es: "\(called.es) \(es)"),
            hint: hint,
            module: name,
            reference: "\(id)",
            problems: problems
        )
    }
}
