import Localization
import SQLite

extension Store {
    /// Returns the id of the record that a reference names.
    ///
    /// - Throws: ``CRMError`` `usage` for a malformed reference, `notFound`, or `ambiguous` with the candidates as
    ///   details.
    public func id(of reference: String, in module: Module) throws(CRMError) -> Int64 {
        try suggesting(for: reference, in: module) { try resolve(reference, in: module) }
    }

    /// Returns the id of the record that a reference names, and whether it may name a record that was merged into that
    /// one, so that a merge that is repeated has nothing to do.
    ///
    /// - Throws: what ``id(of:in:)`` throws.
    public func idForMerging(_ reference: String, in module: Module) throws(CRMError) -> (id: Int64, isFormer: Bool) {
        try suggesting(for: reference, in: module) { try resolvedForMerging(reference, in: module) }
    }

    /// Resolves a reference; the error for a name that no record has gets similar records as details.
    private func suggesting<Found>(
        for reference: String,
        in module: Module,
        _ resolve: () throws -> Found
    ) throws(CRMError) -> Found {
        try translating {
            do {
                return try resolve()
            } catch let error as CRMError where error.code == .notFound {
                guard case .key(let places, let value) = try Reference(reference, in: module),
                    let field = places.onlyField
                else { throw error }
                if field.type.isCode { throw try suggesting(error, for: value, as: field, in: module) }
                guard field.key == module.displayKey else { throw error }
                throw try suggesting(error, for: value, in: module)
            } catch let error as CRMError where error.code == .usage && !reference.contains(":") {
                if let id = Reference.misspelledID(reference) {
                    throw try explaining(error, for: reference.trimmed, insteadOf: id, in: module)
                }
                // Figures alone are no part of a name.
                guard reference.contains(where: \.isLetter) else { throw error }
                throw try suggesting(error, for: reference.trimmed, in: module)
            }
        }
    }

    /// Returns the error for a code that no record has, with the codes that differ from it only in the case or the accents
    /// of letters: such codes are compared exactly.
    private func suggesting(_ error: CRMError, for code: String, as field: Field, in module: Module) throws -> CRMError
    {
        guard error.hint == nil, let prefix = error.reference?.prefix(while: { $0 != ":" }) else { return error }
        let column = SQLFragment.name(field.key)
        let rows = try statement(
            """
            SELECT DISTINCT \(column) FROM \(name: module.table) WHERE \(SQLFunctions.folded(column)) = \
            \(bind: .text(Fold.fold(code))) ORDER BY \(column) LIMIT 3
            """ as SQLFragment
        )
        defer { rows.reset() }
        var like: [String] = []
        while try rows.step() { like.append("\(prefix):\(rows.text(at: 0))") }
        var error = error
        error.hint = Text(didYouMean: like)
        return error
    }

    /// Returns the error for a number that is not written as an id is, with the records that have it as a key as details.
    func explaining(_ error: CRMError, for number: String, insteadOf id: Int64, in module: Module) throws -> CRMError {
        let found = try records(having: number, in: module)
        guard !found.isEmpty else { return error }
        var error = error
        let ids = found.flatMap(\.ids).uniqued.prefix(KeyLookup.mostShown)
        error.details = try ids.map { try description(of: $0, in: module).line }
        error.hint = Reference.spelling(of: number, as: found.map(\.prefix), or: id)
        return error
    }

    /// Returns the records that have a text as one of their keys, by the prefix of the key in references.
    private func records(having key: String, in module: Module) throws -> [(prefix: String, ids: [Int64])] {
        var found: [(prefix: String, ids: [Int64])] = []
        for prefix in module.referencePrefixes {
            guard let places = KeyPlaces(prefix, in: module) else { continue }
            let ids = try KeyLookup(places, of: module, in: self).ids(of: key, atMost: KeyLookup.mostShown)
            if !ids.isEmpty { found.append((prefix: prefix, ids: ids)) }
        }
        return found
    }

    /// Returns a reference in a cell without the decimals that a spreadsheet gives to an id, `42.0`, unless a record has
    /// that text as a key.
    func withoutDecimals(_ reference: String, in module: Module) throws -> String {
        let digits = SpreadsheetNumber.digits(reference)
        guard digits != reference, Reference.id(digits) != nil, try records(having: reference, in: module).isEmpty
        else { return reference }
        return digits
    }

    /// Returns the error for words that name no record, with the records that have them in their name or key as details.
    private func suggesting(_ error: CRMError, for words: String, in module: Module) throws -> CRMError {
        guard !words.isEmpty else { return error }
        let found = try CandidateQuery(module, country: try settings().country)
            .candidates(for: words, extent: .anywhere, limit: KeyLookup.mostShown, in: database)
        guard !found.isEmpty else { return error }
        var error = error
        error.details = try found.map { try description(of: $0.id, in: module).line }
        error.hint = try hint(at: words, among: found.map(\.id), in: module)
        return error
    }

    /// Returns what to write for words that stand alone: the key with its prefix, where they are that of a single record,
    /// and the id of one.
    ///
    /// - Parameter ids: the records that have the words in their name or key.
    private func hint(at words: String, among ids: [Int64], in module: Module) throws -> Text {
        let only = ids.count == 1 ? ids.first : nil
        let ofOnly = only.map { id in
            Text(
                en: "name it by its id: \(id)",
                es: "\(module.spanish.agreeing("nombrarlo", "nombrarla")) por su id: \(id)"
            )
        }
        let byID = ofOnly ?? CRMError.nameByID(module)
        let having = try records(having: words, in: module)
        guard let prefix = having.first?.prefix, having.flatMap(\.ids).uniqued.count == 1 else { return byID }
        let written = Reference.spelling(of: words, as: prefix)
        if only != nil { return Text(en: "write \(written)", es: "escribir \(written)") }
        return Text(en: "write \(written), or \(byID.en)", es: "escribir \(written), o \(byID.es)")
    }
}
