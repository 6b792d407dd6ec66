import Localization

extension Record {
    /// An action that cannot be done to the record as it is.
    ///
    /// - Parameters:
    ///   - en: what stands in the way, after the record's name.
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
    /// An action that cannot be done to a record as it is, which is told as ``Record/refusal(_:en:es:hint:problems:)`` does.
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
