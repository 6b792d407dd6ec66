import CLIKit
import CRMKit

/// The completions for a reference to a record.
struct ReferenceWords {
    let store: Store

    /// The greatest number of records that are offered.
    private static let mostRecords = 50

    /// Returns the references that begin with the typed text: `serial:X1` for `serial:X`, `name:Ana Ruiz` and
    /// `ana@example.org` for `an`, 42 for 42. If no record matches, it returns the prefixes that begin so.
    ///
    /// A record is offered by its name instead of its id, since a shell may list words without descriptions; if another
    /// record has the same name, it is offered by its id.
    func words(for typed: String, in module: Module) throws -> FoundWords {
        if let colon = typed.firstIndex(of: ":") {
            return try keyed(typed, colon: colon, in: module)
        }
        let found = try store.candidates(for: typed, in: module, extent: .prefix, limit: Self.mostRecords)
        if !found.isEmpty { return FoundWords(try found.map { try word(for: $0, typed: typed, in: module) }) }
        let prefixes = module.referencePrefixes.filter { $0.hasPrefix(typed.lowercased()) }
        return FoundWords(prefixes.map { CompletionWord("\($0):", "") }, isOpen: true)
    }

    private func keyed(_ typed: String, colon: String.Index, in module: Module) throws -> FoundWords {
        let lead = String(typed[...colon])
        let found = try store.candidates(
            withKey: String(typed[..<colon]).lowercased(),
            beginningWith: String(typed[typed.index(after: colon)...]),
            in: module,
            limit: Self.mostRecords
        )
        return FoundWords(
            try found.map { candidate in
                let key = candidate.key ?? ""
                let name = candidate.name == key ? nil : candidate.name
                guard try isEnough(lead + key, for: candidate, in: module) else { return id(of: candidate) }
                return CompletionWord(lead + key, describe(candidate, [name]))
            }
        )
    }

    /// Returns whether a reference names a record and no other.
    private func isEnough(
        _ reference: String,
        for candidate: CandidateQuery.Candidate,
        in module: Module
    ) throws -> Bool {
        do {
            return try store.id(of: reference, in: module) == candidate.id
        } catch let error where [.ambiguous, .notFound, .usage].contains(error.code) {
            return false
        }
    }

    private func id(of candidate: CandidateQuery.Candidate) -> CompletionWord {
        let key = candidate.key == candidate.name ? nil : candidate.key
        return CompletionWord("\(candidate.id)", describe(candidate, [candidate.name, key]))
    }

    private func word(
        for candidate: CandidateQuery.Candidate,
        typed: String,
        in module: Module
    ) throws -> CompletionWord {
        if typed == "\(candidate.id)" {
            return CompletionWord(typed, describe(candidate, [candidate.name, candidate.key]))
        }
        if let key = candidate.key, key.contains("@"), !typed.isEmpty, key.lowercased().hasPrefix(typed.lowercased()),
            try isEnough(key, for: candidate, in: module)
        {
            return CompletionWord(key, describe(candidate, [candidate.name]))
        }
        guard let name = candidate.name, CompletionWord(name, "").isPrintable,
            try isEnough("name:\(name)", for: candidate, in: module)
        else { return id(of: candidate) }
        return CompletionWord("name:\(name)", describe(candidate, [candidate.key]))
    }

    private func describe(_ candidate: CandidateQuery.Candidate, _ parts: [String?]) -> String {
        (parts + ["#\(candidate.id)"]).compactMap { $0 }.joined(separator: "  ")
    }
}
