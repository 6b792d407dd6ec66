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
        let called = module.called(id)
        return CRMError(
            code,
            Text(en: "\(called.en) \(en)", es: "\(called.es) \(es)"),
            hint: hint,
            module: module.name,
            reference: "\(id)",
            problems: problems
        )
    }
}
