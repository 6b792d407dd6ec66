import CLIKit
import CRMKit
import Localization

/// Lets a person name a record: by a reference, or by a part of a name or key, with the candidates offered by number.
struct RecordPicker {
    let dialogue: Dialogue
    let store: Store

    /// The most candidates that are listed.
    private static let mostCandidates = 20

    /// Asks until a record is named.
    ///
    /// - Parameters:
    ///   - label: what is asked for.
    ///   - offer: the name of the record that an empty answer stands for.
    /// - Returns: the id; `nil` for an empty answer.
    func pick(from module: Module, label: String, isRequired: Bool, offering offer: String? = nil) throws -> Answer {
        var search = try ask(label, offer)
        while true {
            if let offer, search == offer { return .offered }
            if search == Answer.clearing, !isRequired { return .cleared }
            if search.isEmpty, !isRequired { return .none }
            if !search.isEmpty, let id = try id(of: search, in: module) { return .text("\(id)") }
            let found = try store.candidates(for: search, in: module, extent: .anywhere, limit: Self.mostCandidates + 1)
            switch found.count {
            case 0:
                try sayNothingMatches(search, in: module)
                search = try ask(label, offer)
            case 1 where !search.isEmpty:
                try dialogue.say("  " + found[0].line)
                return .text("\(found[0].id)")
            default:
                switch try choose(from: found) {
                case .candidate(let index): return .text("\(found[index].id)")
                case .text(let words): search = words.isEmpty ? try ask(label, offer) : words
                }
            }
        }
    }

    private func ask(_ label: String, _ offer: String?) throws -> String {
        let hint = Text(en: "part of a name, or a reference", es: "parte de un nombre, o una referencia")
        return try dialogue.ask("\(label) (\(hint(in: dialogue.language)))", offering: offer)
    }

    /// The one record that a reference names.
    private func id(of reference: String, in module: Module) throws(CRMError) -> Int64? {
        do {
            return try store.id(of: reference, in: module)
        } catch {
            // What is no reference, or not to one record, may be a part of a name.
            guard [.usage, .invalid, .notFound, .ambiguous].contains(error.code) else { throw error }
            return nil
        }
    }

    private func choose(from found: [CandidateQuery.Candidate]) throws -> Prompt.Choice {
        let listed = found.prefix(Self.mostCandidates)
        if found.count > listed.count {
            try dialogue.say(
                Text(
                    en: "The first \(listed.count); more of the name finds others:",
                    es: "Los primeros \(listed.count); con más del nombre se encuentran otros:"
                )
            )
        }
        let label = Text(en: "Which one (number, or other words)", es: "Cuál (número, u otras palabras)")
        while true {
            let choice = try dialogue.choose(label(in: dialogue.language), among: listed.map(\.line))
            // A number that is not in the list would else name a record by its id.
            guard case .text(let words) = choice, Int(words) != nil else { return choice }
            try dialogue.say(
                Text(en: "There is no number \(words) in the list.", es: "No hay un número \(words) en la lista.")
            )
        }
    }

    private func sayNothingMatches(_ search: String, in module: Module) throws {
        try dialogue.say(
            search.isEmpty
                ? Text(
                    en: "There are no \(module.several.en) yet to choose from; Ctrl-C leaves.",
                    es: "Aún no hay \(module.several.es) para elegir; Ctrl-C sale."
                )
                : Text(en: "Nothing matches.", es: "Nada coincide.")
        )
    }
}

extension CandidateQuery.Candidate {
    /// How a person tells it from others.
    fileprivate var line: String {
        [name, key == name ? nil : key, "#\(id)"].compactMap { $0 }.joined(separator: "  ")
    }
}
