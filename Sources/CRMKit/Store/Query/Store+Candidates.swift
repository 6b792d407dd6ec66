import Localization
import SQLite

extension Store {
    /// The id of the record a reference names.
    ///
    /// - Throws: ``CRMError`` with `usage` for text that is no reference, `notFound`, or `ambiguous` with the
    ///   candidates as details.
    public func id(of reference: String, in module: Module) throws(CRMError) -> Int64 {
        try translating {
            do {
                return try resolve(reference, in: module)
            } catch let error as CRMError where error.code == .notFound {
                throw try suggesting(error, for: reference, in: module)
            }
        }
    }

    /// The error of a name that nobody has, with the records that may be meant, as a form gives them.
    private func suggesting(_ error: CRMError, for text: String, in module: Module) throws -> CRMError {
        guard case .key(let places, let value) = try Reference(text, in: module),
            places.onlyField?.key == module.displayKey
        else { return error }
        let found = try CandidateQuery(module, country: try settings().country)
            .candidates(for: value, extent: .anywhere, limit: KeyLookup.mostShown, in: database)
        guard !found.isEmpty else { return error }
        var error = error
        error.details = try found.map { try description(of: $0.id, in: module).line }
        error.hint = CRMError.nameByID(module)
        return error
    }
}
